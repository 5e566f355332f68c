"""Texts with garbled phrases, and what stood there: for fitting the weights of restoring and for measuring it."""

from __future__ import annotations

import math
import random
import re
import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "spun"))

from senses import counts, forms, mythes, wordnet
from spinner import Manner, Swap, spin
from tortured import dictionary

from marsad.knowledge import Knowledge
from marsad.origins.restoring.candidates import Words
from marsad.origins.restoring.lexicon import SMALL, Lexicon
from marsad.origins.restoring.vectors import Vectors
from marsad.origins.spun.tables import tables

__all__ = ["Garbled", "garbled", "stood"]

SHORTEST: Final = 60
SLIPS: Final = 0.1
"""Of the names that are no words of the dictionary."""


@dataclass(frozen=True, slots=True)
class Garbled:
    """A spun text and its swaps."""

    name: str
    text: str
    swaps: list[Swap]


def _manner(rng: random.Random) -> Manner:
    return Manner(
        words=rng.uniform(0.4, 0.9),
        astray=rng.choice((0.1, 0.3, 0.6)),
        far=rng.choice((0.0, 0.1, 0.3)),
        usual=rng.choice((0.0, 0.4)),
        steady=rng.random() < 0.6,
        names=rng.uniform(0.3, 0.9),
        says=0.5,
    )


@cache
def loose() -> dict[str, list[str]]:
    """Words of known phrases -> words that are more or less alike, as thesauri made from texts have them: their ranks
    by likeness are spread evenly over the orders of magnitude up to 3,000."""
    rng = random.Random(11)
    known, vectors = tables(), Vectors.load()
    usual = [i for i, word in enumerate(known.words) if known.count[i] > 22 and len(word) > 3]
    pairs = [(known.words[i], vectors.of(known.words[i])) for i in usual]
    there = [(word, both[0]) for word, both in pairs if both is not None]
    rows = np.array([both for _, both in there])
    found: dict[str, list[str]] = {}
    for word in sorted({w for phrase in Lexicon.load(Knowledge.load()).known for w in phrase} - SMALL):
        at, own = known.number.get(word, -1), vectors.of(word)
        if at < 0 or own is None or known.first[at + 1] == known.first[at]:
            continue
        order = np.argsort(-(rows @ own[0]))
        same = [w for w in (there[i][0] for i in order) if known.ending[known.number[w]] == known.ending[at]][1:]
        found[word] = [same[int(math.exp(rng.uniform(0.7, math.log(min(3000, len(same) - 1)))))] for _ in range(12)]
    return found


def garbled(texts: list[tuple[str, str]], part: str, seed: int) -> Iterator[Garbled]:
    """Each text spun, names too. Part "train": by MyThes, half of the real spinners' dictionary, or :func:`loose`
    words; "real": by the other half and WordNet; "wordnet": by WordNet; "loose": by loose words and WordNet."""
    senses = mythes(True) if part == "train" else wordnet()
    table, known = forms(), counts()
    real: list[dict[str, list[str]] | None] = {
        "train": [dictionary("train"), dictionary("train"), loose(), None],
        "real": [dictionary("test")],
        "wordnet": [None],
        "loose": [loose()],
    }[part]
    for name, text in texts:
        if len(text.split()) < SHORTEST:
            continue
        rng = random.Random(f"{seed} {name} {part}")
        made, swaps = spin(text, senses, table, known, _manner(rng), rng, rng.choice(real))
        yield _slipped(Garbled(name, made, swaps), rng)


def _slipped(one: Garbled, rng: random.Random) -> Garbled:
    """The text with a letter lost here and there in a name, as careless typists and scrapers leave them."""
    known = tables().number
    pieces: list[str] = []
    slips: list[Swap] = []
    at = 0
    for found in re.finditer(r"(?<=[a-z,] )(?:al-)?[A-Z][a-z]{4,}(?![\w-])", one.text):
        word = found[0]
        if word.lower() in known or rng.random() > SLIPS:
            continue
        drop = found.start() + rng.randrange(len(word) - 3, len(word))
        pieces.append(one.text[at:drop])
        at = drop + 1
        slips.append(Swap(found.start(), found.end(), word))
    if not slips:
        return one
    pieces.append(one.text[at:])
    swaps, lost = [], 0
    for swap in sorted([*one.swaps, *slips], key=lambda swap: swap.start):
        slip = swap in slips
        swaps.append(Swap(swap.start - lost, swap.end - lost - slip, swap.was))
        lost += slip
    return Garbled(one.name, "".join(pieces), swaps)


def stood(words: Words, swaps: list[Swap]) -> list[str | None]:
    """The word that stood in the place of each word, in lower case; None for a part of a longer swap."""
    starts = [swap.start for swap in swaps]
    found: list[str | None] = []
    for (start, end), word in zip(words.spans, words.lower, strict=True):
        at = bisect_left(starts, start)
        if at < len(swaps) and swaps[at].start == start and swaps[at].end == end:
            found.append(swaps[at].was.lower())
        elif (at < len(swaps) and swaps[at].start < end) or (at and swaps[at - 1].end > start):
            found.append(None)
        else:
            found.append(word)
    return found
