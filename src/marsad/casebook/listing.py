"""The listings' questions to the tables: which items of which records meet the filters."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any, Final, Literal

import apsw

from marsad.casebook.corrected import PUBLISHED
from marsad.casebook.filters import Filters, first_day, fold, last_day

__all__ = ["Table", "chosen"]

Table = Literal["events", "statements", "actors", "relations"]

_NAMED: Final = (
    "EXISTS (SELECT 1 FROM roles JOIN actors ON actors.record = roles.record AND actors.id = roles.actor"
    " WHERE roles.record = item.record AND roles.event = item.seq AND roles.role IN ({roles})"
    " AND instr(actors.folded, ?))"
)
_AUTHOR: Final = (
    "EXISTS (SELECT 1 FROM roles WHERE roles.record = item.record AND roles.event = item.seq"
    " AND roles.role = 'according_to' AND roles.actor = 'author' AND ? = ' author ')"
)
_SAYING: Final = "'according_to'"
_SAYS: Final = f"({_NAMED.format(roles=_SAYING)} OR {_AUTHOR})"
_BY_ID: Final = (
    "EXISTS (SELECT 1 FROM actors WHERE actors.record = item.record AND actors.id IN ({columns})"
    " AND instr(actors.folded, ?))"
)
_FIRST: Final = f"(({PUBLISHED}) || CASE length({PUBLISHED}) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END)"
_LAST: Final = f"(({PUBLISHED}) || CASE length({PUBLISHED}) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END)"


def chosen(db: apsw.Connection, table: Table, filters: Filters) -> Iterator[tuple[int, int]]:
    """The numbers (record, place in its list) of what meets ``filters``, in the order it was added.

    All are asked for before the first is given, so that the casebook may change meanwhile; 16 bytes each.
    """
    conditions, values = _common(table, filters)
    for condition, value in _own(table, filters):
        conditions.append(condition)
        values += [value] * condition.count("?")
    sql = (
        f"SELECT item.record, item.seq FROM {table} AS item"
        " JOIN records ON records.number = item.record JOIN reports ON reports.number = records.report"
        f" WHERE {' AND '.join(conditions)} ORDER BY reports.number, item.record, item.seq LIMIT ?"
    )
    limit = -1 if filters.limit is None else filters.limit
    found = array("q")
    for row in db.execute(sql, (*values, limit)):
        found.extend(row)
    numbers = iter(found)
    return zip(numbers, numbers, strict=True)


def _common(table: Table, filters: Filters) -> tuple[list[str], list[Any]]:
    conditions: list[str] = ["records.current = 1" if filters.as_coded else "records.shown = 1"]
    values: list[Any] = []
    if filters.run is not None:
        conditions, values = ["records.run = ?"], [filters.run]
    if filters.report is not None:
        conditions.append("reports.number = (SELECT number FROM reports WHERE id = ?)")
        values.append(filters.report)
    return conditions, values


def _own(table: Table, filters: Filters) -> list[tuple[str, str]]:
    """Each condition of this listing and the value that stands for all of its question marks."""
    asked: list[tuple[str, str | None]] = []
    since, until = filters.since and first_day(filters.since), filters.until and last_day(filters.until)
    actor, speaker, place = (v and fold(v) for v in (filters.actor, filters.speaker, filters.place))
    if table == "events":
        asked += [
            ("item.type = ?", filters.type),
            ("item.status = ?", filters.status),
            ("item.certainty = ?", filters.certainty),
            (_NAMED.format(roles="'actor', 'recipient'"), actor),
            (_SAYS, speaker),
            ("instr(item.place_folded, ?)", place),
            ("item.last_day >= ?", since),
            ("item.first_day <= ?", until),
        ]
    else:
        asked += [(f"{_LAST} >= ?", since), (f"{_FIRST} <= ?", until)]
    if table == "statements":
        asked += [(_BY_ID.format(columns="item.speaker"), name) for name in (actor, speaker)]
    elif table == "relations":
        asked.append((_BY_ID.format(columns="item.subject, item.object"), actor))
    elif table == "actors":
        asked.append(("instr(item.folded, ?)", actor))
    return [(condition, value) for condition, value in asked if value is not None]
