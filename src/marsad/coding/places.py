"""Find names used as places and put them on the map."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from marsad.coding.blend import Blend, against
from marsad.coding.document import Document
from marsad.coding.mentions import Mention
from marsad.coding.mentions import features as mention_features
from marsad.coding.turns import has_capitals
from marsad.coding.weights import Weights
from marsad.coding.wholenames import UNITS, whole_name
from marsad.coding.wordlists import words_of
from marsad.records import Passage, PlaceMention

if TYPE_CHECKING:
    from marsad.knowledge import Gazetteer, Knowledge, Place

__all__ = ["PlaceFound", "features", "name_span", "places"]

_LEAST: Final = 0.35
_LEAST_TOLD: Final = 0.1
"""Chances from which on a name is a place; the second where the words around it tell as much."""
_WIDE: Final = frozenset({"country", "region", "area"})
_SMALL: Final = frozenset({"city", "town", "site"})
_ONE: Final = {
    "departments": "department",
    "provinces": "province",
    "governorates": "governorate",
    "municipalities": "municipality",
    "districts": "district",
    "counties": "county",
    "neighborhoods": "neighborhood",
    "neighbourhoods": "neighbourhood",
    "villages": "village",
}
"""Nouns for several units of government ("Morazan and Usulutan departments"), each with that for one."""
_NO_NAMES: Final = frozenset("la el al de del san santa las los the".split())
_WITHIN: Final = frozenset("in across throughout into toward towards inside within entering enter".split())
"""Words after which a state's name is that of its land."""
_ARTICLES: Final = frozenset({"the", "all", "mainland", "neighboring", "neighbouring"})
_LIES: Final = re.compile(r"(?:\s+[a-z]+){0,2},?\s+(?:in|of|near|outside|at)\s+(?:the\s+)?(?:[a-z]+\s+){0,2}|,\s+")
"""What stands between a place and the town that it lies in."""
_WIDER: Final = re.compile(r",\s|\s\(")
"""What stands between a place and the country or region that it lies in ("San Jose, Costa Rica")."""
_LIST: Final = re.compile(r",?\s+(?:and|or)\s+[A-Z]|,\s+[A-Z][\w' -]*(?:,|\s+(?:and|or)\s)")
"""What follows where a comma only parts the names of a list ("Paris, Washington and London")."""
_NEAREST: Final = 4
"""How many of the countries named most often are taken as hints for where a name lies."""


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place mention and the word that stands for it; -1 for a dateline, which no event hangs on."""

    mention: PlaceMention
    head: int
    small: bool = False
    """Is it a town or less, not a region or country?"""


@dataclass(slots=True)
class _Name:
    """A name used as a place: its characters, without a direction before them from ``bare`` on, and its head."""

    start: int
    bare: int
    end: int
    head: int
    lookup: str
    """What to look up: the name with a noun for a unit of government after it."""
    place: Place | None = None


def places(
    document: Document, candidates: list[Mention], knowledge: Knowledge, gazetteer: Gazetteer
) -> list[PlaceFound]:
    """The places of a document in order. ``candidates`` are those of :func:`marsad.coding.mentions.candidates`."""
    weights, blend = Weights.load("place"), Blend.load("place")
    names: list[_Name] = []
    taken = -1
    for candidate in candidates:
        if candidate.form != "name" or candidate.adjective or candidate.first <= taken:
            continue
        if candidate.lower in _NO_NAMES:
            continue
        hits = gazetteer.candidates(candidate.text)
        rules = weights.chance(features(document, candidate, hits, knowledge))
        chance = blend.chance(rules, judge(document, candidate))
        told = _told(document, candidate, hits) or (
            bool(names and hits)
            and _WIDER.fullmatch(document.text, names[-1].end, candidate.start) is not None
            and gazetteer.within(names[-1].lookup, candidate.text) is not None
        )
        if chance < (_LEAST_TOLD if told else _LEAST):
            continue
        first, last = whole_name(document, candidate, gazetteer)
        name = _name(document, first, last, candidate.head)
        if names and name.bare < names[-1].end:  # grown over the one before
            names.pop()
        names.append(name)
        taken = last - 1
    names += [_Name(start, start, end, -1, document.text[start:end].title()) for start, end in document.datelines]
    names.sort(key=lambda name: name.start)
    _locate(document, names, _countries(candidates, knowledge), gazetteer)
    _lie_in(document.text, names)
    return [
        PlaceFound(_mention(document.text, name), name.head, name.place is not None and name.place.kind in _SMALL)
        for name in names
    ]


def _told(document: Document, candidate: Mention, hits: tuple[Place, ...]) -> bool:
    """Do the words around a name tell that it is a place: "northern Honduras", "in the UK", "Tolima department"?"""
    words = document.words
    if words[candidate.last - 1].lower in UNITS and candidate.last - candidate.first > 1:
        return bool(hits)
    if candidate.last < len(words) and words[candidate.last].lower in UNITS:
        return True
    if not hits:
        return False
    at = candidate.first - 1
    directed = at >= 0 and words[at].lower in words_of("directions") and words[at].sent == candidate.sent
    if directed:
        return True
    while at >= 0 and words[at].lower in _ARTICLES:
        at -= 1
    state = candidate.known is not None and len(candidate.known) == 2
    return state and at >= 0 and words[at].lower in _WITHIN and words[candidate.head].dep in ("pobj", "dobj")


def judge(document: Document, candidate: Mention) -> tuple[float] | None:
    """The encoder's log-odds that a name is used as a place."""
    judged = document.judged("place")
    if judged is None:
        return None
    return (against(float(judged[candidate.first : candidate.last, 0].mean())),)


def _name(document: Document, first: int, last: int, head: int) -> _Name:
    """The name of words ``[first, last)``, with a direction before it."""
    words = document.words
    start, end = words[first].start, words[last - 1].end
    lookup = document.text[start:end]
    if not has_capitals(document.text):
        lookup = lookup.title()
    unit = words[last].lower if last < len(words) else ""
    if unit in UNITS:
        lookup = f"{lookup} {_ONE.get(unit, unit)}"
    return _Name(_directed(document, first), start, end, head, lookup)


def _directed(document: Document, first: int) -> int:
    """Where a name begins with a direction before it."""
    words = document.words
    if first > 0 and words[first - 1].lower in words_of("directions") and words[first - 1].sent == words[first].sent:
        first -= 1
    return words[first].start


def _locate(document: Document, names: list[_Name], near: Counter[str], gazetteer: Gazetteer) -> None:
    """Put names on the map: first each by itself, then by the countries in which the others lie."""
    text = document.text
    sure: dict[str, Place] = {}
    hints = [code for code, _ in near.most_common(_NEAREST)]
    for name, following in pairwise(names):
        if not _WIDER.fullmatch(text, name.end, following.bare):
            continue
        if _LIST.match(text, following.end) and text[name.end] == ",":
            continue
        inside = gazetteer.within(name.lookup, following.lookup, hints)
        if inside is not None:
            sure.setdefault(name.lookup.lower(), inside)
    for place in {
        name.lookup.lower(): sure.get(name.lookup.lower()) or gazetteer.locate(name.lookup, hints) for name in names
    }.values():
        if place is not None and place.country is not None:
            near[place.country] += 2
    hints = [code for code, _ in near.most_common(_NEAREST)]
    units: dict[str, Place] = {}
    for name in names:
        place = sure.get(name.lookup.lower()) or gazetteer.locate(name.lookup, hints)
        plain = text[name.bare : name.end].lower()
        if place is None:
            place = units.get(plain)
        elif name.lookup.lower() != plain:
            units.setdefault(plain, place)
        if place is not None and name.start < name.bare and place.kind in _WIDE:
            # "northern Iraq" lies in Iraq, but not at its middle.
            place = replace(place, latitude=math.nan, longitude=math.nan)
        name.place = place


def _lie_in(text: str, names: list[_Name]) -> None:
    """Put a name that the gazetteer lacks where the text says that it lies ("the al-Khani mosque in Daquq")."""
    known: dict[str, Place] = {}
    for number, name in enumerate(names):
        if name.place is not None:
            continue
        lower = text[name.start : name.end].lower()
        inside = known.get(lower)
        if inside is None and number + 1 < len(names):
            following = names[number + 1]
            around = following.place
            if around is not None and around.kind in _SMALL and _LIES.fullmatch(text, name.end, following.start):
                inside = around
        if inside is not None:
            known[lower] = inside
            name.place = inside


def _mention(text: str, name: _Name) -> PlaceMention:
    passage, place = Passage(name.start, name.end), name.place
    words = " ".join(text[name.start : name.end].split())
    if words.isupper() and len(words) > 3:
        words = words.title()
    if place is None:
        return PlaceMention(passage, words)
    if math.isnan(place.latitude) or (place.kind in ("river", "area") and place.country is None):
        return PlaceMention(passage, words, place.country)
    return PlaceMention(passage, words, place.country, round(place.latitude, 4), round(place.longitude, 4))


def name_span(document: Document, mention: Mention) -> tuple[int, int]:
    """The name with a direction before it ("northern Iraq")."""
    return _directed(document, mention.first), mention.end


def _countries(candidates: list[Mention], knowledge: Knowledge) -> Counter[str]:
    """How often each country is named, by ISO code."""
    counts: Counter[str] = Counter()
    for candidate in candidates:
        if candidate.known:
            country = knowledge.actors[candidate.known].country
            if country:
                counts[country.upper()] += 1
    return counts


def features(document: Document, mention: Mention, hits: tuple[Place, ...], knowledge: Knowledge) -> list[str]:
    """What is seen of a name, as names of weighted rules of the table ``place``."""
    out = mention_features(document, mention)
    kinds = sorted({place.kind for place in hits[:4]})
    size = "big" if any(p.population > 100_000 for p in hits) else "small" if hits else "none"
    head = document.words[mention.head]
    out.append(f"gaz={size}|{mention.ent}")
    out.append(f"gazd={size}|{head.dep}")
    out += [f"gk={kind}|{mention.ent}" for kind in kinds]
    before = document.words[mention.first - 1].lower if mention.first else ""
    after = document.words[mention.last].lower if mention.last < len(document.words) else ""
    out += [f"gb={size}|{before}", f"ga={size}|{after}", f"gka={kinds[0] if kinds else '-'}|{before}"]
    if before in words_of("directions"):
        out.append("direction")
    if mention.known:
        kind = knowledge.actors[mention.known].kind
        out += [f"kk={kind}|{before}", f"kd={kind}|{head.dep}"]
    return out
