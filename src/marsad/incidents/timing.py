"""When a telling says that it was: a range of days, and how two ranges stand to each other."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from marsad.records import EventTime

__all__ = ["Days", "TimeMatch", "days", "match_days", "of_dates"]

TimeMatch = Literal["same-day", "next-day", "within", "overlap", "week", "apart", "unknown"]
"""``within``: a day in a longer range; ``overlap``: two longer ranges; ``week``: up to seven days apart."""

_NEXT: Final = 1
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, both included, as proleptic ordinals (``date.toordinal``); ``told`` the ISO dates."""

    first: int
    last: int
    told: tuple[str, str]

    @property
    def exact(self) -> bool:
        """Is it one day?"""
        return self.first == self.last


def days(time: EventTime | None) -> Days | None:
    """The days of a claim's time; None where it gives none, or one that is no date."""
    if time is None or (time.start is None and time.end is None):
        return None
    start, end = time.start or time.end or "", time.end or time.start or ""
    return of_dates(start, end)


def of_dates(start: str, end: str) -> Days | None:
    """The days from one ISO date to another, each of any precision; None for what is no date."""
    try:
        first, last = _first(start), _last(end)
    except ValueError:
        return None
    return Days(first, max(first, last), (start, end))


def _first(value: str) -> int:
    parts = [int(part) for part in value[:10].split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1).toordinal()


def _last(value: str) -> int:
    parts = [int(part) for part in value[:10].split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1]).toordinal()


def match_days(one: Days | None, other: Days | None) -> TimeMatch:
    """How two ranges of days stand to each other."""
    if one is None or other is None:
        return "unknown"
    gap = max(one.first - other.last, other.first - one.last)
    if gap <= 0:
        if one.exact and other.exact:
            return "same-day"
        return "within" if one.exact or other.exact else "overlap"
    if gap <= _NEXT:
        return "next-day"
    return "week" if gap <= _WEEK else "apart"
