"""Where a test's statistic has a wanted value: estimates and the ends of intervals."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

__all__ = ["ratio_of", "solve"]

_FAR: Final = 12.0
"""Logarithm of a ratio beyond which it is as good as none or endless."""


def solve(gap: Callable[[float], float], near: float) -> float:
    """The effect at which ``gap`` is zero; it falls as the effect grows. Infinite where it is beyond all bounds.

    ``near`` is where to begin.
    """
    from scipy.optimize import brentq

    step, low, high = 0.5, near, near
    above = gap(near)
    if above == 0:
        return near
    while True:
        if above > 0:
            low, high = high, high + step
        else:
            low, high = low - step, low
        if low < -_FAR:
            return -math.inf
        if high > _FAR:
            return math.inf
        value = gap(high if above > 0 else low)
        if value == 0 or (value > 0) != (above > 0):
            break
        step *= 1.5
    return float(brentq(gap, low, high, xtol=1e-6))


def ratio_of(effect: float) -> float:
    """The ratio of rates of an effect on the log scale."""
    return 0.0 if effect == -math.inf else math.exp(effect) if effect < math.inf else math.inf
