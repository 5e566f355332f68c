"""Fit one table of weighted rules with scikit-learn and write it as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

LEXICON = Path(__file__).resolve().parent.parent / "src/marsad/coding/lexicon"


def fit(
    name: str,
    rows: Sequence[Sequence[str]],
    labels: Sequence[str],
    order: Sequence[str],
    *,
    strength: float = 0.3,
    weights: Sequence[float] | None = None,
    least_count: float = 2,
    least_weight: float = 0.08,
    folder: Path = LEXICON,
) -> None:
    """Fit multinomial logistic weights and write ``NAME.weights.tsv``.

    ``order`` names the labels in the table's order (the first is "none" or
    "no"). ``strength`` is the inverse of the L2 penalty. Features seen fewer
    than ``least_count`` times and weights smaller than ``least_weight`` are
    left out.
    """
    counts = Counter(feature for row in rows for feature in set(row))
    known = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least_count and "\t" not in f))}
    indices: list[int] = []
    pointers = [0]
    for row in rows:
        indices += sorted({known[f] for f in row if f in known})
        pointers.append(len(indices))
    matrix = csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(rows), len(known)))
    number = {label: i for i, label in enumerate(order)}
    target = np.array([number[label] for label in labels])
    model = LogisticRegression(C=strength, max_iter=300, solver="lbfgs", tol=1e-3)
    model.fit(matrix, target, sample_weight=None if weights is None else np.array(weights))
    coefficients = model.coef_
    bias = model.intercept_
    if len(order) == 2:
        coefficients = np.vstack([np.zeros_like(coefficients[0]), coefficients[0]])
        bias = np.array([0.0, bias[0]])
        present = [0, 1]
    else:
        present = list(model.classes_)
    lines = ["labels\t" + " ".join(order)]
    lines.append("*\t" + " ".join(f"{order[c]}={bias[k]:.3f}" for k, c in enumerate(present)))
    for feature, column in known.items():
        pairs = [
            f"{order[c]}={coefficients[k, column]:.2f}"
            for k, c in enumerate(present)
            if abs(coefficients[k, column]) >= least_weight
        ]
        if pairs:
            lines.append(f"{feature}\t" + " ".join(pairs))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(rows)} rows, {len(known)} features, {len(lines) - 2} kept")
