"""Counts of hits per row, which add up over documents and turn into percentages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Found", "Right", "Tally"]


def _percent(part: float) -> float:
    return round(100 * part, 1)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """Precision and recall of things found. B-cubed credits a mention on each side apart, hence two hit sums."""

    hits_system: float
    system: int
    hits_gold: float
    gold: int

    def row(self) -> dict[str, float]:
        """P, R and F1 in per cent to one decimal, and the two counts."""
        p, r = _ratio(self.hits_system, self.system), _ratio(self.hits_gold, self.gold)
        return {
            "P": _percent(p),
            "R": _percent(r),
            "F1": _percent(_ratio(2 * p * r, p + r)),
            "gold": self.gold,
            "system": self.system,
        }

    def __add__(self, other: Found) -> Found:
        return Found(
            self.hits_system + other.hits_system,
            self.system + other.system,
            self.hits_gold + other.hits_gold,
            self.gold + other.gold,
        )


@dataclass(frozen=True, slots=True)
class Right:
    """How many of ``n`` answers are right."""

    right: int
    n: int

    def row(self) -> dict[str, float]:
        """Per cent right to one decimal, and how many answers."""
        return {"right": _percent(_ratio(self.right, self.n)), "n": self.n}

    def __add__(self, other: Right) -> Right:
        return Right(self.right + other.right, self.n + other.n)


@dataclass(slots=True)
class Tally:
    """All counts of one or more documents. ``statuses`` counts (gold, system) pairs of event statuses."""

    found: dict[str, Found] = field(default_factory=dict)
    right: dict[str, Right] = field(default_factory=dict)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, row: str, hits: float, system: int, gold: int, hits_gold: float | None = None) -> None:
        """Add things found to a row."""
        more = Found(hits, system, hits if hits_gold is None else hits_gold, gold)
        self.found[row] = self.found[row] + more if row in self.found else more

    def check(self, row: str, right: bool) -> None:
        """Add one answer to a row."""
        more = Right(int(right), 1)
        self.right[row] = self.right[row] + more if row in self.right else more

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """The sum of several tallies (micro average)."""
        whole = cls()
        for tally in tallies:
            for row, found in tally.found.items():
                whole.found[row] = whole.found[row] + found if row in whole.found else found
            for row, right in tally.right.items():
                whole.right[row] = whole.right[row] + right if row in whole.right else right
            whole.statuses.update(tally.statuses)
        return whole

    def table(self) -> dict[str, dict[str, float]]:
        """Every row by its name. ``status-macro`` is the mean F1 over the statuses that gold uses."""
        rows = {name: found.row() for name, found in self.found.items()}
        rows |= {name: right.row() for name, right in self.right.items()}
        in_gold: Counter[str] = Counter()
        in_system: Counter[str] = Counter()
        for (gold, system), n in self.statuses.items():
            in_gold[gold] += n
            in_system[system] += n
        # In the order of their names: a sum of floats depends on its order, and figures must repeat.
        f1 = [2 * self.statuses[label, label] / (in_gold[label] + in_system[label]) for label in sorted(in_gold)]
        if f1:
            rows["status-macro"] = {"right": _percent(sum(f1) / len(f1)), "n": self.statuses.total()}
        return rows
