"""The casebook itself: opened, added to, read from."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self, TypeVar

import apsw

from marsad.casebook import searching
from marsad.casebook.connection import connect, plain_errors, transaction
from marsad.casebook.filters import Filters
from marsad.casebook.listing import Table, chosen
from marsad.casebook.outcome import outcome_of
from marsad.casebook.overview import report_rows
from marsad.casebook.rows import (
    ActorRow,
    EventRow,
    RelationRow,
    ReportRow,
    StatementRow,
    actor_row,
    event_row,
    relation_row,
    statement_row,
)  # fmt: skip
from marsad.casebook.runs import Added, Failure, Run
from marsad.casebook.writing import content_key, insert_record, insert_report, run_id
from marsad.errors import CasebookError, RecordError
from marsad.records import Record, Report

__all__ = ["Casebook"]

Row = TypeVar("Row")


class Casebook:
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

        Raises CasebookError where the record is not of this report, or holds
        what SQLite cannot (a lone surrogate, a number beyond 64 bits).
        """
        if (record.id, record.text) != (report.id, report.text):
            raise CasebookError(f"record {record.id!r} is not a record of report {report.id!r}")
        with self._writing(report.id):
            added = self._add(report, record, run)
            self._db.execute("DELETE FROM failures WHERE name = ?", (name,))
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
        if earlier:
            db.execute("UPDATE records SET current = 0 WHERE report = ? AND current = 1", (number,))
            db.execute("UPDATE records SET current = 1 WHERE number = ?", (earlier[0],))
        else:
            insert_record(db, number, run_number, replace(record, id=report_id), now)
        if found is None:
            return Added(report_id, "new")
        db.execute("UPDATE reports SET outcome = ?, reason = ? WHERE number = ?", (*outcome, number))
        return Added(report_id, "recoded")

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
        with plain_errors(self.path), _encodable(report.id):
            row: Any = self._db.execute(
                """SELECT outcome, reason FROM reports JOIN names ON names.report = reports.number AND names.name = ?
                   JOIN records ON records.report = reports.number AND records.current = 1
                   JOIN runs ON runs.id = records.run AND (coder, version, fingerprint) = (?, ?, ?)
                   WHERE content = ?""",
                (report.id, run.coder, run.version, run.fingerprint, content_key(report)),
            ).fetchone()
        return row and (row[0], row[1])

    # Reading

    def reports(self, filters: Filters | None = None) -> list[ReportRow]:
        """The reports that meet ``filters`` (since, until, report, limit), in the order they were added."""
        with plain_errors(self.path), _encodable("the filters"):
            return report_rows(self._db, filters or Filters())

    def failures(self) -> list[Failure]:
        """The inputs from which no record came, by name."""
        with plain_errors(self.path):
            return [Failure(*row) for row in self._db.execute("SELECT * FROM failures ORDER BY name")]

    def runs(self) -> list[Run]:
        """The runs, in the order of their first record."""
        with plain_errors(self.path):
            rows = self._db.execute(
                """SELECT coder, version, fingerprint, id, started_at,
                     (SELECT count(*) FROM records WHERE run = runs.id) FROM runs ORDER BY id"""
            )
            return [Run(*row) for row in rows]

    def record(self, report_id: str, run: int | None = None) -> Record:
        """The current record of a report, or the one that ``run`` (its id) made. CasebookError where there is none."""
        with plain_errors(self.path), _encodable(report_id):
            row = self._db.execute(
                """SELECT json, text FROM records JOIN reports ON reports.number = records.report
                   WHERE reports.id = ?1 AND CASE WHEN ?2 IS NULL THEN current = 1 ELSE run = ?2 END""",
                (report_id, run),
            ).fetchone()
        if row is None:
            of_run = "" if run is None else f" of run {run}"
            raise CasebookError(f"{self.path} has no record{of_run} of a report {report_id!r}")
        return self._record(*row)

    def records(self, run: int | None = None) -> Iterator[Record]:
        """The current record of every report (or those that ``run`` made), in the order the reports were added."""
        with plain_errors(self.path):
            numbers: list[Any] = self._db.execute(
                """SELECT number FROM records WHERE CASE WHEN ?1 IS NULL THEN current = 1 ELSE run = ?1 END
                   ORDER BY report""",
                (run,),
            ).fetchall()
        for (number,) in numbers:
            yield self._load(number)

    def events(self, filters: Filters | None = None) -> Iterator[EventRow]:
        """The events that meet ``filters``, report by report."""
        return self._rows("events", filters, lambda record, seq: event_row(record, record.events[seq]))

    def statements(self, filters: Filters | None = None) -> Iterator[StatementRow]:
        """The statements that meet ``filters``; ``actor`` and ``speaker`` both ask who speaks."""
        return self._rows("statements", filters, lambda record, seq: statement_row(record, record.statements[seq]))

    def actors(self, filters: Filters | None = None) -> Iterator[ActorRow]:
        """The actors that meet ``filters``, one row for each report that has them."""
        return self._rows("actors", filters, lambda record, seq: actor_row(record, record.actors[seq]))

    def relations(self, filters: Filters | None = None) -> Iterator[RelationRow]:
        """The relations that meet ``filters``; ``actor`` is either end."""
        return self._rows("relations", filters, lambda record, seq: relation_row(record, record.relations[seq]))

    def search(self, query: str, limit: int = 20) -> list[searching.Found]:
        """The reports whose title or text has all words of ``query``, best first.

        Words in quotation marks stand together; ``word*`` is any word that begins
        so; case and accents do not count (Arabic vowel marks do). All else is
        taken as plain words.
        Raises CasebookError for a query without words.
        """
        with plain_errors(self.path):
            return searching.search(self._db, query, limit)

    def check(self) -> list[str]:
        """What is wrong with the file, as SQLite sees it; empty when all is well.

        Only a casebook that is open for writing can also compare its full-text
        index with the reports.
        """
        with plain_errors(self.path):
            wrong = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            wrong += [f"row of {row[0]} without its {row[2]}" for row in self._db.execute("PRAGMA foreign_key_check")]
            if not self._writable:
                return wrong
            try:
                self._db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
            except apsw.CorruptError:
                wrong.append("the full-text index does not match the reports")
        return wrong

    # Within

    def _rows(self, table: Table, filters: Filters | None, make: Callable[[Record, int], Row]) -> Iterator[Row]:
        with plain_errors(self.path), _encodable("the filters"):
            items = chosen(self._db, table, filters or Filters())
        record, loaded = None, None
        for number, seq in items:
            if record is None or number != loaded:
                record, loaded = self._load(number), number
            try:
                row = make(record, seq)
            except IndexError:
                raise CasebookError(
                    f"{self.path} is damaged: record {number} has no item {seq} in its {table}"
                ) from None
            yield row

    def _load(self, number: int) -> Record:
        with plain_errors(self.path):
            row: Any = self._db.execute(
                """SELECT json, text FROM records JOIN reports ON reports.number = records.report
                   WHERE records.number = ?""",
                (number,),
            ).fetchone()
        return self._record(*row)

    def _record(self, data: str, text: str) -> Record:
        try:
            return Record.from_json({**json.loads(data), "text": text})
        except (ValueError, TypeError, RecursionError, RecordError) as error:
            raise CasebookError(f"{self.path} is damaged: {error}") from None

    @contextmanager
    def _writing(self, what: str) -> Iterator[None]:
        with plain_errors(self.path), _encodable(what), transaction(self._db):
            yield


@contextmanager
def _encodable(what: str) -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError:
        raise CasebookError(f"{what!r} holds half a character (a lone surrogate): replace it by U+FFFD") from None
    except OverflowError:
        raise CasebookError(f"{what!r} holds a number that does not fit into 64 bits") from None


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
