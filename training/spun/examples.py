"""Training texts, clean and spun, as the fit sees them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from careful import care, spin_carefully
from corpora import training_texts
from learner import learner
from numpy.typing import NDArray
from senses import counts, forms, mythes
from spinner import Swap, manner, spin
from tortured import dictionary

from marsad.origins.spun.features import WordFeatures, word_features
from marsad.origins.spun.narrative import Narrative, narrative
from marsad.origins.spun.tables import tables

__all__ = ["FOLDS", "Example", "examples", "pieces"]

FOLDS: Final = 4
LEAST_SWAPS: Final = 0.06
"""A copy with fewer of its words swapped is left out: it is neither clean nor spun."""
COPIES: Final = 2
LEARNERS: Final = 0.5
"""Of so many texts there is also a copy with learners' errors, which is clean."""
SHORTEST: Final = 50


@dataclass(frozen=True, slots=True)
class Example:
    """One text or piece of one. ``fold`` is the same for all pieces and copies of a text."""

    group: str
    fold: int
    spun: bool
    story: Narrative
    found: WordFeatures
    swapped: NDArray[np.bool_]
    """Of each judged word, whether it was swapped."""


def _example(name: str, group: str, text: str, swaps: Sequence[Swap], spun: bool) -> Example:
    known = tables()
    story = narrative(text, known)
    found = word_features(story, known)
    where = np.zeros(len(text) + 1, dtype=np.bool_)
    for swap in swaps:
        where[swap.start : swap.end] = True
    fold = zlib.crc32(name.encode()) % FOLDS
    return Example(group, fold, spun, story, found, where[story.starts[found.rows]])


def pieces(text: str, rng: random.Random, low: int = 130, high: int = 450) -> list[str]:
    """A text of more than ``high`` words in pieces of some length, cut after paragraphs or sentences."""
    words = len(text.split())
    if words <= high:
        return [text]
    out, at = [], 0
    while at < len(text):
        size = rng.randint(low, high) * len(text) // words
        end = min(len(text), at + size)
        cuts = [text.find(mark, end) for mark in ("\n", ". ")]
        near = [cut for cut in cuts if 0 <= cut < end + size // 2]
        end = near[0] + 1 if near else len(text)
        out.append(text[at:end])
        at = end
    return out


def examples(seed: int) -> Iterator[Example]:
    """Every training text as it is and spun, each copy in another manner."""
    senses, near, table, known = mythes(False), mythes(True), forms(), counts()
    real = dictionary("train")
    for group, texts in training_texts().items():
        for name, whole in texts:
            rng = random.Random(f"{seed} {name}")
            for text in pieces(whole, rng):
                size = len(text.split())
                if size < SHORTEST:
                    continue
                yield _example(name, group, text, [], False)
                if group not in ("nonnative", "litbank") and rng.random() < LEARNERS:
                    yield _example(name, "learner", learner(text, rng), [], False)
                for _ in range(1 if group in ("rams", "litbank") else COPIES):
                    made, swaps = spin(
                        text,
                        near if rng.random() < 0.4 else senses,
                        table,
                        known,
                        manner(rng),
                        rng,
                        real if rng.random() < 0.3 else None,
                    )
                    if len(swaps) >= LEAST_SWAPS * size:
                        yield _example(name, group, made, swaps, True)
                for _ in range(0 if group == "litbank" else COPIES):
                    thesaurus = near if rng.random() < 0.3 else senses
                    made, swaps = spin_carefully(text, thesaurus, known, care(rng), rng)
                    if len(swaps) >= LEAST_SWAPS * size:
                        yield _example(name, group, made, swaps, True)
