"""What a report tells that belongs to one happening alone: its days, counts and names, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from marsad.coding.calendar import MONTHS, WEEKDAYS, valid
from marsad.coding.counts import number_of
from marsad.origins.wording import Wording

__all__ = ["Fact", "Kind", "facts", "own_day", "sentences"]

Kind = Literal["weekday", "date", "count", "name"]

_YEARS: Final = range(1800, 2200)
_DATELINE: Final = re.compile(r"\s*(?P<line>[^\n!?–—]{2,60}?)(?:\s-{1,2}\s|\s?[–—]\s?|\)\s*:)")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b", re.ASCII)
_END: Final = re.compile(r"[.!?][\"'”’)\]]*\s|\n")
_ABBREVIATED: Final = frozenset("mr mrs ms dr gen col lt maj capt sgt st gov sen rep jr sr no vs".split())
_TOGETHER: Final = re.compile(r"[ \u00a0]?['’-]?[ \u00a0]?")


@dataclass(frozen=True, slots=True)
class Fact:
    """A half-open range of words that name a weekday (0 is Monday), a date (month, day), a count, or a name."""

    words: tuple[int, int]
    kind: Kind
    value: tuple[int | str, ...]


def facts(wording: Wording) -> list[Fact]:
    """The facts of a text in order, without those of its dateline, and without years."""
    found, at = [], _dateline_end(wording)
    while at < len(wording.words):
        fact = _weekday(wording, at) or _date(wording, at) or _count(wording, at) or _name(wording, at)
        if fact is not None and fact.value:
            found.append(fact)
        at = fact.words[1] if fact is not None else at + 1
    return found


def own_day(wording: Wording, published: str | None) -> date | None:
    """The day of a report: that on which it was published, or else the one in its dateline; None where neither is."""
    if published and len(published) >= 10:
        try:
            return date.fromisoformat(published[:10])
        except ValueError:
            return None
    end = _dateline_end(wording)
    line = wording.text[: wording.spans[end - 1][1]] if end else ""
    year = _YEAR.search(line)
    for at in range(end):
        fact = _date(wording, at)
        if fact is not None and year is not None:
            month, day = (int(part) for part in fact.value)
            return date(int(year[0]), month, day) if valid(int(year[0]), month, day) else None
    return None


def sentences(wording: Wording) -> list[int]:
    """The number of the sentence of each word. Where one ends is told by its marks alone."""
    found, number, last = [], 0, 0
    for at, (start, end) in enumerate(wording.spans):
        between = _END.search(wording.text, last, start)
        before = wording.words[at - 1] if at else ""
        if between and not (between[0][0] == "." and (before in _ABBREVIATED or before in MONTHS or len(before) == 1)):
            number += 1
        found.append(number)
        last = end
    return found


def _dateline_end(wording: Wording) -> int:
    """The number of the first word after the dateline; 0 where there is none."""
    found = _DATELINE.match(wording.text, 0, 90)
    if found is None or not wording.cased:
        return 0
    words = found["line"].split()
    # A dateline begins with a place in capitals, or has a date or an agency in it.
    if not (words and words[0].isupper() and len(words[0].strip(",.")) > 1) and not re.search(r"[\d)]", found["line"]):
        return 0
    return next((n for n, (start, _) in enumerate(wording.spans) if start >= found.end("line")), 0)


def _weekday(wording: Wording, at: int) -> Fact | None:
    word = wording.words[at].removesuffix("'s")
    return Fact((at, at + 1), "weekday", (WEEKDAYS[word],)) if len(word) > 5 and word in WEEKDAYS else None


def _date(wording: Wording, at: int) -> Fact | None:
    """A month and a day, in either order, and the year that follows."""
    words = wording.words
    if words[at].rstrip(".") not in MONTHS and not words[at][0].isdigit():
        return None
    pair = [words[n].rstrip(".") if n < len(words) else "" for n in (at, at + 1)]
    for month, day in (pair, pair[::-1]):
        digits = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", day, re.ASCII)
        if month in MONTHS and digits and 1 <= int(digits[1]) <= 31:
            year = (
                at + 2 < len(words) and words[at + 2].isascii() and words[at + 2].isdigit() and len(words[at + 2]) == 4
            )
            return Fact((at, at + 2 + year), "date", (MONTHS[month], int(digits[1])))
    return None


def _count(wording: Wording, at: int) -> Fact | None:
    """The longest row of words that names a number; a year, and what cannot be read, is a fact without a value."""
    if _number(wording.words[at]) is None:
        return Fact((at, at + 1), "count", ()) if wording.words[at][0].isdigit() else None
    end, value = at, None
    while end < len(wording.words) and (number := number_of(" ".join(wording.words[at : end + 1]))) is not None:
        if (end > at and not _close(wording, end)) or wording.words[end] in ("a", "an", "one"):
            break
        end, value = end + 1, number
    if end == at:
        return None
    year = end == at + 1 and value in _YEARS and "," not in wording.words[at] and wording.words[at][0].isdigit()
    return Fact((at, end), "count", () if year or value is None else (value,))


def _name(wording: Wording, at: int) -> Fact | None:
    end = at
    while end < len(wording.words) and wording.named[end] and (end == at or _close(wording, end)):
        if end > at and (_weekday(wording, end) or _date(wording, end) or wording.words[end][0].isdigit()):
            break
        end += 1
    words = wording.words[at:end]
    if not words or wording.words[at] in MONTHS or wording.words[at] in WEEKDAYS:
        return None
    return Fact((at, end), "name", tuple(words))


def _close(wording: Wording, at: int) -> bool:
    """Whether nothing but a blank or a hyphen stands between a word and the one before it."""
    return _TOGETHER.fullmatch(wording.text, wording.spans[at - 1][1], wording.spans[at][0]) is not None


@lru_cache(1 << 14)
def _number(word: str) -> int | None:
    return number_of(word)
