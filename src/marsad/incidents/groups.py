"""Which tellings are one incident, and what is known of each incident without looking at all its tellings."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from marsad.incidents.comparing import apart_in_place, apart_in_time
from marsad.incidents.joining import Join
from marsad.incidents.placing import Spot
from marsad.incidents.tellings import Telling
from marsad.incidents.timing import Days

__all__ = ["Groups"]

_STANDING: Final = 6
"""Tellings of an incident, at most, that stand for it: the first of each origin go before others."""


class _Facts:
    """The days and places that a group's tellings name; ``both`` are those of one telling, exact to a town."""

    __slots__ = ("both", "spots", "times")

    def __init__(self, time: Days | None, spot: Spot | None) -> None:
        self.times = {} if time is None else {time: None}
        self.spots = {} if spot is None else {spot: None}
        self.both: dict[tuple[Days, Spot], None] = {}
        if time is not None and spot is not None and spot.level == "town":
            self.both[time, spot] = None

    def update(self, other: _Facts) -> None:
        """Those of another group too."""
        self.times.update(other.times)
        self.spots.update(other.spots)
        self.both.update(other.both)


class Groups:
    """Tellings, by number, in groups; a group has the number of its first telling."""

    def __init__(self) -> None:
        self._of = array("i")
        self._members: dict[int, list[int]] = {}
        self._standing: dict[int, list[tuple[int, str]]] = {}
        self._facts: dict[int, _Facts] = {}
        self._joins: dict[int, list[Join]] = {}

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[int]:
        """The groups, by their first telling."""
        return iter(sorted(self._members))

    def add(self, number: int, telling: Telling) -> None:
        """A group of one, for the next telling."""
        assert number == len(self._of)
        self._of.append(number)
        self._members[number] = [number]
        self._standing[number] = [(number, telling.origin)]
        self._facts[number] = _Facts(telling.time, telling.spot)

    def of(self, number: int) -> int:
        """The group of a telling."""
        return self._of[number]

    def members(self, group: int) -> list[int]:
        """The tellings of a group, in the order they came in."""
        return sorted(self._members[group])

    def size(self, group: int) -> int:
        """How many tellings a group has."""
        return len(self._members[group])

    def standing(self, group: int) -> list[int]:
        """A few tellings that stand for a group."""
        return [number for number, _ in self._standing[group]]

    def joins(self, group: int) -> Sequence[Join]:
        """By what the group came together."""
        return self._joins.get(group, ())

    def apart(self, one: int, other: int) -> bool:
        """Whether two groups differ in day and in town: two of their tellings do, or all that each side says."""
        ours, theirs = self._facts[one], self._facts[other]
        for (time, spot), (its_time, its_spot) in product(ours.both, theirs.both):
            if spot.key != its_spot.key and apart_in_time(time, its_time) and apart_in_place(spot, its_spot):
                return True
        return (
            bool(ours.times and theirs.times and ours.spots and theirs.spots)
            and all(apart_in_place(a, b) for a, b in product(ours.spots, theirs.spots))
            and all(apart_in_time(a, b) for a, b in product(ours.times, theirs.times))
        )

    def unite(self, one: int, other: int, join: Join) -> int:
        """Make one group of two; its number."""
        kept, gone = sorted((one, other))
        for number in self._members[gone]:
            self._of[number] = kept
        self._members[kept] += self._members.pop(gone)
        self._standing[kept] = _chosen([*self._standing[kept], *self._standing.pop(gone)])
        self._facts[kept].update(self._facts.pop(gone))
        self._joins.setdefault(kept, []).extend([*self._joins.pop(gone, ()), join])
        return kept


def _chosen(standing: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Those that go on standing for a group: one of each origin, then others, the first first."""
    if len(standing) <= _STANDING:
        return standing
    first: dict[str, tuple[int, str]] = {}
    for one in standing:
        first.setdefault(one[1], one)
    chosen = list(first.values())[:_STANDING]
    return chosen + [one for one in standing if one not in chosen][: _STANDING - len(chosen)]
