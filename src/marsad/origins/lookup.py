"""Which of the signatures seen so far are like this one: 64 bands of two values, in arrays that grow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from marsad.origins.signatures import SLOTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BANDS", "Found", "Lookup"]

BANDS: Final = 64
_NONE: Final = -1
_FIRST_SIZE: Final = 1024
_DEEPEST: Final = 96
"""Entries looked at in one slot, newest first: boilerplate that thousands of reports share must not cost thousands."""
_GROWTH: Final = 1.125
_LOAD: Final = 1.5
"""Entries for each slot, from which on there are twice as many slots."""
_AT_ONCE: Final = 512
_HALF: Final = np.uint64(32)
"""Bits of each half of an entry."""


class Found(NamedTuple):
    """Pairs of rows that share a band: numbers of the asking and of an earlier row, and how many values agree."""

    asking: NDArray[np.int64]
    earlier: NDArray[np.int64]
    agree: NDArray[np.int64]


class Lookup:
    """Signatures by number, found again by any of their 64 pairs of values.

    A signature takes 256 bytes, its places in the chains 256, the heads of the
    chains 170 to 340, and an eighth is held ready: less than 1 KiB for each.
    """

    def __init__(self) -> None:
        self._count = 0
        self._size = _FIRST_SIZE
        self._entries: NDArray[np.uint64] = np.zeros((_FIRST_SIZE, BANDS), np.uint64)
        """Of each row and band its pair of values, and below it the row that comes next in the chain: the two are read
        together, and what a million of them cost is the way to memory."""
        self._heads: NDArray[np.int32] = np.full(BANDS * self._size, _NONE, np.int32)

    def __len__(self) -> int:
        return self._count

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays take."""
        return self._entries.nbytes + self._heads.nbytes

    def add(self, signatures: NDArray[np.uint16], least: int) -> Found:
        """Add signatures (rows), and say which earlier ones agree with each in ``least`` values or more.

        Rows added together see the rows before them too. Numbers are places in the order of adding.
        """
        first, end = self._count, self._count + len(signatures)
        self._reserve(end)
        self._entries[first:end] = np.ascontiguousarray(signatures).view(np.uint32).astype(np.uint64) << _HALF
        if end > _LOAD * self._size:
            while end > _LOAD * self._size:
                self._size *= 2
            self._heads = np.full(BANDS * self._size, _NONE, np.int32)
            self._chain(0, first)
        self._chain(first, end)
        self._count = end
        return self.ask(signatures, np.arange(first, end), least)

    def ask(self, signatures: NDArray[np.uint16], before: NDArray[np.int64], least: int) -> Found:
        """The rows numbered below ``before`` that agree with each signature in ``least`` values or more.

        ``before`` has a number for each signature; it also stands for it in ``asking``.
        """
        pairs = np.ascontiguousarray(signatures).view(np.uint32)
        steps = range(0, len(pairs), _AT_ONCE)
        found = [self._ask(pairs[at : at + _AT_ONCE], before[at : at + _AT_ONCE], least) for at in steps]
        if not found:
            nothing = np.zeros(0, np.int64)
            return Found(nothing, nothing, nothing)
        return Found(*(np.concatenate(column) for column in zip(*found, strict=True)))

    def _reserve(self, wanted: int) -> None:
        if wanted > len(self._entries):
            rows = max(wanted, int(len(self._entries) * _GROWTH))
            # In place: a copy would need twice the memory while it is made.
            self._entries.resize((rows, BANDS), refcheck=False)

    def _slots(self, pairs: NDArray[np.uint32]) -> NDArray[np.int64]:
        """The slot of each pair among all slots of all bands."""
        mixed = pairs.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        bits = self._size.bit_length() - 1
        slot = (mixed >> np.uint64(64 - bits)).astype(np.int64)
        found: NDArray[np.int64] = slot + np.arange(BANDS, dtype=np.int64) * self._size
        return found

    def _chain(self, first: int, end: int, step: int = 16384) -> None:
        """Put rows at the heads of their chains, in order."""
        for low in range(first, end, step):
            high = min(low + step, end)
            pairs = (self._entries[low:high] >> _HALF).astype(np.uint32)
            slots = self._slots(pairs).ravel(order="F")
            rows = np.tile(np.arange(low, high, dtype=np.int32), BANDS)
            order = np.argsort(slots, kind="stable")
            slots, rows = slots[order], rows[order]
            bands = slots // self._size
            new = np.concatenate([[True], slots[1:] != slots[:-1]])
            before = np.where(new, self._heads[slots], np.concatenate([rows[:1], rows[:-1]]))
            pairs = np.ascontiguousarray(pairs.T).ravel()[order]
            self._entries[rows, bands] = pairs.astype(np.uint64) << _HALF | before.astype(np.uint32)
            last = np.concatenate([new[1:], [True]])
            self._heads[slots[last]] = rows[last]

    def _ask(self, pairs: NDArray[np.uint32], before: NDArray[np.int64], least: int) -> Found:
        wanted = pairs.ravel()
        asking = np.repeat(np.arange(len(pairs)), BANDS)
        bands = np.tile(np.arange(BANDS), len(pairs))
        limit = before[asking]
        at = self._heads.take(self._slots(pairs).ravel()).astype(np.int64)
        entries = self._entries.reshape(-1)
        hits: list[NDArray[np.int64]] = []
        for _ in range(_DEEPEST):
            going = np.flatnonzero(at != _NONE)
            if len(going) < len(at):
                at, asking, bands, wanted, limit = at[going], asking[going], bands[going], wanted[going], limit[going]
            if not len(at):
                break
            entry = entries.take(at * BANDS + bands)
            hit = np.flatnonzero(((entry >> _HALF) == wanted) & (at < limit))
            hits.append(asking[hit] << 32 | at[hit])
            at = entry.astype(np.uint32).view(np.int32).astype(np.int64)
        both = np.unique(np.concatenate(hits)) if hits else np.zeros(0, np.int64)
        ask, earlier = both >> 32, both & 0xFFFFFFFF
        agree = np.zeros(len(both), np.int64)
        ours = pairs.view(np.uint16)
        for low in range(0, len(both), 8192):
            part = slice(low, low + 8192)
            theirs = (self._entries[earlier[part]] >> _HALF).astype(np.uint32).view(np.uint16)
            agree[part] = (ours[ask[part]] == theirs).sum(axis=1)
        good = agree >= least
        return Found(before[ask[good]], earlier[good], agree[good])


assert SLOTS == 2 * BANDS
