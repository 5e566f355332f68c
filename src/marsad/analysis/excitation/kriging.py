"""A smooth function of a few variables, known at points that fill the space evenly: what it is elsewhere."""

from __future__ import annotations

from math import ceil, log2
from typing import Final

import numpy as np

from marsad.analysis.excitation.kernel import Floats

__all__ = ["evenly", "interpolated"]

_REACH: Final = 1.5
"""Over how far one point tells of another, for the root of each dimension."""
_NUGGET: Final = 1e-4
"""How little the values are believed, as a share of what they vary."""


def evenly(count: int, dimensions: int) -> Floats:
    """Points that fill the unit cube evenly, the same ones each time: the first of Sobol's sequence."""
    from scipy.stats.qmc import Sobol

    power = ceil(log2(count))
    points = Sobol(dimensions, scramble=False).random_base2(power)
    return np.asarray(points[:count] + 0.5 ** (power + 1))


def interpolated(known: Floats, values: Floats, wanted: Floats) -> Floats:
    """What is known at some points, at others: a plane, and what is left of it by kriging."""
    reach = _REACH**2 * known.shape[1]

    def alike(one: Floats, other: Floats) -> Floats:
        apart = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1) - 2 * one @ other.T
        return np.asarray(np.exp(-np.maximum(apart, 0) / (2 * reach)))

    flat = np.column_stack([np.ones(len(known)), known])
    plane = np.linalg.lstsq(flat, values, rcond=None)[0]
    system = alike(known, known) + _NUGGET * np.eye(len(known))
    left = np.linalg.solve(system, values - flat @ plane)
    return np.asarray(np.column_stack([np.ones(len(wanted)), wanted]) @ plane + alike(wanted, known) @ left)
