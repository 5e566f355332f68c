"""A survey of reports: of each, its origin, how it is made from which, whether it reads as spun, and the evidence."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from marsad.origins.index import Origins
from marsad.origins.judging import Edge
from marsad.origins.store import Reports
from marsad.origins.surveyed import Surveyed
from marsad.records import Report

__all__ = ["Survey"]

_REMEMBERED: Final = 50_000
"""Edges kept from the first comparison; beyond these, evidence is found anew when it is asked for."""


class Survey(Surveyed):
    """Reports put in one by one, then listed with their origins; all is kept in memory but the reports.

    A report whose id another one has already gets ``~2`` after it, then ``~3``.
    """

    def __init__(self, reports: Reports, spun: Callable[[str], float]) -> None:
        self._reports = reports
        self._spun = spun
        self._shares = array("d")
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._edges: dict[int, list[Edge]] = {}
        self.origins = Origins(reports, self.spun)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, reports: Iterable[Report]) -> None:
        """Put reports in."""
        for placed in self.origins.add_many(self._entered(reports)):
            for edge in (*((placed.edge,) if placed.edge else ()), *placed.also):
                for report_id in (edge.derived, edge.source):
                    if len(self._edges) < _REMEMBERED:
                        self._edges.setdefault(self._numbers[report_id], []).append(edge)

    def _entered(self, reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            report_id, count = report.id, 1
            while report_id in self._numbers:
                count += 1
                report_id = f"{report.id}~{count}"
            self._numbers[report_id] = len(self._ids)
            self._ids.append(report_id)
            self._shares.append(self._spun(report.text))
            yield report if report_id == report.id else replace(report, id=report_id)

    def numbers(self) -> Iterable[int]:
        """The numbers of all reports: 0, 1, 2 ..."""
        return range(len(self))

    def number(self, report_id: str) -> int | None:
        """The number of the report of this id; None where there is none."""
        return self._numbers.get(report_id)

    def id_of(self, number: int) -> str:
        """The id of the report of this number."""
        return self._ids[number]

    def report(self, number: int) -> Report:
        """The report of this number."""
        return self._reports.fetch(number)

    def spun(self, number: int) -> float:
        """How probable it is that its text is machine-spun."""
        return self._shares[number]

    def edges(self, number: int) -> Sequence[Edge]:
        """The edges found when it was put in, or when another one was and was like it, in that order."""
        return self._edges.get(number, ())

    def families(self) -> int:
        """How many origins there are."""
        return sum(self.origins.families.of(number) is None for number in self.numbers())
