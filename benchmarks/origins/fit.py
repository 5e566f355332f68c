"""Fit the three weights of ``marsad.origins.likeness.copy_score``, and show what thresholds on them do.

    python benchmarks/origins/fit.py [--texts N]

Fitted on the part "tune" (see ``accuracy.py``): copies against reports of one
event that share no row of 16 words outside quotations. The thresholds are then
shown on the part "report". The weights are copied into the module by hand.
"""

from __future__ import annotations

import argparse
import random
import sys
import warnings

import numpy as np
from accuracy import COPIED_RUN, made_from, part_of, shared_run
from numpy.typing import NDArray
from texts import clean, same_event

from marsad.origins.likeness import Likeness, compare, is_copy
from marsad.origins.wording import Wording

FEATURES = ("density", "log of the run", "six-grams")
DEPTH = 1e-3


def features(likeness: Likeness) -> list[float]:
    """What the score is made of."""
    covered = min(likeness.there.covered, likeness.back.covered)
    density = min(1.0, covered / likeness.words) if likeness.words else 0.0
    return [density, float(np.log1p(likeness.run)), likeness.six_grams.part]


def measured(part: str, texts: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Features, whether it is a copy, and what the module says now, for the pairs of one part."""
    draw = random.Random(1)
    rows, labels, now = [], [], []
    known: dict[str, Wording] = {}

    def add(one: str, other: str, copy: bool) -> None:
        likeness = compare(*(known.setdefault(text, Wording(text)) for text in (one, other)))
        rows.append(features(likeness))
        labels.append(float(copy))
        now.append(is_copy(likeness))

    for one, other in same_event():
        if part_of(one) == part:
            near = compare(
                known.setdefault(one.text, Wording(one.text)), known.setdefault(other.text, Wording(other.text))
            )
            if near.words < COPIED_RUN or shared_run(one.text, other.text) < COPIED_RUN:
                add(one.text, other.text, copy=False)
    known.clear()
    pool = [text for text in clean("conflict-reports", "gum", "ecb", "muc", "polnear") if part_of(text) == part]
    draw.shuffle(pool)
    for text, other in zip(pool[:texts], pool[texts : 2 * texts], strict=True):
        for _, copy in made_from(text.text, other.text, 1).values():
            add(text.text, copy, copy=True)
        known.clear()
    return np.array(rows), np.array(labels), np.array(now)


def fitted(rows: NDArray[np.float64], labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights and, last, the bias of a logistic regression in which copies and others weigh the same."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    inputs = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    weigh = np.where(labels == 1, len(labels) / 2 / labels.sum(), len(labels) / 2 / (1 - labels).sum())
    found = np.zeros(inputs.shape[1])
    for _ in range(60):
        share = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (weigh * (share - labels)) + DEPTH * len(labels) * found
        bend = (inputs * (weigh * share * (1 - share))[:, None]).T @ inputs + DEPTH * len(labels) * np.eye(len(found))
        found -= np.linalg.solve(bend, slope)
    weights = found[:-1] / spread
    return np.append(weights, found[-1] - weights @ mean)


def main() -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=int, default=80)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    rows, labels, _ = measured("tune", options.texts)
    weights = fitted(rows, labels)
    for name, weight in zip((*FEATURES, "bias"), weights, strict=True):
        print(f"{name:16} {weight:8.3f}")
    rows, labels, now = measured("report", options.texts)
    scores = rows @ weights[:-1] + weights[-1]
    for threshold in (-0.4, 0.0, 0.4, 0.8, 1.2):
        found = scores >= threshold
        print(
            f"from {threshold:4.1f}: {found[labels == 1].mean():.4f} of {int(labels.sum())} copies, "
            f"{found[labels == 0].mean():.4f} of {int((1 - labels).sum())} independent pairs"
        )
    print(f"the module: {now[labels == 1].mean():.4f} of the copies, {now[labels == 0].mean():.4f} of the others")
    return 0


if __name__ == "__main__":
    sys.exit(main())
