"""Which actors a report speaks of for themselves, and not only within what it calls others ("Peruvian" soldiers)."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.coding.clusters import Cluster

__all__ = ["standing_alone"]


def standing_alone(clusters: Iterable[Cluster]) -> set[int]:
    """Numbers of the actors with a mention that lies within no other actor's."""
    found: set[int] = set()
    spans = sorted((m.start, -m.end, c.number) for c in clusters for m in c.mentions)
    reach, owner = -1, -1
    for _, end, number in spans:
        if -end > reach:
            reach, owner = -end, number
            found.add(number)
        elif number == owner:
            found.add(number)
    return found
