"""The syntactic head of each word of a sentence: the likeliest that together make a tree."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from marsad.coding.encoder.inventory import ARC_WIDTH
from marsad.coding.encoder.judgement import Floats
from marsad.coding.encoder.windows import Ints, buckets

__all__ = ["LONGEST", "arc_logits", "tree"]

LONGEST: Final = 256
"""Words of a sentence at most; what is longer is no sentence but a list or a table."""


@cache
def _apart() -> Ints:
    """For each number of words from one to another, from ``1 - LONGEST`` on, the number of its distance bucket."""
    return buckets(np.int64(0), np.arange(1 - LONGEST, LONGEST))


def arc_logits(left: Floats, right: Floats, distance: Floats) -> Floats:
    """Logits, of shape (words, words), for each word's head; a root is its own.

    ``left`` and ``right`` are what the words show as dependents and as heads, of shape (words, ARC_WIDTH);
    ``distance`` is the weight of each distance bucket.
    """
    size = len(left)
    far = distance[_apart()[LONGEST - size : LONGEST + size - 1]]
    # Row i of the windows of a row of distances, read backwards, is the distance from word i to each word.
    bias = np.lib.stride_tricks.sliding_window_view(far, size)[::-1]
    logits: Floats = left @ right.T * np.float32(ARC_WIDTH**-0.5) + bias
    return logits


def tree(logits: Floats) -> list[int]:
    """Each word's head, its own for the one root. Where the likeliest heads make no tree, what costs least changes."""
    size = len(logits)
    found = logits.argmax(axis=1)
    heads: list[int] = found.tolist()
    roots = [word for word, head in enumerate(heads) if head == word]
    if len(roots) != 1:
        own = logits.diagonal().copy()
        others = logits.copy()
        np.fill_diagonal(others, -np.inf)
        gain = own - others.max(axis=1) if size > 1 else own
        root = max(roots or range(size), key=lambda word: float(gain[word]))
        second = others.argmax(axis=1)
        for word in roots:
            heads[word] = int(second[word])
        heads[root] = root
        roots = [root]
    while True:
        loose = _cut_off(heads, roots[0])
        if not loose:
            return heads
        _attach(heads, logits, loose)


def _cut_off(heads: list[int], root: int) -> list[int]:
    """The words from which no way leads to the root."""
    state = [0] * len(heads)
    state[root] = 1
    for word in range(len(heads)):
        way = []
        at = word
        while not state[at]:
            state[at] = 3
            way.append(at)
            at = heads[at]
        reached = 1 if state[at] == 1 else 2
        for passed in way:
            state[passed] = reached
    return [word for word, value in enumerate(state) if value != 1]


def _attach(heads: list[int], logits: Floats, loose: list[int]) -> None:
    """Give one word of a circle, the one that loses least by it, a head from which a way leads to the root."""
    at = loose[0]
    for _ in loose:
        at = heads[at]
    circle = [at]
    while heads[circle[-1]] != at:
        circle.append(heads[circle[-1]])
    allowed = logits[circle]
    allowed[:, loose] = -np.inf
    best = allowed.argmax(axis=1)
    loss = [logits[word, heads[word]] - allowed[row, best[row]] for row, word in enumerate(circle)]
    row = int(np.argmin(loss))
    heads[circle[row]] = int(best[row])
