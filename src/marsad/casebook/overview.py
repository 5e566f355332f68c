"""The list of reports, each with how it went and how much its current record holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import apsw

from marsad.casebook.corrected import PUBLISHED, TITLE
from marsad.casebook.filters import Filters, first_day, last_day
from marsad.casebook.rows import ReportRow
from marsad.errors import CasebookError

__all__ = ["each_report_row", "report_rows"]

_REPORTS = """
    SELECT reports.number, reports.id, {title}, {published}, reports.source, reports.language,
      reports.outcome, reports.reason, reports.added_at,
      (SELECT count(*) FROM events WHERE record = records.number),
      (SELECT count(*) FROM statements WHERE record = records.number),
      (SELECT count(*) FROM actors WHERE record = records.number),
      (SELECT json_group_array(name ORDER BY name) FROM names WHERE report = reports.number AND name <> reports.id),
      root.id, origins.kind, source_of.id, origins.spun
    FROM reports JOIN records ON records.report = reports.number AND records.{which} = 1
    LEFT JOIN origins ON origins.report = reports.number
    LEFT JOIN reports AS root ON root.number = origins.origin
    LEFT JOIN reports AS source_of ON source_of.number = origins.of
    WHERE {only} reports.number > :last ORDER BY reports.number LIMIT :most
"""
_AT_ONCE: Final = 500
"""Reports of which the rows are asked for in one go."""


def report_rows(db: apsw.Connection, filters: Filters) -> list[ReportRow]:
    """The reports that meet ``filters`` (since, until, report, limit), in the order they were added."""
    return list(each_report_row(db, filters))


def each_report_row(db: apsw.Connection, filters: Filters) -> Iterator[ReportRow]:
    """The same, some at a time: never all of them in memory."""
    return islice(_each(db, filters), filters.limit)


def _each(db: apsw.Connection, filters: Filters) -> Iterator[ReportRow]:
    only = "" if filters.report is None else "reports.id = :report AND"  # no OR: it is looked up
    which = "current" if filters.as_coded else "shown"
    sql, last = _REPORTS.format(title=TITLE, published=PUBLISHED, which=which, only=only), -1
    while True:
        rows: list[Any] = db.execute(sql, {"report": filters.report, "last": last, "most": _AT_ONCE}).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        for _, *row in rows:
            made = _row(row)
            if _within(made.published, filters.since, filters.until):
                yield made


def _row(row: list[Any]) -> ReportRow:
    report, title, published, source, language, outcome, reason, added_at, events, statements, actors, *rest = row
    also, origin, kind, of, spun = rest
    try:
        known = dict(json.loads(source))
    except (ValueError, TypeError, RecursionError):
        raise CasebookError(f"the casebook is damaged: the source of report {report!r} is no JSON object") from None
    return ReportRow(
        report, title, published, known.get("name"), known.get("url"), language, outcome, reason, added_at,
        events, statements, actors, tuple(json.loads(also)), origin, kind, of, None if spun is None else round(spun, 3),
    )  # fmt: skip


def _within(published: str | None, since: str | None, until: str | None) -> bool:
    """Whether a date meets both bounds; without a date it meets none that is set."""
    if since is None and until is None:
        return True
    if published is None:
        return False
    return (since is None or last_day(published) >= first_day(since)) and (
        until is None or first_day(published) <= last_day(until)
    )
