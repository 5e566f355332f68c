"""Incidents as columns of numbers: what pictures of thousands of them are drawn from without going through each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.casebook.ties import Tie
from marsad.review.pictures_parties import PartyFact

__all__ = ["UNDATED", "Columns", "Numbers", "Pairs", "PlaceFact", "Row"]

Numbers = NDArray[np.int32]
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
    reports: Mapping[str, int]
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
