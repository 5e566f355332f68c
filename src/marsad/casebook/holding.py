"""Which reports hold some words: only that, and so quick where many do."""

from __future__ import annotations

from typing import Any

import apsw

from marsad.casebook.searching import match_expression

__all__ = ["reports_with"]


def reports_with(db: apsw.Connection, query: str) -> list[str]:
    """The ids of all reports that have the words of ``query``, which means what it means in ``marsad search``.

    Raises CasebookError for a query without a word.
    """
    rows: Any = db.execute(
        "SELECT reports.id FROM search JOIN reports ON reports.number = search.rowid WHERE search MATCH ?",
        (match_expression(query),),
    )
    return [report for (report,) in rows]
