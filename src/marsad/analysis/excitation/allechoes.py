"""How many events others begot, within hours and over days: one question, put to counts a day and to moments.

Both are asked with the same parameters, priors and background (:mod:`marsad.analysis.excitation.posterior`), so that
their answers can be held beside each other. The estimate is the mean over all that is likely. The summit is no good one
here: a slow echo is hardly told from a drift, so that the likelihood is about as high for no echo, and for many, and
where it is highest is chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import Final

import numpy as np

from marsad.analysis.excitation.cloud import middle
from marsad.analysis.excitation.countposterior import CountPosterior
from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.fitted import Fitted
from marsad.analysis.excitation.importance import Draws, sampled
from marsad.analysis.excitation.intervals import Interval
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import DELAYS
from marsad.analysis.excitation.momentposterior import MomentPosterior
from marsad.analysis.excitation.posterior import Outer, point
from marsad.analysis.excitation.stamps import Stamps
from marsad.analysis.excitation.threads import one_blas_thread
from marsad.analysis.excitation.times import FittedTimes

__all__ = ["QUICK", "SLOW", "AllEchoes", "DayEchoes", "by_counts", "by_moments"]

QUICK: Final = (1 / 96, 1 / 24, 1 / 6)
"""Mean delays of the quick kernel's parts, in days: a quarter of an hour, an hour, four."""
SLOW: Final = (0.7, 2.5, 10.0)
"""Delays beside these when the quick kernel's shape is looked for, so that slow echoes are not laid to it."""

# Where draws are looked for first. It changes how many are needed, and next to nothing of what they say.
_QUICK_GUESS, _SLOW_GUESS, _DELAY_GUESS = 0.18, 0.4, 2.0
"""For counts a day: about what is usual of real histories, the delay in days."""
_SCATTERS: Final = (0.005, 0.6)
"""Between these the scatter is looked for, about half of what the fit has, in which bursts are scatter too;"""
_STEPS: Final = (0.05, 1.2)
"""and between these the drift's step, about that of the fit."""
_SPREAD: Final = np.array([1.3, 1.5, 1.5, 0.9, 0.9])
"""How far about it the first points are drawn, along each dimension of points."""
_WIDER: Final = 1.5
"""For moments: about what days say, so many times as far as it is spread there;"""
_SPREAD_QUICK, _SPREAD_SHARES, _SPREAD_SCATTER = 0.4, 1.5, 0.9
"""and so far for what days cannot tell: quick echoes, the shares of their parts, and busy days;"""
_MANY: Final = 2000
"""less far with more moments than this, by the root of their number."""
_LESS: Final = 0.5
"""By how much the logarithm of the root of the scatter is likely to be less than by days."""

_LOG_DELAYS: Final = log(DELAYS[0]), log(DELAYS[1])
_FEWEST: Final = 50.0
"""Effective draws; fewer are not to be trusted."""
_QUICK, _SCATTER = 0, 3
"""The dimensions of points that are those of quick echoes and of scatter."""
_SHARE: Final = 0.02
"""Each part of the quick kernel has at least about this share."""


@dataclass(frozen=True, slots=True)
class AllEchoes:
    """What was found.

    Attributes:
        total: The share of all events that others begot, within hours or over days, directly or at some remove.
        quick: Further events that directly follow on one within hours.
        slow: The share that followed others over days, bursts of hours counted as one.
        delay: The mean delay of those that follow over days, in days.
        scatter: The variance of the factor by which whole days are busier or calmer.
        effective: How many equal draws this rests on.
    """

    total: Interval
    quick: Interval
    slow: Interval
    delay: Interval
    scatter: float
    effective: float

    @classmethod
    def of(cls, draws: Draws, level: float = 0.95) -> AllEchoes:
        """Means and the middle ``level`` of draws.

        An end goes to a bound, such as no echo at all, where the density there is not small. The total's lower end is
        that of the quick echoes where there may be no slow ones, and none where there may be neither. With too few
        draws to be trusted nothing is told: ends are the bounds.
        """
        outer, weights = Outer.of(draws.points), draws.weights

        def found(values: Floats, lower: float = -np.inf, upper: float = np.inf) -> Interval:
            value = float(weights @ values)
            error = float(weights @ (values - value) ** 2) ** 0.5
            return Interval(value, *middle(values, weights, level, lower, upper), error)

        quick, slow = found(outer.quick, 0.0, 1.0), found(outer.slow, 0.0, 1.0)
        total, logs = found(outer.total), found(outer.delay, *_LOG_DELAYS)
        if draws.effective < _FEWEST:
            quick, slow, total = (Interval(one.value, 0.0, 1.0, one.error) for one in (quick, slow, total))
            logs = Interval(logs.value, *_LOG_DELAYS, logs.error)
        if slow.low <= 0:
            total = Interval(total.value, min(total.low, quick.low), total.high, total.error)
        delay = Interval(exp(logs.value), round(exp(logs.low), 9), round(exp(logs.high), 9), logs.error)
        return cls(total, quick, slow, delay, float(weights @ outer.scatter), draws.effective)


@dataclass(frozen=True, slots=True)
class DayEchoes:
    """What counts a day say.

    Attributes:
        echoes: The shares of events.
        delay: The mean delay of those that follow over days, in days: where the likelihood is highest; interval.
        background: Of each day, the events that none begot, on the mean.
        expected: Of each day, all that were expected given the days before, on the mean.
        centre: The mean of the points that are likely (:mod:`~marsad.analysis.excitation.posterior`).
        spread: Their standard deviation along each dimension.
    """

    echoes: AllEchoes
    delay: Interval
    background: Floats
    expected: Floats
    centre: Floats
    spread: Floats


@one_blas_thread
def by_counts(fitted: Fitted, design: Design) -> DayEchoes:
    """Ask counts a day of one series.

    Args:
        fitted: The series, as :func:`~marsad.analysis.excitation.fit` fitted it with the design.
        design: With a level first, and a drift without a given weight.

    Raises:
        AnalysisError: No background explains the counts.
    """
    posterior = CountPosterior(fitted.model.data, design, fitted.state.mean[:, 0], *_near(fitted))
    centre = point(_QUICK_GUESS, _SLOW_GUESS, _DELAY_GUESS, *_guessed(float(fitted.scatter[0]), fitted))
    draws = sampled(posterior, centre, _SPREAD).counting()
    echoes = AllEchoes.of(draws)
    # A bound of the search is that bound to the last digit, so that it is known again.
    summit = round(fitted.delays[0], 9)
    low, high = min(echoes.delay.low, summit), max(echoes.delay.high, summit)
    delay = Interval(summit, low, high, echoes.delay.error)
    centre = draws.weights @ draws.points
    spread = np.sqrt(draws.weights @ (draws.points - centre) ** 2)
    return DayEchoes(echoes, delay, *posterior.days(draws), centre, spread)


@one_blas_thread
def by_moments(times: Floats, parts: FittedTimes, fitted: Fitted, design: Design, asked: DayEchoes) -> AllEchoes:
    """Ask moments of one series.

    Args:
        times: In days from the first day's beginning.
        parts: A fit to them with delays of :data:`QUICK` and :data:`SLOW`, which gives the shape of the quick kernel.
        fitted: The counts a day, as fitted with the design.
        design: With a level first, and a drift without a given weight.
        asked: What the counts say; the search begins there.
    """
    days = len(design.columns)
    weights = parts.weights[: len(QUICK), 0, 0]
    quick = float(np.clip(weights.sum(), 0.01, 0.8))
    shares = (weights + _SHARE) / (weights + _SHARE).sum()
    posterior = MomentPosterior(
        Stamps.of(times, None, float(days), 1), float(fitted.model.data.before[0]), design,
        QUICK, *_near(fitted),
    )  # fmt: skip
    sure = min(1.0, (_MANY / len(times)) ** 0.5)
    shapes = np.log(shares[1:] / shares[0])
    centre, spread = np.concatenate([asked.centre, shapes]), np.full(len(shapes), _SPREAD_SHARES * sure)
    centre[_QUICK] = log(quick / (1 - quick))
    centre[_SCATTER] -= _LESS
    spread = np.concatenate([_WIDER * asked.spread, spread])
    spread[_QUICK] = _SPREAD_QUICK * sure
    spread[_SCATTER] = max(spread[_SCATTER], _SPREAD_SCATTER * sure)
    return AllEchoes.of(sampled(posterior, centre, spread).counting())


def _near(fitted: Fitted) -> tuple[Floats, float]:
    """The background's coefficients of a fit, and what share of events its echoes leave."""
    layout = fitted.model.layout
    weight = float(fitted.estimate[layout.first_weight])
    return fitted.estimate[: layout.first_weight], max(1 - weight, 0.05)


def _guessed(scatter: float, fitted: Fitted) -> tuple[float, float]:
    """Scatter and step to look about."""
    step = fitted.smoothness[-1] ** -0.5
    return float(np.clip(scatter / 2, *_SCATTERS)), float(np.clip(step, *_STEPS))
