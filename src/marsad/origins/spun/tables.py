"""The tables of the spun check: how often words and pairs of neighbours are used, and what may stand for what.

``words.tsv`` has a word a line: the word, its count, how often a spinner would put it if it swapped every word, its
count in web and news half and half, in news alone, how often a careful spinner would put it, its usual spelling if
that is another, the words in whose place that one may have put it, and those in whose place any may have.
``pairs.tsv`` has a first word a line, then the second words with their counts; ``neighbours.npz`` the same of many
more, of web and news half and half (``neighbours.py``). ``substitutes.npz`` has the last two columns of ``words.tsv``
as numbers, which load faster. Counts are ``4 * log2`` of occurrences in 1.02 million million
words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Final, TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from marsad.errors import ModelError
from marsad.origins.spun.neighbours import STEPS, Neighbours

__all__ = ["FOLDER", "Tables", "lists", "shipped", "tables"]

Made = TypeVar("Made")

FOLDER: Final = Path(__file__).parent
_WHOLE: Final = float(np.log2(1.02e12))
_SELDOM: Final = float(np.log2(1e5)) - 1.0
"""A pair that the table lacks counts at most this: rarer ones were not recorded."""


def _endings(words: Sequence[str]) -> NDArray[np.float32]:
    table, found = np.array(words), np.zeros(len(words), dtype=np.float32)
    for i, end in reversed([*enumerate(("ing", "ed", "ly", "s"), 1)]):
        found[np.char.endswith(table, end)] = i
    return found


def _counts(rows: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """The five counts of each word, one row a kind of count."""
    cells = np.fromiter(map(int, chain.from_iterable(rows)), dtype=np.float32)
    return np.ascontiguousarray(cells.reshape(len(rows), 5).T) / np.float32(STEPS)


def lists(cells: Sequence[str], number: Mapping[str, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the words of each cell of ``words.tsv`` begin, and the numbers of all of them one after the other."""
    words = [cell.split(" ") if cell else [] for cell in cells]
    numbers = map(number.__getitem__, chain.from_iterable(words))
    return np.cumsum([0, *map(len, words)]), np.fromiter(numbers, dtype=np.int64)


class Tables:
    """Words, pairs and substitutes as arrays; made once."""

    def __init__(self, words: str, pairs: str, neighbours: bytes, substitutes: bytes) -> None:
        # The last two columns, which are most of the file, are not cut up: they come as numbers.
        rows = [line.split("\t", 7) for line in words.split("\n")[1:] if line]
        self.words: Final[list[str]] = [row[0] for row in rows]
        self.number: Final[dict[str, int]] = {w: i for i, w in enumerate(self.words)}
        number = self.number
        counts = _counts([row[1:6] for row in rows])
        self.count: Final = counts[0]
        """log2 of how often a word is used."""
        self.put: Final = counts[1]
        """log2 of how often a spinner would put it; 0 for never."""
        self.usual: Final = counts[2]
        """log2 of how often a word is used, in web and news half and half."""
        self.news: Final = counts[3]
        """The same in news alone; 0 for never."""
        self.aptly: Final = counts[4]
        """log2 of how often a careful spinner would put it; 0 for never."""
        self.ending: Final[NDArray[np.float32]] = _endings(self.words)
        """How a word ends: 0 otherwise, 1 -ing, 2 -ed, 3 -ly, 4 -s."""
        self.spelt: Final[NDArray[np.int64]] = np.array(
            [number[row[6]] if len(row) > 6 and row[6] else i for i, row in enumerate(rows)], dtype=np.int64
        )
        """Number of the same word in its usual spelling: "center" for "centre"."""
        with np.load(BytesIO(substitutes), allow_pickle=False) as columns:
            self.first, self.others = columns["first"].astype(np.int64), columns["others"].astype(np.int64)
            """Where the substitutes of each word begin in ``others``, and these."""
            self.first_apt, self.apt = columns["first_apt"].astype(np.int64), columns["apt"].astype(np.int64)
            """The same of those that a careful spinner would swap for it."""
        for first, others in ((self.first, self.others), (self.first_apt, self.apt)):
            if len(first) != len(rows) + 1 or first[-1] != len(others) or others.max(initial=0) >= len(rows):
                raise ValueError("the substitutes do not fit the words")
        self.neighbours: Final = Neighbours(neighbours, self.usual)
        self.size: Final = len(self.words)
        self._written: Final = pairs

    @cached_property
    def _after(self) -> dict[str, str]:
        """Each first word -> the words that were recorded after it, with their counts: ``" of=80 in=72"``."""
        return dict(line.split("\t") for line in self._written.replace("\t", "\t ").split("\n") if line)

    def _recorded(self, first: int, second: int) -> int | None:
        """The count of two words as neighbours, None where that was not recorded. Most texts ask for few."""
        cells, cell = self._after.get(self.words[first], ""), f" {self.words[second]}="
        at = cells.find(cell)
        return None if at < 0 else int(cells[at + len(cell) : at + len(cell) + 4].partition(" ")[0])

    def expected(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """log2 of how often two words would be neighbours if words did not care."""
        return np.asarray(self.count[first] + self.count[second] - _WHOLE, dtype=np.float32)

    def recorded(self, first: int, second: int) -> bool:
        """Whether the table has the two words as neighbours."""
        return self._recorded(first, second) is not None

    def together(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """log2 of how often two words are neighbours; a low guess where that was not recorded."""
        guess = np.minimum(self.expected(first, second), _SELDOM) - 1.0
        for place, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
            count = self._recorded(one, other)
            if count is not None:
                guess[place] = np.float32(count) / np.float32(STEPS)
        return np.asarray(guess, dtype=np.float32)


def _read(file: Path) -> str | bytes:
    return file.read_text(encoding="utf-8") if file.suffix == ".tsv" else file.read_bytes()


def shipped(make: Callable[..., Made], *names: str, folder: Path = FOLDER) -> Made:
    """What ``make`` makes of the tables shipped in ``folder``: texts, or bytes of those that are none.

    Raises ModelError when one is missing or malformed.
    """
    try:
        return make(*(_read(folder / name) for name in names))
    except (OSError, ValueError, LookupError, BadZipFile) as error:
        what = f"{' or '.join(names)} in {folder} is missing or malformed ({type(error).__name__}: {error})"
        raise ModelError(f"{what}: reinstall marsad") from error


@cache
def tables() -> Tables:
    """The shipped tables, read once. Raises ModelError when they are missing or malformed."""
    return shipped(Tables, "words.tsv", "pairs.tsv", "neighbours.npz", "substitutes.npz")
