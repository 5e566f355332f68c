"""Incidents: claims of many reports put together by happening, one report at a time."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from marsad.incidents.blocking import Blocks, keys_of
from marsad.incidents.clustering import agglomerate
from marsad.incidents.comparing import Comparison, apart_in_place, apart_in_time, compare, conflict
from marsad.incidents.describing import question
from marsad.incidents.joining import Join, Question, reasons
from marsad.incidents.tellings import Telling, tellings
from marsad.incidents.words import alike
from marsad.knowledge import Gazetteer, Knowledge
from marsad.records import Record, Report

__all__ = ["DOUBTFUL", "JOINS", "Incident", "Incidents", "Placed"]

JOINS: Final = 0.5
"""Groups become one incident when the mean probability over their pairs is at least this."""
DOUBTFUL: Final = (0.35, 0.65)
"""Between these a person is asked."""
_LEAST: Final = 0.02
"""A pair less likely than this makes no link."""
_CANDIDATES: Final = 40
"""Earlier tellings that a new one is compared with."""
_MEMBERS: Final = 8
"""Tellings of an incident, at most, that stand for it: the first of each origin go before others."""


@dataclass(frozen=True, slots=True)
class Incident:
    """A happening, and the tellings of it, by report in the order they came in. ``id`` is the first one's id."""

    id: str
    tellings: tuple[Telling, ...]

    @property
    def reports(self) -> int:
        """How many reports tell of it."""
        return len({one.report for one in self.tellings})

    @property
    def origins(self) -> int:
        """How many independent accounts these go back to."""
        return len({one.origin for one in self.tellings})

    @property
    def count(self) -> str:
        """ "9 reports, 3 origins"."""
        return f"{self.reports} report{'s' * (self.reports != 1)}, {self.origins} origin{'s' * (self.origins != 1)}"


@dataclass(frozen=True, slots=True)
class Placed:
    """What adding a report did: the ids of the incidents that its tellings are in, and what was joined and asked."""

    incidents: tuple[str, ...]
    joins: tuple[Join, ...]
    questions: tuple[Question, ...]


class Incidents:
    """Claims by happening. Adding a report looks at candidates only; use it from one thread at a time.

    ``gazetteer`` tells towns from provinces; without it, a place's own words do. Methods raise ModelError where the
    tables of weights are missing.
    """

    def __init__(self, knowledge: Knowledge | None = None, gazetteer: Gazetteer | None = None) -> None:
        self._knowledge = knowledge or Knowledge.load()
        self._gazetteer = gazetteer
        self._blocks = Blocks()
        self._tellings: list[Telling] = []
        self._group = array("i")
        self._members: dict[int, list[int]] = {}
        self._joins: dict[int, list[tuple[int, Join]]] = {}
        self._questions: list[tuple[int, int, float, tuple[str, ...]]] = []

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[Incident]:
        """The incidents, in the order of their first telling."""
        return (self._incident(group) for group in sorted(self._members))

    def add(self, report: Report, record: Record, origin: str | None = None) -> Placed:
        """Put the claims of one report in. ``origin`` is the id of the account it goes back to (None: its own).

        The same report must not be added twice.
        """
        return self.add_tellings(tellings(report, record, origin or report.id, self._knowledge, self._gazetteer))

    def add_tellings(self, new: Sequence[Telling]) -> Placed:
        """Put tellings in that belong together: those of one report, or of a batch."""
        step = _Step(self, new)
        return step.run()

    def moved(self, report_id: str, origin: str) -> None:
        """A report has turned out to go back to another account."""
        from dataclasses import replace

        for number, one in enumerate(self._tellings):
            if one.report == report_id:
                self._tellings[number] = replace(one, origin=origin)

    def joins(self, incident_id: str) -> tuple[Join, ...]:
        """By what the tellings of an incident came together, the first first. KeyError for an unknown id."""
        for group, members in self._members.items():
            if self._tellings[members[0]].id == incident_id:
                return tuple(join for _, join in self._joins.get(group, ()))
        raise KeyError(incident_id)

    def questions(self) -> Iterator[Question]:
        """What is doubtful now, the most doubtful first."""
        asked: set[tuple[int, int]] = set()
        for one, other, chance, why in sorted(self._questions, key=lambda row: abs(row[2] - JOINS)):
            groups = tuple(sorted((self._group[one], self._group[other])))
            pair = groups if groups[0] != groups[1] else tuple(sorted((one, other)))
            if pair not in asked:
                asked.add(pair)  # type: ignore[arg-type]
                yield self._question(one, other, chance, why)

    def _question(self, one: int, other: int, chance: float, why: tuple[str, ...]) -> Question:
        first, second = self._tellings[one], self._tellings[other]
        joined = self._group[one] == self._group[other]
        return Question(first.id, second.id, chance, joined, question(first, second), why)

    def _incident(self, group: int) -> Incident:
        found = [self._tellings[number] for number in self._members[group]]
        return Incident(found[0].id, tuple(found))


class _Step:
    """One addition: the new tellings, the incidents near them, and what becomes of both."""

    def __init__(self, index: Incidents, new: Sequence[Telling]) -> None:
        self._index = index
        self._new = new
        self._pairs: dict[tuple[int, int], tuple[float, Comparison]] = {}
        self._about: dict[tuple[str, str], float] = {}
        self._groups: list[list[int]] = []

    def run(self) -> Placed:
        """Do it."""
        index = self._index
        numbers, near = self._entered()
        groups = [index._group[number] for number in numbers]
        order = list(dict.fromkeys([*groups, *(index._group[other] for found in near for other in found)]))
        place = {group: at for at, group in enumerate(order)}
        self._groups = [list(index._members[group]) for group in order]
        pairs = {(at, place[index._group[other]])
                 for at, found in zip((place[g] for g in groups), near, strict=True) for other in found}  # fmt: skip
        pairs |= {(a, b) for a in range(len(numbers)) for b in range(a)}
        links = []
        for one, other in sorted((min(p), max(p)) for p in pairs if p[0] != p[1]):
            chance = self._link(one, other)
            if chance >= _LEAST:
                links.append((one, other, chance))
        joins: list[tuple[int, Join]] = []
        asked: list[tuple[int, int, float, tuple[str, ...]]] = []

        def merged(kept: int, gone: int) -> None:
            self._groups[kept] += self._groups[gone]

        # Asked before the two groups are put together, so that the pair that speaks for it is one from each.
        def forbidden(one: int, other: int) -> bool:
            return self._apart(one, other)

        before = [list(group) for group in self._groups]
        done, left = agglomerate(
            [len(group) for group in self._groups], links, JOINS, missing=self._link, forbidden=forbidden,
            merged=merged,
        )  # fmt: skip
        grown = before
        for merge in done:
            best = self._best(grown[merge.kept], grown[merge.gone])
            grown[merge.kept] = grown[merge.kept] + grown[merge.gone]
            if best is not None:
                one, other, why = best
                joins.append((order[merge.kept], Join(self._id(one), self._id(other), merge.chance, why)))
                if merge.chance < DOUBTFUL[1]:
                    asked.append((one, other, merge.chance, why))
            self._unite(order[merge.kept], order[merge.gone])
        for (one, other), chance in left.items():
            if DOUBTFUL[0] <= chance and not self._apart(one, other):
                best = self._best(self._groups[one], self._groups[other])
                if best is not None:
                    asked.append((best[0], best[1], chance, best[2]))
        for group, join in joins:
            index._joins.setdefault(self._root(group), []).append((group, join))
        index._questions += asked
        ids = tuple(index._tellings[index._members[index._group[n]][0]].id for n in numbers)
        return Placed(ids, tuple(join for _, join in joins), tuple(index._question(*row) for row in asked))

    def _entered(self) -> tuple[list[int], list[list[int]]]:
        """Numbers of the new tellings, each an incident of its own at first, and the earlier ones near each."""
        index = self._index
        numbers, near, kept = [], [], []
        for telling in self._new:
            number = len(index._tellings)
            keep, ask = keys_of(telling)
            near.append(list(index._blocks.near(ask, _CANDIDATES)))
            kept.append((number, keep))
            index._tellings.append(telling)
            index._group.append(number)
            index._members[number] = [number]
            numbers.append(number)
        for number, keep in kept:
            index._blocks.add(number, keep)
        return numbers, near

    def _chance(self, one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        known = self._pairs.get(pair)
        if known is None:
            first, second = self._index._tellings[pair[0]], self._index._tellings[pair[1]]
            reports = (first.report, second.report)
            if reports not in self._about:
                self._about[reports] = alike(first.wording.about, second.wording.about)
            found = compare(first, second, self._about[reports])
            known = self._pairs[pair] = (found.probability, found)
        return known[0]

    def _link(self, one: int, other: int) -> float:
        """The mean chance over the pairs of two groups, by tellings that stand for them."""
        pairs = list(product(self._standing(self._groups[one]), self._standing(self._groups[other])))
        return sum(self._chance(a, b) for a, b in pairs) / len(pairs)

    def _standing(self, group: Sequence[int]) -> list[int]:
        """Tellings that stand for a group: one of each origin, then others, the first first."""
        if len(group) <= _MEMBERS:
            return list(group)
        tellings = self._index._tellings
        first: dict[str, int] = {}
        for number in group:
            first.setdefault(tellings[number].origin, number)
        chosen = list(first.values())[:_MEMBERS]
        chosen += [number for number in group if number not in set(chosen)][: _MEMBERS - len(chosen)]
        return chosen

    def _apart(self, one: int, other: int) -> bool:
        """Whether two groups differ in day and in town: two of their tellings do, or all that each side says."""
        ours, theirs = ([self._index._tellings[n] for n in self._groups[g]] for g in (one, other))
        if any(conflict(a, b) for a in ours for b in theirs):
            return True
        return _all_differ(ours, theirs, apart_in_time, "time") and _all_differ(ours, theirs, apart_in_place, "spot")

    def _best(self, ours: Iterable[int], theirs: Iterable[int]) -> tuple[int, int, tuple[str, ...]] | None:
        """The pair that speaks most for two groups being one, the later telling first, and why."""
        pairs = [(one, other) for one in ours for other in theirs]
        known = [(self._pairs[key][0], key) for a, b in pairs if (key := (min(a, b), max(a, b))) in self._pairs]
        if not known:
            return None
        _, (earlier, later) = max(known, key=lambda row: (row[0], -row[1][0], -row[1][1]))
        tellings = self._index._tellings
        why = reasons(tellings[later], tellings[earlier], self._pairs[earlier, later][1])
        return later, earlier, why

    def _id(self, number: int) -> str:
        return self._index._tellings[number].id

    def _root(self, group: int) -> int:
        return self._index._group[group]

    def _unite(self, kept: int, gone: int) -> None:
        """Make one incident of two; the earlier telling gives it its number."""
        index = self._index
        one, other = sorted((self._root(kept), self._root(gone)))
        index._members[one] = sorted(index._members[one] + index._members.pop(other))
        for number in index._members[one]:
            index._group[number] = one
        if other in index._joins:
            index._joins.setdefault(one, []).extend(index._joins.pop(other))


def _all_differ(
    ours: Sequence[Telling], theirs: Sequence[Telling], apart: Callable[[Telling, Telling], bool], field: str
) -> bool:
    """Whether both sides name something, and nothing that one names fits anything that the other does."""
    one = [telling for telling in ours if getattr(telling, field) is not None]
    other = [telling for telling in theirs if getattr(telling, field) is not None]
    return bool(one and other) and all(apart(a, b) for a in one for b in other)
