"""How often words stand side by side, in web and news half and half: a million and a half of pairs.

``neighbours.npz`` has for each word how many others are known to follow it, then these in order, with their counts:
``4 * log2`` of occurrences in 1.02 million million words, web and news half and half.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["STEPS", "Neighbours"]

STEPS: Final = 4.0
_WHOLE: Final = float(np.log2(1.02e12))
_SELDOM: Final = float(np.log2(5e4))
"""A pair that the table lacks counts at most this, less one."""
_BITS: Final = 22
"""log2 of the places; two fifths of them are taken."""
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_FREE: Final = -1


class Neighbours:
    """Pairs with their counts, found by their keys at once: a sorted table would take three times as long.

    Raises ValueError or LookupError where the table is malformed.
    """

    def __init__(self, table: bytes, usual: NDArray[np.float32]) -> None:
        self._usual: Final = usual
        self._size: Final = len(usual)
        with np.load(BytesIO(table), allow_pickle=False) as columns:
            after, second, count = columns["after"], columns["second"], columns["count"]
        if len(after) != self._size or int(after.sum()) != len(second) or len(second) != len(count):
            raise ValueError("the columns of the neighbours do not fit")
        keys = np.repeat(np.arange(self._size, dtype=np.int64), after) * self._size + second
        self._keys: Final[NDArray[np.int32]] = np.full((1 << _BITS) + len(keys) // 8, _FREE, dtype=np.int32)
        self._counts: Final[NDArray[np.uint8]] = np.zeros(len(self._keys), dtype=np.uint8)
        place = _places(keys)
        while len(keys):
            free = self._keys[place] == _FREE
            self._keys[place[free]] = keys[free]
            mine = self._keys[place] == keys
            self._counts[place[mine]] = count[mine]
            keys, count, place = keys[~mine], count[~mine], place[~mine] + 1

    def expected(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """log2 of how often two words would be neighbours if words did not care."""
        return np.asarray(self._usual[first] + self._usual[second] - np.float32(_WHOLE), dtype=np.float32)

    def together(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """log2 of how often two words are neighbours; a low guess where that was not recorded."""
        keys = first * self._size + second
        place = _places(keys)
        there = self._keys[place]
        found = np.where(there == keys, self._counts[place] * np.float32(1 / STEPS), np.float32(-1.0))
        left = np.flatnonzero((there != keys) & (there != _FREE))
        place = place[left]
        while len(left):
            place = place + 1
            there = self._keys[place]
            hit = there == keys[left]
            found[left[hit]] = self._counts[place[hit]] * np.float32(1 / STEPS)
            more = ~hit & (there != _FREE)
            left, place = left[more], place[more]
        guess = np.minimum(self.expected(first, second), np.float32(_SELDOM)) - 1
        return np.asarray(np.where(found < 0, guess, found), dtype=np.float32)


def _places(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    return ((keys.astype(np.uint64) * _MIX) >> np.uint64(64 - _BITS)).astype(np.int64)
