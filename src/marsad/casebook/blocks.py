"""Claims by key in the casebook's tables: which are worth comparing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any, Final

import apsw

__all__ = ["TableBlocks"]

_NEWEST: Final = 48
"""Tellings of a key that are looked at."""
_COUNTED: Final = 200
"""Up to how many tellings of a key are counted: the more there are, the less it says."""
_TIME: Final = re.compile(r"(m?)(\d{1,7})\|")
_IN_KEY: Final = "SELECT ?1, telling FROM telling_keys WHERE key = ?1 ORDER BY telling DESC LIMIT ?2"
_MANY: Final = "SELECT ?1, count(*) FROM (SELECT 1 FROM telling_keys WHERE key = ?1 LIMIT ?2)"


class TableBlocks:
    """Numbers of tellings by key; :mod:`marsad.incidents.blocking` says which are near."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def add(self, number: int, keys: Sequence[str]) -> None:
        """Keep a telling under its keys."""
        self._db.executemany(
            "INSERT OR IGNORE INTO telling_keys VALUES (?, ?)", [(hashed(key), number) for key in keys]
        )

    def forget(self, number: int, keys: Sequence[str]) -> None:
        """Take a telling from under its keys."""
        self._db.executemany(
            "DELETE FROM telling_keys WHERE (key, telling) = (?, ?)", [(hashed(key), number) for key in keys]
        )

    def near(self, keys: Sequence[str], most: int, without: Sequence[int]) -> list[int]:
        """The tellings that share the most, and the rarest, keys; ``most`` of them."""
        under: dict[int, list[int]] = {hashed(key): [] for key in keys}
        rows: Any = self._db.executemany(_IN_KEY, [(key, _NEWEST) for key in under])
        for key, telling in rows:
            under[key].append(telling)
        full = [(key, _COUNTED) for key, tellings in under.items() if len(tellings) == _NEWEST]
        many: dict[int, int] = dict(self._db.executemany(_MANY, full)) if full else {}
        found: dict[int, float] = {}
        for key, tellings in under.items():
            weight = 1.0 / (1.0 + many.get(key, len(tellings))) ** 0.5
            for number in reversed(tellings):
                found[number] = found.get(number, 0.0) + weight
        for number in without:
            found.pop(number, None)
        return [number for number, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]]


def hashed(key: str) -> int:
    """A key as a number of 64 bits. Keys of one time stand beside each other: what comes in together is looked for, and
    written, in few places of the file."""
    time = _TIME.match(key)
    mixed = int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    if time is None:
        return -(mixed >> 1) - 1
    return (int(time[2]) << 1 | bool(time[1])) << 38 | mixed >> 26
