"""The days that a cell of a table speaks of: a day, a month, a year, or a time of day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from marsad.reading.dates import iso_date

__all__ = ["month_around", "read_span", "week_around", "year_around"]

_STAMP: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", re.ASCII)


@lru_cache(maxsize=100_000)
def read_span(text: str) -> tuple[int, int, float | None] | None:
    """First and last day as ordinals, and the time as a share of the day where it is given; None for no date."""
    text = text.strip()
    if _STAMP.match(text):
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return None
        seconds = at.hour * 3600 + at.minute * 60 + at.second
        # Midnight to the second is how tables write a day without a time.
        return at.toordinal(), at.toordinal(), seconds / 86400 if seconds else None
    found = iso_date(text)
    if found is None:
        return None
    parts = [int(part) for part in found.split("-")]
    if len(parts) == 3:
        day = date(*parts).toordinal()
        return day, day, None
    if len(parts) == 2:
        return (*_month(parts[0], parts[1]), None)
    return date(parts[0], 1, 1).toordinal(), date(parts[0], 12, 31).toordinal(), None


def week_around(day: int) -> tuple[int, int]:
    """The seven days about a day: within a week of it."""
    return max(1, day - 3), day + 3


def month_around(day: int) -> tuple[int, int]:
    """The calendar month of a day."""
    at = date.fromordinal(day)
    return _month(at.year, at.month)


def year_around(day: int) -> tuple[int, int]:
    """The calendar year of a day."""
    year = date.fromordinal(day).year
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


def _month(year: int, month: int) -> tuple[int, int]:
    return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()
