"""Making the columns that pictures are drawn from: what is worked out of an incident is kept until it is another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np

from marsad.casebook.ties import Tie
from marsad.incidents import GRADES, Summary, Telling
from marsad.incidents.timing import of_dates
from marsad.knowledge import Knowledge
from marsad.knowledge.names import fold
from marsad.review.pictures_columns import UNDATED, Columns, Numbers, Pairs, PlaceFact, Row
from marsad.review.pictures_parties import Parties
from marsad.vocabulary import EVENT_TYPES, STATUSES

__all__ = ["ColumnMaker", "Open"]

_fold = lru_cache(1 << 16)(fold)
"""Most names come again and again."""

Open = Callable[[Telling], str]
"""Says of a claim whether its time is open: ``after`` its start, ``before`` its end, or empty."""


class ColumnMaker:
    """Makes columns again and again; an incident whose summary is the same object as before costs next to nothing.

    Use it from one thread at a time. Numbers that were given once stay, so that columns made earlier stay good.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._parts: dict[str, _Part] = {}
        self._names, self._spots, self._reports, self._accounts = (_Numbered() for _ in range(4))
        self._parties, self._places = Parties(knowledge), _Places()

    def make(self, summaries: Iterable[Summary], ties: Sequence[Tie], is_open: Open) -> Columns:
        """The columns of these incidents and of the relations told in the casebook."""
        parts = [self._part(one, is_open) for one in summaries]
        self._parts = {part.row.incident: part for part in parts}
        own = np.array([part.own for part in parts], dtype=np.int32).reshape(-1, 7).T
        at, days = _flat([part.days for part in parts], 2)
        acting, acts = _flat([part.acts for part in parts], 2)
        ends = [
            (self._parties.named(tie.subject, tie.subject_kind), self._parties.named(tie.object, tie.object_kind))
            for tie in ties
        ]
        # After the relations, for they may name parties that no incident has.
        facts, called = self._parties.told(chain.from_iterable(part.called for part in parts))
        tied = np.array(ends, dtype=np.int32).reshape(-1, 2).T
        return Columns(
            [part.row for part in parts], own[0], own[1], own[2], own[3], own[4], own[5], own[6], (at, *days),
            self._names.words, _pairs([part.names for part in parts]),
            self._spots.words, _pairs([part.spots for part in parts]), self._reports.of,
            _pairs([part.reports for part in parts]), _pairs([part.origins for part in parts]),
            list(self._places.facts), facts, called, (acting, *acts), ties, (tied[0], tied[1]),
        )  # fmt: skip

    def _part(self, one: Summary, is_open: Open) -> _Part:
        before = self._parts.get(one.incident.id)
        if before is not None and before.summary is one:
            return before
        tellings = one.incident.tellings
        row, first, last = _row(one, is_open)
        told = {(t.published.first, t.published.last) for t in tellings if t.published is not None}
        who, whom = self._parties.of(one, "actors"), self._parties.of(one, "recipients")
        pairs = ((a, b) for a, _ in who or [(-1, "")] for b, _ in whom or [(-1, "")])
        return _Part(
            one, row,
            (_code(EVENT_TYPES, row.type), _code(STATUSES, row.status), GRADES.index(row.grade), first, last,
             row.origins, self._places.of(one)),
            ((first, last),) if first else tuple(told),
            _numbers(self._names, (f" {_fold(p.name)} " for t in tellings for p in (*t.actors, *t.recipients))),
            _numbers(self._spots, (f" {_fold(t.spot.name)} " for t in tellings if t.spot is not None)),
            _numbers(self._reports, (t.report for t in tellings)),
            _numbers(self._accounts, (t.origin for t in tellings)),
            tuple((a, b) for a, b in pairs if max(a, b) >= 0 and a != b), (*who, *whom),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    """What the columns have of one incident: see :class:`Columns`; ``called`` are parties with the names used."""

    summary: Summary
    row: Row
    own: tuple[int, ...]
    days: tuple[tuple[int, int], ...]
    names: tuple[int, ...]
    spots: tuple[int, ...]
    reports: tuple[int, ...]
    origins: tuple[int, ...]
    acts: tuple[tuple[int, int], ...]
    called: tuple[tuple[int, str], ...]


class _Numbered:
    """Gives each thing a number, the same to the same."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def __call__(self, thing: str) -> int:
        return self.of.setdefault(thing, len(self.of))

    @property
    def words(self) -> list[str]:
        return list(self.of)


def _numbers(numbered: _Numbered, things: Iterable[str]) -> tuple[int, ...]:
    return tuple(map(numbered, dict.fromkeys(things)))


def _pairs(lists: Sequence[Sequence[int]]) -> Pairs:
    at = np.repeat(np.arange(len(lists), dtype=np.int32), [len(one) for one in lists])
    return Pairs(at, np.fromiter(chain.from_iterable(lists), dtype=np.int32, count=len(at)))


def _flat(lists: Sequence[Sequence[tuple[int, ...]]], wide: int) -> tuple[Numbers, tuple[Numbers, Numbers]]:
    at = np.repeat(np.arange(len(lists), dtype=np.int32), [len(one) for one in lists])
    found = np.array(list(chain.from_iterable(lists)), dtype=np.int32).reshape(-1, wide).T
    return at, (found[0], found[1])


def _code(known: Sequence[str], value: str) -> int:
    return known.index(value) if value in known else -1


def _row(one: Summary, is_open: Open) -> tuple[Row, int, int]:
    figures = one.figures
    time: Any = figures["time"].data if "time" in figures else None
    kind: Any = figures["type"].data if "type" in figures else {"type": "", "mode": None}
    days = of_dates(time["start"], time["end"]) if time else None
    start, end = (time["start"], time["end"]) if time and days else (None, None)
    told = {is_open(telling) for telling in figures["time"].answers[0].tellings} if days else {""}
    incident = one.incident
    return (
        Row(
            incident.id, kind["type"], kind["mode"], one.value("status"), one.grade.name, start, end,
            told.pop() if len(told) == 1 else "", one.value("place"), one.value("actors"), one.value("recipients"),
            one.value("killed"), one.value("injured"), incident.reports, incident.origins,
        ),
        days.first if days else UNDATED,
        days.last if days else UNDATED,
    )  # fmt: skip


class _Places:
    """The places of incidents; those at one point, of one name, or of one country, are one."""

    def __init__(self) -> None:
        self.facts: list[PlaceFact] = []
        self._at: dict[str, int] = {}

    def of(self, one: Summary) -> int:
        """The index of an incident's place by its rule; -1 where none is given."""
        figure = one.figures.get("place")
        spot = figure.answers[0].tellings[0].spot if figure is not None else None
        if spot is None:
            return -1
        point = None if spot.point is None else (round(spot.point[0], 2), round(spot.point[1], 2))
        where = "" if point is None else f"{point[0]},{point[1]}"
        key = f"country:{spot.country or spot.key}" if spot.level == "country" else f"{spot.level}:{where or spot.key}"
        if key not in self._at:
            self._at[key] = len(self.facts)
            self.facts.append(PlaceFact(key, spot.name, spot.level, spot.country, point))
        at = self._at[key]
        if len(spot.name) < len(self.facts[at].name):
            self.facts[at] = self.facts[at]._replace(name=spot.name)
        return at
