"""One addition to the incidents: the new tellings, the incidents near them, and what becomes of both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final

from marsad.incidents.clustering import agglomerate
from marsad.incidents.comparing import Comparison, compare
from marsad.incidents.groups import Groups
from marsad.incidents.joining import Join, reasons
from marsad.incidents.store import TellingStore
from marsad.incidents.tables import likely
from marsad.incidents.words import alike

__all__ = ["DOUBTFUL", "EVEN", "Doubt", "Step"]

_JOINS: Final = 0.45
"""Groups become one incident when the mean chance over their pairs, as the table has it, is at least this."""
EVEN: Final = 0.5
"""What is this likely is the most doubtful."""
DOUBTFUL: Final = (0.35, 0.65)
"""Where it is so in this part of the cases (:func:`marsad.incidents.tables.likely`), a person is asked."""
_LEAST: Final = 0.02
"""A pair less likely than this makes no link."""
_TRIED: Final = 3
_HOPELESS: Final = 0.05
"""Two groups are not compared further when the first pairs are less likely than this."""

Doubt = tuple[int, int, float, tuple[str, ...]]
"""Two tellings, how likely they are one happening, and what speaks for and against."""


class Step:
    """Joins some tellings, which have groups of their own so far, with each other and with those near them."""

    def __init__(self, groups: Groups, store: TellingStore) -> None:
        self._groups = groups
        self._store = store
        self._pairs: dict[tuple[int, int], tuple[float, Comparison]] = {}
        self._about: dict[tuple[str, str], float] = {}
        self._order: list[int] = []

    def join(self, numbers: Sequence[int], near: Sequence[Sequence[int]]) -> tuple[list[Join], list[Doubt]]:
        """Join them; ``near`` gives for each the earlier tellings that may be of the same happening."""
        groups = self._groups
        order = self._order = list(dict.fromkeys([*numbers, *(groups.of(other) for found in near for other in found)]))
        place = {group: at for at, group in enumerate(order)}
        pairs = {(at, place[groups.of(other)]) for at, found in enumerate(near) for other in found}
        pairs |= {(b, a) for a in range(len(numbers)) for b in range(a)}
        links = [(one, other, self._link(one, other)) for one, other in sorted(pairs)]
        joins: list[Join] = []
        doubts: list[Doubt] = []

        def merged(kept: int, gone: int, chance: float) -> None:
            one, other, why = self._best(order[kept], order[gone])
            share = likely(chance)
            join = Join(self._store.fetch(one).id, self._store.fetch(other).id, share, why)
            joins.append(join)
            if share < DOUBTFUL[1]:
                doubts.append((one, other, share, why))
            order[kept] = groups.unite(order[kept], order[gone], join)

        _, left = agglomerate(
            [groups.size(group) for group in order],
            [link for link in links if link[2] >= _LEAST],
            _JOINS,
            missing=self._link,
            forbidden=lambda one, other: groups.apart(order[one], order[other]),
            merged=merged,
        )
        for (one, other), chance in left.items():
            share = likely(chance)
            if share >= DOUBTFUL[0] and not groups.apart(order[one], order[other]):
                first, second, why = self._best(order[one], order[other])
                doubts.append((first, second, share, why))
        return joins, doubts

    def _link(self, one: int, other: int) -> float:
        """The mean chance over the pairs of two groups, by tellings that stand for them."""
        total, count = 0.0, 0
        for a, b in self._standing(self._order[one], self._order[other]):
            total += self._compared(a, b)[0]
            count += 1
            if count >= _TRIED and total < _HOPELESS * count:
                break
        return total / count

    def _standing(self, one: int, other: int) -> list[tuple[int, int]]:
        return list(product(self._groups.standing(one), self._groups.standing(other)))

    def _compared(self, one: int, other: int) -> tuple[float, Comparison]:
        pair = (one, other) if one < other else (other, one)
        known = self._pairs.get(pair)
        if known is None:
            first, second = self._store.fetch(pair[0]), self._store.fetch(pair[1])
            reports = (first.report, second.report)
            if reports not in self._about:
                self._about[reports] = alike(first.wording.about, second.wording.about)
            found = compare(first, second, self._about[reports])
            known = self._pairs[pair] = (found.probability, found)
        return known

    def _best(self, one: int, other: int) -> tuple[int, int, tuple[str, ...]]:
        """The pair that speaks most for two groups being one, the later telling first, and why."""
        pairs = self._standing(one, other)
        a, b = max(pairs, key=lambda pair: (self._compared(*pair)[0], -min(pair), -max(pair)))
        earlier, later = sorted((a, b))
        why = reasons(self._store.fetch(later), self._store.fetch(earlier), self._compared(a, b)[1])
        return later, earlier, why
