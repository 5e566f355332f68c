"""Find expressions of time and put them on the calendar, at the precision given and no finer.

Relative expressions resolve against the report's date of publication at its own
precision ("yesterday" under 2016-12 is 2016-12), "two days later" against the
date named last. What cannot be resolved has the value None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from marsad.coding.calendar import MONTHS, NUMBERS, WEEKDAYS, Anchor, day_before, shift_months, valid
from marsad.records import Passage, TimeExpression

__all__ = ["times"]

_MONTH: Final = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY: Final = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?"
_DAY: Final = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>1[5-9]\d\d|20\d\d)"
_PART: Final = r"(?:\s+(?:morning|afternoon|evening|night|at dawn|at noon))?"
_COUNT: Final = (
    r"(?P<count>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|twenty|thirty|several|a few|few|a couple of)"
)
_UNIT: Final = r"(?P<unit>hour|day|night|week|fortnight|month|year|decade)s?"
_LEAD: Final = (
    r"(?:(?:early|late|mid|the (?:morning|evening|night|afternoon|end|start|beginning) of|"
    r"(?:the )?(?:night|evening|morning) (?:of|to|on)|before dawn (?:on|of)|midnight (?:on|of)|late on|early on|since)"
    r"[\s-]+)?"
)
_AFTER_DAY: Final = r"(?!\s*(?:people|per cent|percent|%|km|men|troops|soldiers|times|years?\b))"


@dataclass(slots=True)
class _Context:
    """What earlier expressions and the report's date tell: ``last`` is the latest day or month named before."""

    anchor: Anchor
    text: str
    last: str | None = None
    last_year: int | None = None


Resolver = Callable[[re.Match[str], _Context], str | None]


def times(text: str, published: str | None) -> list[TimeExpression]:
    """All expressions of time in order. ``published`` is an ISO date at any precision, or None."""
    taken: list[tuple[int, int, re.Match[str], Resolver]] = []
    covered = bytearray(len(text))
    for pattern, resolver in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if start < end and not any(covered[start:end]):
                covered[start:end] = b"\x01" * (end - start)
                taken.append((start, end, match, resolver))
    taken.sort(key=lambda item: item[0])
    known = published if published and _VALUE.match(published) else _dateline(text)
    context = _Context(Anchor(known), text)
    found = []
    for start, end, match, resolver in taken:
        value = _resolved(match, resolver, context)
        if value == "":
            continue
        if value is not None:
            context.last = value.partition("/")[0]
            context.last_year = int(value[:4])
        found.append(TimeExpression(Passage(start, end), value))
    return found


_ISO: Final = r"(?!0000)\d{4}(?:-\d\d(?:-\d\d)?)?"
_VALUE: Final = re.compile(rf"{_ISO}(?:/{_ISO})?\Z", re.ASCII)


def _resolved(match: re.Match[str], resolver: Resolver, context: _Context) -> str | None:
    """The value of an expression; None where it lies before year 1 or after 9999, or counts from an impossible day."""
    try:
        value = resolver(match, context)
    except (OverflowError, ValueError):
        return None
    return value if not value or _VALUE.match(value) else None


_DATELINE: Final = re.compile(
    r"(?:^|\n)[^.\n]{0,60}?\b(?:(?P<day>\d{1,2})\s+(?P<month>[A-Z][a-z]+)|(?P<month2>[A-Z][a-z]+)\.?\s+(?P<day2>\d{1,2})),?\s+(?P<year>(?:19|20)\d\d)\s*(?:[-–—(:)]|$)",
    re.MULTILINE,
)


def _dateline(text: str) -> str | None:
    """The full date in a report's first line, where it has one ("BERLIN, 14 November 1997 -")."""
    match = _DATELINE.search(text[:160].split("\n\n")[0])
    if match is None:
        return None
    month, day = MONTHS.get((match["month"] or match["month2"]).lower()), int(match["day"] or match["day2"])
    if month is None or not valid(int(match["year"]), month, day):
        return None
    return f"{match['year']}-{month:02}-{day:02}"


def _month(match: re.Match[str]) -> int:
    return MONTHS[match["month"].rstrip(".").lower()]


_COMING: Final = re.compile(
    r"\b(?:will|shall|going to|due|scheduled|planned|plans?|next|expected|until|by|tomorrow|coming|from)\b[^|]*\|"
)


def _future(match: re.Match[str], context: _Context) -> bool:
    """Do the words around speak of what is still to come?"""
    text = context.text
    low = max(0, match.start() - 70)
    before = re.split(r"[.!?\n]\s", text[low : match.start()])[-1].lower()
    after = re.split(r"[.!?\n]", text[match.end() : match.end() + 50])[0].lower()
    near = f"{before} | {after}"
    return bool(
        (
            _COMING.search(near)
            and not re.search(r"\b(?:said|told|announced|was|were|had|by (?:a|the))\b[^|]*$", before[-25:])
        )
        or re.search(r"^\s*(?:will|shall|is to|are to|must)\b", after)
    )


def _with_year(month: int, day: int | None, match: re.Match[str], context: _Context) -> str | None:
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


def _full(match: re.Match[str], context: _Context) -> str | None:
    day, month, year = int(match["day"]), _month(match), int(match["year"])
    return f"{year}-{month:02}-{day:02}" if valid(year, month, day) else None


def _day_month(match: re.Match[str], context: _Context) -> str | None:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return ""
    return _with_year(_month(match), day, match, context)


def _range(match: re.Match[str], context: _Context) -> str | None:
    month = _month(match)
    year = match.groupdict().get("year")
    first, last = int(match["day"]), int(match["until"])
    if year:
        start, end = f"{year}-{month:02}-{first:02}", f"{year}-{month:02}-{last:02}"
        return f"{start}/{end}" if valid(int(year), month, first) and valid(int(year), month, last) else None
    start_value, end_value = _with_year(month, first, match, context), _with_year(month, last, match, context)
    return f"{start_value}/{end_value}" if start_value and end_value else None


def _month_year(match: re.Match[str], context: _Context) -> str | None:
    return f"{match['year']}-{_month(match):02}"


def _month_alone(match: re.Match[str], context: _Context) -> str | None:
    which = (match.groupdict().get("which") or "").lower()
    month = _month(match)
    if which == "that" and context.last_year:
        return f"{context.last_year}-{month:02}"
    if which == "the following" and context.last and len(context.last) >= 7:
        year, before = int(context.last[:4]), int(context.last[5:7])
        return f"{year + (month <= before)}-{month:02}"
    return _with_year(month, None, match, context)


def _year(match: re.Match[str], context: _Context) -> str | None:
    return match["year"]


def _iso(match: re.Match[str], context: _Context) -> str | None:
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    return f"{year}-{month:02}-{day:02}" if valid(year, month, day) else ""


def _weekday(match: re.Match[str], context: _Context) -> str | None:
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


def _relative_day(match: re.Match[str], context: _Context) -> str | None:
    words = match["word"].lower()
    anchor = context.anchor
    if words in (
        "that day",
        "that night",
        "the same day",
        "the same night",
        "the same evening",
        "the same morning",
        "that evening",
        "that morning",
        "that afternoon",
    ):
        return context.last
    if words in (
        "the next day",
        "the following day",
        "the day after",
        "the day before",
        "the previous day",
        "the next morning",
        "the following morning",
        "the previous night",
    ):
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


def _period(match: re.Match[str], context: _Context) -> str | None:
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
    if unit in ("spring", "summer", "autumn", "fall", "winter"):
        year = anchor.year
        if year is None:
            return None
        month = anchor.month[1] if anchor.month else 12
        begins = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[unit]
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


def _steps(match: re.Match[str], context: _Context) -> str | None:
    words = match["count"].lower()
    count = (
        int(words)
        if words.isdigit()
        else NUMBERS.get(words.split()[-1] if not words.startswith("a couple") else "couple", 0)
    )
    unit, side = match["unit"].lower(), match["side"].lower()
    if count == 0 or unit == "hour":
        if unit == "hour" and side == "ago":
            return context.anchor.published
        return context.last if unit == "hour" and side != "ago" else None
    back = side in ("ago", "earlier", "before", "previously")
    base = context.anchor.published if side == "ago" else context.last
    if base is None:
        return None
    sign = -1 if back else 1
    if unit in ("day", "night", "week", "fortnight"):
        if len(base) != 10:
            return base if len(base) == 7 and count * (7 if unit == "week" else 1) <= 3 else None
        days = count * {"day": 1, "night": 1, "week": 7, "fortnight": 14}[unit]
        if unit == "week" and side == "ago":
            return (date.fromisoformat(base) - timedelta(days=days)).isoformat()
        return (date.fromisoformat(base) + timedelta(days=sign * days)).isoformat()
    if unit == "month":
        if len(base) < 7:
            return None
        year, month = shift_months(int(base[:4]), int(base[5:7]), sign * count)
        return f"{year}-{month:02}"
    return str(int(base[:4]) + sign * count * (10 if unit == "decade" else 1))


def _ordinal(match: re.Match[str], context: _Context) -> str | None:
    day = int(match["day"])
    base = context.last if context.last and len(context.last) >= 7 else context.anchor.published
    if base is None or len(base) < 7 or not 1 <= day <= 31:
        return None
    year, month = int(base[:4]), int(base[5:7])
    return f"{year}-{month:02}-{day:02}" if valid(year, month, day) else None


def _clock(match: re.Match[str], context: _Context) -> str | None:
    last = context.last
    return last if last is not None and len(last) == 10 else context.anchor.published if context.anchor.month else None


def _decade(match: re.Match[str], context: _Context) -> str | None:
    first = int(match["decade"])
    return f"{first}/{first + 9}"


def _pattern(text: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){text}(?!\w)", re.IGNORECASE if ignore_case else 0)


_PATTERNS: Final[tuple[tuple[re.Pattern[str], Resolver], ...]] = (
    (_pattern(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"), _iso),
    (
        _pattern(rf"{_DAY}\s?(?:-|–|to|and|until)\s?(?P<until>[0-3]?\d)(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+{_YEAR})?"),
        _range,
    ),
    (_pattern(rf"{_MONTH}\s+{_DAY}\s?(?:-|–|to|and)\s?(?P<until>[0-3]?\d)(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?"), _range),
    (
        _pattern(
            rf"{_LEAD}(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}(?:\s+\([A-Z][a-z]+\))?"
        ),
        _full,
    ),
    (_pattern(rf"{_LEAD}(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR}(?:\s+\([A-Z][a-z]+\))?"), _full),
    (_pattern(rf"{_LEAD}(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}"), _day_month),
    (_pattern(rf"{_LEAD}(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}{_AFTER_DAY}"), _day_month),
    (_pattern(rf"{_LEAD}{_MONTH},?\s+(?:of\s+)?{_YEAR}"), _month_year),
    (_pattern(rf"{_COUNT}\s+{_UNIT}\s+(?P<side>ago|later|earlier|afterwards)", ignore_case=True), _steps),
    (
        _pattern(
            rf"{_COUNT}\s+{_UNIT}\s+(?P<side>after|before)(?=\s+(?:the|a|an|his|her|its|their|that|[A-Z]))",
            ignore_case=True,
        ),
        _steps,
    ),
    (_pattern(rf"(?:(?P<which>last|next|this|that)\s+)?{_WEEKDAY}{_PART}", ignore_case=False), _weekday),
    (_pattern(rf"(?P<which>Last|Next|This)\s+{_WEEKDAY}{_PART}"), _weekday),
    (_pattern(rf"(?P<which>last|next|this|that|the following|Last|Next)\s+{_MONTH}"), _month_alone),
    (
        _pattern(
            rf"{_LEAD}(?P<month>January|February|April|June|July|August|September|October|November|December)(?!\s+\d)"
        ),
        _month_alone,
    ),
    (_pattern(r"(?<=[Ii]n |[Oo]f |[Bb]y )(?P<month>March|May)(?!\s+\d)"), _month_alone),
    (_pattern(r"(?<=[Ss]ince |[Uu]ntil |[Ee]arly |[Ee]very )(?P<month>March|May)(?!\s+\d)"), _month_alone),
    (_pattern(r"(?<=last |late |next )(?P<month>March|May)(?!\s+\d)"), _month_alone),
    (
        _pattern(
            r"(?P<word>(?:yesterday|tomorrow)(?: (?:morning|afternoon|evening|night))?|today|tonight|"
            r"last night|overnight|this (?:morning|afternoon|evening)|that (?:day|night|evening|morning|afternoon)|"
            r"the same (?:day|night|evening|morning)|the (?:next|following|previous) (?:day|morning|night)|"
            r"the day (?:after|before))",
            ignore_case=True,
        ),
        _relative_day,
    ),
    (
        _pattern(
            r"(?P<which>last|this|next|past|previous|coming|current|that|the same)\s+"
            r"(?P<unit>weekend|week|month|year|spring|summer|autumn|winter)",
            ignore_case=True,
        ),
        _period,
    ),
    (
        _pattern(
            r"[Tt]he (?P<day>[12]?\d|3[01])(?:st|nd|rd|th)"
            r"(?!\s+(?:[A-Z][a-z]+\s+)*(?:[Bb]rigade|[Dd]ivision|[Rr]egiment|"
            r"[Aa]nniversary|[Cc]entury|[Aa]rmy|[Bb]attalion|parallel|[Cc]ongress|[Ss]ession|[Pp]recinct|[Ss]treet))"
        ),
        _ordinal,
    ),
    (
        _pattern(
            rf"{_LEAD}{_YEAR}(?!\s*(?:people|men|troops|soldiers|fighters|km|dead|houses|families|prisoners|-|,\d))"
        ),
        _year,
    ),
    (_pattern(r"(?:the\s+)?(?P<decade>(?:1[5-9]|20)\d0)s"), _decade),
    (_pattern(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?(?:a\.?m\.?|p\.?m\.?|GMT|hours|hrs))?(?![\d%])"), _clock),
    (_pattern(r"\d{1,2}\s?(?:a\.m\.|p\.m\.|am|pm)"), _clock),
)
