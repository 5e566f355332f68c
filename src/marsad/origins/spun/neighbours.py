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


class Neighbours:
    """Pairs with their counts, in the order of their keys.

    Raises ValueError or LookupError where the table is malformed.
    """

    def __init__(self, table: bytes, usual: NDArray[np.float32]) -> None:
        self._usual: Final = usual
        self._size: Final = len(usual)
        with np.load(BytesIO(table), allow_pickle=False) as columns:
            after, second, self._count = columns["after"], columns["second"], columns["count"]
        if len(after) != self._size or int(after.sum()) != len(second) or len(second) != len(self._count):
            raise ValueError("the columns of the neighbours do not fit")
        # Keys asked for must be of the same kind, or numpy would copy the table for every question.
        self._kind: Final = np.dtype(np.int32 if self._size**2 < 2**31 else np.int64)
        keys = np.repeat(np.arange(self._size, dtype=self._kind) * self._kind.type(self._size), after)
        keys += second
        self._keys: Final = keys
        if (keys[1:] <= keys[:-1]).any():
            raise ValueError("the neighbours are not in order")

    def expected(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """log2 of how often two words would be neighbours if words did not care."""
        return np.asarray(self._usual[first] + self._usual[second] - np.float32(_WHOLE), dtype=np.float32)

    def together(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """log2 of how often two words are neighbours; a low guess where that was not recorded."""
        guess = np.minimum(self.expected(first, second), np.float32(_SELDOM)) - 1
        if not len(self._keys):
            return np.asarray(guess, dtype=np.float32)
        keys = (first * self._size + second).astype(self._kind)
        # Asked in order, a key is looked for close to the one before it.
        order = keys.argsort()
        keys = keys[order]
        at = np.minimum(self._keys.searchsorted(keys), len(self._keys) - 1)
        known = self._keys[at] == keys
        guess[order[known]] = self._count[at[known]] * np.float32(1 / STEPS)
        return np.asarray(guess, dtype=np.float32)
