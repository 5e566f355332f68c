"""Incidents as columns of numbers: what pictures of thousands of them are drawn from without going through each."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.casebook.ties import Tie
from marsad.incidents import GRADES, Summary, Telling
from marsad.incidents.timing import of_dates
from marsad.knowledge import Knowledge
from marsad.knowledge.names import fold
from marsad.review.pictures_parties import Parties, PartyFact
from marsad.vocabulary import EVENT_TYPES, STATUSES

__all__ = ["UNDATED", "Columns", "Numbers", "Open", "PlaceFact", "Row", "columns_of"]

Numbers = NDArray[np.int32]
Open = Callable[[Telling], str]
"""Says of a claim whether its time is open: ``after`` its start, ``before`` its end, or empty."""

UNDATED: Final = 0
"""The first and last day of an incident without a date; others are proleptic ordinals (``date.toordinal``)."""


class Row(NamedTuple):
    """An incident in words, for tables and labels; ``open`` says which end of its time is not given."""

    incident: str
    type: str
    mode: str | None
    status: str
    grade: str
    start: str | None
    end: str | None
    open: str
    place: str
    actors: str
    recipients: str
    killed: str
    injured: str
    reports: int
    origins: int


class PlaceFact(NamedTuple):
    """A place of incidents. ``key`` tells it from others; ``level`` is ``town``, ``area`` or ``country``; without a
    ``point`` (latitude, longitude) it cannot be drawn."""

    key: str
    name: str
    level: str
    country: str | None
    point: tuple[float, float] | None


class Pairs(NamedTuple):
    """Numbers of incidents, each with the number of something that belongs to it."""

    at: Numbers
    of: Numbers


@dataclass(frozen=True, slots=True)
class Columns:
    """The incidents of a casebook at one moment; the arrays have an entry for each, in the order of ``rows``."""

    rows: Sequence[Row]
    type: Numbers
    status: Numbers
    grade: Numbers
    first: Numbers
    last: Numbers
    origins_of: Numbers
    """How many independent accounts there are of each."""
    place: Numbers
    """Index in ``places``; -1 where none is given."""
    days: tuple[Numbers, Numbers, Numbers]
    """Incident, first and last day: its own, else the days on which reports of it came out."""
    names: Sequence[str]
    named: Pairs
    """Incident and index in ``names``: every name of a party in any of its claims, folded."""
    spots: Sequence[str]
    spotted: Pairs
    """The same of places."""
    reports: dict[str, int]
    reported: Pairs
    origins: Pairs
    places: Sequence[PlaceFact]
    parties: Sequence[PartyFact]
    called: Sequence[Sequence[str]]
    """Of each party the names that are used for it, the commonest first."""
    acts: tuple[Numbers, Numbers, Numbers]
    """Incident, who and to whom as indices in ``parties``; -1 where nobody is given."""
    ties: Sequence[Tie]
    tie_ends: tuple[Numbers, Numbers]
    """Of each of ``ties`` its two parties."""

    def __len__(self) -> int:
        return len(self.rows)

    def only(self, incident: str) -> NDArray[np.bool_]:
        """A mask with the incident of this id alone."""
        return np.array([row.incident == incident for row in self.rows], dtype=np.bool_)

    def party(self, key: str) -> int | None:
        """The index of the party of this key."""
        return next((at for at, one in enumerate(self.parties) if one.key == key), None)


class _Numbered:
    """Gives each thing a number, the same to the same."""

    def __init__(self) -> None:
        self.of: dict[Hashable, int] = {}

    def __call__(self, thing: Hashable) -> int:
        return self.of.setdefault(thing, len(self.of))

    @property
    def words(self) -> list[str]:
        return [str(one) for one in self.of]


class _Lists:
    """Columns that grow."""

    def __init__(self, count: int) -> None:
        self._columns = [array("i") for _ in range(count)]

    def add(self, *values: int) -> None:
        for column, value in zip(self._columns, values, strict=True):
            column.append(value)

    @property
    def arrays(self) -> tuple[Numbers, ...]:
        return tuple(np.array(column, dtype=np.int32) for column in self._columns)


def columns_of(summaries: Iterable[Summary], ties: Sequence[Tie], knowledge: Knowledge, is_open: Open) -> Columns:
    """The columns of these incidents and of the relations told in the casebook."""
    rows: list[Row] = []
    own, days, acts = _Lists(7), _Lists(3), _Lists(3)
    named, spotted, reported, origins = (_Lists(2) for _ in range(4))
    names, spots, reports, accounts = (_Numbered() for _ in range(4))
    parties, places = Parties(knowledge), _Places()
    for at, one in enumerate(summaries):
        tellings = one.incident.tellings
        row, first, last = _row(one, is_open)
        rows.append(row)
        own.add(_code(EVENT_TYPES, row.type), _code(STATUSES, row.status), GRADES.index(row.grade), first, last,
                row.origins, places.of(one))  # fmt: skip
        if first:
            days.add(at, first, last)
        else:
            for told in {(t.published.first, t.published.last) for t in tellings if t.published is not None}:
                days.add(at, *told)
        for name in {p.name for t in tellings for p in (*t.actors, *t.recipients)}:
            named.add(at, names(f" {fold(name)} "))
        for name in {t.spot.name for t in tellings if t.spot is not None}:
            spotted.add(at, spots(f" {fold(name)} "))
        for report in {t.report for t in tellings}:
            reported.add(at, reports(report))
        for origin in {t.origin for t in tellings}:
            origins.add(at, accounts(origin))
        who, whom = parties.of(one, "actors"), parties.of(one, "recipients")
        for actor in who or [-1]:
            for recipient in whom or [-1]:
                if max(actor, recipient) >= 0 and actor != recipient:
                    acts.add(at, actor, recipient)
    ends = _Lists(2)
    for tie in ties:
        ends.add(parties.named(tie.subject, tie.subject_kind), parties.named(tie.object, tie.object_kind))
    kind, status, grade, first_day, last_day, many, place = own.arrays
    return Columns(
        rows, kind, status, grade, first_day, last_day, many, place, _three(days), names.words, Pairs(*named.arrays),
        spots.words, Pairs(*spotted.arrays), {str(key): number for key, number in reports.of.items()},
        Pairs(*reported.arrays), Pairs(*origins.arrays), places.facts, parties.facts, parties.called, _three(acts),
        ties, (ends.arrays[0], ends.arrays[1]),
    )  # fmt: skip


def _three(lists: _Lists) -> tuple[Numbers, Numbers, Numbers]:
    one, two, three = lists.arrays
    return one, two, three


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
