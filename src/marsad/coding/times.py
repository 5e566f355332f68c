"""Find expressions of time and put them on the calendar, at the precision given and no finer.

Relative expressions resolve against the report's date of publication at its own
precision ("yesterday" under 2016-12 is 2016-12), "two days later" against the
date named last. What cannot be resolved has the value None.
"""

from __future__ import annotations

import re
from typing import Final

from marsad.coding import timevalues as values
from marsad.coding.calendar import MONTHS, Anchor, valid
from marsad.coding.timevalues import Context, Resolver
from marsad.coding.turns import has_capitals
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


def times(text: str, published: str | None) -> list[TimeExpression]:
    """All expressions of time in order. ``published`` is an ISO date at any precision, or None."""
    if not has_capitals(text):
        text = _SMALL.sub(lambda name: name.group().capitalize(), text)
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
    context = Context(Anchor(known), text)
    found = []
    for start, end, match, resolver in taken:
        value = _resolved(match, resolver, context)
        if value == "":
            continue
        if value is not None:
            context.last = value.partition("/")[0]
            context.last_year = int(value[:4])
            context.last_end = end
        found.append(TimeExpression(Passage(start, end), value))
    return found


_ISO: Final = r"(?!0000)\d{4}(?:-\d\d(?:-\d\d)?)?"
_VALUE: Final = re.compile(rf"{_ISO}(?:/{_ISO})?\Z", re.ASCII)


def _resolved(match: re.Match[str], resolver: Resolver, context: Context) -> str | None:
    """The value of an expression; None where it lies before year 1 or after 9999, or counts from an impossible day."""
    try:
        value = resolver(match, context)
    except (OverflowError, ValueError):
        return None
    return value if not value or _VALUE.match(value) else None


_SMALL: Final = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|september|october|"
    r"november|december|(?:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)(?=\.? \d)|(?:march|may)(?= \d)|"
    r"(?<=\bin )(?:march|may)|(?<=\bon \d )(?:march|may)|(?<=\bon \d\d )(?:march|may))\b"
)
"""Days and months in a report without capitals; "20 may have died" is none."""
_HEAD: Final = 250
"""Characters of a report in which its dateline is looked for."""
_DATELINE: Final = re.compile(
    r"^[^.\n]{0,60}?(?<! on )(?<! of )(?<! in )(?<! since )\b"
    r"(?:(?P<day>\d{1,2})\s+(?P<month>[A-Z][a-z]+)|(?P<month2>[A-Z][a-z]+)\.?\s+(?P<day2>\d{1,2})),?\s+"
    r"(?P<year>(?:19|20)\d\d)\.?\s*(?:[-–—(:)]|$)",
    re.MULTILINE,
)


def _dateline(text: str) -> str | None:
    """The full date that a line at a report's head begins or ends with ("BERLIN, 14 November 1997 -"), if any."""
    match = _DATELINE.search(text[:_HEAD])
    if match is None:
        return None
    month, day = MONTHS.get((match["month"] or match["month2"]).lower()), int(match["day"] or match["day2"])
    if month is None or not valid(int(match["year"]), month, day):
        return None
    return f"{match['year']}-{month:02}-{day:02}"


def _pattern(text: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){text}(?!\w)", re.IGNORECASE if ignore_case else 0)


_PATTERNS: Final[tuple[tuple[re.Pattern[str], Resolver], ...]] = (
    (_pattern(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"), values.iso),
    (
        _pattern(rf"{_DAY}\s?(?:-|–|to|and|until)\s?(?P<until>[0-3]?\d)(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+{_YEAR})?"),
        values.day_range,
    ),
    (
        _pattern(rf"{_MONTH}\s+{_DAY}\s?(?:-|–|to|and)\s?(?P<until>[0-3]?\d)(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?"),
        values.day_range,
    ),
    (
        _pattern(
            rf"{_LEAD}(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}(?:\s+\([A-Z][a-z]+\))?"
        ),
        values.full,
    ),
    (_pattern(rf"{_LEAD}(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR}(?:\s+\([A-Z][a-z]+\))?"), values.full),
    (_pattern(rf"(?i:(?:{_WEEKDAY},?\s+)?{_DAY}\s+{_MONTH}),?\s+{_YEAR}"), values.full),
    (_pattern(r"(?P<feast>Christmas(?: Day| Eve)?|New Year['’]s (?:Day|Eve))"), values.feast),
    (_pattern(r"(?P<weekday>(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)"), values.weekday),
    (_pattern(rf"{_LEAD}{_DAY}\s+{_MONTH}\s+(?:of\s+)?(?P<which>(?:last|this|next|that) year)"), values.month_alone),
    (_pattern(rf"{_LEAD}(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}"), values.day_month),
    (_pattern(rf"{_LEAD}(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}{_AFTER_DAY}"), values.day_month),
    (_pattern(rf"{_LEAD}{_MONTH},?\s+(?:of\s+)?{_YEAR}"), values.month_year),
    (
        _pattern(rf"{_LEAD}{_MONTH}(?:\s+{_DAY})?\s+(?:of\s+)?(?P<which>(?:last|this|next|that) year)"),
        values.month_alone,
    ),
    (_pattern(rf"{_COUNT}\s+{_UNIT}\s+(?P<side>ago|later|earlier|afterwards)", ignore_case=True), values.steps),
    (
        _pattern(
            rf"{_COUNT}\s+{_UNIT}\s+(?P<side>after|before)(?=\s+(?:the|a|an|his|her|its|their|that|[A-Z]))",
            ignore_case=True,
        ),
        values.steps,
    ),
    (_pattern(rf"(?:(?P<which>last|next|this|that)\s+)?{_WEEKDAY}{_PART}", ignore_case=False), values.weekday),
    (_pattern(rf"(?P<which>Last|Next|This)\s+{_WEEKDAY}{_PART}"), values.weekday),
    (_pattern(rf"(?P<which>last|next|this|that|the following|Last|Next)\s+{_MONTH}"), values.month_alone),
    (
        _pattern(
            rf"{_LEAD}(?P<month>January|February|April|June|July|August|September|October|November|December)(?!\s+\d)"
        ),
        values.month_alone,
    ),
    (_pattern(r"(?<=[Ii]n |[Oo]f |[Bb]y )(?P<month>March|May)(?!\s+\d)"), values.month_alone),
    (_pattern(r"(?<=[Ss]ince |[Uu]ntil |[Ee]arly |[Ee]very )(?P<month>March|May)(?!\s+\d)"), values.month_alone),
    (_pattern(r"(?<=last |late |next )(?P<month>March|May)(?!\s+\d)"), values.month_alone),
    (
        _pattern(
            r"(?P<word>(?:yesterday|tomorrow)(?: (?:morning|afternoon|evening|night))?|today|tonight|"
            r"last night|overnight|this (?:morning|afternoon|evening)|that (?:day|night|evening|morning|afternoon)|"
            r"the same (?:day|night|evening|morning)|the (?:next|following|previous) (?:day|morning|night)|"
            r"the day (?:after|before))",
            ignore_case=True,
        ),
        values.relative_day,
    ),
    (
        _pattern(
            r"(?P<which>last|this|next|past|previous|coming|current|that|the same)\s+"
            r"(?P<unit>weekend|week|month|year|spring|summer|autumn|winter)",
            ignore_case=True,
        ),
        values.period,
    ),
    (
        _pattern(
            r"[Tt]he (?P<day>[12]?\d|3[01])(?:st|nd|rd|th)"
            r"(?!\s+(?:[A-Z][a-z]+\s+)*(?:[Bb]rigade|[Dd]ivision|[Rr]egiment|"
            r"[Aa]nniversary|[Cc]entury|[Aa]rmy|[Bb]attalion|parallel|[Cc]ongress|[Ss]ession|[Pp]recinct|[Ss]treet))"
        ),
        values.ordinal,
    ),
    (
        _pattern(
            rf"{_LEAD}{_YEAR}(?!\s*(?:people|men|troops|soldiers|fighters|km|dead|houses|families|prisoners|-|,\d))"
        ),
        values.year,
    ),
    (_pattern(r"(?:the\s+)?(?P<decade>(?:1[5-9]|20)\d0)s"), values.decade),
    (_pattern(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?(?:a\.?m\.?|p\.?m\.?|GMT|hours|hrs))?(?![\d%])"), values.clock),
    (_pattern(r"\d{1,2}\s?(?:a\.m\.|p\.m\.|am|pm)"), values.clock),
)
