"""Intervals where a drift is integrated out: over all that excitation, scatter and the drift's step may be.

The normal distribution about the point of greatest marginal likelihood is a poor summary. Where excitation is found
too small what it lacks is laid to the background, so that level and weekdays are skewed as excitation is, and their
doubt is not the same everywhere. So the marginal likelihood is evaluated at some hundred points, each with a weight
(:mod:`marsad.analysis.excitation.sampling`; on fixed sequences that fill the space evenly, no random numbers), and at
each of these the background is normal about its own best (Rue, Martino and Chopin 2009, do the same with a design of
points). An interval holds the middle of that mixture, and an estimate is its mean.

Priors, all flat: of a weight, a log delay, the root of the scatter, and the drift's step; of its logarithm that is the
prior of the point fit. Of one series, whose events do not beget more than themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from marsad.analysis.excitation.cloud import Cloud, middle, quantile
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import Indices
from marsad.analysis.excitation.sampling import sampled
from marsad.analysis.excitation.surface import Surface

__all__ = ["Mixture"]

_FEWEST: Final = 50.0
"""Effective draws; with fewer the mixture is not to be trusted."""


@dataclass(frozen=True)
class Mixture:
    """What a climb of the marginal likelihood leaves for intervals; nothing is computed before one is asked for.

    Attributes:
        point: The outer parameters at the summit.
        vector: All parameters there.
        among: The covariance of the outer parameters by curvature; zero for those at a bound.
        inner: Where the parameters stand that are neither outer nor held.
        follow: How these change with the outer ones, inner by outer.
    """

    surface: Surface
    point: Floats
    vector: Floats
    among: Floats
    inner: Indices
    follow: Floats

    @cached_property
    def cloud(self) -> Cloud | None:
        """The draws; None where too few of them count for the mixture to be trusted."""
        found = sampled(self)
        return None if found is None or found.effective < _FEWEST else found

    def ends(self, index: int, level: float) -> tuple[float, float, float] | None:
        """Low and high end and standard error of a parameter; None where the mixture does not know."""
        cloud = self.cloud
        if cloud is None:
            return None
        means, spreads = cloud.means[:, index], cloud.spreads[:, index]
        centre = float(cloud.weights @ means)
        error = float(cloud.weights @ (spreads**2 + (means - centre) ** 2)) ** 0.5
        at = np.flatnonzero(self.surface.outer == index)
        if len(at):
            low, high = self.surface.bounds()
            ends = middle(means, cloud.weights, level, low[at[0]], high[at[0]])
        elif (spreads > 0).all():
            ends = quantile(cloud, index, 0.5 - level / 2), quantile(cloud, index, 0.5 + level / 2)
        else:
            return None
        return *ends, error

    def mean(self) -> Floats | None:
        """The mean of all parameters; None where the mixture does not know."""
        cloud = self.cloud
        return None if cloud is None else np.asarray(cloud.weights @ cloud.means)

    def ratio(self, level: float) -> tuple[float, float, float, float] | None:
        """Mean, ends and standard error of the branching ratio, the spectral radius of the matrix of weights."""
        cloud, layout = self.cloud, self.surface.model.layout
        if cloud is None or not layout.pairs:
            return None
        count = len(layout.series)
        matrices = np.zeros((len(cloud.means), count, count))
        weights = cloud.means[:, layout.first_weight : layout.first_delay]
        for each in np.split(weights, layout.kernels, axis=1):
            matrices[:, layout.targets, layout.sources] += each
        return self.of(abs(np.linalg.eigvals(matrices)).max(axis=1), level, 0.0, 1.0 if count == 1 else np.inf)

    def of(
        self, values: Floats, level: float, lower: float = -np.inf, upper: float = np.inf
    ) -> tuple[float, float, float, float] | None:  # fmt: skip
        """Mean, ends and standard error of what is made of each draw, between the bounds of it."""
        cloud = self.cloud
        if cloud is None:
            return None
        centre = float(cloud.weights @ values)
        error = float(cloud.weights @ (values - centre) ** 2) ** 0.5
        return centre, *middle(values, cloud.weights, level, lower, upper), error
