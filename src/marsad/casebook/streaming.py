"""What is asked of a casebook to write all of it out: bit by bit, as it was at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from marsad.casebook.connection import plain_errors
from marsad.casebook.decided import Deciding
from marsad.casebook.filters import Filters
from marsad.casebook.overview import each_report_row
from marsad.casebook.reader import encodable
from marsad.casebook.rows import ReportRow
from marsad.casebook.runs import Run
from marsad.decisions import Decision
from marsad.errors import CasebookError
from marsad.records import Passage

__all__ = ["Streaming"]

_AT_ONCE: Final = 500
_DECISIONS: Final = "SELECT number, data, hash FROM decisions WHERE number > ? ORDER BY number LIMIT ?"


class Streaming(Deciding):
    """The part of :class:`marsad.casebook.Casebook` that is for writing everything out."""

    @contextmanager
    def as_of_now(self) -> Iterator[None]:
        """Whatever is read inside is of one moment, however many others write meanwhile.

        Nothing can be written inside, and contexts of this kind do not nest.
        """
        with plain_errors(self.path):
            self._db.execute("BEGIN")
            self._db.execute("SELECT 1 FROM sqlite_schema").fetchone()  # the moment: a transaction begins by reading
        try:
            yield
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def each_report(self, filters: Filters | None = None) -> Iterator[ReportRow]:
        """As :meth:`reports`, some at a time: never all of them in memory."""
        self._ready()
        with plain_errors(self.path), encodable("the filters"):
            yield from each_report_row(self._db, filters or Filters())

    def each_decision(self) -> Iterator[Decision]:
        """As :meth:`decisions`, some at a time: never all of them in memory."""
        last = -1
        while True:
            with plain_errors(self.path):
                rows: list[Any] = self._db.execute(_DECISIONS, (last, _AT_ONCE)).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            for row in rows:
                yield self._decision(*row)

    def words(self, report_id: str, passage: Passage) -> str:
        """The words of a passage of a report. CasebookError where there is no such report."""
        with plain_errors(self.path), encodable(report_id):
            found: Any = self._db.execute(
                "SELECT substr(text, ?, ?) FROM reports WHERE id = ?",
                (passage.start + 1, passage.end - passage.start, report_id),
            ).get
        if found is None:
            raise CasebookError(f"{self.path} has no report {report_id!r}")
        return str(found)

    def made(self, report_id: str) -> tuple[Run, str]:
        """By which coder the current record of a report was made, and when (UTC). CasebookError where there is none."""
        with plain_errors(self.path), encodable(report_id):
            row: Any = self._db.execute(
                """SELECT coder, version, fingerprint, coded_at FROM records JOIN runs ON runs.id = records.run
                   WHERE records.report = (SELECT number FROM reports WHERE id = ?) AND current = 1""",
                (report_id,),
            ).fetchone()
        if row is None:
            raise CasebookError(f"{self.path} has no record of a report {report_id!r}")
        return Run(*row[:3]), str(row[3])
