"""Print the middle of each state: ``python tools/state_centres.py COUNTRIES``.

``COUNTRIES`` is ``countries-50m.json`` of the npm package world-atlas (ISC licence): borders of Natural Earth
(public domain). Prints name, latitude and longitude, one state a line, as ``packs/states.tsv`` holds them.
The middle is that of the area, of the pieces of land that are a quarter of the largest or more (the USA without
Alaska, Japan with Hokkaido).
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

LEAST: Final = 0.25
OF: Final = {"Somaliland": "Somalia", "N. Cyprus": "Cyprus"}
"""Land that Natural Earth shows apart and ISO 3166-1 does not."""

Vector = tuple[float, float, float]


def decoded(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The arcs of a topology as points (longitude, latitude)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


def ring(numbers: list[int], arcs: list[list[tuple[float, float]]]) -> list[Vector]:
    """The border that a list of arcs makes, as unit vectors; a number below zero is an arc backwards."""
    points = [p for n in numbers for p in (arcs[n] if n >= 0 else reversed(arcs[~n]))]
    out = []
    for longitude, latitude in points:
        lon, lat = math.radians(longitude), math.radians(latitude)
        out.append((math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)))
    return out


def length(v: Vector) -> float:
    """A vector's length."""
    return math.sqrt(sum(x * x for x in v))


def moment(border: list[Vector]) -> Vector:
    """The integral of the normal over the land within a border: as long as the land is large, towards its middle."""
    total = [0.0, 0.0, 0.0]
    for a, b in zip(border, border[1:] + border[:1], strict=True):
        normal = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
        size = length(normal)
        if size > 1e-15:
            angle = math.atan2(size, sum(x * y for x, y in zip(a, b, strict=True)))
            total = [t + angle * n / size / 2 for t, n in zip(total, normal, strict=True)]
    towards = [sum(axis) for axis in zip(*border, strict=True)]
    sign = 1.0 if sum(t * m for t, m in zip(total, towards, strict=True)) > 0 else -1.0
    return sign * total[0], sign * total[1], sign * total[2]


def centres(topology: dict[str, Any]) -> Iterator[tuple[str, float, float]]:
    """Each state's name, latitude and longitude in degrees."""
    arcs = decoded(topology)
    found: dict[str, list[Vector]] = {}
    for state in topology["objects"]["countries"]["geometries"]:
        pieces = [state["arcs"]] if state["type"] == "Polygon" else state["arcs"]
        name = state["properties"]["name"]
        found.setdefault(OF.get(name, name), []).extend(moment(ring(piece[0], arcs)) for piece in pieces)
    for name, moments in found.items():
        largest = max(map(length, moments))
        kept = [m for m in moments if length(m) >= LEAST * largest]
        x, y, z = (sum(axis) for axis in zip(*kept, strict=True))
        yield name, math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    if len(arguments) != 1:
        print("usage: python tools/state_centres.py COUNTRIES", file=sys.stderr)
        return 2
    for name, latitude, longitude in centres(json.loads(Path(arguments[0]).read_text(encoding="utf-8"))):
        print(f"{name}\t{latitude:.1f}\t{longitude:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
