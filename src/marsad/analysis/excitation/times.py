"""Fits the excitation model to events stamped to the moment: a Hawkes process with exponential kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from marsad.analysis.excitation.branching import Branching, radius
from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.intervals import Interval, normal_quantile, positive
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.stamps import Stamps, echoes
from marsad.analysis.excitation.stampsearch import Problem, Solved, solve
from marsad.analysis.excitation.threads import one_blas_thread
from marsad.errors import AnalysisError

__all__ = ["FittedTimes", "fit_times"]

_STARTS: Final = (1.0, 0.04, 10.0)
_KEPT: Final = 30 << 20
"""Bytes: a little below the most that the GNU library's limit follows."""


@dataclass(frozen=True, slots=True)
class FittedTimes:
    """A fitted exact-time model.

    Attributes:
        background: Coefficients of the log background, events a day: columns by series.
        weights: Mean direct offspring, kernels by target by source.
        delays: Mean delay of each kernel, in days.
        log_likelihood: Of the moments, given that watching ended at the horizon.
        covariance: Of the parameters, target after target (background, then weights by kernel and source),
            and the log delay last, where it was estimated; zero for weights of zero.
    """

    problem: Problem
    solved: Solved
    series: tuple[str, ...]
    background: Floats
    weights: Floats
    delays: tuple[float, ...]
    log_likelihood: float
    covariance: Floats
    converged: bool

    @property
    def delay(self) -> Interval:
        """The mean delay of the first kernel in days, with its interval."""
        error = float(self.covariance[-1, -1]) ** 0.5 if self.problem.estimates_delay else 0.0
        reach = normal_quantile(0.95) * error
        value = self.delays[0]
        return Interval(value, value * exp(-reach), value * exp(reach), error)

    def branching(self, level: float = 0.95) -> Branching:
        """Who begets how many of whom, with intervals; the ratio is the matrix's spectral radius."""
        kernels, count, _ = self.weights.shape
        columns = len(self.background)
        pick = np.zeros((count, count, len(self.covariance)))
        for target, source, kernel in np.ndindex(count, count, kernels):
            pick[target, source, target * (columns + kernels * count) + columns + kernel * count + source] = 1
        matrix = self.weights.sum(axis=0)
        ratio, left, right = radius(matrix)
        scale = float(left @ right)
        slope = np.einsum("i,j,ijp->p", left, right, pick) / scale if scale > 1e-12 else np.zeros(len(self.covariance))

        def entry(value: float, slope: Floats) -> Interval:
            return positive(value, max(float(slope @ self.covariance @ slope), 0.0) ** 0.5, level)

        low, high = np.zeros_like(matrix), np.zeros_like(matrix)
        for pair in np.ndindex(count, count):
            found = entry(float(matrix[pair]), pick[pair])
            low[pair], high[pair] = found.low, found.high
        return Branching(matrix, low, high, entry(ratio, slope))

    def rescaled(self, series: int) -> Floats:
        """What the model expected of a series between one of its events and the next.

        Where the model holds these are independent and exponential with mean one
        (time rescaling); the stretch before the first event counts, that after the
        last does not.
        """
        problem, stamps = self.problem, self.problem.stamps
        order = problem.orders[series]
        ones = np.zeros((len(stamps.times) + 1, stamps.series))
        ones[np.arange(1, len(ones)), stamps.marks] = 1
        before = np.cumsum(ones, axis=0)[stamps.first[order]]
        rates = np.exp(problem.design @ self.background[:, series])
        whole = np.concatenate([[0.0], np.cumsum(rates * problem.lengths)])
        stretch = problem.stretches[series]
        width = problem.lengths[0]
        inside = stamps.times[order] - stretch * width
        expected = whole[stretch] + rates[stretch] * inside
        for delay, weights in zip(self.delays, self.weights, strict=True):
            left, _ = echoes(stamps, 1 / delay, slopes=False)
            expected += (before - left[order]) @ weights[series]
        return np.diff(expected, prepend=0.0)

    def rescaling(self, series: int) -> tuple[float, float]:
        """A Kolmogorov-Smirnov test that a series' rescaled waits are exponential: p-value, and largest distance."""
        from scipy.stats import kstest

        found = kstest(self.rescaled(series), "expon")
        return float(found.pvalue), float(found.statistic)

    def rescaling_test(self, series: int) -> float:
        """The p-value of that test."""
        return self.rescaling(series)[0]


@one_blas_thread
def fit_times(
    times: ArrayLike, marks: ArrayLike | None = None, *, horizon: float | None = None,
    series: Sequence[str] | None = None, design: Design | ArrayLike | None = None, width: float = 1.0,
    decay: float | Sequence[float] | None = None, excitation: bool | ArrayLike = True,
    starts: Sequence[float] | None = None,
) -> FittedTimes:  # fmt: skip
    """Fit the exact-time model by maximum likelihood.

    Args:
        times: Days from the start of watching, with fractions.
        marks: The number of each event's series; None for one series.
        horizon: When watching ended; by default at the last event.
        series: Names of the series.
        design: Columns of the log background, one row for each stretch of ``width`` days; None for
            a constant background. Penalties hold as in :func:`fit`; one without a weight is not allowed here.
        width: How long a stretch is, in days: 1/24 for a background by the hour.
        decay: Mean delay in days, or several for a mixture of kernels; None to estimate one.
        excitation: True for all pairs, False for none, or a matrix, target by source.
        starts: Mean delays that the search begins with; the best end is kept. By default one day,
            and with a design also an hour and ten days, because there may be several hills.

    Raises:
        AnalysisError: The arguments do not fit one another, or there is too little to fit.
    """
    _keep_memory()
    stamps = Stamps.of(times, marks, horizon, None if series is None else len(series))
    names = tuple(f"series {k + 1}" for k in range(stamps.series)) if series is None else tuple(series)
    if design is None:
        columns, width = np.ones((1, 1)), stamps.horizon
    else:
        given = design.columns if isinstance(design, Design) else design
        columns = np.atleast_2d(np.asarray(given, dtype=np.float64))
    if len(columns) * width < stamps.horizon * (1 - 1e-9) or not np.isfinite(columns).all():
        raise AnalysisError("the design must cover the time to the horizon: give a row for each stretch of 'width'")
    if starts is None:
        starts = _STARTS if columns.shape[1] > 1 else _STARTS[:1]
    begins = [
        tuple(np.atleast_1d(np.asarray(one, dtype=np.float64)).tolist())
        for one in ([decay] if decay is not None else starts)
    ]
    if not all(0 < delay < np.inf for delays in begins for delay in delays):
        raise AnalysisError("a mean delay is a number of days above zero")
    count = stamps.series
    mask = np.asarray(excitation, dtype=bool)
    if mask.shape not in ((), (count, count)):
        raise AnalysisError(f"excitation is a matrix of {count} by {count}, target by source")
    mask = np.tile(np.broadcast_to(mask, (count, count)), len(begins[0]))
    penalty = _penalty(design, columns.shape[1])
    problem = Problem.of(stamps, columns, width, mask, decay is None and bool(mask.any()), penalty)
    solved = max((solve(problem, delays) for delays in begins), key=lambda one: one.likelihood)
    weights = np.stack(np.hsplit(solved.weights, len(solved.delays)))
    return FittedTimes(
        problem, solved, names, solved.background, weights, solved.delays, solved.likelihood,
        _covariance(problem, solved), solved.converged,
    )  # fmt: skip


def _penalty(design: Design | ArrayLike | None, size: int) -> Floats:
    """The penalties of a design, as one matrix over its columns."""
    out = np.zeros((size, size))
    for one in design.penalties if isinstance(design, Design) else ():
        if one.weight is None:
            raise AnalysisError("moments do not choose how much a background drifts: give the drift a weight")
        out[np.ix_(one.columns, one.columns)] += one.weight * one.matrix
    return out


def _keep_memory() -> None:
    """Let the C library keep what arrays give back.

    GNU's gives each array above 128 KiB back to the system when it is done with, and pays for every page of the next
    one anew: a quarter of a fit's time. Once a larger block has been given back it keeps those that are smaller. The
    block is never touched, so that it takes no memory; other libraries do not mind.
    """
    np.empty(_KEPT, np.uint8)


def _covariance(problem: Problem, solved: Solved) -> Floats:
    """The inverse of the information of the parameters off their bounds."""
    columns, count = solved.background.shape
    size = columns + solved.weights.shape[1]
    whole = np.zeros((size * count + 1,) * 2)
    free = np.zeros(len(whole), bool)
    for target, (block, edge) in enumerate(zip(solved.blocks, solved.edges, strict=True)):
        at = slice(target * size, (target + 1) * size)
        whole[at, at], whole[at, -1], whole[-1, at] = block, edge, edge
        free[at] = np.concatenate([np.ones(columns, bool), solved.weights[target] > 0])
    whole[-1, -1] = solved.tip
    free[-1] = problem.estimates_delay and solved.tip > 0
    free &= np.diag(whole) > 1e-8
    out = np.zeros_like(whole)
    at_free = np.ix_(np.flatnonzero(free), np.flatnonzero(free))
    scale = np.sqrt(np.diag(whole)[free])
    out[at_free] = np.linalg.pinv(whole[at_free] / np.outer(scale, scale), hermitian=True) / np.outer(scale, scale)
    # The log delay is minus the log rate, whose slopes these are.
    out[-1, :-1] *= -1
    out[:-1, -1] *= -1
    return out
