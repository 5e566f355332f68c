"""A fitted daily count model: what was found, how sure it is, and what it says of each day."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import ArrayLike

from marsad.analysis.excitation.branching import Branching, branching
from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.intervals import Interval, mixed, normal_quantile, profile, wald
from marsad.analysis.excitation.kernel import Floats, same_day
from marsad.analysis.excitation.outcome import Outcome
from marsad.analysis.excitation.residuals import Residuals, residuals
from marsad.analysis.excitation.simulation import simulate

__all__ = ["Fitted", "Intensity"]


@dataclass(frozen=True, slots=True)
class Intensity:
    """The expected count of each day given all days before, in its parts: days by series.

    Attributes:
        background: Events that no event begot.
        own: Offspring of the series' own events, of days before and of the day itself.
        cross: Offspring of other series' events.
        total: The sum.
    """

    background: Floats
    own: Floats
    cross: Floats
    total: Floats


@dataclass(frozen=True, slots=True)
class Fitted(Outcome):
    """A fit, and what can be asked of it: see :class:`Outcome` for its attributes."""

    def wald(self, name: str, level: float = 0.95) -> Interval:
        """Estimate and interval from the covariance, cut off at the parameter's bounds."""
        return wald(self, self.index(name), level)

    def profile(self, name: str, level: float = 0.95) -> Interval:
        """Estimate and interval from the penalised profile likelihood; an end may be infinite."""
        return profile(self, self.index(name), level)

    def interval(self, name: str, level: float = 0.95) -> Interval:
        """The interval that is to be believed most: :meth:`profile`, or :meth:`mixed` where a drift is integrated out.

        The logarithm of a level falls steeply as excitation takes all, and hardly rises as it takes nothing: an
        interval of the same length to both sides misses the truth on one of them. A profile costs some dozens of fits;
        the first mixture of a fit about as much as the fit, all others next to nothing.
        """
        return self.mixed(name, level) if self.integrated else self.profile(name, level)

    def mixed(self, name: str, level: float = 0.95) -> Interval:
        """Estimate and interval over all that excitation, scatter and the drift's step may be.

        For fits that integrated a drift out; :meth:`wald` for others, and where the mixture is not to be trusted
        (:class:`~marsad.analysis.excitation.mixture.Mixture`). The interval need not be about the estimate.
        """
        return mixed(self, self.index(name), level)

    def combination(self, weights: ArrayLike, level: float = 0.95) -> Interval:
        """Estimate and interval of a weighted sum of parameters, such as a contrast of two steps."""
        given = np.asarray(weights, dtype=np.float64)
        value = float(given @ self.estimate)
        error = max(float(given @ self.covariance @ given), 0.0) ** 0.5
        reach = normal_quantile(level) * error
        return Interval(value, value - reach, value + reach, error)

    def branching(self, level: float = 0.95) -> Branching:
        """Who begets how many of whom, with intervals by the delta method; the ratio is the matrix's spectral radius.

        :meth:`branching_ratio` has the ratio's interval that is to be believed.
        """
        return branching(self, level)

    def branching_ratio(self, level: float = 0.95) -> Interval:
        """The ratio of :meth:`branching`, with the interval of :meth:`mixed` where a drift is integrated out."""
        found = self.branching(level).ratio
        ends = None if self.mixture is None else self.mixture.ratio_ends(level)
        return found if ends is None else Interval(found.value, *ends)

    def intensity(self) -> Intensity:
        """The expected count of each day in its parts."""
        state = self.state
        own, cross = np.zeros_like(state.mean), np.zeros_like(state.mean)
        for echoed, weights, delay in zip(state.echoes, state.parts.weights, state.parts.delays, strict=False):
            driven = echoed + same_day(delay) * state.mean
            own += driven * np.diag(weights)
            cross += driven @ (weights - np.diag(np.diag(weights))).T
        return Intensity(state.background, own, cross, state.mean)

    def residuals(self, seed: int = 0) -> Residuals:
        """Randomised quantile residuals: uniform and independent where the model holds."""
        return residuals(self.model, self.state, seed)

    def simulate(
        self, days: int | None = None, seed: int = 0, *, design: Design | ArrayLike | None = None,
        exposure: ArrayLike | None = None, paths: int = 1000, drawn: bool = False, afresh: bool | None = None,
        wander: float = 0.0, expected: bool = False,
    ) -> Floats:  # fmt: skip
        """Counts drawn from the model: paths by days by series.

        Args:
            days: How many; by default those of the design, or of the data.
            seed: The same seed gives the same paths.
            design: Columns of the background over those days; by default the data's own.
            exposure: As in the fit; by default the data's own, or one with a design of one's own.
            paths: How many.
            drawn: Draw the parameters of each path from their covariance, so that the paths carry
                the doubt about them too; otherwise all have the estimate.
            afresh: Begin as the data began, instead of where they ended. By default paths over the
                data's own design begin afresh, and paths over another design go on from the data.
            wander: Let the log background of each path walk at random, with this standard deviation
                of a day's step: how an unknown drift goes on.
            expected: Give expected counts, path by path, instead of drawn ones.

        Raises:
            AnalysisError: The design does not fit, or days and design disagree.
        """
        return simulate(
            self, days, seed, design=design, exposure=exposure, paths=paths, drawn=drawn, afresh=afresh, wander=wander,
            expected=expected,
        )  # fmt: skip

    def rate_ratio(self, name: str, level: float = 0.95) -> Interval:
        """``exp`` of a background coefficient, with the interval of :meth:`wald`."""
        found = self.wald(name, level)
        return Interval(exp(found.value), exp(found.low), exp(found.high), found.error)
