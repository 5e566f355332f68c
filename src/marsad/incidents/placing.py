"""Where a telling says that it was, how precisely, and how two such places stand to each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from marsad.knowledge import Gazetteer, Knowledge
from marsad.knowledge.names import bare_key
from marsad.knowledge.place import Place, distance
from marsad.records import EventPlace

__all__ = ["Level", "PlaceMatch", "Spot", "match_spots", "spot", "towns"]

Level = Literal["town", "area", "country"]
PlaceMatch = Literal["same", "near", "within", "maybe", "other", "unknown"]
"""``within``: one lies in the other, as far as is known; ``maybe``: nothing speaks against; ``other``: two places."""

_AREA: Final = re.compile(
    r"\b(?:province|governorate|region|district|county|oblast|prefecture|state|department|countryside|valley|border|"
    r"area|desert|mountains?|hills|plains?|coast|river|lake|north|south|east|west|northern|southern|eastern|western|"
    r"central)\b",
    re.IGNORECASE,
)
_SAME: Final = 6.0
"""km within which two points of towns are one town: records round to a tenth of a degree."""
_NEAR: Final = 25.0
_REGION: Final = 200.0
"""km from a region's point within which a town may lie in it."""
_CANDIDATE: Final = 30.0
"""km within which a place of the gazetteer is the one that a record names."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a claim. ``key`` is its own name for looking up, ``wider`` the keys of what it is said to lie in."""

    name: str
    key: str
    wider: frozenset[str]
    level: Level
    country: str | None
    point: tuple[float, float] | None


def spot(place: EventPlace | None, gazetteer: Gazetteer | None, knowledge: Knowledge | None = None) -> Spot | None:
    """The place of a claim; None where it has none. ``knowledge`` tells which names are states'."""
    if place is None or not place.name or not place.name.strip():
        return None
    name = place.name.split(",")[0].strip() or place.name
    wider = [bare_key(part) for part in place.name.split(",")[1:] if part.strip()]
    point = (place.latitude, place.longitude) if place.latitude is not None and place.longitude is not None else None
    found = _known(name, point, gazetteer)
    states = [known for known in (knowledge.lookup(name) if knowledge else ()) if known.kind == "state"]
    country = found.country if found else states[0].country if states else None
    if not country and knowledge:
        country = next((k.country for part in place.name.split(",")[1:] for k in knowledge.lookup(part.strip())
                        if k.kind == "state"), None)  # fmt: skip
    level: Level = "town"
    if states or (found and found.kind == "country"):
        level = "country"
    elif _AREA.search(name) or (found and found.kind in ("region", "area", "river")):
        level = "area"
    return Spot(name, bare_key(_AREA.sub("", name).strip() or name), frozenset(wider), level, country, point)


def _known(name: str, point: tuple[float, float] | None, gazetteer: Gazetteer | None) -> Place | None:
    """The place of the gazetteer that a record's place is: of this name and near its point."""
    if gazetteer is None or point is None:
        return None
    bare = _AREA.sub("", name).strip()
    found = [p for n in dict.fromkeys((name, bare)) if n for p in gazetteer.candidates(n)]
    close = [p for p in found if distance(point, (p.latitude, p.longitude)) <= _CANDIDATE]
    return close[0] if close else None


def match_spots(one: Spot | None, other: Spot | None) -> PlaceMatch:
    """How two places stand to each other."""
    if one is None or other is None:
        return "unknown"
    if one.key == other.key:
        return "same" if one.level == other.level else "within"
    if one.key in other.wider or other.key in one.wider:
        return "within"
    apart = distance(one.point, other.point) if one.point and other.point else None
    countries = {one.country, other.country} - {None}
    if one.level == other.level == "town":
        if apart is None:
            return "other"
        return "same" if apart <= _SAME else "near" if apart <= _NEAR else "other"
    if len(countries) > 1:
        return "other"
    if "country" in (one.level, other.level):
        return "within" if one.country and one.country == other.country else "maybe"
    if one.level == other.level or apart is None:
        return "maybe" if apart is None or apart <= _REGION else "other"
    return "maybe" if apart <= _REGION else "other"


def towns(spots: Sequence[Spot | None]) -> list[Spot]:
    """Those that are exact to a town."""
    return [one for one in spots if one is not None and one.level == "town"]
