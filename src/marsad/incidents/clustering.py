"""Putting together what is likeliest one: greedy, the likeliest pair of groups first, by the mean over their pairs."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["Merge", "agglomerate"]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Merge:
    """Two groups, by their first numbers, that became one (``kept``); ``chance`` is the mean over their pairs."""

    kept: int
    gone: int
    chance: float


def agglomerate(
    sizes: Sequence[int],
    links: Iterable[tuple[int, int, float]],
    threshold: float,
    *,
    missing: Callable[[int, int], float] | float = 0.0,
    forbidden: Callable[[int, int], bool] = lambda one, other: False,
    merged: Callable[[int, int, float], None] = lambda kept, gone, chance: None,
) -> tuple[list[Merge], dict[tuple[int, int], float]]:
    """Merge groups until no link reaches ``threshold``: what was merged, in order, and the links that are left.

    Groups are numbers from 0 on, with ``sizes``. ``links`` give the mean chance of the pairs between two groups;
    ``missing`` stands for a link that is not given, or gives it for a group that has just become one. A ``forbidden``
    pair never becomes one. ``merged`` is called with each merge, and its chance, before anything else is asked.
    """
    size = list(sizes)
    near: list[dict[int, float]] = [{} for _ in size]
    version = [0] * len(size)
    alive = [True] * len(size)
    heap: list[tuple[float, int, int, int, int]] = []
    for one, other, chance in links:
        near[one][other] = near[other][one] = chance
        if chance >= threshold:
            heap.append((-chance, min(one, other), max(one, other), 0, 0))
    heapq.heapify(heap)
    done = []
    while heap:
        negative, one, other, at, to = heapq.heappop(heap)
        if not (alive[one] and alive[other]) or (version[one], version[other]) != (at, to):
            continue
        if forbidden(one, other):
            near[one].pop(other, None)
            near[other].pop(one, None)
            continue
        done.append(Merge(one, other, -negative))
        merged(one, other, -negative)
        mine, theirs = near[one], near[other]
        links_now = {}
        for third in (mine.keys() | theirs.keys()) - {one, other}:
            if callable(missing) and not (third in mine and third in theirs):
                links_now[third] = missing(one, third)
                continue
            default = 0.0 if callable(missing) else missing
            ours, its = mine.get(third, default), theirs.get(third, default)
            links_now[third] = (ours * size[one] + its * size[other]) / (size[one] + size[other])
        alive[other] = False
        size[one] += size[other]
        version[one] += 1
        near[one], near[other] = links_now, {}
        for third, chance in links_now.items():
            near[third].pop(other, None)
            near[third][one] = chance
            if chance >= threshold:
                first, second = min(one, third), max(one, third)
                heapq.heappush(heap, (-chance, first, second, version[first], version[second]))
    left = {(one, other): chance for one, row in enumerate(near) for other, chance in row.items() if one < other}
    return done, left
