"""Heads of words: the likeliest that make a tree."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from marsad.coding.encoder.inventory import ARC_WIDTH, DISTANCES
from marsad.coding.encoder.trees import arc_logits, tree
from marsad.coding.encoder.windows import buckets


def is_tree(heads: tuple[int, ...] | list[int]) -> bool:
    """One root, and a way from every word to it."""
    roots = [word for word, head in enumerate(heads) if word == head]
    if len(roots) != 1:
        return False
    for word in range(len(heads)):
        at = word
        for _ in heads:
            at = heads[at]
        if at != roots[0]:
            return False
    return True


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 40])
def test_whatever_the_logits_the_heads_make_a_tree(size: int) -> None:
    draw = np.random.default_rng(size)
    for _ in range(60):
        assert is_tree(tree(draw.normal(size=(size, size)).astype(np.float32)))


def test_likeliest_heads_are_kept_where_they_make_a_tree() -> None:
    heads = [1, 1, 1, 4, 2]
    logits = np.zeros((5, 5), np.float32)
    logits[np.arange(5), heads] = 3.0
    assert tree(logits) == heads


def test_a_circle_is_broken_where_it_costs_least() -> None:
    # 0 and 1 each take the other for its head; 2 is the root.
    logits = np.array([[0, 9, 5], [8, 0, 7], [0, 0, 9]], np.float32)
    assert tree(logits) == [1, 2, 2]


def test_trees_of_few_words_are_near_the_best() -> None:
    draw = np.random.default_rng(5)
    lost = []
    for _ in range(40):
        logits = draw.normal(size=(4, 4)).astype(np.float32)
        best = max(
            sum(logits[word, head] for word, head in enumerate(heads))
            for heads in product(range(4), repeat=4)
            if is_tree(heads)
        )
        lost.append(best - sum(logits[word, head] for word, head in enumerate(tree(logits))))
    assert min(lost) >= -1e-4
    assert float(np.mean(lost)) < 0.3


def test_distance_of_a_dependent_from_its_head_counts_either_way() -> None:
    weights = np.arange(2 * len(DISTANCES), dtype=np.float32)
    nothing = np.zeros((6, ARC_WIDTH), np.float32)
    order = np.arange(6)
    assert np.array_equal(arc_logits(nothing, nothing, weights), weights[buckets(order[:, None], order[None])])
