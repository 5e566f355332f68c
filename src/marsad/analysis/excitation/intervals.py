"""Intervals for the parameters of a fit: from the covariance, and from the profile likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, sqrt
from typing import Final

import numpy as np

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.outcome import Outcome
from marsad.analysis.excitation.search import search
from marsad.analysis.excitation.threads import one_blas_thread

__all__ = ["Interval", "mixed", "normal_quantile", "positive", "profile", "wald"]

_FARTHEST: Final = 12.0
"""A profile is followed so many standard errors out."""

_FARTHEST_FLAT: Final = 60.0
"""So many units out where there is no error, because the likelihood was flat: as after a date with no event since."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its interval; ``error`` is the standard error on the scale that it was computed on."""

    value: float
    low: float
    high: float
    error: float


def normal_quantile(level: float) -> float:
    """How many standard errors to each side hold ``level`` of a normal distribution."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + level / 2))


def wald(fitted: Outcome, index: int, level: float) -> Interval:
    """The interval from the covariance; at a bound, how far a quadratic likelihood would let the parameter go."""
    value, error = float(fitted.estimate[index]), sqrt(fitted.covariance[index, index])
    lower, upper = fitted.model.layout.bounds()
    reach = normal_quantile(level)
    if error > 0:
        if lower[index] == 0:
            return positive(value, error, level)
        return Interval(value, value - reach * error, value + reach * error, error)
    if value > lower[index]:
        return Interval(value, lower[index], upper[index], inf)
    bend = fitted.information[index, index]
    slope = float(fitted.model.gradient(fitted.state)[index])
    if bend <= 0:
        return Interval(value, value, upper[index], inf)
    return Interval(value, value, value + (slope + sqrt(slope**2 + bend * reach**2)) / bend, 0.0)


def positive(value: float, error: float, level: float) -> Interval:
    """An interval for what cannot be below zero: on the log scale, or cut off at zero where it reaches there."""
    reach = normal_quantile(level) * error
    if value > reach:
        return Interval(value, value * exp(-reach / value), value * exp(reach / value), error)
    return Interval(value, 0.0, value + reach, error)


def mixed(fitted: Outcome, index: int, level: float) -> Interval:
    """The middle of the mixture over the outer parameters; :func:`wald` where there is none, or none to be trusted."""
    ends = None if fitted.mixture is None else fitted.mixture.ends(index, level)
    if ends is None:
        return wald(fitted, index, level)
    return Interval(float(fitted.estimate[index]), *ends)


@one_blas_thread
def profile(fitted: Outcome, index: int, level: float) -> Interval:
    """The values whose best fit loses less than a chi-square of one degree of freedom allows."""
    value, error = float(fitted.estimate[index]), sqrt(fitted.covariance[index, index])
    lower, upper = fitted.model.layout.bounds()
    unit, farthest = (error, _FARTHEST) if 0 < error < 100 else (1.0, _FARTHEST_FLAT)
    held = np.zeros(len(fitted.estimate), bool)
    held[index] = True
    drop = normal_quantile(level) ** 2 / 2
    summit = search(fitted.model, fitted.estimate, lower, upper, fitted.penalty)
    top = summit.state.likelihood - summit.vector @ fitted.penalty @ summit.vector / 2

    def loss(at: float, near: list[Floats]) -> float:
        start = near[0].copy()
        start[index] = at
        while fitted.model.state(start) is None:
            start[index] = at
            layout = fitted.model.layout
            others = slice(layout.first_weight, layout.first_delay)
            start[others] *= 0.5
        found = search(fitted.model, start, lower, upper, fitted.penalty, held)
        lost = float(top - found.state.likelihood + found.vector @ fitted.penalty @ found.vector / 2) - drop
        if lost <= 0:
            near[0] = found.vector
        return lost

    def end(direction: int) -> float:
        bound = upper[index] if direction > 0 else lower[index]
        near, inner, width = [fitted.estimate], value, unit * normal_quantile(level)
        while True:
            outer = inner + direction * width
            outer = min(outer, bound) if direction > 0 else max(outer, bound)
            if loss(outer, near) > 0:
                break
            if outer == bound or abs(outer - value) > farthest * unit:
                return float(bound)
            inner, width = outer, width * 1.6
        for _ in range(40):
            middle = (inner + outer) / 2
            if loss(middle, near) > 0:
                outer = middle
            else:
                inner = middle
            if abs(outer - inner) < 1e-3 * unit:
                break
        return float(inner + outer) / 2

    return Interval(value, end(-1), end(1), error)
