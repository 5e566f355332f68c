"""Which claims are one incident, in the casebook's tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

import apsw

from marsad.casebook.tellings import TableTellings, days_of, spot_of
from marsad.errors import CasebookError
from marsad.incidents import Join, Telling
from marsad.incidents.groups import Facts, Groups, chosen

__all__ = ["TableGroups"]

_MEMBERS: Final = """
    SELECT tellings.incident, tellings.number, coalesce(origins.origin, tellings.report), days, spot FROM tellings
    LEFT JOIN origins ON origins.report = tellings.report
    WHERE tellings.incident IN (SELECT value FROM json_each(?)) ORDER BY tellings.number
"""
_CHANGED: Final = """
    INSERT OR REPLACE INTO changed
    SELECT 'incident', value, coalesce((SELECT max(at) FROM changed WHERE what = 'incident'), 0) + 1 FROM json_each(?)
"""


class TableGroups(Groups):
    """Groups of tellings, with the number of their first. What was looked at is remembered: use one in one transaction.

    ``look`` fetches several groups at once.
    """

    def __init__(self, db: apsw.Connection, store: TableTellings) -> None:
        self._db = db
        self._store = store
        self._group: dict[int, int] = {}
        self._rows: dict[int, list[tuple[int, int]]] = {}
        self._facts_of: dict[int, Facts] = {}
        self._touched: set[int] = set()

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(DISTINCT incident) FROM tellings").get)

    def __iter__(self) -> Iterator[int]:
        rows: list[Any] = self._db.execute("SELECT DISTINCT incident FROM tellings ORDER BY incident").fetchall()
        return (number for (number,) in rows)

    def look(self, numbers: Iterable[int]) -> None:
        """Fetch the groups of these tellings."""
        wanted = [number for number in numbers if number not in self._group]
        if not wanted:
            return
        groups: Any = self._db.execute(
            "SELECT DISTINCT incident FROM tellings WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        ).fetchall()
        self._fetch([group for (group,) in groups])

    def _fetch(self, groups: Iterable[int]) -> None:
        new = [group for group in groups if group not in self._rows]
        rows: list[Any] = self._db.execute(_MEMBERS, (json.dumps(new),)).fetchall()
        for group, number, origin, days, spot in rows:
            self._group[number] = group
            self._rows.setdefault(group, []).append((number, origin))
            try:
                self._facts_of.setdefault(group, Facts()).add(days_of(days), spot_of(spot))
            except (TypeError, ValueError, LookupError, AttributeError, RecursionError):
                raise CasebookError(f"the casebook is damaged: its claim number {number} cannot be read") from None

    def _all_of(self, group: int) -> list[tuple[int, int]]:
        if group not in self._rows:
            self._fetch([group])
        return self._rows.get(group, [])

    def add(self, number: int, telling: Telling) -> None:
        """A group of one, as it stands in the table already."""
        self.add_all([number])

    def add_all(self, numbers: Iterable[int]) -> None:
        """Groups of one, as they stand in the table already."""
        self._touched.update(numbers)
        self._fetch(numbers)

    def _drop(self, group: int | None) -> None:
        """Remember a group no longer."""
        if group is not None:
            for number, _ in self._rows.pop(group, ()):
                self._group.pop(number, None)
            self._facts_of.pop(group, None)

    def of(self, number: int) -> int:
        """The group of a telling."""
        if number not in self._group:
            self.look([number])
        return self._group[number]

    def members(self, group: int) -> list[int]:
        """The tellings of a group, in the order they came in."""
        return [number for number, _ in self._all_of(group)]

    def size(self, group: int) -> int:
        """How many tellings a group has."""
        return len(self._all_of(group))

    def standing(self, group: int) -> list[int]:
        """A few tellings that stand for a group: one of each origin first."""
        return [number for number, _ in chosen(self._all_of(group))]

    def joins(self, group: int) -> list[Join]:
        """By what a group came together."""
        rows: list[Any] = self._db.execute(
            """SELECT one, other, probability, reasons FROM telling_pairs WHERE kind = 'join'
               AND one IN (SELECT number FROM tellings WHERE incident = ?) ORDER BY number""",
            (group,),
        ).fetchall()
        named: dict[int, str] = {}
        ids: Any = self._db.execute(
            """SELECT tellings.number, reports.id || ':' || claim FROM tellings
               JOIN reports ON reports.number = tellings.report WHERE incident = ?""",
            (group,),
        )
        named.update(ids)
        return [Join(named[one], named[other], chance, tuple(json.loads(why))) for one, other, chance, why in rows]

    def apart(self, one: int, other: int) -> bool:
        """Whether two groups differ in day and in town."""
        self._fetch([one, other])
        return self._facts_of[one].apart(self._facts_of[other])

    def unite(self, one: int, other: int, join: Join) -> int:
        """Make one group of two; its number."""
        kept, gone = sorted((one, other))
        ids = {
            self._store.fetch(number).id: number for group in (kept, gone) for number in self.standing(group)
        }  # a join names two that stand for their groups
        self._db.execute(
            "INSERT INTO telling_pairs VALUES (NULL, 'join', ?, ?, ?, ?)",
            (ids[join.one], ids[join.other], join.probability, json.dumps(join.reasons, ensure_ascii=False)),
        )
        self._db.execute("UPDATE tellings SET incident = ? WHERE incident = ?", (kept, gone))
        moved = self._rows.pop(gone)
        self._rows[kept] = sorted(self._rows[kept] + moved)
        self._group.update((number, kept) for number, _ in moved)
        self._facts_of[kept].update(self._facts_of.pop(gone))
        self._touched |= {kept, gone}
        return kept

    def touched(self, groups: Iterable[int]) -> None:
        """These groups are not what they were."""
        for group in groups:
            self._touched.add(group)
            self._drop(group)

    def note(self) -> None:
        """Let those that keep a list know which groups have changed."""
        if self._touched:
            self._db.execute(_CHANGED, (json.dumps(sorted(self._touched)),))
            self._touched.clear()
