"""Write src/marsad/incidents/models/claims.calibration.tsv: what the chances of the table ``claims`` are worth.

    python training/incidents/calibrate.py CODED.jsonl

CODED.jsonl is made by ``coded.py``. A line through the log-odds (Platt 1999) is fitted on pairs that the weights had
not seen: the topics of ECB+ that may be fitted on, and the cases to tune on, are left out a sixth at a time, the table
is fitted on the rest, and judges what was left out; both weigh the same. Printed is how often pairs are one happening
of which that is said to be so likely, before and after, on the topics and cases that nothing was fitted on.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from bounded import fit_bounded
from fit import APART, CLAIMS, MODELS, Row, apart_rows, case_rows, coded_rows, weighing
from numpy.typing import NDArray
from scipy.optimize import minimize

from marsad.incidents.tables import Table

FOLDS: Final = 6
EDGES: Final = (0.0, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.01)
Numbers = NDArray[np.float64]
Judged = tuple[Numbers, Numbers, Numbers]
"""Log-odds, whether it is so, weight."""
Grouped = tuple[frozenset[str], Row]
"""A pair with the topics, or the case, that it is of."""


def judged(table: Table, rows: Iterable[Row]) -> list[tuple[float, float, float]]:
    """What a table says of pairs."""
    return [(table.odds(list(features)), float(same), weight) for features, same, weight in rows]


def arrays(rows: Sequence[tuple[float, float, float]]) -> Judged:
    """The same in columns, the weights summing to 1."""
    odds, same, weight = (np.array(column) for column in zip(*rows, strict=True))
    return odds, same, weight / weight.sum()


def unseen(sets: Sequence[list[Grouped]], apart: list[Row]) -> list[Judged]:
    """Each set of pairs as tables judge it that were fitted without the topic or case that a pair is of."""
    found: list[list[tuple[float, float, float]]] = [[] for _ in sets]
    names = [sorted(frozenset().union(*(groups for groups, _ in pairs))) for pairs in sets]
    for fold in range(FOLDS):
        out = {name for own in names for at, name in enumerate(own) if at % FOLDS == fold}
        kept = [[row for groups, row in pairs if groups.isdisjoint(out)] for pairs in sets]
        whole = sum(weight for _, _, weight in kept[0])
        rows = kept[0] + [row for more in kept[1:] for row in weighing(more, whole)] + weighing(apart, APART * whole)
        with tempfile.TemporaryDirectory() as folder:
            fit_bounded(Path(folder) / "claims.weights.tsv", rows, strength=CLAIMS)
            read = Table._read(Path(folder) / "claims.weights.tsv")
            table = Table(read.labels, read._table)
        for at, pairs in enumerate(sets):
            found[at] += judged(table, (row for groups, row in pairs if groups <= out))
    return [arrays(rows) for rows in found]


def line(sets: Sequence[Judged]) -> tuple[float, float]:
    """Slope and shift that make what is said likeliest, all sets weighing the same."""

    def loss(at: Numbers) -> float:
        slope, shift = at
        total = 0.0
        for odds, same, weight in sets:
            moved = slope * odds + shift
            total += float(weight @ (np.logaddexp(0.0, moved) - same * moved))
        return total

    slope, shift = minimize(loss, np.array([1.0, 0.0])).x
    return float(slope), float(shift)


def told(name: str, found: Judged, slope: float, shift: float) -> None:
    """Print how often it is so of what is said to be so likely, and the mean error from .05 on."""
    odds, same, weight = found
    for when, moved in (("before", odds), ("after", slope * odds + shift)):
        said = 1.0 / (1.0 + np.exp(-moved))
        shown, error = [], 0.0
        for low, high in pairwise(EDGES):
            here = (said >= low) & (said < high)
            if here.any():
                mean, part = (float(np.average(one[here], weights=weight[here])) for one in (said, same))
                shown.append(f"{mean:.2f} is {part:.2f} ({here.sum()})")
                error += float(weight[here].sum()) * abs(mean - part) * (low > 0.0)
        error /= float(weight[said >= EDGES[1]].sum())
        print(f"{name}, {when}: mean error {error:.3f}; {', '.join(shown)}")


def main() -> None:
    """Fit, write and print."""
    coded = Path(sys.argv[1])
    ecb = [(frozenset(map(str, topics)), row) for topics, row in coded_rows(coded)]
    slope, shift = line(
        unseen([ecb, [(frozenset({case}), row) for case, row in case_rows("tune")]], list(apart_rows()))
    )
    lines = f"slope\t{slope:.3f}\nshift\t{shift:.3f}\n"
    (MODELS / "claims.calibration.tsv").write_text(lines, encoding="utf-8")
    print(lines, end="")
    table = Table.named("claims")
    held_out = {
        "ECB+, development topics": [row for _, row in coded_rows(coded, development=True)],
        "cases, report": [row for _, row in case_rows("report")],
        "cases, held": [row for _, row in case_rows("held")],
    }
    for name, rows in held_out.items():
        told(name, arrays(judged(table, rows)), slope, shift)


if __name__ == "__main__":
    main()
