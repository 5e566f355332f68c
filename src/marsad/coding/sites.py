"""Where a trigger itself says that it was: "the attack on Aleppo", "bombed Idlib", "exploded in Homs"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from marsad.coding.document import Document
from marsad.coding.places import PlaceFound
from marsad.coding.triggers import Trigger
from marsad.knowledge.place import distance
from marsad.records import PlaceMention

__all__ = ["Sites", "elsewhere", "sites"]

Sites = Mapping[int, PlaceMention]
"""Word of a trigger -> the town in which it says that it was."""

_AT: Final = frozenset("in at on near outside".split())
_APART: Final = 30.0
"""Kilometres from which on two towns are not told as one place."""


def sites(document: Document, triggers: Iterable[Trigger], places: Iterable[PlaceFound]) -> dict[int, PlaceMention]:
    """The town of each trigger that names its own, as its object or right behind it."""
    words = document.words
    towns = {place.head: place.mention for place in places if place.small and place.head >= 0}
    found: dict[int, PlaceMention] = {}
    for trigger in triggers:
        near = []
        for child in words[trigger.word].children:
            if words[child].dep == "prep" and words[child].lower in _AT:
                near += [deeper for deeper in words[child].children if words[deeper].dep == "pobj"]
            elif words[child].dep == "dobj":
                near.append(child)
        towns_near = [towns[index] for index in near if index in towns]
        if len(towns_near) == 1:
            found[trigger.word] = towns_near[0]
    return found


def elsewhere(known: Sites, trigger: int, others: Collection[int]) -> bool:
    """Is the town of a trigger far from those of all the other triggers that name one?"""
    here = known.get(trigger)
    there = [known[other] for other in others if other in known]
    return here is not None and bool(there) and all(_apart(here, town) for town in there)


def _apart(one: PlaceMention, other: PlaceMention) -> bool:
    if one.name == other.name or None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return False
    return (
        distance((one.latitude or 0.0, one.longitude or 0.0), (other.latitude or 0.0, other.longitude or 0.0)) > _APART
    )
