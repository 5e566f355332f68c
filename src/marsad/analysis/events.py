"""Events as rows: when (as precisely as is known), by whom, against whom, of what type, where; and what was watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Final

from marsad.analysis.spans import read_span
from marsad.errors import AnalysisError
from marsad.knowledge.names import fold

__all__ = ["CONDITIONS", "Choose", "Event", "EventTable", "day_number"]


@dataclass(frozen=True, slots=True)
class Event:
    """One event or, with ``count``, several alike. ``first`` and ``last`` are proleptic ordinals, both included.

    ``moment`` is the time of day as a share of the day, where it is known. Several actors, recipients or places are
    several names. ``row`` is where it stands in its table; ``sure`` is False where it is said to be reported unsurely.
    """

    first: int
    last: int
    count: float = 1.0
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    type: str = ""
    places: tuple[str, ...] = ()
    moment: float | None = None
    row: int = 0
    sure: bool = True

    @property
    def exact(self) -> bool:
        """Is its day known?"""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class EventTable:
    """All events of one source, and from when to when it was kept.

    ``missing`` are days of which it is known that nobody looked; ``effort`` is how much reporting there was on a day
    (reports, origins, or a number that the table gives). ``undated`` are rows that had to be left out because they have
    no date. ``what`` names the source for people.
    """

    events: tuple[Event, ...]
    first: int
    last: int
    missing: frozenset[int] = frozenset()
    effort: Mapping[int, float] = field(default_factory=dict)
    undated: int = 0
    what: str = "events"
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Choose:
    """Which events: conditions that must all hold; None sets none.

    Names match whole words, without regard to case and accents, or with a ``*`` after it the beginning of a name:
    ``ISR*``, ``19*``. ``actor`` is the one who acts; ``party`` either side;
    ``dyad`` is an actor and a recipient.
    """

    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    type: str | None = None
    place: str | None = None

    def __call__(self, event: Event) -> bool:
        """Whether an event meets all conditions."""
        return (
            _has(self.actor, event.actors)
            and _has(self.recipient, event.recipients)
            and _has(self.party, event.actors + event.recipients)
            and (self.type is None or _has(self.type, (event.type,)))
            and _has(self.place, event.places)
        )

    @property
    def words(self) -> str:
        """For people: "by Hamas, against Israel, of type ASSAULT, in Gaza"; empty where all are taken."""
        parts = (
            ("by", self.actor), ("against", self.recipient), ("with a part of", self.party), ("of type", self.type),
            ("in", self.place),
        )  # fmt: skip
        return ", ".join(f"{word} {value}" for word, value in parts if value is not None)


CONDITIONS: Final = tuple(one.name for one in fields(Choose))
"""The names of its conditions."""


def _has(wanted: str | None, names: tuple[str, ...]) -> bool:
    if wanted is None:
        return True
    if wanted.endswith("*"):
        start = fold(wanted[:-1])
        return any(fold(name).startswith(start) for name in names)
    needle = f" {fold(wanted)} "
    return any(needle in f" {fold(name)} " for name in names)


def day_number(value: str, what: str = "date") -> int:
    """The ordinal of a day, written as in tables: "2020-07-04", "4 July 2020". Raises AnalysisError for all else."""
    span = read_span(value) if len(value) < 100 else None
    if span is None or span[0] != span[1] or span[2] is not None:
        raise AnalysisError(f"{what} {value[:40]!r} is not a day such as 2020-07-04")
    return span[0]
