"""Weighted draws of parameters, and where the middle of them lies."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Final

import numpy as np

from marsad.analysis.excitation.kernel import Floats

__all__ = ["Cloud", "effective", "middle", "quantile"]

_BINS: Final = 25
"""Between the outermost half hundredths, for how dense the draws are at a bound."""


def effective(weights: Floats) -> float:
    """As how many equal draws some with these weights, which add up to one, are good for."""
    return float(1 / (weights**2).sum())


@dataclass(frozen=True, slots=True)
class Cloud:
    """Draws of the outer parameters, and of the normal distributions of the others given them.

    Attributes:
        draws: Draws by outer parameters: those of the vector, then the logarithms of the penalties' weights.
        weights: Of the draws; they add up to one.
        means: Draws by parameters of the vector: the best of each at the draw.
        spreads: Their standard errors at the draw; zero for the outer parameters.
    """

    draws: Floats
    weights: Floats
    means: Floats
    spreads: Floats

    @property
    def effective(self) -> float:
        """As how many equal draws these are good for."""
        return effective(self.weights)


def middle(
    values: Floats, weights: Floats, level: float, lower: float = -np.inf, upper: float = np.inf
) -> tuple[float, float]:
    """The middle ``level`` of weighted draws; to a bound where the density there is not small.

    Small is what a likelihood ratio of one degree of freedom would refuse.
    """
    from scipy.special import ndtri

    order = np.argsort(values)
    sums = np.cumsum(weights[order]) - weights[order] / 2
    tail = (1 - level) / 2
    left, low, high, right = np.interp([0.005, tail, 1 - tail, 0.995], sums, values[order])
    ends, width = [float(low), float(high)], float(right - left) / _BINS
    if width > 0:
        least = exp(-(float(ndtri(1 - tail)) ** 2) / 2)
        for side, bound in enumerate((lower, upper)):
            away = abs(values - bound)
            if not np.isfinite(bound) or away.min() > width:
                continue
            masses = np.bincount((away / width).astype(np.intp), weights=weights)
            if masses[0] > least * masses.max():
                ends[side] = bound
    return ends[0], ends[1]


def quantile(cloud: Cloud, index: int, share: float) -> float:
    """Of a mixture of normal distributions, by halving."""
    from scipy.special import ndtr

    means, spreads = cloud.means[:, index], cloud.spreads[:, index]
    low, high = float((means - 8 * spreads).min()), float((means + 8 * spreads).max())
    for _ in range(48):
        half = (low + high) / 2
        if float(cloud.weights @ ndtr((half - means) / spreads)) < share:
            low = half
        else:
            high = half
    return (low + high) / 2
