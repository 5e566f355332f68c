"""The tables of the spun check: how often words and pairs of neighbours are used, and what may stand for what.

``words.tsv`` has a word a line: the word, its count, how often a spinner would put it if it swapped every word, and
the words in whose place it may have been put. ``pairs.tsv`` has a first word a line, then the second words with their
counts. Counts are ``4 * log2`` of occurrences in 1.02 million million words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from marsad.errors import ModelError

__all__ = ["Tables", "shipped", "tables"]

Made = TypeVar("Made")

FOLDER: Final = Path(__file__).parent
_STEPS: Final = 4.0
_WHOLE: Final = float(np.log2(1.02e12))
_SELDOM: Final = float(np.log2(1e5)) - 1.0
"""A pair that the table lacks counts at most this: rarer ones were not recorded."""


def _ending(word: str) -> int:
    return next((i for i, end in enumerate(("ing", "ed", "ly", "s"), 1) if word.endswith(end)), 0)


class Tables:
    """Words, pairs and substitutes as arrays; made once."""

    def __init__(self, words: str, pairs: str) -> None:
        rows = [line.split("\t") for line in words.split("\n")[1:] if line]
        self.words: Final = [row[0] for row in rows]
        self.number: Final = {word: i for i, word in enumerate(self.words)}
        number = self.number
        self.count: Final[NDArray[np.float32]] = np.array([int(row[1]) for row in rows], dtype=np.float32) / _STEPS
        """log2 of how often a word is used."""
        self.put: Final[NDArray[np.float32]] = np.array([int(row[2]) for row in rows], dtype=np.float32) / _STEPS
        """log2 of how often a spinner would put it; 0 for never."""
        self.ending: Final[NDArray[np.float32]] = np.array([_ending(word) for word in self.words], dtype=np.float32)
        """How a word ends: 0 otherwise, 1 -ing, 2 -ed, 3 -ly, 4 -s."""
        others = [row[3].split(" ") if len(row) > 3 else [] for row in rows]
        self.first: Final[NDArray[np.int64]] = np.cumsum([0, *map(len, others)])
        """Where the substitutes of each word begin in ``others``."""
        self.others: Final[NDArray[np.int64]] = np.array([number[w] for was in others for w in was], dtype=np.int64)
        size = self.size = len(self.words)
        firsts: list[int] = []
        lengths: list[int] = []
        seconds: list[str] = []
        values: list[str] = []
        for line in pairs.split("\n"):
            first, _, cells = line.partition("\t")
            if cells:
                parts = cells.replace("=", " ").split(" ")
                firsts.append(number[first])
                lengths.append(len(parts) // 2)
                seconds += parts[::2]
                values += parts[1::2]
        second = np.fromiter(map(number.__getitem__, seconds), dtype=np.int64, count=len(seconds))
        keys = np.repeat(np.array(firsts, dtype=np.int64) * size, lengths) + second
        counts = np.fromiter(map(int, values), dtype=np.float32, count=len(values))
        order = np.argsort(keys)
        self._keys: Final[NDArray[np.int64]] = keys[order]
        self._values: Final[NDArray[np.float32]] = counts[order] / _STEPS

    def expected(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """log2 of how often two words would be neighbours if words did not care."""
        return np.asarray(self.count[first] + self.count[second] - _WHOLE, dtype=np.float32)

    def recorded(self, first: int, second: int) -> bool:
        """Whether the table has the two words as neighbours."""
        key = first * self.size + second
        at = min(int(np.searchsorted(self._keys, key)), len(self._keys) - 1)
        return bool(self._keys[at] == key)

    def together(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """log2 of how often two words are neighbours; a low guess where that was not recorded."""
        keys = first * self.size + second
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        guess = np.minimum(self.expected(first, second), _SELDOM) - 1.0
        return np.asarray(np.where(self._keys[at] == keys, self._values[at], guess), dtype=np.float32)


def shipped(make: Callable[..., Made], *names: str) -> Made:
    """What ``make`` makes of the texts of shipped tables. Raises ModelError when one is missing or malformed."""
    try:
        return make(*((FOLDER / name).read_text(encoding="utf-8") for name in names))
    except (OSError, ValueError, LookupError) as error:
        what = f"{' or '.join(names)} in {FOLDER} is missing or malformed ({type(error).__name__}: {error})"
        raise ModelError(f"{what}: reinstall marsad") from error


@cache
def tables() -> Tables:
    """The shipped tables, read once. Raises ModelError when they are missing or malformed."""
    return shipped(Tables, "words.tsv", "pairs.tsv")
