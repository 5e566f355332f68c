"""Tellings in the casebook's tables: each claim with what comparing it needs, its incident, and its keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, Final

import apsw

from marsad.casebook.packing import packed, unpacker
from marsad.errors import CasebookError
from marsad.incidents import Join, Telling
from marsad.incidents.groups import Groups

__all__ = ["TableBlocks", "TableGroups", "TableTellings"]

_NEWEST: Final = 48
"""Tellings of a key that are looked at."""
_COUNTED: Final = 200
"""Up to how many tellings of a key are counted: the more there are, the less it says."""
_STANDING: Final = 6
_JOIN: Final = Join("", "", 1.0, ())
_FETCH: Final = """
    SELECT tellings.data, reports.id, coalesce(root.id, reports.id) FROM tellings
    JOIN reports ON reports.number = tellings.report
    LEFT JOIN origins ON origins.report = tellings.report LEFT JOIN reports AS root ON root.number = origins.origin
    WHERE tellings.number = ?
"""


class TableTellings:
    """Tellings by number. What was fetched is remembered: use one within one transaction."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._known: dict[int, Telling] = {}

    def keep(self, telling: Telling) -> int:
        """Keep a telling, as an incident of its own; its number."""
        data = json.dumps(packed(telling), ensure_ascii=False, separators=(",", ":"))
        report = self._db.execute("SELECT number FROM reports WHERE id = ?", (telling.report,)).get
        number = int(self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM tellings").get)
        self._db.execute(
            "INSERT INTO tellings VALUES (?1, ?2, ?3, ?1, ?4, ?5, ?6)",
            (number, report, telling.claim, *telling.passage, data),
        )
        self._known[number] = telling
        return number

    def fetch(self, number: int) -> Telling:
        """The telling of this number, with the origin that its report has now."""
        known = self._known.get(number)
        if known is None:
            row: Any = self._db.execute(_FETCH, (number,)).fetchone()
            try:
                data, report, origin = row
                known = replace(unpacker(Telling)(json.loads(data)), report=report, origin=origin)
            except (TypeError, ValueError, LookupError, AttributeError, RecursionError):
                raise CasebookError(f"the casebook is damaged: its claim number {number} cannot be read") from None
            self._known[number] = known
        return known

    def moved(self, number: int, origin: str) -> None:
        """Nothing: the origin is looked up whenever a telling is fetched."""

    def forget(self, number: int) -> None:
        """Take a telling out, with its keys and all that was found of it and others."""
        self._known.pop(number, None)
        self._db.execute("DELETE FROM telling_pairs WHERE one = ?", (number,))
        self._db.execute("DELETE FROM telling_pairs WHERE other = ?", (number,))
        self._db.execute("DELETE FROM telling_keys WHERE telling = ?", (number,))
        self._db.execute("DELETE FROM tellings WHERE number = ?", (number,))


class TableBlocks:
    """Numbers of tellings by key; :mod:`marsad.incidents.blocking` says which are near."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def add(self, number: int, keys: Sequence[str]) -> None:
        """Keep a telling under its keys."""
        self._db.executemany("INSERT OR IGNORE INTO telling_keys VALUES (?, ?)", ((_hash(key), number) for key in keys))

    def near(self, keys: Sequence[str], most: int, without: Sequence[int]) -> list[int]:
        """The tellings that share the most, and the rarest, keys; ``most`` of them."""
        found: dict[int, float] = {}
        for key in keys:
            hashed = _hash(key)
            rows: list[Any] = self._db.execute(
                "SELECT telling FROM telling_keys WHERE key = ? ORDER BY telling DESC LIMIT ?", (hashed, _NEWEST)
            ).fetchall()
            many = len(rows)
            if many == _NEWEST:
                many = int(
                    self._db.execute(
                        "SELECT count(*) FROM (SELECT 1 FROM telling_keys WHERE key = ? LIMIT ?)", (hashed, _COUNTED)
                    ).get
                )
            weight = 1.0 / (1.0 + many) ** 0.5
            for (number,) in reversed(rows):
                found[number] = found.get(number, 0.0) + weight
        for number in without:
            found.pop(number, None)
        return [number for number, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]]


class TableGroups(Groups):
    """Which tellings are one incident, in the tables; those that were looked at are remembered in memory too."""

    def __init__(self, db: apsw.Connection, store: TableTellings) -> None:
        self._db = db
        self._store = store
        self._copies: dict[int, int] = {}
        self._copied = Groups()
        self._count = 0

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(DISTINCT incident) FROM tellings").get)

    def __iter__(self) -> Iterator[int]:
        rows: list[Any] = self._db.execute("SELECT DISTINCT incident FROM tellings ORDER BY incident").fetchall()
        return (number for (number,) in rows)

    def add(self, number: int, telling: Telling) -> None:
        """A group of one."""
        self._db.execute("UPDATE tellings SET incident = number WHERE number = ?", (number,))
        self._copies[number] = self._copy(telling)

    def of(self, number: int) -> int:
        """The group of a telling."""
        return int(self._db.execute("SELECT incident FROM tellings WHERE number = ?", (number,)).get)

    def members(self, group: int) -> list[int]:
        """The tellings of a group, in the order they came in."""
        rows: list[Any] = self._db.execute(
            "SELECT number FROM tellings WHERE incident = ? ORDER BY number", (group,)
        ).fetchall()
        return [number for (number,) in rows]

    def size(self, group: int) -> int:
        """How many tellings a group has."""
        return int(self._db.execute("SELECT count(*) FROM tellings WHERE incident = ?", (group,)).get)

    def standing(self, group: int) -> list[int]:
        """A few tellings that stand for a group: one of each origin first."""
        rows: list[Any] = self._db.execute(
            """SELECT tellings.number, coalesce(origins.origin, tellings.report) FROM tellings
               LEFT JOIN origins ON origins.report = tellings.report WHERE incident = ? ORDER BY tellings.number""",
            (group,),
        ).fetchall()
        if len(rows) <= _STANDING:
            return [number for number, _ in rows]
        first: dict[int, int] = {}
        for number, origin in rows:
            first.setdefault(origin, number)
        chosen = list(first.values())[:_STANDING]
        return chosen + [number for number, _ in rows if number not in chosen][: _STANDING - len(chosen)]

    def joins(self, group: int) -> list[Join]:
        """By what a group came together."""
        rows: list[Any] = self._db.execute(
            """SELECT one, other, probability, reasons FROM telling_pairs WHERE kind = 'join'
               AND one IN (SELECT number FROM tellings WHERE incident = ?) ORDER BY number""",
            (group,),
        ).fetchall()
        return [
            Join(self._store.fetch(one).id, self._store.fetch(other).id, chance, tuple(json.loads(why)))
            for one, other, chance, why in rows
        ]

    def apart(self, one: int, other: int) -> bool:
        """Whether two groups differ in day and in town."""
        return self._copied.apart(self._in_memory(one), self._in_memory(other))

    def _in_memory(self, group: int) -> int:
        """The number that a group has among those that were looked at."""
        if group not in self._copies:
            first, *others = (self._store.fetch(number) for number in self.members(group))
            number = self._copy(first)
            for telling in others:
                number = self._copied.unite(number, self._copy(telling), _JOIN)
            self._copies[group] = number
        return self._copies[group]

    def _copy(self, telling: Telling) -> int:
        number = self._count
        self._copied.add(number, telling)
        self._count += 1
        return number

    def unite(self, one: int, other: int, join: Join) -> int:
        """Make one group of two; its number."""
        kept, gone = sorted((one, other))
        pairs = list(product(self.members(kept), self.members(gone)))
        ids = {self._store.fetch(number).id: number for pair in pairs for number in pair}
        self._db.execute(
            "INSERT INTO telling_pairs VALUES (NULL, 'join', ?, ?, ?, ?)",
            (ids[join.one], ids[join.other], join.probability, json.dumps(join.reasons, ensure_ascii=False)),
        )
        self._db.execute("UPDATE tellings SET incident = ? WHERE incident = ?", (kept, gone))
        ours, theirs = self._copies.pop(kept, None), self._copies.pop(gone, None)
        if ours is not None and theirs is not None:
            self._copies[kept] = self._copied.unite(ours, theirs, _JOIN)
        return kept


def _hash(key: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )
