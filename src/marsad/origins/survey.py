"""A survey of reports: of each, its origin, how it is made from which, whether it reads as spun, and the evidence."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from marsad.origins.index import JOINS, Origins
from marsad.origins.judging import Edge, Kind
from marsad.origins.store import Reports
from marsad.records import Json, Report

__all__ = ["OriginRow", "Survey"]

_REMEMBERED: Final = 50_000
"""Edges kept from the first comparison; beyond these, evidence is found anew when it is asked for."""


@dataclass(frozen=True, slots=True)
class OriginRow:
    """One report among all: ``origin`` and ``of`` are ids of reports, ``spun`` is a probability.

    ``also`` are other reports with which it shares passages: more sources of a
    merged report, or reports of its own family.
    """

    report: str
    origin: str
    kind: Kind
    of: str | None
    spun: float
    edge: Edge | None
    also: tuple[Edge, ...]

    def to_json(self) -> Json:
        """As plain data: the line that ``marsad origins --json`` writes."""
        evidence = self.edge.to_json() if self.edge else {}
        also = [
            {"report": edge.source if edge.derived == self.report else edge.derived,
             "made_from": edge.source, **edge.to_json()}
            for edge in self.also
        ]  # fmt: skip
        return {
            "report": self.report, "origin": self.origin, "kind": self.kind, "of": self.of,
            "spun": round(self.spun, 3), "evidence": {**evidence, "also": also} if also else evidence,
        }  # fmt: skip


class Survey:
    """Reports put in one by one, then listed with their origins.

    A report whose id another one has already gets ``~2`` after it, then ``~3``.
    """

    def __init__(self, reports: Reports, spun: Callable[[str], float]) -> None:
        self._reports = reports
        self._spun = spun
        self._shares = array("f")
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._edges: dict[int, list[Edge]] = {}
        self.origins = Origins(reports, self._spun_of)

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

    def _spun_of(self, number: int) -> float:
        return self._shares[number]

    def number(self, report_id: str) -> int | None:
        """The number of the report of this id; None where there is none."""
        return self._numbers.get(report_id)

    def report(self, number: int) -> Report:
        """The report of this number."""
        return self._reports.fetch(number)

    def row(self, number: int) -> OriginRow:
        """The row of one report, as things stand."""
        families, report = self.origins.families, self._ids[number]
        of, origin = families.of(number), families.origin(number)
        edge, also = None, []
        for one in self._edges.get(number, ()):
            other = self._numbers[one.source if one.derived == report else one.derived]
            if one.derived == report and other == of:
                edge = one
            elif families.origin(other) != origin:
                also.append(self._current(one))
        if of is not None and edge is None:
            edge = self.origins.edge(number, of)
        return OriginRow(
            report, self._ids[origin], families.kind(number), None if of is None else self._ids[of],
            self._shares[number], edge, tuple(also),
        )  # fmt: skip

    def _current(self, edge: Edge) -> Edge:
        """The edge as things stand: turned where its derived report has turned out to be one of several sources."""
        derived, source = self._numbers[edge.derived], self._numbers[edge.source]
        families = self.origins.families
        if edge.share >= JOINS and families.of(derived) is None and families.of(source) is not None:
            return self.origins.turned(source, derived)
        return edge

    def rows(self) -> Iterator[OriginRow]:
        """The row of every report, in the order they came in."""
        return (self.row(number) for number in range(len(self)))

    @property
    def count(self) -> str:
        """How many reports there are, and how many origins: "9 reports, 3 origins"."""
        many = sum(1 for _ in self.origins.listed())
        return f"{len(self)} report{'s' * (len(self) != 1)}, {many} origin{'s' * (many != 1)}"
