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
    "islands?|peninsula|outskirts|suburbs|frontier|hospital|garrison|barracks|city hall|university college|"
    "army base|fuel depot|hotel|mosque|embassy|headquarters|palace|police station|market|mall|forest|national park|"
    "park|river|hills|plains?|mountain|gate|pocket|corridor|enclave|axis|belt|crossroads|parliament"
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
_UNIT: Final = re.compile(
    r"\b(?:province|department|governorate|region|district|county|state|oblast|prefecture)s?\b", re.IGNORECASE
)
_NAMED: Final = re.compile(r"[^\W\d_a-z]")  # a capital, or a letter of a script without them
_ARTICLE: Final = re.compile(r"(?:al|el|as|ash|ad|an|ar|at|az)[- ]")
_SIDE: Final = re.compile(rf"(?:the\s+)?(?:{_SIDES})[\s-]+", re.IGNORECASE)
_TAIL: Final = re.compile(rf"(?:'s|’s)?\s+(?:{_GENERIC})", re.IGNORECASE)
_HEAD: Final = re.compile(rf"(?:the\s+)?(?:{_GENERIC})\s+", re.IGNORECASE)
_WITHIN: Final = re.compile(r"\s+(?:in|near|outside|inside)\s+(?=(?:the\s+)?[^\W\d_a-z])")
_BRACKET: Final = re.compile(r"\s*\([^()]*\)")


class Reading(NamedTuple):
    """``name`` is what to look up; ``within`` are the names of wider places after commas, widest first;
    ``described`` tells that it begins with a common word in small letters ("south Lebanon"), ``unit`` that the words
    taken off name a unit of government ("San Miguel department")."""

    name: str
    within: tuple[str, ...]
    described: bool
    unit: bool = False


def readings(name: str) -> Iterator[Reading]:
    """The ways to read ``name``, the most literal first; each names a wider or vaguer place than the one before.

    >>> [r.name for r in readings("Goma airport, DR Congo")]
    ['Goma airport', 'Goma', 'DR Congo']
    """
    whole = " ".join(name.split())[:200]
    plain = _WITHIN.sub(", ", _BRACKET.sub("", whole))
    parts = [part.strip() for part in plain.split(",") if part.strip()]
    seen: set[str] = set()
    for at, part in enumerate(parts):
        within = tuple(reversed(parts[at + 1 :]))
        for layer in _plainer(part):
            if layer not in seen and _NAMED.search(layer):
                seen.add(layer)
                unit = len(_UNIT.findall(part)) > len(_UNIT.findall(layer))
                yield Reading(layer, within, layer[0].islower() and not _ARTICLE.match(layer), unit)


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
