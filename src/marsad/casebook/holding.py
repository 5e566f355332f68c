"""Which reports hold some words: only that, and so quick where many do."""

from __future__ import annotations

from typing import Any

import apsw

from marsad.casebook.searching import match_expression

__all__ = ["ReportNames", "reports_with"]


class ReportNames:
    """The ids of reports by their numbers; only those of new ones are read again, for no number changes.

    It may be asked and renewed from several threads.
    """

    def __init__(self) -> None:
        self._ids: dict[int, str] = {}
        self._last = 0

    def renew(self, db: apsw.Connection) -> None:
        """Read what is new. Raises apsw.Error."""
        last = self._last
        # Of all reports the index of their ids tells more quickly than the reports with their texts.
        sql = "SELECT number, id FROM reports WHERE number > ?" if last else "SELECT number, id FROM reports"
        rows: list[Any] = db.execute(sql, (last,) if last else ()).fetchall()
        self._ids.update(rows)
        self._last = max((number for number, _ in rows), default=last)

    def of(self, number: int) -> str | None:
        """The id of the report of this number, if it has been read."""
        return self._ids.get(number)


def reports_with(db: apsw.Connection, query: str, names: ReportNames) -> list[str]:
    """The ids of all reports in ``names`` that have the words of ``query``, as ``marsad search`` means them.

    Raises CasebookError for a query without a word.
    """
    rows: Any = db.execute("SELECT rowid FROM search WHERE search MATCH ?", (match_expression(query),))
    found = (names.of(number) for (number,) in rows)
    return [report for report in found if report is not None]
