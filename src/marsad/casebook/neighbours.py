"""Signatures of reports in the casebook's tables, and those like a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

import apsw
import numpy as np

from marsad.origins.lookup import BANDS
from marsad.origins.neighbours import AGREE, Alike
from marsad.origins.signatures import SLOTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from marsad.origins.signatures import Signed

__all__ = ["TableNeighbours"]

_DEEPEST: Final = 96
"""Signatures looked at in one slot, newest first: what thousands of reports share must not cost thousands."""
_BAND: Final = np.arange(BANDS, dtype=np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
_IN_SLOT: Final = "SELECT signature FROM bands WHERE slot = ?1 ORDER BY signature DESC LIMIT ?2"


class TableNeighbours:
    """Signatures in the tables ``signatures`` and ``bands``: what they cost does not grow with how many there are."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def add(self, numbers: Sequence[int], signed: Signed) -> Alike:
        """Enter the signatures of these reports; of each, the earlier ones (the others here too) that are like it."""
        alike: Alike = {}
        owners, wholes = signed.owners.tolist(), signed.wholes.tolist()
        halves: dict[int, list[int]] = {}
        for half, whole in enumerate(wholes):
            halves.setdefault(whole, []).append(half)
        for row, owner in enumerate(owners):
            report = numbers[owner]
            asking = [signed.rows[row], *(signed.halves[half] for half in halves.get(row, ()))]
            own = _slots(asking[0])
            for number, signature in enumerate(asking):
                slots = own if number == 0 else _slots(signature)
                for other, agree in self._like(signature, slots):
                    if other != report:
                        best = alike.setdefault(report, {})
                        best[other] = max(best.get(other, 0), agree)
            self._enter(report, asking[0], own)
        return alike

    def _enter(self, report: int, signature: NDArray[np.uint16], slots: list[int]) -> None:
        data = signature.astype("<u2").tobytes()
        self._db.execute("INSERT INTO signatures (report, vals) VALUES (?, ?)", (report, data))
        number = self._db.last_insert_rowid()
        self._db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", ((slot, number) for slot in slots))

    def _like(self, signature: NDArray[np.uint16], slots: list[int]) -> Iterable[tuple[int, int]]:
        """The reports with a signature that agrees with this one in enough values, and in how many."""
        found = {number for (number,) in self._db.executemany(_IN_SLOT, ((slot, _DEEPEST) for slot in slots))}
        if not found:
            return
        rows = self._db.executemany("SELECT report, vals FROM signatures WHERE number = ?", ((n,) for n in found))
        owners, blobs = [], []
        for report, values in rows:
            if len(values) == 2 * SLOTS:
                owners.append(report)
                blobs.append(values)
        agree = np.frombuffer(b"".join(blobs), "<u2").reshape(-1, SLOTS) == signature
        for report, many in zip(owners, agree.sum(axis=1).tolist(), strict=True):
            if many >= AGREE:
                yield report, many


def _slots(signature: NDArray[np.uint16]) -> list[int]:
    """The slot of each pair of values: 32 bits, mixed from the pair and its band."""
    pairs = np.ascontiguousarray(signature).view(np.uint32).astype(np.uint64)
    mixed = pairs * np.uint64(0x9E3779B97F4A7C15) + _BAND
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    slots: list[int] = (mixed >> np.uint64(32)).astype(np.uint32).view(np.int32).tolist()
    return slots
