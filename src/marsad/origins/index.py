"""The index of origins: add reports one after the other, and learn of each which account it goes back to."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from marsad.origins.families import Families, Forest
from marsad.origins.judging import Edge, Kind, Side, judge
from marsad.origins.merging import Meeting, boilerplate, parts
from marsad.origins.neighbours import MemoryNeighbours, Neighbours
from marsad.origins.signatures import Signatures
from marsad.origins.store import Reports
from marsad.records import Report

__all__ = ["JOINS", "Family", "Origins", "Placed"]

_COMPARED: Final = 6
"""Reports that one new report is compared with at most, the most alike first."""
_SAME_FAMILY: Final = 2
"""Of these, how many of one family."""
JOINS: Final = 0.25
"""A report joins the origin of another when at least this part of its narrative is from there."""
_MORE: Final = 0.05
"""So much more of a report must be in another source for it to be put down to that."""
_CHILDREN: Final = 4
_WORDS: Final = 150_000
"""Words of reports that are kept from the last comparisons, about 0.5 KiB each."""
_FEWEST: Final = 2
_BATCH: Final = 256

Spun = Callable[[int], float]
"""How probable it is that the text of the report of this number is machine-spun."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a report stands once it was added. Later reports may still give it another place."""

    number: int
    origin: int
    of: int | None
    kind: Kind
    edge: Edge | None
    """The evidence for ``of``."""
    also: tuple[Edge, ...]
    """Other reports that it shares passages with: more sources of a merged report, or reports made from it."""


@dataclass(frozen=True, slots=True)
class Family:
    """The reports of one origin: its number first, then the others in the order they came in."""

    origin: int
    members: tuple[int, ...]


class Origins:
    """Reports by the account they go back to.

    ``reports`` keeps the texts; the index itself holds signatures and a forest,
    about 900 bytes for 300 words. ``spun`` says how probable it is that a text is
    machine-spun; it is asked only where that tells which of two was made from the
    other. ``families`` and ``neighbours`` keep the forest and the signatures
    elsewhere than in memory. Use it from one thread at a time.
    """

    def __init__(
        self, reports: Reports, spun: Spun | None = None,
        families: Forest | None = None, neighbours: Neighbours | None = None,
    ) -> None:  # fmt: skip
        self.families: Forest = Families() if families is None else families
        self._reports = reports
        self._spun = spun
        self._signatures = Signatures()
        self._neighbours: Neighbours = MemoryNeighbours() if neighbours is None else neighbours
        self._sides: OrderedDict[int, Side] = OrderedDict()
        self._words = 0

    def __len__(self) -> int:
        return len(self.families)

    def add(self, report: Report) -> Placed:
        """Add one report; all others stay as they are, but for those made from it."""
        return next(iter(self.add_many([report])))

    def add_many(self, reports: Iterable[Report]) -> Iterator[Placed]:
        """Add reports in turn, in batches: faster than one by one, and with the same result."""
        rest = iter(reports)
        while batch := list(islice(rest, _BATCH)):
            yield from self._add(batch)

    def edge(self, one: int, other: int) -> Edge | None:
        """The edge between two reports, found anew; None where they are independent.

        Where one is put down to the other, that one is the derived one in it.
        """
        first, second = sorted((one, other))
        later = None
        if self.families.of(first) == second:
            later = False
        elif self.families.of(second) == first:
            later = True
        return judge(self._side(first), self._side(second), later)

    def listed(self) -> Iterator[Family]:
        """The families, in the order of their origins."""
        for members in self.families.members():
            yield Family(members[0], tuple(members))

    def _add(self, batch: Sequence[Report]) -> list[Placed]:
        numbers = [self._reports.keep(report) for report in batch]
        signed = self._signatures.of([report.text for report in batch])
        alike = self._neighbours.add(numbers, signed)
        placed = []
        for number in numbers:
            assert self.families.add() == number
            likest = sorted(alike.get(number, {}).items(), key=lambda item: (-item[1], item[0]))
            placed.append(self._place(number, [other for other, _ in likest]))
        return placed

    def _place(self, number: int, alike: Sequence[int]) -> Placed:
        edges = self._put_together(number, self._edges(number, alike))
        families = self.families
        up = sorted(
            ((other, edge) for other, edge in edges if edge.later and _joins(edge)),
            key=lambda pair: (
                -round(pair[1].share, 1), -round(pair[1].verbatim, 2), families.of(pair[0]) is not None, pair[0]
            ),
        )  # fmt: skip
        for other, edge in edges:
            if not edge.later and _joins(edge) and self._better(other, edge):
                families.attach(other, number, edge.kind, edge.share, edge.sure)
        chosen = None
        for other, edge in up:
            if families.attach(number, other, edge.kind, edge.share, edge.sure):
                chosen = edge
                break
        also = tuple(edge for _, edge in edges if edge is not chosen)
        return Placed(number, families.origin(number), families.of(number), families.kind(number), chosen, also)

    def _better(self, number: int, edge: Edge) -> bool:
        """Whether this source explains more of a report than the one it is put down to now."""
        return self.families.of(number) is None or edge.share > self.families.share(number) + _MORE

    def _edges(self, number: int, alike: Sequence[int]) -> list[tuple[int, Edge]]:
        """The edges between a new report and those most like it, at most two of one family and its origin."""
        found: list[tuple[int, Edge]] = []
        tried: set[int] = set()
        of_family: Counter[int] = Counter()
        for other in alike:
            origin = self.families.origin(other)
            if len(tried) >= _COMPARED:
                break
            if other in tried or of_family[origin] >= _SAME_FAMILY:
                continue
            for earlier in dict.fromkeys((other, origin)):
                if earlier in tried:
                    continue
                tried.add(earlier)
                edge = self.edge(number, earlier)
                if edge is None:
                    break
                of_family[origin] += 1
                found.append((earlier, edge))
        return found

    def _put_together(self, number: int, edges: list[tuple[int, Edge]]) -> list[tuple[int, Edge]]:
        """The edges of a new report, turned where it, or an earlier one of them, is put together from several."""
        met = {other: Meeting.of(number, other, edge) for other, edge in edges}
        common = boilerplate((meeting, self.families.origin(other)) for other, meeting in met.items())
        edges = [(other, edge) for other, edge in edges if other not in common]
        mine = [met[other] for other, edge in edges if edge.later or not edge.sure]
        if sources := parts(mine):
            return [
                (other, self.turned(number, other) if other in sources and not edge.later else edge)
                for other, edge in edges
            ]
        return [(other, self._earlier_put_together(number, other, edge) or edge) for other, edge in edges]

    def _earlier_put_together(self, number: int, other: int, edge: Edge) -> Edge | None:
        """The edge that puts ``other`` down to the new report, where that is one of several that it is made from."""
        families, above = self.families, self.families.of(other)
        if edge.sure:
            return None
        near = [child for child in islice(families.children(other), _CHILDREN) if not families.sure(child)]
        meetings = [Meeting.of(other, number, edge)]
        for one in near if above is None else [above, *near]:
            if known := self.edge(one, other):
                meetings.append(Meeting.of(other, one, known))
        sources = parts(meetings)
        if number not in sources:
            return None
        earlier = [one for one in sources if one != number]
        for one in earlier:
            if families.of(one) == other:
                families.detach(one)
        if above is None:
            turned = self.turned(other, earlier[0])
            families.attach(other, earlier[0], turned.kind, turned.share, True)
        return self.turned(other, number)

    def turned(self, derived: int, source: int) -> Edge:
        """The edge of two copies of which it is known from others which is made from which."""
        first, second = sorted((derived, source))
        edge = judge(self._side(first), self._side(second), later=derived > source)
        assert edge is not None
        return edge

    def _side(self, number: int) -> Side:
        side = self._sides.pop(number, None)
        if side is None:
            report = self._reports.fetch(number)
            side = Side.of(report, partial(self._spun, number) if self._spun else None)
            self._words += len(side.wording.words)
        self._sides[number] = side
        while self._words > _WORDS and len(self._sides) > _FEWEST:
            _, last = self._sides.popitem(last=False)
            self._words -= len(last.wording.words)
        return side


def _joins(edge: Edge) -> bool:
    """Whether the derived report goes back to the same account as its source."""
    return edge.share >= JOINS and not edge.footer
