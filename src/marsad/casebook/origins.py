"""The origins of a casebook's reports: joined one by one, kept with their evidence in its tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

import apsw

from marsad.casebook.forest import TableForest
from marsad.casebook.neighbours import TableNeighbours
from marsad.errors import CasebookError
from marsad.origins import Edge, Origins, Surveyed
from marsad.origins.keeping import edge_data, edge_of
from marsad.origins.spun import spun_probability
from marsad.records import Report, Source

__all__ = ["CasebookOrigins"]

_WAITING: Final = """
    SELECT number FROM reports WHERE number > (SELECT coalesce(max(report), -1) FROM origins) ORDER BY number LIMIT ?
"""
_EDGE: Final = """
    INSERT INTO edges (derived, source, evidence)
    VALUES ((SELECT number FROM reports WHERE id = ?), (SELECT number FROM reports WHERE id = ?), ?)
"""


class CasebookOrigins(Surveyed):
    """An index of origins whose every part is in the casebook.

    Reports join in the order of their numbers. What is joined inside a
    transaction that is rolled back must not be used again: make a new one.
    """

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self.origins = Origins(self, self.spun, TableForest(db), TableNeighbours(db))

    # What joins

    def join(self, reports: Iterable[Report], judged: bool) -> None:
        """Let these reports, the next that wait, join their origins; within a transaction.

        ``judged``: where the record does not say how probable it is that a report
        is machine-spun, that is found out even if no place depends on it.
        """
        for placed in self.origins.add_many(reports):
            if judged:
                self.spun(placed.number)
            edges = (*((placed.edge,) if placed.edge else ()), *placed.also)
            self._db.executemany(
                _EDGE, [(e.derived, e.source, json.dumps(edge_data(e), ensure_ascii=False)) for e in edges]
            )

    def waiting(self, most: int) -> list[Report]:
        """The next reports that have no origin yet, at most so many."""
        numbers: list[Any] = self._db.execute(_WAITING, (most,)).fetchall()
        return [self.fetch(number) for (number,) in numbers]

    # What an index asks of where reports are kept

    def keep(self, report: Report) -> int:
        """The number of a report, which is here already."""
        number = self.number(report.id)
        if number is None:
            raise CasebookError(f"the casebook has no report {report.id!r}")
        return number

    def fetch(self, number: int) -> Report:
        """The report of this number."""
        row: Any = self._db.execute(
            "SELECT id, text, title, published, source, author, language FROM reports WHERE number = ?", (number,)
        ).fetchone()
        report_id, text, title, published, source, author, language = row
        try:
            known = dict(json.loads(source))
        except (ValueError, TypeError, RecursionError):
            raise CasebookError(f"the casebook is damaged: the source of {report_id!r} is no JSON object") from None
        given = Source(known.get("name"), known.get("url"), known.get("licence"))
        return Report(report_id, text, title, published, given, author, language)

    # What a list of origins asks

    def __len__(self) -> int:
        return len(self.origins.families)

    def numbers(self) -> Iterable[int]:
        """The numbers of all reports that have joined, in order."""
        rows: list[Any] = self._db.execute("SELECT report FROM origins ORDER BY report").fetchall()
        return (number for (number,) in rows)

    def number(self, report_id: str) -> int | None:
        """The number of the report of this id; None where there is none."""
        found = self._db.execute("SELECT number FROM reports WHERE id = ?", (report_id,)).get
        return None if found is None else int(found)

    def id_of(self, number: int) -> str:
        """The id of the report of this number."""
        return str(self._db.execute("SELECT id FROM reports WHERE number = ?", (number,)).get)

    def report(self, number: int) -> Report:
        """The report of this number."""
        return self.fetch(number)

    def spun(self, number: int) -> float:
        """How probable it is that its text is machine-spun: as it is kept, else found now."""
        kept = self._db.execute("SELECT spun FROM origins WHERE report = ?", (number,)).get
        if kept is not None:
            return float(kept)
        found = spun_probability(self.fetch(number).text)
        if self._db.in_transaction:
            self._db.execute("UPDATE origins SET spun = ? WHERE report = ?", (found, number))
        return found

    def edges(self, number: int) -> list[Edge]:
        """The edges found when it was put in, or when another one was and was like it, in that order."""
        rows: list[Any] = self._db.execute(
            """SELECT derived, source, evidence FROM edges
               WHERE number IN (SELECT number FROM edges WHERE derived = ?1 UNION
                                SELECT number FROM edges WHERE source = ?1) ORDER BY number""",
            (number,),
        ).fetchall()
        try:
            return [edge_of(self.id_of(one), self.id_of(other), json.loads(data)) for one, other, data in rows]
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            words = f"the casebook is damaged: the evidence of {self.id_of(number)!r} is none: {error}"
            raise CasebookError(" ".join(words.split())) from None

    def families(self) -> int:
        """How many origins there are."""
        return int(self._db.execute("SELECT count(*) FROM origins WHERE of IS NULL").get)
