"""Dates at the precision at which they are known, and the steps between them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["MONTHS", "NUMBERS", "WEEKDAYS", "Anchor", "day_before", "iso_range", "shift_months", "valid"]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "several": 0, "few": 0, "couple": 2, "dozen": 12}


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day on which a report was published, as far as it is known."""

    published: str | None

    @property
    def day(self) -> date | None:
        """The day, where it is known to the day."""
        return _day(self.published)

    @property
    def year(self) -> int | None:
        """The year, where any of it is known."""
        return int(self.published[:4]) if self.published else None

    @property
    def month(self) -> tuple[int, int] | None:
        """Year and month, where both are known."""
        return (
            (int(self.published[:4]), int(self.published[5:7])) if self.published and len(self.published) >= 7 else None
        )


def _day(value: str | None) -> date | None:
    if value is None or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def day_before(anchor: date, weekday: int, *, future: bool = False) -> date:
    """The latest such weekday up to the anchor (itself included), or the first after it."""
    if future:
        return anchor + timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1)
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month ``by`` months away."""
    total = year * 12 + month - 1 + by
    return total // 12, total % 12 + 1


def iso_range(value: str) -> tuple[str, str]:
    """First and last date of an ISO value or ``start/end`` range, each at its own precision."""
    start, _, end = value.partition("/")
    return start, end or start


def valid(year: int, month: int, day: int) -> bool:
    """Is there such a day?"""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else False
