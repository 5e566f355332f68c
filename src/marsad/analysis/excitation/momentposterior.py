"""What moments say of all echoes: a Hawkes process with quick and slow echoes, in which whole days may be busier.

At a moment ``s`` of day ``t``, given all moments before it, events come at the rate

    Z[t] * (u[t] + quick * K(s) + slow * (1 - quick) * S(s))

where ``K`` and ``S`` are the sums, over earlier moments, of the quick and the slow kernel, and ``Z``, drawn anew each
day, is gamma distributed with mean one and variance ``scatter``: what makes a whole day busier than its neighbours is
then no quick echo. Integrated out it leaves, for the ``n`` events of a day and the integral ``M`` of the bracket over
it, the sum of the logarithms of the bracket at the events, and the negative binomial probability of ``n`` given ``M``
(without what it says of ``n`` events of equal chance). With no scatter that is the likelihood of a Hawkes process.

The quick kernel is a mixture of exponentials of given shares; the slow one an exponential.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import Any, Final

import numpy as np

from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.kernel import Floats, recursion
from marsad.analysis.excitation.posterior import GRID, Outer, Posterior, between
from marsad.analysis.excitation.stamps import Stamps, echoes

__all__ = ["MomentPosterior"]

_POINTS: Final = 8
"""Points of a day at which the expected information is computed,"""
_MOST_POINTS: Final = 12_000
"""or fewer, down to two, so that there are no more in all."""
_LEAST_SCATTER: Final = 1e-6


class MomentPosterior(Posterior):
    """Of the moments of one series.

    Args:
        stamps: The moments, in days; the horizon is a number of whole days, as many as the design has rows.
        before: Events a day that are taken to have come before the first day.
        design: Of the background; its first column is the level.
        quick: Mean delays of the quick kernel's parts, in days.
        near: Coefficients of the background where each event begets ``1 - left`` more over days.
    """

    def __init__(
        self, stamps: Stamps, before: float, design: Design, quick: Sequence[float], near: Floats,
        left: float,
    ) -> None:  # fmt: skip
        super().__init__(design, near, left)
        self._stamps, self._before, days = stamps, before, len(design.columns)
        self.day = np.minimum(stamps.times.astype(np.intp), days - 1)
        self.counts = np.bincount(self.day, minlength=days).astype(np.float64)
        self._ends = np.concatenate([[0], np.cumsum(self.counts).astype(np.intp)])
        self._each = min(_POINTS, max(2, _MOST_POINTS // days))
        self._grid = (np.arange(days * self._each) + 0.5) / self._each
        parts = [self.kernel(delay) for delay in quick]
        self.quick = [np.array([kernel[which] for kernel in parts]) for which in range(3)]
        slow = [self.kernel(exp(one)) for one in GRID]
        self.slow = [np.array([kernel[which] for kernel in slow]) for which in range(3)]

    @property
    def cells(self) -> int:
        return max(len(self.day), len(self._grid))

    def share_left(self, outer: Outer) -> Floats:
        return (1 - outer.slow) * (1 - outer.quick)

    def kernel(self, delay: float) -> tuple[Floats, Floats, Floats]:
        """The sums of an exponential kernel over all events so far, those taken to have come before the first day too.

        Returns:
            At each moment, in events a day; integrated over each day; and at each point of the grid.
        """
        times, rate, before = self._stamps.times, 1 / delay, self._before
        at = rate * echoes(self._stamps, rate, slopes=False)[0][:, 0] + before * np.exp(-rate * times)
        last = np.searchsorted(times, self._grid) - 1
        near = np.maximum(last, 0)
        many = last - self._stamps.first[near] + 1
        after = (at[near] + rate * many) * np.exp(-rate * np.maximum(self._grid - times[near], 0))
        grid = np.where(last >= 0, after, before * np.exp(-rate * self._grid))
        # Of what a day's events promise, this much is left at the day's end.
        left = np.exp(-rate * (self.day + 1 - times))
        still: Floats = np.bincount(self.day, left, len(self.counts)).astype(np.float64)
        begun = recursion(still[:, None], exp(-rate), np.array([before * delay]))[:, 0]
        return at, begun * -np.expm1(-rate) + self.counts - still, grid

    def shares(self, points: Floats) -> Floats:
        """Of the parts of the quick kernel, points by parts."""
        odds = np.column_stack([np.ones(len(points)), np.exp(points[:, 5:])])
        return np.asarray(odds / odds.sum(axis=1)[:, None])

    def prior(self, points: Floats) -> Floats:
        return np.asarray(super().prior(points) + np.log(np.maximum(self.shares(points), 1e-300)).sum(axis=1))

    def prepared(self, points: Floats) -> Any:
        from scipy.special import gammaln

        outer = Outer.of(points)
        slow, quick = (outer.slow * (1 - outer.quick))[:, None], outer.quick[:, None] * self.shares(points)
        driven = [
            quick @ one + slow * between(other, outer.delay) for one, other in zip(self.quick, self.slow, strict=True)
        ]
        size = 1 / (outer.scatter[:, None] + _LEAST_SCATTER)
        constant = (gammaln(size + self.counts) - gammaln(size) + size * np.log(size)).sum(axis=1)
        return driven, size, constant

    def parts(self, background: Floats, prepared: Any) -> tuple[Floats, Floats, Floats]:
        (at, inside, grid), size, constant = prepared
        rates, mean = background[:, self.day] + at, background + inside
        likelihood = constant + np.log(rates).sum(axis=1) - ((size + self.counts) * np.log(size + mean)).sum(axis=1)
        sums = np.zeros((len(rates), rates.shape[1] + 1))
        np.cumsum(1 / rates, axis=1, out=sums[:, 1:])
        events = sums[:, self._ends[1:]] - sums[:, self._ends[:-1]]
        slope = background * (events - (size + self.counts) / (size + mean))
        # The rest of the day tells of the background what a Poisson process does, less what the day's factor takes.
        even = 1 / (np.repeat(background, self._each, axis=1) + grid)
        known = even.reshape(len(rates), -1, self._each).mean(axis=2) - 1 / (size + mean)
        return likelihood, slope, background**2 * np.maximum(known, 1e-9)
