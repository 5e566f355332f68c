"""What counts a day say of all echoes, those within hours among them.

Quick echoes are not seen in counts, but what they do is: events come in bursts of ``1 / (1 - quick)``, so that a day's
count scatters more than by chance. So do the slow echoes that fall on the day itself. Of a process in which each event
begets ``b`` more within the day, instantly as it were, the count's variance is its mean over ``(1 - b)^2`` (the
generalised Poisson distribution; Consul and Jain 1973). With the day's own factor beside it a count ``n`` of mean ``m``
is taken to be negative binomial with the variance

    m / ((1 - quick) * (1 - slow * g))^2 + scatter * m^2

where ``g`` is the share of an event's slow echoes that falls on its own day. How much of that is bursts and how much is
busy days counts hardly tell, so that the interval of ``quick`` is wide; the mean is that of the model of daily counts
(:mod:`marsad.analysis.excitation.model`), with ``slow`` its weight.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.importance import Draws
from marsad.analysis.excitation.kernel import Floats, echo
from marsad.analysis.excitation.model import Data
from marsad.analysis.excitation.posterior import GRID, Outer, Posterior, between

__all__ = ["CountPosterior"]

_FLOOR: Final = 0.05
"""The expected count that the variance is of is at least this share of the mean count."""
_LEAST_EXCESS: Final = 1e-6


class CountPosterior(Posterior):
    """Of one series of counts a day.

    Args:
        data: The counts, with what is expected on days that nobody watched.
        design: Of the background; its first column is the level.
        expected: About how many events each day is expected to have, of which the variance is made.
        near: Coefficients of the background where each event begets ``1 - left`` more.
    """

    def __init__(self, data: Data, design: Design, expected: Floats, near: Floats, left: float) -> None:
        super().__init__(design, near, left)
        self.counts, self.observed = data.counts[:, 0], data.observed[:, 0]
        self.echoes = np.array([echo(data.parents, float(np.exp(one)), data.before)[:, 0] for one in GRID])
        self.expected = np.maximum(expected, _FLOOR * max(float(self.counts.mean()), 1e-3))

    @property
    def cells(self) -> int:
        return len(self.counts)

    def share_left(self, outer: Outer) -> Floats:
        return 1 - outer.slow

    def prepared(self, points: Floats) -> Any:
        from scipy.special import gammaln

        outer = Outer.of(points)
        delays = np.exp(outer.delay)
        today = outer.slow * (1 + delays * np.expm1(-1 / delays))
        swollen = 1 / ((1 - outer.quick) * (1 - today)) ** 2
        excess = outer.scatter[:, None] + (swollen[:, None] - 1) / self.expected + _LEAST_EXCESS
        size = 1 / excess
        each = gammaln(size + self.counts) - gammaln(size) - gammaln(self.counts + 1) + size * np.log(size)
        driven = outer.slow[:, None] * between(self.echoes, outer.delay)
        return driven, (1 - today)[:, None], size, (each * self.observed).sum(axis=1)

    def parts(self, background: Floats, prepared: Any) -> tuple[Floats, Floats, Floats]:
        driven, passing, size, constant = prepared
        mean, own = (background + driven) / passing, background / passing
        each = self.counts * np.log(mean) - (size + self.counts) * np.log(size + mean)
        known = self.observed * size / (mean * (size + mean))
        return constant + (each * self.observed).sum(axis=1), known * (self.counts - mean) * own, known * own**2

    def days(self, draws: Draws) -> tuple[Floats, Floats]:
        """Of each day, the events that none begot and all that were expected, on the mean over the draws."""
        came, whole = np.zeros(len(self.counts)), np.zeros(len(self.counts))
        for weight, at, coefficients in zip(draws.weights, draws.points, draws.coefficients, strict=True):
            outer = Outer.of(at[None])
            driven, passing, _, _ = self.prepared(at[None])
            background = np.exp(self.columns @ coefficients)
            came += weight * (1 - outer.quick[0]) * background
            whole += weight * ((background + driven[0]) / passing[0])
        return came, whole
