"""Dates as inputs write them, cut to ISO at the precision known."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

__all__ = ["is_iso", "iso_date"]

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_STAMP: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ]\d{2}:?\d{2}", re.ASCII)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\Z", re.ASCII)
_DAY_MONTH: Final = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[ -]+([A-Za-z]{3,9})\.?,?[ -]+(\d{4})(?!\d)", re.ASCII)
_MONTH_DAY: Final = re.compile(r"\b([A-Za-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?!\d)", re.ASCII)
_MONTH_YEAR: Final = re.compile(r"([A-Za-z]{3,9})\.?,? +(\d{4})\Z", re.ASCII)
# "Sat Jul 04 12:00:00 +0000 2020", as C and several web services write it
_CTIME: Final = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) \d\d:\d\d:\d\d(?: [+\w-]+)? (\d{4})\Z", re.ASCII)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_EARLIEST_STAMP: Final = 10**8
_LATEST_STAMP: Final = 2**32


def is_iso(value: str) -> bool:
    """Whether ``value`` is a real date written YYYY, YYYY-MM or YYYY-MM-DD."""
    match = _ISO.match(value)
    return match is not None and _iso(*match.groups()) is not None


def iso_date(value: object) -> str | None:
    """``value`` as an ISO date, or None when it is no date or could be two.

    Takes ISO dates and times, RFC 2822 dates, English dates with the month in
    letters, and seconds or milliseconds since 1970 (in UTC). A time is cut to
    the day that is written, in whatever zone it was written. ``03/04/2020`` is
    None: it is one day in Britain and another in America.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _since_1970(value)
    if not isinstance(value, str) or len(value) > 100:
        return None
    words = " ".join(value.split())
    for pattern in (_ISO, _COMPACT):
        if match := pattern.match(words):
            return _iso(*match.groups())
    if match := _STAMP.match(words):
        return _iso(*match.groups())
    if match := _CTIME.match(words):
        month, day, year = match.groups()
        return _named(year, month, day)
    if match := _DAY_MONTH.search(words):
        day, month, year = match.groups()
        return _named(year, month, day)
    if match := _MONTH_DAY.search(words):
        month, day, year = match.groups()
        return _named(year, month, day)
    if match := _MONTH_YEAR.match(words):
        month, year = match.groups()
        return _named(year, month, None)
    return None


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part is not None)


def _named(year: str, month: str, day: str | None) -> str | None:
    name = month.lower()
    number = next(
        (n for n, full in enumerate(_MONTHS, 1) if full.startswith(name) or (name == "sept" and n == 9)), None
    )
    if number is None:
        return None
    return _iso(year, f"{number:02}", None if day is None else f"{int(day):02}")


def _since_1970(value: float) -> str | None:
    seconds = value / 1000 if value >= _LATEST_STAMP else value
    if not _EARLIEST_STAMP <= seconds < _LATEST_STAMP:
        return None
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
