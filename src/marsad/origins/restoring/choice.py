"""How probable each reading of a garbled word is, among all of them and leaving it as it stands.

A conditional logit: each reading has a score, a weighted sum of its measures, and so has leaving the word; shares are
in proportion to the exponentials of the scores (McFadden 1974). ``weights.tsv`` has the weights
(``training/restoring/fit.py``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.origins.restoring.candidates import FEATURES, Candidate
from marsad.origins.restoring.leaving import LEAVING
from marsad.origins.spun.tables import shipped

__all__ = ["Choice", "grouped"]

_FILE: Final = Path(__file__).parent / "weights.tsv"


def grouped(found: Sequence[Candidate]) -> dict[int, list[int]]:
    """Numbers of the candidates by the first word that they change."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        groups[one.first + one.places[0]].append(number)
    return dict(groups)


class Choice:
    """The weights of the measures of readings and of leaving."""

    def __init__(self, reading: NDArray[np.float64], leaving: NDArray[np.float64]) -> None:
        self._reading, self._leaving = reading, leaving

    @classmethod
    @cache
    def load(cls) -> Choice:
        """The shipped weights, read once. Raises ModelError when they are missing or malformed."""
        return shipped(cls._read, _FILE.name, folder=_FILE.parent)

    @classmethod
    def _read(cls, table: str) -> Choice:
        rows = [line.split("\t") for line in table.splitlines()[1:]]
        of = {(what, name): float(value) for what, name, value in rows}
        reading = np.array([of["reading", name] for name in FEATURES])
        return cls(reading, np.array([of["leaving", name] for name in LEAVING]))

    def shares(self, found: Sequence[Candidate], left: Sequence[Sequence[float]]) -> list[float]:
        """How probable each candidate's words are, the least probable of its changed words counting.

        Candidates that put the same word in a place speak for it together. ``left`` has the measures of leaving, one
        row a word of the text.
        """
        words: dict[tuple[int, str], float] = defaultdict(float)
        for one, share in zip(found, self._each(found, left), strict=True):
            for key in _puts(one):
                words[key] += share
        return [min(1.0, *(words[key] for key in _puts(one))) for one in found]

    def _each(self, found: Sequence[Candidate], left: Sequence[Sequence[float]]) -> list[float]:
        out = [0.0] * len(found)
        for at, numbers in grouped(found).items():
            scores = np.array([np.dot(found[n].values, self._reading) for n in numbers])
            leave = float(np.dot(left[at], self._leaving))
            top = max(leave, float(scores.max()))
            powers = np.exp(scores - top)
            total = float(powers.sum()) + float(np.exp(leave - top))
            for number, power in zip(numbers, powers, strict=True):
                out[number] = float(power) / total
        return out


def _puts(one: Candidate) -> list[tuple[int, str]]:
    """The words of the text that a candidate changes, and what it puts there."""
    return [(one.first + place, one.phrase.words[place]) for place in one.places]
