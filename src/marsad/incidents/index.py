"""Incidents: claims of many reports put together by happening, one report at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from marsad.incidents.blocking import Blocks, keys_of
from marsad.incidents.describing import question
from marsad.incidents.groups import Groups
from marsad.incidents.joining import Join, Question
from marsad.incidents.step import EVEN, Doubt, Step
from marsad.incidents.store import MemoryStore, TellingStore
from marsad.incidents.tellings import Telling, tellings
from marsad.knowledge import Gazetteer, Knowledge
from marsad.records import Record, Report
from marsad.vocabulary import count_words

__all__ = ["CANDIDATES", "Incident", "Incidents", "Placed"]

CANDIDATES: Final = 16
"""Earlier tellings that a new one is compared with."""


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
        return count_words(self.reports, self.origins)


@dataclass(frozen=True, slots=True)
class Placed:
    """What adding a report did: the ids of the incidents that its tellings are in, and what was joined and asked."""

    incidents: tuple[str, ...]
    joins: tuple[Join, ...]
    questions: tuple[Question, ...]


class Incidents:
    """Claims by happening. Adding a report looks at candidates only; use it from one thread at a time.

    ``gazetteer`` tells towns from provinces; without it, a place's own words do. ``store`` keeps the tellings (None: in
    memory). Methods raise ModelError where the tables of weights are missing.
    """

    def __init__(
        self, knowledge: Knowledge | None = None, gazetteer: Gazetteer | None = None, store: TellingStore | None = None
    ) -> None:
        self._knowledge = knowledge or Knowledge.load()
        self._gazetteer = gazetteer
        self._store: TellingStore = store if store is not None else MemoryStore()
        self._blocks = Blocks()
        self._groups = Groups()
        self._numbers: dict[str, int] = {}
        self._by_report: dict[str, list[int]] = {}
        self._doubts: list[Doubt] = []

    def __len__(self) -> int:
        return len(self._groups)

    def __iter__(self) -> Iterator[Incident]:
        """The incidents, in the order of their first telling."""
        return (self._incident(group) for group in self._groups)

    def __getitem__(self, telling_id: str) -> Incident:
        """The incident that the telling of this id is in: an incident's id is its first telling's. Or KeyError."""
        return self._incident(self._groups.of(self._numbers[telling_id]))

    def add(self, report: Report, record: Record, origin: str | None = None) -> Placed:
        """Put the claims of one report in. ``origin`` is the id of the account it goes back to (None: its own).

        KeyError where a report of this id is in already.
        """
        if report.id in self._by_report:
            raise KeyError(report.id)
        self._by_report[report.id] = []
        return self.add_tellings(tellings(report, record, origin or report.id, self._knowledge, self._gazetteer))

    def add_tellings(self, new: Sequence[Telling]) -> Placed:
        """Put tellings in that belong together: those of one report, or of a batch."""
        numbers, near, kept = [], [], []
        for telling in new:
            keep, ask = keys_of(telling)
            near.append(list(self._blocks.near(ask, CANDIDATES)))
            number = self._store.keep(telling)
            self._groups.add(number, telling)
            self._numbers[telling.id] = number
            self._by_report.setdefault(telling.report, []).append(number)
            numbers.append(number)
            kept.append(keep)
        for number, keys in zip(numbers, kept, strict=True):
            self._blocks.add(number, keys)
        joins, doubts = Step(self._groups, self._store).join(numbers, near)
        self._doubts += doubts
        ids = tuple(self._id(self._groups.of(number)) for number in numbers)
        return Placed(ids, tuple(joins), tuple(self._question(doubt) for doubt in doubts))

    def moved(self, report_id: str, origin: str) -> None:
        """A report has turned out to go back to another account."""
        for number in self._by_report.get(report_id, ()):
            self._store.moved(number, origin)

    def joins(self, incident_id: str) -> tuple[Join, ...]:
        """By what the tellings of an incident came together, the first first. KeyError for an unknown id."""
        return tuple(self._groups.joins(self._groups.of(self._numbers[incident_id])))

    def questions(self) -> Iterator[Question]:
        """What is doubtful now, the most doubtful first; of two incidents the most doubtful question only."""
        asked: set[tuple[int, int]] = set()
        for doubt in sorted(self._doubts, key=lambda row: abs(row[2] - EVEN)):
            one, other = sorted(self._groups.of(number) for number in doubt[:2])
            pair = (one, other) if one != other else (min(doubt[:2]), max(doubt[:2]))
            if pair not in asked:
                asked.add(pair)
                yield self._question(doubt)

    def _question(self, doubt: Doubt) -> Question:
        one, other, chance, why = doubt
        first, second = self._store.fetch(one), self._store.fetch(other)
        joined = self._groups.of(one) == self._groups.of(other)
        return Question(first.id, second.id, chance, joined, question(first, second), why)

    def _incident(self, group: int) -> Incident:
        found = [self._store.fetch(number) for number in self._groups.members(group)]
        return Incident(found[0].id, tuple(found))

    def _id(self, group: int) -> str:
        return self._store.fetch(group).id
