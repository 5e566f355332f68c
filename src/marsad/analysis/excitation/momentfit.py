"""Fits moments as counts a day are fitted: drift, weekdays and scatter of whole days, and all of them integrated over.

Counts a day cannot tell echoes within hours from days that are busier than others, and count what follows on such a
burst as what follows on its events. So the question that both can answer is: of what came, bursts counted as one, what
share followed others over days? Where a burst's first event begets ``q`` more within hours, and these again, and each
event ``s`` over days, that is ``s / (1 - q)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import Final

import numpy as np

from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.fitted import Fitted
from marsad.analysis.excitation.inputs import as_data
from marsad.analysis.excitation.intervals import Interval, positive
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import DELAYS, Layout
from marsad.analysis.excitation.marginal import climb_marginal
from marsad.analysis.excitation.mixture import Mixture
from marsad.analysis.excitation.moments import UNIT, MomentModel
from marsad.analysis.excitation.penalties import LIGHTEST, place, total
from marsad.analysis.excitation.search import search
from marsad.analysis.excitation.stamps import Stamps
from marsad.analysis.excitation.threads import one_blas_thread

__all__ = ["QUICK", "FittedMoments", "fit_moments"]

QUICK: Final = 1 / 24
"""The mean delay of echoes within hours, in days."""
_QUICK_WEIGHT: Final = 0.15
_WEIGHTS: Final = (0.05, 0.8)
_SCATTERS: Final = (-5.0, 0.0)
_HEAVY: Final = 1e4
"""The climb begins between these, off all bounds, near what the days found."""
_MOST: Final = 0.95
"""A share of quick echoes above this is taken for it, lest all that follows over days be without end."""


@dataclass(frozen=True, slots=True)
class FittedMoments:
    """What moments say.

    Attributes:
        over_days: The share that followed others over days, bursts of hours counted as one: what counts a day ask.
        quick: Further events that directly follow on one within hours.
        slow: Further events that directly follow on one over days.
        total: Quick and slow together: the branching ratio of all echoes.
        delay: The mean delay of the slow ones, in days.
        scatter: How much whole days scatter beside their echoes: ``k`` in the variance ``m + k m^2``.
        waits: What was expected between one event and the next, at the summit: exponential where the model holds.
    """

    over_days: Interval
    quick: Interval
    slow: Interval
    total: Interval
    delay: Interval
    scatter: float
    waits: Floats
    converged: bool

    def rescaling(self) -> tuple[float, float]:
        """A Kolmogorov-Smirnov test that the waits are exponential: p-value, and largest distance."""
        from scipy.stats import kstest

        found = kstest(self.waits, "expon")
        return float(found.pvalue), float(found.statistic)


@one_blas_thread
def fit_moments(times: Floats, design: Design, near: Fitted, *, level: float = 0.95) -> FittedMoments:
    """Fit the moments of one series.

    Args:
        times: Days from the first day's beginning, with fractions, on the clock of the day.
        design: Columns of the log background, days by columns, with a drift whose step is estimated.
        near: The fit of the counts of these days with the same design; where the climb begins.
        level: Of the intervals.

    Raises:
        AnalysisError: Times are outside of the days, or fewer than three.
    """
    days, names = len(design.columns), near.model.layout.series
    one = np.zeros(1, np.intp)
    layout = Layout(design.names, names, 2, one, one, None, True)
    stamps = Stamps.of(times, None, float(days), 1)
    counts = np.bincount(np.minimum(stamps.times.astype(np.intp), days - 1), minlength=days)
    model = MomentModel(as_data(counts, design.columns, None, None), layout, stamps, QUICK)
    placed = place(design.penalties, layout, None)
    for penalty, weight in zip(placed, near.smoothness, strict=True):
        if not penalty.given:
            penalty.weight = min(max(weight, LIGHTEST), _HEAVY)
    lower, upper = layout.bounds()
    held = np.zeros(layout.size, bool)
    still = np.arange(layout.size) >= layout.first_weight
    first = search(model, _start(near, layout), lower, upper, total(placed, layout.size), still)
    found, covariance, mixture = climb_marginal(model, first, placed, held, rooted=True)
    at = layout.first_weight

    def interval(values: Floats, summit: float, slope: Floats, most: float = 1.0) -> Interval:
        """Over the draws, or where these are not to be trusted from the covariance."""
        mixed = mixture.of(values, level, 0.0, most)
        if mixed is not None:
            return Interval(*mixed)
        units = np.array([UNIT, 1.0])
        block = covariance[at : at + 2, at : at + 2] * np.outer(units, units)
        return positive(summit, max(float(slope @ block @ slope), 0.0) ** 0.5, level)

    quick, slow = (found.vector[at : at + 2] * (UNIT, 1.0)).tolist()
    alone = 1 - min(quick, _MOST)
    draws = _draws(mixture, layout)
    return FittedMoments(
        interval(draws[:, 1] / (1 - np.minimum(draws[:, 0], _MOST)), slow / alone, np.array([slow / alone, 1]) / alone),
        interval(draws[:, 0], quick, np.array([1.0, 0.0])),
        interval(draws[:, 1], slow, np.array([0.0, 1.0])),
        interval(draws.sum(axis=1), quick + slow, np.array([1.0, 1.0])),
        _delay(mixture, layout, found.vector, covariance, level),
        exp(float(found.vector[layout.first_scatter] if (mean := mixture.mean()) is None else mean[-1])),
        model.rescaled(found.state), found.converged,
    )  # fmt: skip


def _start(near: Fitted, layout: Layout) -> Floats:
    """The days' background, and excitation and scatter clear of their bounds."""
    out, theirs = np.zeros(layout.size), near.model.layout
    at = layout.first_weight
    out[:at] = near.estimate[:at]
    out[at] = _QUICK_WEIGHT / UNIT
    out[at + 1] = np.clip(near.estimate[at] * (1 - _QUICK_WEIGHT), *_WEIGHTS)
    out[layout.first_delay] = np.clip(near.estimate[theirs.first_delay], log(DELAYS[0]) + 0.3, log(DELAYS[1]) - 1)
    out[layout.first_scatter] = np.clip(near.estimate[theirs.first_scatter], *_SCATTERS)
    return out


def _draws(mixture: Mixture, layout: Layout) -> Floats:
    """Quick and slow weight of each draw; none where the mixture is not to be trusted."""
    cloud = mixture.cloud
    return np.zeros((0, 2)) if cloud is None else cloud.means[:, layout.first_weight : layout.first_delay] * (UNIT, 1.0)


def _delay(mixture: Mixture, layout: Layout, vector: Floats, covariance: Floats, level: float) -> Interval:
    """Of the slow echoes, with the ends of its logarithm."""
    at = layout.first_delay
    ends, mean = mixture.ends(at, level), mixture.mean()
    if ends is None or mean is None:
        error = float(covariance[at, at]) ** 0.5
        found = positive(float(np.exp(vector[at])), error * float(np.exp(vector[at])), level)
        return found if error > 0 else Interval(found.value, *DELAYS, error)
    # A bound of the search is that bound to the last digit, so that it is known again.
    return Interval(exp(float(mean[at])), round(exp(ends[0]), 9), round(exp(ends[1]), 9), ends[2])
