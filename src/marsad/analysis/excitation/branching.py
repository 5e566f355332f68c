"""The branching matrix of a fit: who begets how many of whom."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from marsad.analysis.excitation.intervals import Interval, normal_quantile, positive
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.outcome import Outcome

__all__ = ["Branching", "branching", "radius"]


@dataclass(frozen=True, slots=True)
class Branching:
    """Direct offspring, all kernels together.

    Attributes:
        matrix: Mean number of events of the target (row) that follow an event of the source (column).
        low: Lower end of each entry's interval.
        high: Upper end.
        ratio: The spectral radius, with its interval: by how much each generation of offspring is larger
            than the one before, in the long run; of one series, the share of its events that were
            begotten by others. At one and above, events would grow without end.
    """

    matrix: Floats
    low: Floats
    high: Floats
    ratio: Interval

    @property
    def stationary(self) -> bool:
        return self.ratio.value < 1


def branching(fitted: Outcome, level: float) -> Branching:
    """The matrix with intervals by the delta method."""
    layout = fitted.model.layout
    count = len(layout.series)
    matrix = fitted.state.parts.weights.sum(axis=0)
    low, high = np.zeros_like(matrix), np.zeros_like(matrix)
    pick = np.zeros((count, count, len(fitted.estimate)))
    for kernel in range(layout.kernels):
        at = layout.first_weight + kernel * layout.pairs + np.arange(layout.pairs)
        pick[layout.targets, layout.sources, at] = 1
    for target, source in zip(layout.targets, layout.sources, strict=True):
        entry = _entry(fitted, pick[target, source], level)
        low[target, source], high[target, source] = entry.low, entry.high
    ratio, left, right = radius(matrix)
    scale = float(left @ right)
    if scale <= 1e-12:
        widest = float(high.max(initial=0.0))
        return Branching(matrix, low, high, Interval(ratio, 0.0, widest, inf))
    slope = np.einsum("i,j,ijp->p", left, right, pick) / scale
    return Branching(matrix, low, high, _entry(fitted, slope, level, ratio))


def radius(matrix: Floats) -> tuple[float, Floats, Floats]:
    """The spectral radius of a matrix of no negative entries, with its left and right vectors."""
    values, right = np.linalg.eig(matrix)
    first = int(np.argmax(values.real))
    values_left, left = np.linalg.eig(matrix.T)
    other = int(np.argmax(values_left.real))
    return float(values[first].real), abs(left[:, other].real), abs(right[:, first].real)


def _entry(fitted: Outcome, slope: Floats, level: float, value: float | None = None) -> Interval:
    value = float(slope @ fitted.estimate) if value is None else value
    error = sqrt(max(float(slope @ fitted.covariance @ slope), 0.0))
    if error > 0:
        return positive(value, error, level)
    bend = float(slope**2 @ np.diag(fitted.information))
    return Interval(value, value, value + normal_quantile(level) / sqrt(bend) if bend > 0 else inf, error)
