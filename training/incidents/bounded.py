"""Fit a table of two labels with weights that may not point the wrong way: the same day never speaks against.

A few dozen pairs of claims that are one happening leave much to chance; what is known beforehand keeps the weights from
following it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

__all__ = ["fit_bounded"]

FOR: Final = frozenset({
    "time=same-day", "place=same", "actors=same", "recipients=same", "killed=same", "injured=same", "word=True|same",
})  # fmt: skip
AGAINST: Final = frozenset({
    "time=apart", "time=week", "time=next-day", "time=unknown7", "time=unknown30", "time=unknownmore", "place=other",
    "place=near", "actors=other", "recipients=other", "killed=differs", "injured=differs", "crossed=True",
    "report=same", "about=0", "about=1", "about=2",
})  # fmt: skip


def _against(feature: str) -> bool:
    """Also every crossing of time and place in which one of them speaks against."""
    if not feature.startswith("when="):
        return feature in AGAINST
    time, place = feature.removeprefix("when=").split("|")
    return time in ("next-day", "week", "apart") or place == "other"


def fit_bounded(
    path: Path, rows: Sequence[tuple[Sequence[str], bool, float]], *, strength: float, least_count: int = 5
) -> None:
    """Logistic regression with an L2 penalty (``strength`` is its inverse), written as a table of weights."""
    counts = Counter(feature for features, _, _ in rows for feature in features)
    names = sorted(feature for feature, count in counts.items() if count >= least_count)
    number = {feature: column for column, feature in enumerate(names)}
    columns: list[int] = []
    ends = [0]
    for features, _, _ in rows:
        columns += [number[feature] for feature in features if feature in number]
        ends.append(len(columns))
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    wanted = np.array([float(same) for _, same, _ in rows])
    weight = np.array([each for _, _, each in rows])

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = matrix @ at[:-1] + at[-1]
        pull = strength * weight * (1.0 / (1.0 + np.exp(-odds)) - wanted)
        value = strength * float(weight @ (np.logaddexp(0.0, odds) - wanted * odds)) + 0.5 * float(at[:-1] @ at[:-1])
        return value, np.append(matrix.T @ pull + at[:-1], pull.sum())

    bounds = [(0.0, None) if f in FOR else (None, 0.0) if _against(f) else (None, None) for f in names]
    found = minimize(
        loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)],
        options={"maxiter": 500},
    ).x  # fmt: skip
    lines = ["labels\tno yes", f"*\tno=0.000 yes={found[-1]:.3f}"]
    lines += [f"{name}\tyes={value:.2f}" for name, value in zip(names, found[:-1], strict=True) if abs(value) >= 0.005]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(rows)} rows, {len(lines) - 2} weights")
