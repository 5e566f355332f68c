"""How well a partition of mentions meets the labelled one: MUC, B-cubed, CEAF by entities, and their mean (CoNLL F1).

Each takes two partitions of the same mentions: a label for each mention, in the same order. Singletons count.

- MUC (Vilain and others 1995): links. Of a cluster of n mentions, n - 1 links are wanted; each further part into which
  the other side cuts it costs one.
- B-cubed (Bagga and Baldwin 1998): for each mention, how much of its cluster is right, and how much is there.
- CEAF-e (Luo 2005): clusters paired one to one so that the sum of 2 |A and B| / (|A| + |B|) is greatest.
- CoNLL F1: the mean of the three F1 (Pradhan and others 2012).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from typing import NamedTuple

__all__ = ["Score", "b_cubed", "ceaf_e", "conll", "muc"]

Labels = Sequence[Hashable]


class Score(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def conll(gold: Labels, found: Labels) -> float:
    """The mean F1 of the three."""
    return sum(score(gold, found).f1 for score in (muc, b_cubed, ceaf_e)) / 3


def muc(gold: Labels, found: Labels) -> Score:
    """By links."""
    return Score(_links(found, gold), _links(gold, found))


def _links(own: Labels, other: Labels) -> float:
    """The part of the links of ``own`` clusters that the other partition keeps; 0 where there is none."""
    sizes = Counter(own)
    parts = Counter(one for one, _ in set(zip(own, other, strict=True)))
    wanted = sum(size - 1 for size in sizes.values())
    kept = sum(size - parts[one] for one, size in sizes.items())
    return kept / wanted if wanted else 0.0


def b_cubed(gold: Labels, found: Labels) -> Score:
    """By mentions."""
    if not gold:
        return Score(0.0, 0.0)
    both = Counter(zip(gold, found, strict=True))
    of_gold, of_found = Counter(gold), Counter(found)
    precision = sum(n * n / of_found[f] for (_, f), n in both.items())
    recall = sum(n * n / of_gold[g] for (g, _), n in both.items())
    return Score(precision / len(gold), recall / len(gold))


def ceaf_e(gold: Labels, found: Labels) -> Score:
    """By clusters. Pairs without a common mention count nothing, so what hangs together is paired apart."""
    of_gold, of_found = Counter(gold), Counter(found)
    alike: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
    for (one, other), n in Counter(zip(gold, found, strict=True)).items():
        alike[one][other] = 2 * n / (of_gold[one] + of_found[other])
    total = sum(_best_pairing(table) for table in _components(alike))
    return Score(total / len(of_found) if of_found else 0.0, total / len(of_gold) if of_gold else 0.0)


def _components(alike: dict[Hashable, dict[Hashable, float]]) -> list[list[list[float]]]:
    """The table of likeness of each set of clusters that hang together by common mentions."""
    holders: dict[Hashable, list[Hashable]] = defaultdict(list)
    for one, row in alike.items():
        for other in row:
            holders[other].append(one)
    tables, seen = [], set()
    for first in alike:
        if first in seen:
            continue
        seen.add(first)
        rows, columns, waiting = [], dict[Hashable, int](), [first]
        while waiting:
            one = waiting.pop()
            rows.append(one)
            for other in alike[one]:
                if other not in columns:
                    columns[other] = len(columns)
                    fresh = [near for near in holders[other] if near not in seen]
                    seen.update(fresh)
                    waiting += fresh
        tables.append([[alike[one].get(other, 0.0) for other in columns] for one in rows])
    return tables


def _best_pairing(table: list[list[float]]) -> float:
    """The greatest sum of cells, one of each row and column at most (Kuhn and Munkres, with potentials, O(n^3))."""
    if len(table) > len(table[0]):
        table = [list(column) for column in zip(*table, strict=True)]
    rows, columns = len(table), len(table[0])
    row_worth, column_worth = [0.0] * (rows + 1), [0.0] * (columns + 1)
    holder = [0] * (columns + 1)
    for row in range(1, rows + 1):
        holder[0] = row
        least = [float("inf")] * (columns + 1)
        came_from = [0] * (columns + 1)
        used = [False] * (columns + 1)
        at = 0
        while holder[at]:
            used[at] = True
            step, following = float("inf"), 0
            for column in range(1, columns + 1):
                if used[column]:
                    continue
                cost = -table[holder[at] - 1][column - 1] - row_worth[holder[at]] - column_worth[column]
                if cost < least[column]:
                    least[column], came_from[column] = cost, at
                if least[column] < step:
                    step, following = least[column], column
            for column in range(columns + 1):
                if used[column]:
                    row_worth[holder[column]] += step
                    column_worth[column] -= step
                else:
                    least[column] -= step
            at = following
        while at:
            before = came_from[at]
            holder[at] = holder[before]
            at = before
    return sum(table[holder[column] - 1][column - 1] for column in range(1, columns + 1) if holder[column])
