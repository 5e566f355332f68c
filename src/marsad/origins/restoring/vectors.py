"""How alike two words are, in meaning and in the company they keep.

Two vectors of each word: MiniLM-L6's of the word alone (Apache-2.0), cut down to 128 directions, and 96 directions of
the words beside which it stands on the web (pairs counted in the package wordsegment, Apache-2.0); both rounded to
bytes (``training/restoring/tables.py``). Spinners' substitutes are alike in one or the other.
"""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.errors import ModelError

__all__ = ["Likeness", "Vectors", "pair_hash"]

_FILE: Final = Path(__file__).parent / "vectors.safetensors"

Pair = tuple[NDArray[np.float32], NDArray[np.float32]]


class Likeness(NamedTuple):
    """Cosines of two words, -1 to 1; ``company`` is 0 where that of one is not known."""

    meaning: float
    company: float

    @property
    def odds(self) -> float:
        """How much they speak for one being put for the other (log-odds, but for a constant): the weights are those
        that best tell 2,083 words that real spinners put for one from other words that phrases have in its place
        (dictionary read off the Problematic Paper Screener's phrases; ``training/restoring/channel.py``)."""
        meaning, company = max(self.meaning, 0.0), max(self.company, 0.0)
        return 9.7 * self.meaning + 4.2 * self.company - 1.3 * meaning**2 - 2.4 * company**2


class Vectors:
    """Both vectors of lower-case words."""

    def __init__(
        self, words: list[str], meaning: NDArray[np.int8], company: NDArray[np.int8], seen: NDArray[np.uint32]
    ) -> None:
        self._number: Final = {word: i for i, word in enumerate(words)}
        self._tables: Final = (meaning, company)
        self._seen: Final = np.sort(seen)
        self._made: Final[dict[str, Pair | None]] = {}

    @classmethod
    @cache
    def load(cls) -> Vectors:
        """The shipped vectors, read once. Raises ModelError when they are missing or malformed."""
        from safetensors import SafetensorError, safe_open

        try:
            with safe_open(_FILE, framework="numpy") as file:
                words = file.metadata()["words"].split("\n")
                meaning, company, seen = (file.get_tensor(name) for name in ("meaning", "company", "seen"))
            if not len(words) == len(meaning) == len(company):
                raise ValueError(f"{len(words)} words, {len(meaning)} and {len(company)} rows")
        except (OSError, SafetensorError, ValueError, LookupError, TypeError) as error:
            what = f"{_FILE.name} in {_FILE.parent} is missing or malformed ({type(error).__name__}: {error})"
            raise ModelError(f"{what}: reinstall marsad") from error
        return cls(words, meaning, company, seen)

    def of(self, word: str) -> Pair | None:
        """The vectors of a word, of length 1 (or 0); of a hyphenated one that is not known, the sums of its parts';
        None for another."""
        if word not in self._made:
            self._made[word] = self._of(word)
        return self._made[word]

    def _of(self, word: str) -> Pair | None:
        parts = [word] if word in self._number else word.split("-")
        numbers = [self._number[part] for part in parts if part in self._number]
        if len(numbers) < len(parts):
            return None
        one, two = (
            _unit(np.sum([_unit(table[n].astype(np.float32)) for n in numbers], axis=0)) for table in self._tables
        )
        return one, two

    def likeness(self, one: str, other: str) -> Likeness | None:
        """How alike two words are; None where one is not known."""
        a, b = self.of(one), self.of(other)
        return None if a is None or b is None else Likeness(float(a[0] @ b[0]), float(a[1] @ b[1]))

    def seen(self, first: str, second: str) -> bool:
        """Whether news has the two lower-case words as neighbours; now and then true of a pair that it has not."""
        # A number of another kind would have numpy copy the whole table.
        pair = self._seen.dtype.type(pair_hash(first, second))
        at = int(self._seen.searchsorted(pair))
        return at < len(self._seen) and bool(self._seen[at] == pair)


def pair_hash(first: str, second: str) -> int:
    """A number from 0 to 2**32 - 1 for two neighbouring words."""
    return zlib.crc32(f"{first} {second}".encode())


def _unit(row: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(row / max(float(np.linalg.norm(row)), 1e-9), dtype=np.float32)
