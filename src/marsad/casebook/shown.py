"""Which record of a report is listed: the coder's current one, or that with decisions applied, kept beside it."""

from __future__ import annotations

from typing import Any, Final

import apsw

from marsad.casebook.runs import Run
from marsad.casebook.writing import delete_record, insert_record, note_report, run_id
from marsad.records import Record

__all__ = ["REVIEWERS", "show"]

REVIEWERS: Final = Run("reviewers", "", "")
"""The run of the records with decisions applied; no coder has this fingerprint."""


def show(db: apsw.Connection, report: int, reviewed: Record | None, now: str) -> None:
    """List ``reviewed`` for the report of this number from now on; None: the coder's current record."""
    earlier: Any = db.execute(
        """SELECT records.number FROM records JOIN runs ON runs.id = records.run
           WHERE report = ? AND (coder, runs.version, fingerprint) = (?, ?, ?)""",
        (report, REVIEWERS.coder, REVIEWERS.version, REVIEWERS.fingerprint),
    ).get
    if earlier is not None:
        delete_record(db, earlier)
    db.execute("UPDATE records SET shown = 0 WHERE report = ? AND shown = 1", (report,))
    db.execute("INSERT OR IGNORE INTO untold VALUES (?)", (report,))
    note_report(db, report)
    if reviewed is None:
        db.execute("UPDATE records SET shown = 1 WHERE report = ? AND current = 1", (report,))
    else:
        insert_record(db, report, run_id(db, REVIEWERS, now), reviewed, now, current=False, shown=True)
