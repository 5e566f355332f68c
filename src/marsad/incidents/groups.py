"""Which tellings are one incident, and what is known of each incident without looking at all its tellings."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, TypeVar

from marsad.incidents.comparing import apart_by_days, apart_in_place, apart_in_time, same_town
from marsad.incidents.joining import Join
from marsad.incidents.placing import Spot
from marsad.incidents.tellings import Telling
from marsad.incidents.timing import Days

__all__ = ["Facts", "Groups", "chosen"]

Origin = TypeVar("Origin", int, str)
_STANDING: Final = 6
"""Tellings of an incident, at most, that stand for it: the first of each origin go before others."""


class Facts:
    """The days and places that a group's tellings name; ``both`` are those of one telling, exact to a town."""

    __slots__ = ("both", "spots", "times")

    def __init__(self, time: Days | None = None, spot: Spot | None = None) -> None:
        self.times: dict[Days, None] = {}
        self.spots: dict[Spot, None] = {}
        self.both: dict[tuple[Days, Spot], None] = {}
        self.add(time, spot)

    def add(self, time: Days | None, spot: Spot | None) -> None:
        """Those of one more telling."""
        if time is not None:
            self.times[time] = None
        if spot is not None:
            self.spots[spot] = None
            if time is not None and spot.level == "town":
                self.both[time, spot] = None

    def update(self, other: Facts) -> None:
        """Those of another group too."""
        self.times.update(other.times)
        self.spots.update(other.spots)
        self.both.update(other.both)

    def apart(self, other: Facts) -> bool:
        """Whether two groups differ in day and in town: two of their tellings do, or all that each side says.

        Exact days two or more apart are enough where both name places and no town in common: "strikes in the country"
        are told of on many days, in the same words. Where one names no place it takes more than a week.
        """
        for (time, spot), (its_time, its_spot) in product(self.both, other.both):
            if spot.key != its_spot.key and apart_in_time(time, its_time) and apart_in_place(spot, its_spot):
                return True
        if apart_by_days(self.times, other.times, bool(self.spots and other.spots)) and not any(
            same_town(a, b) for a, b in product(self.spots, other.spots)
        ):
            return True
        return (
            bool(self.times and other.times and self.spots and other.spots)
            and all(apart_in_place(a, b) for a, b in product(self.spots, other.spots))
            and all(apart_in_time(a, b) for a, b in product(self.times, other.times))
        )


class Groups:
    """Tellings, by number, in groups; a group has the number of its first telling."""

    def __init__(self) -> None:
        self._of = array("i")
        self._members: dict[int, list[int]] = {}
        self._standing: dict[int, list[tuple[int, str]]] = {}
        self._facts: dict[int, Facts] = {}
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
        self._facts[number] = Facts(telling.time, telling.spot)

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
        return self._facts[one].apart(self._facts[other])

    def unite(self, one: int, other: int, join: Join) -> int:
        """Make one group of two; its number."""
        kept, gone = sorted((one, other))
        for number in self._members[gone]:
            self._of[number] = kept
        self._members[kept] += self._members.pop(gone)
        self._standing[kept] = chosen([*self._standing[kept], *self._standing.pop(gone)])
        self._facts[kept].update(self._facts.pop(gone))
        self._joins.setdefault(kept, []).extend([*self._joins.pop(gone, ()), join])
        return kept


def chosen(standing: list[tuple[int, Origin]]) -> list[tuple[int, Origin]]:
    """Those that stand for a group, each with its origin: one of each origin, then others, the first first."""
    if len(standing) <= _STANDING:
        return standing
    first: dict[Origin, tuple[int, Origin]] = {}
    for one in standing:
        first.setdefault(one[1], one)
    some = list(first.values())[:_STANDING]
    return some + [one for one in standing if one not in some][: _STANDING - len(some)]
