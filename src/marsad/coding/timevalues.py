"""What an expression of time stands for: a resolver for each pattern of :mod:`marsad.coding.times`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from marsad.coding.calendar import MONTHS, NUMBERS, WEEKDAYS, Anchor, day_before, shift_months, valid

__all__ = [
    "Context",
    "Resolver",
    "clock",
    "day_month",
    "day_range",
    "decade",
    "feast",
    "full",
    "iso",
    "month_alone",
    "month_year",
    "ordinal",
    "period",
    "relative_day",
    "steps",
    "weekday",
    "year",
]


@dataclass(slots=True)
class Context:
    """What earlier expressions and the report's date tell: ``last`` is the latest day or month named before."""

    anchor: Anchor
    text: str
    last: str | None = None
    last_year: int | None = None
    last_end: int = 0
    """Where the latest expression with a value ended."""

    def near(self, match: re.Match[str]) -> str | None:
        """The date named last, where it stands in the same sentence as an expression."""
        between = self.text[self.last_end : match.start()]
        return self.last if len(between) < 120 and not _SENTENCE_END.search(between) else None


_SENTENCE_END: Final = re.compile(r"[.!?]\s|\n")
_THAT: Final = re.compile(r"\s+(?:that|this)\b(?!\s+\w+\s+\w+ed\b)")

Resolver = Callable[[re.Match[str], Context], str | None]
"""From a match to its ISO value; None where it cannot be resolved, empty where it is no expression of time."""


def _month(match: re.Match[str]) -> int:
    return MONTHS[match["month"].rstrip(".").lower()]


_FEASTS: Final = {"day": (12, 25), "eve": (12, 24), "year's day": (1, 1), "year's eve": (12, 31)}


def feast(match: re.Match[str], context: Context) -> str | None:
    """Christmas and New Year, the feasts with a fixed day that reports name."""
    _, _, which = match["feast"].lower().replace("’", "'").partition(" ")
    month, day = _FEASTS[which or "day"]
    return _with_year(month, day, match, context)


_COMING: Final = re.compile(
    r"\b(?:will|shall|would|should|must|going to|(?:is|are) to|likely to|ordered|demands?|if|unless|due|"
    r"scheduled|planned|plans?|(?:set|called|fixed) for|next|expected|until|tomorrow|coming|(?:by|before)(?=\s$))\b"
)
_TOLD: Final = re.compile(r"\b(?:said|told|announced|was|were|had|by (?:a|the))\b")
_AHEAD: Final = re.compile(r"^,?\s*(?:\w+ ){0,3}(?:will|shall|(?:is|are) to)\b|^\s*must\b")


def _future(match: re.Match[str], context: Context) -> bool:
    """Do the words around speak of what is still to come?"""
    text = context.text
    before = re.split(r"[.!?\n]\s", text[max(0, match.start() - 70) : match.start()])[-1].lower()
    after = re.split(r"[.!?\n]", text[match.end() : match.end() + 50])[0].lower()
    if before.endswith((" until ", " due on ", " due in ")) or _AHEAD.search(after):
        return True
    return bool(_COMING.search(before) and not _TOLD.search(before[-25:]))


def _with_year(month: int, day: int | None, match: re.Match[str], context: Context) -> str | None:
    """A date without a year: in the year that makes it the nearest past one, or the next where the words say so."""
    anchor = context.anchor
    year = anchor.year
    if year is None:
        return None
    if anchor.month is not None:
        here = (anchor.month[1], anchor.day.day if anchor.day else 31)
        that = (month, day or 1)
        if that > here:
            ahead = (month - here[0]) % 12
            if not (
                _future(match, context)
                or ahead == 0
                or (ahead == 1 and day is not None and anchor.day and _near(anchor.day, month, day))
            ):
                year -= 1
        elif _future(match, context) and (here[0] - month) > 6:
            year += 1
    if day is None:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}" if valid(year, month, day) else None


def _near(anchor: date, month: int, day: int) -> bool:
    return valid(anchor.year, month, day) and 0 <= (date(anchor.year, month, day) - anchor).days <= 20


def full(match: re.Match[str], context: Context) -> str | None:
    """ "3 May 2014": the day, or None where there is no such day."""
    day, month, year = int(match["day"]), _month(match), int(match["year"])
    return f"{year}-{month:02}-{day:02}" if valid(year, month, day) else None


def day_month(match: re.Match[str], context: Context) -> str | None:
    """ "3 May": in the year that fits; an empty value where it is no date at all."""
    day = int(match["day"])
    if not 1 <= day <= 31:
        return ""
    return _with_year(_month(match), day, match, context)


def day_range(match: re.Match[str], context: Context) -> str | None:
    """ "3-5 May": first and last day."""
    month = _month(match)
    year = match.groupdict().get("year")
    first, last = int(match["day"]), int(match["until"])
    if year:
        start, end = f"{year}-{month:02}-{first:02}", f"{year}-{month:02}-{last:02}"
        return f"{start}/{end}" if valid(int(year), month, first) and valid(int(year), month, last) else None
    start_value, end_value = _with_year(month, first, match, context), _with_year(month, last, match, context)
    return f"{start_value}/{end_value}" if start_value and end_value else None


def month_year(match: re.Match[str], context: Context) -> str | None:
    """ "May 2014"."""
    return f"{match['year']}-{_month(match):02}"


def month_alone(match: re.Match[str], context: Context) -> str | None:
    """ "May", "last May", "that May", "the following May", "May last year"."""
    which = (match.groupdict().get("which") or "").lower()
    month = _month(match)
    if which.endswith(" year"):
        year = context.last_year if which.startswith("that") else context.anchor.year
        if year is None:
            return None
        year += {"last": -1, "next": 1}.get(which.partition(" ")[0], 0)
        day = match.groupdict().get("day")
        if day is None:
            return f"{year}-{month:02}"
        return f"{year}-{month:02}-{int(day):02}" if valid(year, month, int(day)) else None
    if which == "that" and context.last_year:
        return f"{context.last_year}-{month:02}"
    if which == "the following" and context.last and len(context.last) >= 7:
        year, before = int(context.last[:4]), int(context.last[5:7])
        return f"{year + (month <= before)}-{month:02}"
    return _with_year(month, None, match, context)


def year(match: re.Match[str], context: Context) -> str | None:
    """ "2014"."""
    return match["year"]


def iso(match: re.Match[str], context: Context) -> str | None:
    """ "2014-05-03"; an empty value where it is no date."""
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    return f"{year}-{month:02}-{day:02}" if valid(year, month, day) else ""


def weekday(match: re.Match[str], context: Context) -> str | None:
    """ "Monday", "last Monday", "next Monday": the latest one, or the next where the words look ahead."""
    anchor = context.anchor.day
    if anchor is None:
        return context.anchor.published if context.anchor.month else None
    which = (match.groupdict().get("which") or "").lower()
    weekday = WEEKDAYS[match["weekday"].lower()]
    if which == "next":
        return day_before(anchor, weekday, future=True).isoformat()
    future = which != "last" and _future(match, context)
    if future and day_before(anchor, weekday) == anchor:
        return anchor.isoformat()
    found = day_before(anchor, weekday, future=future)
    if which == "last" and found == anchor:
        found -= timedelta(days=7)
    return found.isoformat()


def relative_day(match: re.Match[str], context: Context) -> str | None:
    """ "yesterday", "tonight", "the next day", "that night"."""
    words = match["word"].lower()
    anchor = context.anchor
    if words.startswith(("that ", "the same ")):
        return context.last
    if words.startswith("the "):
        last = context.last
        if last is None or len(last) != 10:
            return None
        step = -1 if "before" in words or "previous" in words else 1
        return (date.fromisoformat(last) + timedelta(days=step)).isoformat()
    if anchor.day is None:
        return anchor.published if anchor.month else None
    step = 0
    if words.startswith("yesterday") or words in ("last night", "overnight"):
        step = -1
    elif words.startswith("tomorrow"):
        step = 1
    return (anchor.day + timedelta(days=step)).isoformat()


def period(match: re.Match[str], context: Context) -> str | None:
    """ "last week", "this month", "next year", "last winter"."""
    which, unit = match["which"].lower(), match["unit"].lower()
    anchor = context.anchor
    step = {
        "last": -1,
        "past": -1,
        "previous": -1,
        "this": 0,
        "current": 0,
        "next": 1,
        "coming": 1,
        "that": 0,
        "the same": 0,
    }[which]
    if which in ("that", "the same"):
        if context.last is None:
            return None
        return (
            context.last[:4]
            if unit == "year"
            else context.last[:7]
            if unit == "month" and len(context.last) >= 7
            else None
        )
    if unit == "year":
        return str(anchor.year + step) if anchor.year else None
    if unit in ("spring", "summer", "autumn", "winter"):
        year = anchor.year
        if year is None:
            return None
        month = anchor.month[1] if anchor.month else 12
        begins = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[unit]
        return str(year - 1 if which == "last" and (month < begins + 3) else year + step if step > 0 else year)
    if unit == "month":
        if anchor.month is None:
            return None
        year, month = shift_months(*anchor.month, step)
        return f"{year}-{month:02}"
    if anchor.day is None:
        return anchor.published if anchor.month else None
    monday = anchor.day - timedelta(days=anchor.day.weekday())
    if unit == "weekend":
        saturday = (
            monday + timedelta(days=5 + 7 * step)
            if step
            else monday - timedelta(days=2)
            if anchor.day.weekday() < 5
            else monday + timedelta(days=5)
        )
        return f"{saturday}/{saturday + timedelta(days=1)}"
    monday += timedelta(days=7 * step)
    return f"{monday}/{monday + timedelta(days=6)}"


def steps(match: re.Match[str], context: Context) -> str | None:
    """ "two days ago", "a week later", "three years after the war"."""
    words = match["count"].lower()
    count = (
        int(words)
        if words.isdigit()
        else NUMBERS.get(words.split()[-1] if not words.startswith("a couple") else "couple", 0)
    )
    unit, side = match["unit"].lower(), match["side"].lower()
    if unit == "hour":
        return context.anchor.published if side == "ago" else context.last
    if count == 0:
        return None
    back = side in ("ago", "earlier", "after")
    base = context.anchor.published if side == "ago" else context.last
    if side in ("after", "before"):
        # "on Wednesday, four years after he came ashore": the day of the coming ashore, counted back from the date
        # that the clause has, else from the report's own; "two days after that" counts on.
        if _THAT.match(context.text, match.end()):
            back = not back
        else:
            base = context.near(match) or context.anchor.published
    if base is None:
        return None
    sign = -1 if back else 1
    if unit in ("day", "night", "week", "fortnight"):
        if len(base) != 10:
            return base if len(base) == 7 and count * (7 if unit == "week" else 1) <= 3 else None
        days = count * {"day": 1, "night": 1, "week": 7, "fortnight": 14}[unit]
        return (date.fromisoformat(base) + timedelta(days=sign * days)).isoformat()
    if unit == "month":
        if len(base) < 7:
            return None
        year, month = shift_months(int(base[:4]), int(base[5:7]), sign * count)
        return f"{year}-{month:02}"
    year = int(base[:4]) + sign * count * (10 if unit == "decade" else 1)
    # "A year ago" is said of the month, "ten years ago" of no more than the year.
    near = unit == "year" and count <= 2 and side in ("ago", "after") and len(base) >= 7
    return f"{year}{base[4:7]}" if near else str(year)


def ordinal(match: re.Match[str], context: Context) -> str | None:
    """ "the 7th": of the month named last, or of the report's own."""
    day = int(match["day"])
    base = context.last if context.last and len(context.last) >= 7 else context.anchor.published
    if base is None or len(base) < 7 or not 1 <= day <= 31:
        return None
    year, month = int(base[:4]), int(base[5:7])
    now = context.anchor
    if now.day is not None and (year, month) < shift_months(now.day.year, now.day.month, -2):
        # What was named last lies far back: the report's own month, or the one before where the day is still to come.
        year, month = now.day.year, now.day.month
        if day > now.day.day and not _future(match, context):
            year, month = shift_months(year, month, -1)
    return f"{year}-{month:02}-{day:02}" if valid(year, month, day) else None


def clock(match: re.Match[str], context: Context) -> str | None:
    """ "14:30": on the day named last, or on the report's own."""
    last = context.last
    return last if last is not None and len(last) == 10 else context.anchor.published if context.anchor.month else None


def decade(match: re.Match[str], context: Context) -> str | None:
    """ "the 1990s": first and last year."""
    first = int(match["decade"])
    return f"{first}/{first + 9}"
