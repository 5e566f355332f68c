"""Signatures of texts: 128 MinHash values of what survives rewriting.

Two kinds of shingles, one for each kind of rewriter: masked six-grams (small
words, names and numbers, with content words masked), which a spinner leaves
alone; and pairs of content words that follow each other, small words left out
and endings cut off, which translating and back mostly leaves alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from struct import Struct
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.origins.functionwords import FUNCTION_WORDS
from marsad.origins.wording import KEPT, SIX, STEM

__all__ = ["SLOTS", "Signatures", "Signed"]

SLOTS: Final = 128
"""Values of a signature. The share in which two agree estimates how much of their shingles two texts share."""

_EDGES: Final = re.compile(r"^[\W_]+|[\W_]+$|['’]s[\W_]*$")
_STRETCH: Final = 310
"""Words: a longer text gets several signatures, of equal pieces, so that a copy of a part of it is found."""
_HALVED: Final = 120
_VOCABULARY: Final = 500_000
"""Word forms remembered with their hashes, about 250 bytes each; when there are more, all are forgotten."""
_SEED: Final = 20140610
_ROW: Final = Struct(f"={SLOTS}I")
"""The quickest way from a row of numbers to an array."""


def _hash(word: str) -> int:
    """64 bits, never 0, the same in every process."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") | 1


class _Vocabulary(dict[str, int]):
    """Word as it stands between blanks -> its number.

    Under the number are two hashes: what stands for it in masked six-grams (0: a
    mask), and what stands for it in pairs of content words (0: it is none).
    """

    def __init__(self) -> None:
        super().__init__()
        self._masked: list[int] = []
        self._content: list[int] = []
        self._arrays = np.zeros((2, 0), np.uint64)

    def __missing__(self, word: str) -> int:
        bare = _EDGES.sub("", word) or "-"
        lower = bare.lower().replace("’", "'")
        small = lower in FUNCTION_WORDS
        kept = small or bare[0].isdigit() or bare[0].isupper()
        self._masked.append(_hash(lower) if kept else 0)
        self._content.append(0 if small else _hash(lower[:STEM]))
        found = self[word] = len(self)
        return found

    def hashes(self, numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
        """The two hashes of each word: two rows."""
        known = self._arrays.shape[1]
        if known < len(self._masked):
            new = np.array([self._masked[known:], self._content[known:]], dtype=np.uint64)
            self._arrays = np.concatenate([self._arrays, new], axis=1)
        found: NDArray[np.uint64] = self._arrays[:, numbers]
        return found


class Signed(NamedTuple):
    """Signatures of texts, one a row, to keep; and signatures of their halves, to look up others with."""

    rows: NDArray[np.uint16]
    owners: NDArray[np.int64]
    """Of each row, the number of its text."""
    halves: NDArray[np.uint16]
    wholes: NDArray[np.int64]
    """Of each half, the number of the row that it is a half of."""


class Signatures:
    """Makes signatures. It remembers the words it has met: keep one and use it from one thread."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()

    def of(self, texts: Sequence[str]) -> Signed:
        """The signatures of texts.

        A text of more than 310 words has several. One of fewer than three words
        has none. Where a piece has 120 words or more, each of its halves has one
        too: what was copied into one half of a report is more of that half.
        """
        if len(self._vocabulary) > _VOCABULARY:
            self._vocabulary = _Vocabulary()
        numbers: list[int] = []
        lengths: list[int] = []
        owners: list[int] = []
        words = self._vocabulary
        for number, text in enumerate(texts):
            found = text.split()
            pieces = -(-len(found) // _STRETCH)
            for piece in range(pieces):
                first, end = len(found) * piece // pieces, len(found) * (piece + 1) // pieces
                if end - first >= 3:
                    numbers += map(words.__getitem__, found[first:end])
                    lengths.append(end - first)
                    owners.append(number)
        if not owners:
            none = np.zeros(0, np.int64)
            return Signed(np.zeros((0, SLOTS), np.uint16), none, np.zeros((0, SLOTS), np.uint16), none)
        masks, content = words.hashes(np.array(numbers, dtype=np.int64))
        sizes = np.array(lengths)
        rows = np.repeat(np.arange(len(sizes)), sizes)
        place = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        halves = 2 * rows + (2 * place >= sizes[rows])
        shingles, begins, ends = (
            np.concatenate(both) for both in zip(_pairs(content, halves), _six_grams(masks, halves), strict=True)
        )
        within = begins == ends
        long = np.flatnonzero(sizes >= _HALVED)
        half_rows = np.sort(np.concatenate([2 * long, 2 * long + 1]))
        return Signed(
            _signed(shingles, begins // 2, len(sizes)), np.array(owners, dtype=np.int64),
            _signed(shingles[within], begins[within], 2 * len(sizes))[half_rows], half_rows // 2,
        )  # fmt: skip


def _signed(shingles: NDArray[np.uint64], rows: NDArray[np.int64], many: int) -> NDArray[np.uint16]:
    """One signature for the shingles of each of ``many`` rows."""
    from rensa import RMinHash

    order = np.argsort(rows, kind="stable")
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=many))]).astype(np.uint64)
    matrix: Any = RMinHash.digest_matrix_from_flat_token_hashes(shingles[order], offsets, SLOTS, _SEED)
    packed = b"".join([_ROW.pack(*row) for row in matrix.to_rows()])
    values = np.frombuffer(packed, dtype=np.uint32).reshape(many, SLOTS).astype(np.uint64)
    # The upper half of a product mixes all bits; sixteen of them let one pair in 65,000 agree by chance.
    return ((values * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(48)).astype(np.uint16)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = values ^ (values >> np.uint64(31))
    values = values * np.uint64(0xBF58476D1CE4E5B9)
    found: NDArray[np.uint64] = values ^ (values >> np.uint64(29))
    return found


def _windows(words: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """One hash for each ``size`` words in a row."""
    many = max(0, len(words) - size + 1)
    total = np.full(many, size, dtype=np.uint64)
    for at in range(size):
        total = _mix(total * np.uint64(0x9E3779B97F4A7C15) + words[at : at + many])
    return total


_Shingles = tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]
"""Shingles that lie within one row, and of each the halves of rows (two for each) where it begins and ends."""


def _pairs(words: NDArray[np.uint64], halves: NDArray[np.int64]) -> _Shingles:
    stay = words != 0
    words, halves = words[stay], halves[stay]
    first, last = halves[:-1], halves[1:]
    good = first >> 1 == last >> 1
    return _windows(words, 2)[good], first[good], last[good]


def _six_grams(words: NDArray[np.uint64], halves: NDArray[np.int64]) -> _Shingles:
    """Six-grams in which content words that follow each other are one mask, with three words kept at least."""
    again = (words[1:] == 0) & (words[:-1] == 0) & (halves[1:] == halves[:-1])
    stay = np.concatenate([[True], ~again])
    words, halves = words[stay], halves[stay]
    if len(words) < SIX:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    kept = np.concatenate([[0], np.cumsum(words != 0)])
    first, last = halves[: 1 - SIX], halves[SIX - 1 :]
    good = (first >> 1 == last >> 1) & (kept[SIX:] - kept[:-SIX] >= KEPT)
    return _windows(words, SIX)[good], first[good], last[good]
