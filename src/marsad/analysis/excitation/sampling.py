"""Points at which a marginal likelihood is evaluated, and what each is worth.

Points lie about the summit, along the axes of its curvature; and, for one series, all over what excitation and delay
may be, because there may be a second hill. Where few of them have all the weight (the summit is at a bound, or on a
narrow ridge), points are added around the one that has most of it, as far as its neighbours reach, again and again
(incremental mixture importance sampling; Raftery and Bao 2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.excitation.cloud import Cloud
from marsad.analysis.excitation.evenly import evenly
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.search import Found
from marsad.analysis.excitation.surface import LOST
from marsad.analysis.excitation.threads import one_blas_thread

if TYPE_CHECKING:
    from marsad.analysis.excitation.mixture import Mixture

__all__ = ["sampled"]

_POINTS: Final = 32
"""Points about the summit, for each outer parameter."""
_ABROAD: Final = 16
"""Points all over, for each."""
_MORE: Final = 48
"""Points around one that has much of the weight,"""
_STAGES: Final = 16
"""so often at most,"""
_ENOUGH: Final = 250.0
"""until the points are worth so many that are equal."""
_WIDER: Final = 1.25
"""Points are so many times as wide as the normal."""
_LIGHTEST: Final = 1e-9
_LOWEST: Final = 25.0
"""Points further below the summit say nothing of the shape near it."""
_FAINTEST: Final = 0.02
"""Points where excitation leaves next to no background, whose coefficients then mean nothing: a parameter's information
is so much less there than at the summit (as a share of its root)."""
_FIRST: Final = 0.02
_LENGTHENED: Final = 8
"""How often the length of an axis is corrected, at most."""
_MARGIN: Final = 0.03
_NARROWEST: Final = 1e-3
_STEP_SPREAD: Final = 2.5
_SCATTER_SPREAD: Final = 1.2
_LEAST_SCATTER: Final = -3.5
"""Abroad, the logarithms of the drift's weight and of the scatter are so wide about the summit, or about this where the
summit has less."""


class _Source(Protocol):
    """What points are drawn from."""

    def draw(self, number: int) -> Floats:
        """So many points, which fill its space evenly."""
        ...

    def density(self, points: Floats) -> Floats:
        """Its logarithm."""
        ...


@dataclass(frozen=True, slots=True)
class _Normal:
    """A normal distribution: its centre, what a unit of each standard coordinate is, and which go one way only."""

    centre: Floats
    scale: Floats
    sided: NDArray[np.bool_]

    def draw(self, number: int) -> Floats:
        from scipy.special import ndtri

        standard = ndtri(evenly(number, len(self.centre))) * _WIDER
        standard[:, self.sided] = abs(standard[:, self.sided])
        return np.asarray(self.centre + standard @ self.scale.T)

    def standard(self, points: Floats) -> Floats:
        """Standard coordinates of points."""
        return np.asarray(np.linalg.solve(self.scale, (points - self.centre).T).T)

    def density(self, points: Floats) -> Floats:
        standard = self.standard(points)
        size = float(np.linalg.slogdet(self.scale)[1]) + len(self.centre) * log(_WIDER * (2 * pi) ** 0.5)
        out = -((standard / _WIDER) ** 2).sum(axis=1) / 2 - size + self.sided.sum() * log(2)
        out[(standard[:, self.sided] < 0).any(axis=1)] = -LOST
        return np.asarray(out)


@dataclass(frozen=True, slots=True)
class _Abroad:
    """Even between ``low`` and ``high``, but normal about ``middle`` where ``spread`` is above zero."""

    low: Floats
    high: Floats
    middle: Floats
    spread: Floats

    def draw(self, number: int) -> Floats:
        from scipy.special import ndtri

        cube = evenly(number, len(self.low))
        even = self.low + cube * (self.high - self.low)
        return np.where(self.spread > 0, self.middle + self.spread * ndtri(cube), even)

    def density(self, points: Floats) -> Floats:
        wide = np.where(self.spread > 0, self.spread, 1.0)
        normal = -(((points - self.middle) / wide) ** 2) / 2 - np.log(wide * (2 * pi) ** 0.5)
        inside = (points >= self.low) & (points <= self.high)
        even = np.where(inside, -np.log(self.high - self.low), -LOST)
        return np.asarray(np.where(self.spread > 0, normal, even).sum(axis=1))


class _Known:
    """Points at which the likelihood was looked at, and what they were drawn from."""

    def __init__(self, mixture: Mixture, top: tuple[float, Found], summit: _Normal) -> None:
        self.mixture, self.top, self.summit = mixture, top, summit
        self.sources: list[tuple[int, _Source]] = []
        self.points: list[Floats] = []
        self.rows: list[Floats] = []

    def look(self, source: _Source, number: int) -> None:
        """Look at points of a source; those out of bounds or without a likelihood count as drawn."""
        self.sources.append((number, source))
        points = source.draw(number)
        for at in points[_allowed(self.mixture, points)]:
            row = _row(self.mixture, self.top, at, self.near(at))
            if row is not None:
                row[0] = max(row[0], -_LOWEST)
                self.points.append(at)
                self.rows.append(row)

    def near(self, at: Floats) -> Floats:
        """The parameters from which those at a point are looked for: where the summit's change would lead, or the best
        at a point that is nearer than the summit."""
        mixture = self.mixture
        out = mixture.vector.copy()
        out[mixture.inner] += mixture.follow @ (at - mixture.point)
        if self.points:
            apart = self.summit.standard(np.array([mixture.point, *self.points])) - self.summit.standard(at[None])
            nearest = int((apart**2).sum(axis=1).argmin())
            if nearest:
                out[mixture.inner] = np.split(self.rows[nearest - 1][1:], 2)[0]
        return out

    def density(self, points: Floats) -> Floats:
        """The logarithm of the density of all sources together."""
        each = np.array([log(number) + source.density(points) for number, source in self.sources])
        return np.asarray(np.logaddexp.reduce(each, axis=0))

    def weights(self) -> Floats:
        """Of the points; they add up to one."""
        points, rows = np.array(self.points), np.array(self.rows)
        heights = np.where(rows[:, 0] <= -_LOWEST, -LOST, rows[:, 0])
        heights = heights + _prior(self.mixture, points) - self.density(points)
        weights = np.exp(heights - heights.max())
        return np.asarray(weights / weights.sum())


@one_blas_thread
def sampled(mixture: Mixture) -> Cloud | None:
    """The draws; None where there are too few points with a likelihood."""
    surface, point = mixture.surface, mixture.point
    count = len(point)
    top = surface.at(point, mixture.vector)
    if top is None:
        return None
    low, high = surface.bounds()
    summit = _Normal(point, *_scale(mixture, top[0], low, high))
    known = _Known(mixture, top, summit)
    known.look(summit, _POINTS * count)
    if len(surface.model.layout.series) == 1:
        known.look(_abroad(mixture, low, high), _ABROAD * count)
    for stage in range(_STAGES + 1):
        if len(known.points) < 4 * count or max(row[0] for row in known.rows) <= -_LOWEST:
            surface.weigh(point)
            return None
        weights = known.weights()
        if 1 / (weights**2).sum() >= _ENOUGH or stage == _STAGES:
            break
        known.look(_around(np.array(known.points), weights, summit), _MORE)
    surface.weigh(point)
    return _cloud(known)


def _allowed(mixture: Mixture, points: Floats) -> NDArray[np.bool_]:
    """Which points are within bounds; and of one series, whose events do not beget more than themselves.

    That could not last, and where the rate grows for a while there is a drift for it.
    """
    surface = mixture.surface
    low, high = surface.bounds()
    inside = ((points >= low) & (points <= high)).all(axis=1)
    layout = surface.model.layout
    if len(layout.series) == 1 and layout.pairs:
        vectors = np.tile(mixture.vector, (len(points), 1))
        vectors[:, surface.outer] = points[:, : len(surface.outer)]
        inside &= vectors[:, layout.first_weight : layout.first_delay] @ surface.model.shares < 1
    return np.asarray(inside)


def _abroad(mixture: Mixture, low: Floats, high: Floats) -> _Abroad:
    """All that excitation and delay of one series may be, and scatter and step about those of the summit."""
    layout, point = mixture.surface.model.layout, mixture.point
    outer = mixture.surface.outer
    weighs = np.zeros(len(point), bool)
    weighs[: len(outer)] = outer < layout.first_delay
    most = 1 / mixture.surface.model.shares
    high = high.copy()
    high[weighs] = np.minimum(high[weighs], np.resize(most, weighs.sum()))
    spread = np.zeros(len(point))
    spread[: len(outer)][outer >= layout.first_scatter] = _SCATTER_SPREAD
    spread[len(outer) :] = _STEP_SPREAD
    middle = point.copy()
    scattered = np.flatnonzero(outer >= layout.first_scatter)
    middle[scattered] = np.maximum(point[scattered], _LEAST_SCATTER)
    return _Abroad(low, high, middle, spread)


def _about(points: Floats, weights: Floats, summit: _Normal) -> _Normal:
    """As the points are spread; where few count, as the summit's curvature says."""
    centre = weights @ points
    apart = points - centre
    few = len(centre) / (len(centre) + 1 / float((weights**2).sum()))
    among = (1 - few) * (apart * weights[:, None]).T @ apart + few * summit.scale @ summit.scale.T
    return _normal(centre, among)


def _around(points: Floats, weights: Floats, summit: _Normal) -> _Normal:
    """Around the point of the greatest weight, as wide as its nearest are spread."""
    centre = points[int(weights.argmax())]
    whole = _about(points, weights, summit)
    apart = whole.standard(points) - whole.standard(centre[None])
    near = np.argsort((apart**2).sum(axis=1))[:_MORE]
    shares = weights[near] + 1 / len(points)
    shares /= shares.sum()
    away = points[near] - centre
    return _normal(centre, (away * shares[:, None]).T @ away)


def _normal(centre: Floats, among: Floats) -> _Normal:
    values, vectors = np.linalg.eigh(among)
    scale = vectors * np.sqrt(np.maximum(values, _NARROWEST**2))
    return _Normal(centre, scale, np.zeros(len(centre), bool))


def _prior(mixture: Mixture, points: Floats) -> Floats:
    """What the priors add to the marginal likelihood: the root of the scatter is flat."""
    surface = mixture.surface
    if surface.rooted:
        return np.zeros(len(points))
    outer = surface.outer
    return np.asarray(points[:, : len(outer)][:, outer >= surface.model.layout.first_scatter].sum(axis=1) / 2)


def _row(mixture: Mixture, top: tuple[float, Found], at: Floats, near: Floats) -> Floats | None:
    """At a point: how high above the summit, the best of the inner parameters, and the logarithms of their variances.

    Looked for from ``near``. None where there is no likelihood, or next to no background.
    """
    surface, inner = mixture.surface, mixture.inner
    there = surface.at(at, near)
    if there is None:
        return None
    block = there[1].information[np.ix_(inner, inner)]
    units = np.sqrt(np.diag(block))
    if not (units > _FAINTEST * np.sqrt(np.diag(top[1].information)[inner])).all():
        return None
    variances = np.diag(np.linalg.pinv(block / np.outer(units, units), hermitian=True)) / units**2
    return np.concatenate([[top[0] - there[0]], there[1].vector[inner], np.log(np.maximum(variances, 1e-12))])


def _cloud(known: _Known) -> Cloud:
    """The points that count, with their weights, and what was found at them."""
    surface, inner = known.mixture.surface, known.mixture.inner
    weights = known.weights()
    kept = weights > _LIGHTEST * weights.max()
    points, rows, weights = np.array(known.points)[kept], np.array(known.rows)[kept], weights[kept]
    means = np.tile(known.mixture.vector, (len(points), 1))
    means[:, surface.outer] = points[:, : len(surface.outer)]
    spreads = np.zeros(means.shape)
    means[:, inner], logs = np.hsplit(rows[:, 1:], 2)
    spreads[:, inner] = np.exp(logs / 2)
    return Cloud(points, weights / weights.sum(), means, spreads)


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
