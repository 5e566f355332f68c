"""Intervals where a drift is integrated out: over all that excitation, scatter and the drift's step may be.

The normal distribution about the point of greatest marginal likelihood is a poor summary. Where excitation is found
too small what it lacks is laid to the background, so that level and weekdays are skewed as excitation is, and their
doubt is not the same everywhere. So the marginal likelihood is evaluated at some hundred points around its summit, on a
fixed sequence that fills the space evenly (Sobol 1967: no random numbers), and interpolated between them (kriging,
about a quadratic). Importance sampling from there gives excitation, delay, scatter and step, and at each of these the
background is normal about its own best (Rue, Martino and Chopin 2009). An interval holds the middle of that mixture.

Priors, all flat: of a weight, a log delay, the root of the scatter, and the drift's step; of its logarithm that is the
prior of the point fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.excitation.cloud import Cloud, middle, quantile
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.kriging import evenly, interpolated
from marsad.analysis.excitation.layout import Indices
from marsad.analysis.excitation.search import Found
from marsad.analysis.excitation.surface import LOST, Surface
from marsad.analysis.excitation.threads import one_blas_thread

__all__ = ["Mixture"]

_POINTS: Final = 26
"""Points for each outer parameter, beside those along the axes."""
_ALONG: Final = (-3.0, -2.0, -1.0, 1.0, 2.0, 3.0)
_TRIED: Final = 4
"""So many times as many points are tried at most, where bounds cut some off."""
_DRAWN: Final = 4096
_WIDER: Final = 1.25
"""Points and draws are so many times as wide as the normal."""
_LOWEST: Final = 25.0
"""Points further below the summit say nothing of the shape near it."""
_FAINTEST: Final = 0.02
"""Points where excitation leaves next to no background, whose coefficients then mean nothing: a parameter's information
is so much less there than at the summit (as a share of its root)."""
_FIRST: Final = 0.02
_LENGTHENED: Final = 8
"""How often the length of an axis is corrected, at most."""
_FEWEST: Final = 50.0
"""Effective draws; with fewer the mixture is not to be trusted."""
_ENOUGH: Final = 400.0
"""With fewer effective draws the likelihood is looked at again, where the weight is."""
_AGAIN: Final = 24
"""So many points at once,"""
_ROUNDS: Final = 8
"""and so often."""
_MARGIN: Final = 0.03


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
        found = _cloud(self)
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

    def ratio_ends(self, level: float) -> tuple[float, float, float] | None:
        """The same of the branching ratio, the spectral radius of the matrix of weights."""
        cloud, layout = self.cloud, self.surface.model.layout
        if cloud is None or not layout.pairs:
            return None
        count = len(layout.series)
        matrices = np.zeros((len(cloud.means), count, count))
        weights = cloud.means[:, layout.first_weight : layout.first_delay]
        for each in np.split(weights, layout.kernels, axis=1):
            matrices[:, layout.targets, layout.sources] += each
        ratios = abs(np.linalg.eigvals(matrices)).max(axis=1)
        centre = float(cloud.weights @ ratios)
        return *middle(ratios, cloud.weights, level, 0.0), float(cloud.weights @ (ratios - centre) ** 2) ** 0.5


@one_blas_thread
def _cloud(mixture: Mixture) -> Cloud | None:
    """Draws of what the marginal likelihood is at some points; at more, where these were too few."""
    from scipy.special import ndtri

    surface, point = mixture.surface, mixture.point
    low, high = surface.bounds()
    count = len(point)
    top = surface.at(point, mixture.vector)
    if top is None:
        return None
    scale, sided = _scale(mixture, top[0], low, high)

    def spread(number: int) -> tuple[Floats, Floats]:
        """Standard coordinates, and the points that they stand for."""
        standard = ndtri(evenly(number, count)) * _WIDER
        standard[:, sided] = abs(standard[:, sided])
        return standard, point + standard @ scale.T

    tried, _ = spread(_TRIED * _POINTS * count)
    axes = np.concatenate([np.eye(count) * along for along in _ALONG])
    axes = axes[(axes[:, sided] >= 0).all(axis=1)]
    standard = np.concatenate([np.zeros((1, count)), axes, tried])
    points = point + standard @ scale.T
    inside = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    inside = inside[: 1 + (len(_ALONG) + _POINTS) * count]
    known, rows = [], []
    for at in inside:
        row = _row(mixture, top, points[at])
        if row is not None and row[0] > -_LOWEST:
            known.append(standard[at])
            rows.append(row)
    wanted, draws = spread(_DRAWN)
    wild: NDArray[np.bool_] = np.logical_not(((draws >= low) & (draws <= high)).all(axis=1))
    out = None
    for _ in range(_ROUNDS + 1):
        if len(known) < 4 * count:
            break
        out = _drawn(mixture, np.array(known), np.array(rows), wanted, draws, wild)
        if out.effective >= _ENOUGH:
            break
        # Where few draws have all the weight, the interpolation may have found a hill that is none: look there.
        shares = (np.arange(_AGAIN) + 0.5) / _AGAIN
        for at in np.unique(np.searchsorted(np.cumsum(out.weights), shares).clip(max=_DRAWN - 1)):
            row = _row(mixture, top, draws[at])
            if row is not None:
                row[0] = max(row[0], -_LOWEST)
                known.append(wanted[at])
                rows.append(row)
            else:
                wild[at] = True
    surface.weigh(point)
    return out


def _row(mixture: Mixture, top: tuple[float, Found], at: Floats) -> Floats | None:
    """At a point: how high above the summit, the best of the inner parameters, and the logarithms of their variances.

    None where there is no likelihood, or next to no background.
    """
    surface, inner = mixture.surface, mixture.inner
    near = mixture.vector.copy()
    near[inner] += mixture.follow @ (at - mixture.point)
    there = surface.at(at, near)
    if there is None:
        return None
    block = there[1].information[np.ix_(inner, inner)]
    units = np.sqrt(np.diag(block))
    if not (units > _FAINTEST * np.sqrt(np.diag(top[1].information)[inner])).all():
        return None
    variances = np.diag(np.linalg.pinv(block / np.outer(units, units), hermitian=True)) / units**2
    return np.concatenate([[top[0] - there[0]], there[1].vector[inner], np.log(np.maximum(variances, 1e-12))])


def _drawn(
    mixture: Mixture, known: Floats, rows: Floats, wanted: Floats, draws: Floats, wild: NDArray[np.bool_]
) -> Cloud:  # fmt: skip
    """The draws, by what is known at some points in standard coordinates."""
    surface, inner = mixture.surface, mixture.inner
    bowl, bowls = (known**2).sum(axis=1) / 2, (wanted**2).sum(axis=1) / 2
    found = interpolated(known, np.column_stack([rows[:, 0] + bowl, rows[:, 1:]]), wanted)
    heights = found[:, 0] - bowls + bowls / _WIDER**2
    among = draws[:, : len(surface.outer)]
    scattered = surface.outer >= surface.model.layout.first_scatter
    heights += among[:, scattered].sum(axis=1) / 2  # the root of the scatter is flat
    heights[wild] = -LOST
    weights = np.exp(heights - heights.max())
    means = np.tile(mixture.vector, (len(draws), 1))
    means[:, surface.outer] = among
    spreads = np.zeros(means.shape)
    means[:, inner], logs = np.hsplit(found[:, 1:], 2)
    spreads[:, inner] = np.exp(logs / 2)
    return Cloud(draws, weights / weights.sum(), means, spreads)


def _scale(mixture: Mixture, top: float, low: Floats, high: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """What turns standard coordinates into outer parameters; and which of them sit at a bound, and go one way only.

    The axes are those of the curvature at the summit; how far they go is measured where the likelihood has fallen as a
    normal one would two standard errors away, because the summit can be flat where the hill is not.
    """
    surface, point = mixture.surface, mixture.point
    free = np.flatnonzero(np.diag(mixture.among) > 0)
    sided = np.ones(len(point), bool)
    sided[free] = False
    values, vectors = np.linalg.eigh(mixture.among[np.ix_(free, free)])
    out = np.zeros((len(point),) * 2)
    out[np.ix_(free, free)] = vectors * np.sqrt(np.maximum(values, 1e-12))
    for at in np.flatnonzero(sided):
        out[at, at] = _FIRST if point[at] <= low[at] + _MARGIN else -_FIRST

    def reach(axis: Floats) -> float:
        """By how much an axis is to be longer, to this side."""
        with np.errstate(divide="ignore", invalid="ignore"):
            room = np.where(axis > 0, (high - point) / axis, np.where(axis < 0, (low - point) / axis, np.inf))
        farthest, far = max(float(room.min()), 1e-3), 1.0
        for _ in range(_LENGTHENED):
            along = min(2 * far, farthest)
            near = mixture.vector.copy()
            near[mixture.inner] += mixture.follow @ (along * axis)
            there = surface.at(point + along * axis, near)
            lost = LOST if there is None else there[0] - top
            new = along * min(max((1 / max(2 * lost, 1e-9)) ** 0.5, 0.125), 2.0)
            near_enough = 1.0 < lost < 4.0 or (along == farthest and lost <= 4.0)
            far = new
            if near_enough:
                break
        return far

    for axis, one_way in zip(out.T, sided, strict=True):
        forth = reach(axis)
        axis *= forth if one_way else (forth + reach(-axis)) / 2
    return out, sided
