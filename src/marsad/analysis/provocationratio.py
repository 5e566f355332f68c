"""By how much each generation of what events beget is larger than the one before, all series together.

That ratio is the spectral radius of the matrix of weights. The largest of several things that are each known but for
chance is found too large, and where some weights are zero it has no slope, so that errors say little of it. Its
interval therefore goes from the least to the greatest ratio of any matrix that the weights' own interval, of all of
them together, does not refuse. To make the ratio of several series smaller all of them may have to be: the lower end
allows for as many at once.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

import numpy as np

from marsad.analysis.excitation.intervals import Interval, normal_quantile
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.provocationends import Moved

__all__ = ["ratio"]

_POWER: Final = 24
"""The slope is that of the trace of this power, which is smooth where the largest two are alike."""
_DOWN: Final = 60
_UP: Final = 10
_SMALL: Final = 1e-300


def ratio(least: Moved, most: Moved, count: int, level: float) -> Interval:
    """The ratio of the cautious fit, with its interval over both, for ``count`` series whose pairs are all there."""
    from scipy.stats import chi2

    value = _radius(least.middle, count)
    down = sqrt(float(chi2.ppf(level, count)))
    low = min(_farthest(one, count, -down) for one in (least, most))
    high = max(_farthest(one, count, normal_quantile(level)) for one in (least, most))
    error = (high - low) / (2 * normal_quantile(level))
    return Interval(value, low, high, error)


def _radius(weights: Floats, count: int) -> float:
    return float(abs(np.linalg.eigvals(np.maximum(weights, 0.0).reshape(count, count))).max())


def _farthest(moved: Moved, count: int, reach: float) -> float:
    """The least (``reach`` below zero) or greatest radius within so many errors, by steps to where the slope is met."""
    spread = np.cov(moved.around.T)
    place, found = moved.middle.copy(), _radius(moved.middle, count)
    for step in range(_DOWN if reach < 0 else _UP):
        slope = _slope(place, count)
        if reach < 0:
            slope = np.where(place > 0, slope, 0.0)
        pull = spread @ slope
        target = moved.middle + reach * pull / sqrt(max(float(slope @ pull), _SMALL))
        # Down to a minimum in the middle of slopes that differ (Frank and Wolfe 1956); up to a corner.
        place = place + (2 / (step + 2) if reach < 0 else 1.0) * (target - place)
        here = _radius(place, count)
        found = min(found, here) if reach < 0 else max(found, here)
    return found


def _slope(weights: Floats, count: int) -> Floats:
    """The direction in which the radius grows, weight by weight."""
    matrix = np.maximum(weights, 0.0).reshape(count, count)
    scaled = matrix / max(float(matrix.sum(axis=1).max()), 1e-12)
    power = np.linalg.matrix_power(scaled, _POWER - 1).T.ravel()
    return np.asarray(power / max(float(np.linalg.norm(power)), _SMALL))
