"""What a casebook tells: its lists, records and full-text search."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import apsw

from marsad.casebook import searching
from marsad.casebook.connection import plain_errors
from marsad.casebook.filters import Filters
from marsad.casebook.listing import Table, chosen
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
from marsad.casebook.runs import Failure, Run
from marsad.casebook.shown import REVIEWERS
from marsad.errors import CasebookError, RecordError
from marsad.records import Record, Report
from marsad.vocabulary import SPUN, count_words

if TYPE_CHECKING:
    from marsad.casebook.origins import CasebookOrigins
    from marsad.origins import Surveyed

__all__ = ["Reader", "encodable"]

Row = TypeVar("Row")

_RESTORABLE: Final = """
    SELECT origins.report, clean.report FROM origins JOIN origins AS clean ON clean.report = origins.origin
    JOIN reports ON reports.number = clean.report
    JOIN records ON records.report = origins.report AND records.current = 1
    JOIN runs ON runs.id = records.run
    WHERE origins.spun >= ?1 AND clean.spun < ?1 AND (coder, runs.version, fingerprint) = (?2, ?3, ?4)
    AND CASE WHEN json_valid(records.json) THEN json_extract(records.json, '$.restored_from') IS NOT reports.id END
    ORDER BY origins.report
"""


class Reader:
    """The reading half of :class:`marsad.casebook.Casebook`."""

    path: str
    _db: apsw.Connection
    _writable: bool
    _temporary: bool
    _origins: CasebookOrigins | None = None

    @property
    def count(self) -> str:
        """How many reports there are, and how many origins: "9 reports, 3 origins"."""
        self._ready()
        with plain_errors(self.path):
            reports = int(self._db.execute("SELECT count(*) FROM reports").get)
            origins = int(self._db.execute("SELECT count(*) FROM origins WHERE of IS NULL").get)
            waiting = self._waiting(-1)
        words = count_words(reports, origins)
        return f"{words}; {waiting:,} without one yet, which 'marsad origins' finds" if waiting else words

    @property
    def waiting(self) -> int:
        """How many reports have not joined an origin yet: :meth:`marsad.casebook.Casebook.join_origins` lets them."""
        with plain_errors(self.path):
            return self._waiting(-1)

    @contextmanager
    def surveyed(self) -> Iterator[Surveyed]:
        """A context with the reports' families: which is made from which, how, and by what evidence."""
        self._ready()
        with plain_errors(self.path):
            yield self._index

    def restorable(self, run: Run) -> Iterator[tuple[Report, Report]]:
        """Machine-spun reports with ``run``'s record as current that was made without the words of a cleaner copy,
        each with that copy: the root of its family."""
        self._ready()
        with plain_errors(self.path):
            rows: list[Any] = self._db.execute(_RESTORABLE, (SPUN, run.coder, run.version, run.fingerprint)).fetchall()
            for number, clean in rows:
                yield self._index.fetch(number), self._index.fetch(clean)

    def reports(self, filters: Filters | None = None) -> list[ReportRow]:
        """The reports that meet ``filters`` (since, until, report, limit), in the order they were added."""
        self._ready()
        with plain_errors(self.path), encodable("the filters"):
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
                     (SELECT count(*) FROM records WHERE run = runs.id) FROM runs
                   WHERE (coder, version, fingerprint) <> (?, ?, ?) ORDER BY id""",
                (REVIEWERS.coder, REVIEWERS.version, REVIEWERS.fingerprint),
            )
            return [Run(*row) for row in rows]

    def record(self, report_id: str, run: int | None = None) -> Record:
        """The record of a report as it is listed: the coder's current one, with what reviewers decided applied to it.

        With ``run`` (its id) the one that this run made. CasebookError where there is none.
        """
        return self._of("shown = 1", report_id, run)

    def coded(self, report_id: str, run: int | None = None) -> Record:
        """The current record of a report (or that of a run) as the coder made it. CasebookError where there is none."""
        return self._of("current = 1", report_id, run)

    def _of(self, which: str, report_id: str, run: int | None) -> Record:
        with plain_errors(self.path), encodable(report_id):
            row = self._db.execute(
                # The condition comes from this module only.
                f"""SELECT json, text FROM records JOIN reports ON reports.number = records.report
                    WHERE reports.id = ?1 AND CASE WHEN ?2 IS NULL THEN {which} ELSE run = ?2 END""",
                (report_id, run),
            ).fetchone()
        if row is None:
            of_run = "" if run is None else f" of run {run}"
            raise CasebookError(f"{self.path} has no record{of_run} of a report {report_id!r}")
        return self._record(*row)

    def records(self, run: int | None = None) -> Iterator[Record]:
        """The record of every report as it is listed (or those that ``run`` made), in the order they were added."""
        with plain_errors(self.path):
            numbers: list[Any] = self._db.execute(
                """SELECT number FROM records WHERE CASE WHEN ?1 IS NULL THEN shown = 1 ELSE run = ?1 END
                   ORDER BY report""",
                (run,),
            ).fetchall()
        for (number,) in numbers:
            yield self._load(number)

    def events(self, filters: Filters | None = None) -> Iterator[EventRow]:
        """The events that meet ``filters``, report by report."""
        return self._rows("events", filters, lambda of, seq, origin: event_row(of, of.events[seq], origin))

    def statements(self, filters: Filters | None = None) -> Iterator[StatementRow]:
        """The statements that meet ``filters``; ``actor`` and ``speaker`` both ask who speaks."""
        return self._rows("statements", filters, lambda of, seq, origin: statement_row(of, of.statements[seq], origin))

    def actors(self, filters: Filters | None = None) -> Iterator[ActorRow]:
        """The actors that meet ``filters``, one row for each report that has them."""
        return self._rows("actors", filters, lambda of, seq, origin: actor_row(of, of.actors[seq], origin))

    def relations(self, filters: Filters | None = None) -> Iterator[RelationRow]:
        """The relations that meet ``filters``; ``actor`` is either end."""
        return self._rows("relations", filters, lambda of, seq, origin: relation_row(of, of.relations[seq], origin))

    def search(self, query: str, limit: int = 20) -> list[searching.Found]:
        """The reports whose title or text has all words of ``query``, best first.

        Words in quotation marks stand together; ``word*`` is any word that begins
        so; case and accents do not count (Arabic vowel marks do). All else is
        taken as plain words.
        Raises CasebookError for a query without words.
        """
        self._ready()
        with plain_errors(self.path):
            return searching.search(self._db, query, limit)

    def search_ids(self, query: str, limit: int) -> list[str]:
        """The ids of the reports that :meth:`search` finds, best first: quick where many are wanted.

        Where more than 10,000 reports have the words, the latest so many are looked at.
        """
        self._ready()
        with plain_errors(self.path):
            return searching.search_ids(self._db, query, limit)

    def check(self) -> list[str]:
        """What is wrong with the file, as SQLite sees it; empty when all is well.

        Only a casebook that is open for writing can also compare its full-text
        index with the reports.
        """
        with plain_errors(self.path):
            wrong = [" ".join(str(row[0]).split()) for row in self._db.execute("PRAGMA integrity_check")]
            wrong = [words for words in wrong if words != "ok"]
            wrong += [f"row of {row[0]} without its {row[2]}" for row in self._db.execute("PRAGMA foreign_key_check")]
            if not self._writable:
                return wrong
            try:
                self._db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
            except apsw.CorruptError:
                wrong.append("the full-text index does not match the reports")
        return wrong

    # Within

    @property
    def _index(self) -> CasebookOrigins:
        if self._origins is None:
            from marsad.casebook.origins import CasebookOrigins

            self._origins = CasebookOrigins(self._db)
        return self._origins

    def _waiting(self, most: int) -> int:
        """How many reports have no origin yet, counted up to ``most`` (-1: all)."""
        return int(
            self._db.execute(
                """SELECT count(*) FROM (SELECT 1 FROM reports
                   WHERE number > (SELECT coalesce(max(report), -1) FROM origins) LIMIT ?)""",
                (most,),
            ).get
        )

    def _ready(self) -> None:
        """Find the origins in a temporary casebook, which has not looked for any so far."""

    def _origin(self, report_id: str) -> str | None:
        """The id of the report that this one goes back to."""
        found: str | None = self._db.execute(
            """SELECT root.id FROM reports JOIN origins ON origins.report = reports.number
               JOIN reports AS root ON root.number = origins.origin WHERE reports.id = ?""",
            (report_id,),
        ).get
        return found

    def _rows(
        self, table: Table, filters: Filters | None, make: Callable[[Record, int, str | None], Row]
    ) -> Iterator[Row]:
        self._ready()
        with plain_errors(self.path), encodable("the filters"):
            items = chosen(self._db, table, filters or Filters())
        record, loaded, origin = None, None, None
        for number, seq in items:
            if record is None or number != loaded:
                record, loaded = self._load(number), number
                with plain_errors(self.path):
                    origin = self._origin(record.id)
            try:
                row = make(record, seq, origin)
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
def encodable(what: str) -> Iterator[None]:
    """Say in plain words what cannot be kept: half a character, a number beyond 64 bits."""
    try:
        yield
    except UnicodeEncodeError:
        raise CasebookError(f"{what!r} holds half a character (a lone surrogate): replace it by U+FFFD") from None
    except OverflowError:
        raise CasebookError(f"{what!r} holds a number that does not fit into 64 bits") from None
