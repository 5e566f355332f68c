"""Reports with their origins, wherever these are kept: a row for each, and how many of both there are."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from marsad.origins.index import JOINS, Origins
from marsad.origins.judging import Edge, Kind
from marsad.records import Json, Report
from marsad.vocabulary import count_words

__all__ = ["OriginRow", "Surveyed"]


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


class Surveyed(ABC):
    """Reports by number (in the order they came in), their ids, and the index that has put them into families."""

    origins: Origins

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def numbers(self) -> Iterable[int]:
        """The numbers of all reports, in the order they came in."""

    @abstractmethod
    def number(self, report_id: str) -> int | None:
        """The number of the report of this id; None where there is none."""

    @abstractmethod
    def id_of(self, number: int) -> str:
        """The id of the report of this number."""

    @abstractmethod
    def report(self, number: int) -> Report:
        """The report of this number."""

    @abstractmethod
    def spun(self, number: int) -> float:
        """How probable it is that its text is machine-spun."""

    @abstractmethod
    def edges(self, number: int) -> Iterable[Edge]:
        """The edges found when it was put in, or when another one was and was like it, in that order."""

    @abstractmethod
    def families(self) -> int:
        """How many origins there are."""

    @property
    def count(self) -> str:
        """How many reports there are, and how many origins: "9 reports, 3 origins"."""
        return count_words(len(self), self.families())

    def rows(self) -> Iterator[OriginRow]:
        """The row of every report, in the order they came in."""
        return (self.row(number) for number in self.numbers())

    def row(self, number: int) -> OriginRow:
        """The row of one report, as things stand."""
        families, report = self.origins.families, self.id_of(number)
        of, origin = families.of(number), families.origin(number)
        edge, also = None, []
        for one in self.edges(number):
            other = self._known(one.source if one.derived == report else one.derived)
            if one.derived == report and other == of:
                edge = one
            elif families.origin(other) != origin:
                also.append(self._current(one))
        if of is not None and edge is None:
            edge = self.origins.edge(number, of)
        return OriginRow(
            report, self.id_of(origin), families.kind(number), None if of is None else self.id_of(of),
            self.spun(number), edge, tuple(also),
        )  # fmt: skip

    def _current(self, edge: Edge) -> Edge:
        """The edge as things stand: turned where its derived report has turned out to be one of several sources."""
        derived, source = self._known(edge.derived), self._known(edge.source)
        families = self.origins.families
        if edge.share >= JOINS and families.of(derived) is None and families.of(source) is not None:
            return self.origins.turned(source, derived)
        return edge

    def _known(self, report_id: str) -> int:
        number = self.number(report_id)
        assert number is not None, report_id
        return number
