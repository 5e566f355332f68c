"""The casebook itself: opened, added to, read from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self

from marsad.casebook import searching
from marsad.casebook.connection import connect, plain_errors, transaction
from marsad.casebook.forest import TableForest
from marsad.casebook.happened import Happened
from marsad.casebook.outcome import outcome_of
from marsad.casebook.reader import encodable
from marsad.casebook.runs import Added, Run
from marsad.casebook.streaming import Streaming
from marsad.casebook.writing import content_key, delete_record, insert_record, insert_report, note_report, run_id
from marsad.errors import CasebookError
from marsad.records import Record, Report

__all__ = ["Casebook"]

_AT_ONCE: Final = 64
"""Reports that join their origins in one transaction, where many wait."""


class Casebook(Happened, Streaming):
    """One SQLite file that holds the reports and records of a project; a context manager.

    ``create`` makes the file where there is none; ``write=False`` opens it for
    reading only, which works beside a writer and on a read-only disk.
    ``patience`` is how many seconds to wait for another writer. One connection:
    use it from one thread at a time.

    Every method raises CasebookError, one line, for whatever the file or disk
    does not allow.
    """

    def __init__(
        self, path: str | os.PathLike[str], create: bool = False, *, write: bool = True, patience: float = 10.0
    ) -> None:
        self.path = os.fspath(path)
        self._writable = write
        self._temporary = not self.path
        self._told = {}
        self._db = connect(self.path, create=create, write=write, patience=patience)
        searching.register(self._db)

    @classmethod
    def temporary(cls) -> Casebook:
        """An empty casebook that is gone when it is closed; what memory does not hold, a temporary file does."""
        return cls("", create=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the casebook cannot be used afterwards. Closing twice does no harm."""
        self._db.close()

    # Writing

    def add(self, report: Report, record: Record, run: Run, *, name: str | None = None) -> Added:
        """Keep a report and what ``run`` made of it; on disk, whole, when this returns.

        The same content (text, title, date, source) is the same report whatever
        its id. One that ``run`` has coded already, with that as its current
        record, stays as it is; otherwise the new record becomes the current one
        and earlier ones are kept. ``name`` is the input's name: an earlier
        failure under it is struck out.

        A new report joins its origin, unless others still wait for theirs
        (``join_origins``) or the casebook is a temporary one; and its claims join
        their incidents, unless many reports wait (``join_incidents``).

        Raises CasebookError where the record is not of this report, or holds
        what SQLite cannot (a lone surrogate, a number beyond 64 bits); ModelError
        where the record does not say how probable it is that the report is
        machine-spun (``extra["spun"]``), and the tables that tell are missing.
        """
        if (record.id, record.text) != (report.id, report.text):
            raise CasebookError(f"record {record.id!r} is not a record of report {report.id!r}")
        with self._writing(report.id):
            added = self._add(report, record, run)
            self._db.execute("DELETE FROM failures WHERE name = ?", (name,))
            if added.change == "new" and not self._temporary and self._waiting(2) == 1:
                self._join([replace(report, id=added.report_id)])
            if added.change != "unchanged":
                self._join_few()
        return added

    def _add(self, report: Report, record: Record, run: Run) -> Added:
        db, now = self._db, _now()
        outcome = outcome_of(report, record)
        found = db.execute("SELECT number, id FROM reports WHERE content = ?", (content_key(report),)).fetchone()
        if found is None:
            report_id = self._free_id(report.id)
            number = insert_report(db, report, report_id, outcome, now)
        else:
            number, report_id = found
        db.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", (report.id, number))
        run_number = run_id(db, run, now)
        earlier = db.execute(
            "SELECT number, current FROM records WHERE (report, run) = (?, ?)", (number, run_number)
        ).fetchone()
        if earlier and earlier[1]:
            return Added(report_id, "unchanged")
        note_report(db, number)
        if earlier:
            db.execute("UPDATE records SET current = 0 WHERE report = ? AND current = 1", (number,))
            db.execute("UPDATE records SET current = 1 WHERE number = ?", (earlier[0],))
            self._show(report_id)
        else:
            insert_record(db, number, run_number, replace(record, id=report_id), now)
            if found is not None:
                self._show(report_id)
        if found is None:
            return Added(report_id, "new")
        db.execute("UPDATE reports SET outcome = ?, reason = ? WHERE number = ?", (*outcome, number))
        return Added(report_id, "recoded")

    def renew(self, record: Record, run: Run) -> None:
        """Put ``record`` in the place of the one that ``run`` made of the same report; on disk when this returns.

        For a report that a coder reads better once another one, a cleaner copy, is there. Raises CasebookError where
        ``run`` has no record of it, or where the text is another.
        """
        with self._writing(record.id):
            row: Any = self._db.execute(
                """SELECT records.number, records.report, records.run, current FROM records
                   JOIN reports ON reports.number = records.report AND reports.id = ? AND reports.text = ?
                   JOIN runs ON runs.id = records.run AND (coder, version, fingerprint) = (?, ?, ?)""",
                (record.id, record.text, run.coder, run.version, run.fingerprint),
            ).fetchone()
            if row is None:
                raise CasebookError(f"{run.coder} {run.version} has no record of {record.id!r} here to be renewed")
            number, report, run_number, current = row
            note_report(self._db, report)
            delete_record(self._db, number)
            insert_record(self._db, report, run_number, record, _now(), current=bool(current))
            self._show(record.id)
            self._join_few()

    def _free_id(self, wanted: str) -> str:
        report_id, count = wanted, 1
        while self._db.execute("SELECT 1 FROM reports WHERE id = ?", (report_id,)).fetchone():
            count += 1
            report_id = f"{wanted}~{count}"
        return report_id

    def fail(self, name: str, reason: str) -> None:
        """Keep that the input ``name`` gave no record, and why; a later reason replaces an earlier one."""
        with self._writing(name):
            self._db.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", (name, reason, _now()))

    def kept(self, report: Report, run: Run) -> tuple[str, str | None] | None:
        """The outcome and its reason of a report that is here, under this id, with ``run``'s record as current.

        Adding such a report would change nothing, so it need not be coded. None
        for any other.
        """
        with plain_errors(self.path), encodable(report.id):
            row: Any = self._db.execute(
                """SELECT outcome, reason FROM reports JOIN names ON names.report = reports.number AND names.name = ?
                   JOIN records ON records.report = reports.number AND records.current = 1
                   JOIN runs ON runs.id = records.run AND (coder, version, fingerprint) = (?, ?, ?)
                   WHERE content = ?""",
                (report.id, run.coder, run.version, run.fingerprint, content_key(report)),
            ).fetchone()
        return row and (row[0], row[1])

    def join_origins(self) -> Iterator[str]:
        """Let every report that waits for it join its origin, in the order they were added; yields their ids.

        They wait in a casebook that an older Marsad made. What is joined when the
        iteration is broken off stays so.
        """
        while True:
            with self._writing("a report"):
                joined = self._join(self._index.waiting(_AT_ONCE))
            if not joined:
                return
            yield from joined

    def _join(self, reports: list[Report], judged: bool = True) -> list[str]:
        """Let these reports, the next that wait, join their origins; their ids."""
        self._index.join(reports, judged)
        return [report.id for report in reports]

    def _ready(self) -> None:
        if not self._temporary or not self._waiting(1):
            return
        with self._writing("a report"):
            if not self._db.execute("SELECT 1 FROM signatures LIMIT 1").get:
                self._db.execute("DELETE FROM origins")  # one that was put in alone, see below
            if self._waiting(2) == 1 and not self._db.execute("SELECT 1 FROM origins LIMIT 1").get:
                TableForest(self._db).add()  # nothing is like it: there is nothing to look for, and nothing to load
            while self._join(self._index.waiting(_AT_ONCE), judged=False):
                pass

    @contextmanager
    def _writing(self, what: str) -> Iterator[None]:
        try:
            with plain_errors(self.path), encodable(what), transaction(self._db):
                yield
        except BaseException:
            # What it remembers may be of reports that are not there after all.
            self._origins = None
            self._told = {}
            raise


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
