"""Find names used as places and put them on the map."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from marsad.coding.blend import Blend, against
from marsad.coding.document import Document
from marsad.coding.mentions import Mention
from marsad.coding.mentions import features as mention_features
from marsad.coding.weights import Weights
from marsad.coding.wordlists import words_of
from marsad.records import Passage, PlaceMention

if TYPE_CHECKING:
    from marsad.knowledge import Gazetteer, Knowledge, Place

__all__ = ["PlaceFound", "features", "name_span", "places"]

_LEAST: Final = 0.4
_WIDE: Final = frozenset({"country", "region", "area"})
_SMALL: Final = frozenset({"city", "town", "site"})
_LIES: Final = re.compile(r"(?:\s+[a-z]+){0,2},?\s+(?:in|of|near|outside|at)\s+(?:the\s+)?(?:[a-z]+\s+){0,2}|,\s+")
"""What stands between a place and the town that it lies in."""
_NEAREST: Final = 4
"""How many of the countries named most often are taken as hints for where a name lies."""


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place mention and the word that stands for it; -1 for a dateline, which no event hangs on."""

    mention: PlaceMention
    head: int


def places(
    document: Document, candidates: list[Mention], knowledge: Knowledge, gazetteer: Gazetteer
) -> list[PlaceFound]:
    """The places of a document in order. ``candidates`` are those of :func:`marsad.coding.mentions.candidates`."""
    weights, blend = Weights.load("place"), Blend.load("place")
    near = _countries(candidates, knowledge)
    names: list[tuple[int, int, int, Place | None]] = []
    taken = -1
    for candidate in candidates:
        if candidate.form != "name" or candidate.adjective or candidate.first <= taken:
            continue
        hits = gazetteer.candidates(candidate.text)
        rules = weights.chance(features(document, candidate, hits, knowledge))
        if blend.chance(rules, judge(document, candidate)) < _LEAST:
            continue
        start, end = name_span(document, candidate)
        place = _locate(document, candidate, gazetteer, near)
        if place is not None and start < candidate.start and place.kind in _WIDE:
            # "northern Iraq" lies in Iraq, but not at its middle.
            place = replace(place, latitude=math.nan, longitude=math.nan)
        names.append((start, end, candidate.head, place))
        taken = candidate.last - 1
    for start, end in document.datelines:
        names.append((start, end, -1, gazetteer.locate(document.text[start:end].title(), near)))
    names.sort(key=lambda name: name[0])
    _lie_in(document.text, names)
    return [PlaceFound(_mention(document.text, start, end, place), head) for start, end, head, place in names]


def judge(document: Document, candidate: Mention) -> tuple[float] | None:
    """The encoder's log-odds that a name is used as a place."""
    judged = document.judged("place")
    if judged is None:
        return None
    return (against(float(judged[candidate.first : candidate.last, 0].mean())),)


def _lie_in(text: str, names: list[tuple[int, int, int, Place | None]]) -> None:
    """Put a name that the gazetteer lacks where the text says that it lies ("the al-Khani mosque in Daquq")."""
    known: dict[str, Place] = {}
    for number, (start, end, head, place) in enumerate(names):
        if place is not None:
            continue
        name = text[start:end].lower()
        inside = known.get(name)
        if inside is None and number + 1 < len(names):
            following, _, _, around = names[number + 1]
            if around is not None and around.kind in _SMALL and _LIES.fullmatch(text, end, following):
                inside = around
        if inside is not None:
            known[name] = inside
            names[number] = (start, end, head, inside)


def _mention(text: str, start: int, end: int, place: Place | None) -> PlaceMention:
    name = " ".join(text[start:end].split())
    if name.isupper() and len(name) > 3:
        name = name.title()
    if place is None:
        return PlaceMention(Passage(start, end), name)
    if math.isnan(place.latitude) or place.kind in ("river", "area"):
        return PlaceMention(Passage(start, end), name, place.country)
    return PlaceMention(Passage(start, end), name, place.country, round(place.latitude, 4), round(place.longitude, 4))


def name_span(document: Document, mention: Mention) -> tuple[int, int]:
    """The name with a direction before it ("northern Iraq")."""
    first = mention.first
    if (
        first > 0
        and document.words[first - 1].lower in words_of("directions")
        and document.words[first - 1].sent == mention.sent
    ):
        first -= 1
    return document.words[first].start, mention.end


def _countries(candidates: list[Mention], knowledge: Knowledge) -> list[str]:
    counts: Counter[str] = Counter()
    for candidate in candidates:
        if candidate.known:
            country = knowledge.actors[candidate.known].country
            if country:
                counts[country.upper()] += 1
    return [country for country, _ in counts.most_common(_NEAREST)]


def _locate(document: Document, mention: Mention, gazetteer: Gazetteer, near: list[str]) -> Place | None:
    """Where a name lies; a country right after it ("Daquq, Iraq") says in which country."""
    text = document.text
    end = mention.end
    tail = text[end : end + 2]
    if tail == ", ":
        after = document.at(end + 2)
        word = document.words[after]
        if word.start == end + 2 and word.ent == "GPE":
            sure = gazetteer.locate(f"{mention.text}, {word.text}", near)
            if sure is not None:
                return sure
    return gazetteer.locate(mention.text, near)


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
