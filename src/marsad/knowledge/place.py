"""A place on the map, and how far two points are apart."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

__all__ = ["PLACE_KINDS", "Place", "distance"]

PLACE_KINDS: Final = ("city", "town", "region", "country", "site", "river", "area")
"""``city`` has 100,000 people or more; ``region`` is a unit of government below the state;
``site`` a base, camp, airport, quarter or the like; ``area`` land without a government of its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A named place. ``country`` is ISO 3166-1 alpha-2 or None (seas, areas of several countries);
    ``latitude`` and ``longitude`` are degrees (WGS 84) of a point in it; ``population`` is 0
    where unknown; ``source`` is a web address."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    kind: str
    population: int
    source: str


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two (latitude, longitude) pairs in degrees along the sphere (haversine, mean Earth radius)."""
    (la, lo), (ma, mo) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((ma - la) / 2) ** 2 + cos(la) * cos(ma) * sin((mo - lo) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))
