"""Reading a place's name as it stands in a report: what is the name, what only says where about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["Reading", "readings"]

_GENERIC: Final = (
    "province|provinces|governorate|governorates|region|regions|district|districts|sub-district|subdistrict|city|"
    "town|village|county|state|oblast|prefecture|department|municipality|neighbourhood|neighborhood|suburb|area|"
    "valley|countryside|airport|international airport|air base|airbase|airfield|military base|base|camp|refugee camp|"
    "border|border crossing|crossing|front|metropolitan area|old city|desert|mountains|"
    "oil field|oilfield|stadium|university|prison|jail|dam|junction|checkpoint|square|port|harbour|harbor|road|"
    "capital|islands?|peninsula|outskirts|suburbs|frontier|hospital|province's"
)
_SIDES: Final = (
    "northern|southern|eastern|western|central|north-eastern|north-western|south-eastern|south-western|"
    "northeastern|northwestern|southeastern|southwestern|north|south|east|west|northeast|northwest|southeast|"
    "southwest|north-east|north-west|south-east|south-west|upper|lower|greater|downtown|inner|rural|old|mid"
)
_LEADS: Final = re.compile(
    rf"(?:the\s+)?(?:(?:(?:{_GENERIC}|{_SIDES}|centre|center|edge|heart|rest|parts?|whole|all)\s+(?:of|in|to|from)\s+"
    rf"(?:the\s+)?)|(?:near|outside|around|inside|across)\s+)+",
    re.IGNORECASE,
)
_SIDE: Final = re.compile(rf"(?:the\s+)?(?:{_SIDES})[\s-]+", re.IGNORECASE)
_TAIL: Final = re.compile(rf"(?:'s|’s)?\s+(?:{_GENERIC})", re.IGNORECASE)
_HEAD: Final = re.compile(rf"(?:the\s+)?(?:{_GENERIC})\s+", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\s*\([^()]*\)")


class Reading(NamedTuple):
    """``name`` is what to look up; ``within`` are the names of wider places after commas, widest first."""

    name: str
    within: tuple[str, ...]


def readings(name: str) -> Iterator[Reading]:
    """The ways to read ``name``, the most literal first; each names a wider or vaguer place than the one before.

    >>> [r.name for r in readings("Goma airport, DR Congo")]
    ['Goma airport', 'Goma', 'DR Congo']
    """
    whole = " ".join(name.split())[:200]
    parts = [part.strip() for part in _BRACKET.sub("", whole).split(",") if part.strip()]
    seen: set[str] = set()
    for at, part in enumerate(parts):
        within = tuple(reversed(parts[at + 1 :]))
        for plain in _plainer(part):
            if plain.lower() not in seen:
                seen.add(plain.lower())
                yield Reading(plain, within)


def _plainer(part: str) -> Iterator[str]:
    yield part
    for _ in range(4):  # each turn takes one layer of words off
        before = part
        if (lead := _LEADS.match(part)) and lead.end() < len(part):
            part = part[lead.end() :]
        elif (tail := re.search(rf"{_TAIL.pattern}$", part, re.IGNORECASE)) and tail.start() > 0:
            part = part[: tail.start()]
        elif ((head := _SIDE.match(part)) or (head := _HEAD.match(part))) and head.end() < len(part):
            part = part[head.end() :]
        if part == before:
            return
        yield part
