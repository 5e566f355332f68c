"""Points that fill a cube evenly, the same ones each time (Sobol 1967)."""

from __future__ import annotations

from math import ceil, log2

import numpy as np

from marsad.analysis.excitation.kernel import Floats

__all__ = ["evenly"]


def evenly(count: int, dimensions: int) -> Floats:
    """Points that fill the unit cube evenly, the same ones each time: the first of Sobol's sequence."""
    from scipy.stats.qmc import Sobol

    power = ceil(log2(count))
    points = Sobol(dimensions, scramble=False).random_base2(power)
    return np.asarray(points[:count] + 0.5 ** (power + 1))
