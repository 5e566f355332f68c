"""Draws from a density that is known up to a factor, by adaptive importance sampling.

Points are drawn in stages, each from a t distribution about the weighted points of all stages before, and each point is
worth the density there over the density of all stages together (Cornuet, Marin, Mira and Robert 2012). They are taken
from Sobol's sequence and not at random, so that the same data give the same draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi
from typing import Final, Protocol

import numpy as np

from marsad.analysis.excitation.cloud import effective
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.kriging import evenly
from marsad.errors import AnalysisError

__all__ = ["LOST", "Draws", "Target", "sampled"]

LOST: Final = -1e9
"""The logarithm of the density where there is none."""

_FREEDOM: Final = 5.0
"""Of the t distributions: their tails must reach further than those of what is drawn from."""
_FIRST: Final = 192
"""Points of the first stage,"""
_SEARCHING, _MORE = 80, 160
"""of each after it, while most of the weight is not found yet and afterwards,"""
_STAGES: Final = 24
"""and how many of these there are at most,"""
_ENOUGH: Final = 250.0
"""until the draws are worth so many equal ones."""
_FEWEST: Final = 3.0
"""Where so few draws for each dimension have all the weight, they are weighed more evenly for the next stage."""
_FLATTER, _FLATTEST = 0.7, 1e-5
_WIDER: Final = 1.15
_LEAST: Final = 1e-3
"""Variance that is added along each dimension."""
_AT_ONCE: Final = 1_600_000
"""Points are taken together, as long as no table has more cells than this."""
_NEAR: Final = 30.0
"""Points so far below the best, in logarithms, tell nothing of the coefficients near it."""
_RIDGE: Final = 1e-3


class Target(Protocol):
    """What is drawn from: a density of points, with coefficients that are found on the way and have a best at each."""

    @property
    def cells(self) -> int:
        """Cells of its largest table for one point."""
        ...

    def begin(self, points: Floats) -> Floats:
        """Coefficients from which the best at each point can be looked for, points by coefficients."""
        ...

    def features(self, points: Floats) -> Floats:
        """What the best coefficients are nearly linear in, points by features."""
        ...

    def at(self, points: Floats, near: Floats) -> tuple[Floats, Floats]:
        """The logarithm of the density at each point, ``LOST`` where there is none; and the best coefficients."""
        ...


@dataclass(frozen=True, slots=True)
class Draws:
    """Weighted draws.

    Attributes:
        points: Draws by dimensions.
        weights: They add up to one.
        coefficients: Those that are best at each, draws by coefficients.
    """

    points: Floats
    weights: Floats
    coefficients: Floats

    @property
    def effective(self) -> float:
        """As how many equal draws these are good for."""
        return effective(self.weights)

    def counting(self, least: float = 1e-6) -> Draws:
        """Without those that weigh next to nothing."""
        kept = self.weights > least * self.weights.max()
        weights = self.weights[kept]
        return Draws(self.points[kept], weights / weights.sum(), self.coefficients[kept])


@dataclass(frozen=True, slots=True)
class _Stage:
    """A t distribution: how many points were drawn from it, its centre, and what a unit along each axis is."""

    number: int
    centre: Floats
    scale: Floats

    def points(self, cube: Floats) -> Floats:
        """Points of the unit cube, of one dimension more than the distribution's, as draws from it."""
        from scipy.special import ndtri
        from scipy.stats import chi2

        stretch = np.sqrt(_FREEDOM / chi2.ppf(cube[:, -1], _FREEDOM))
        return np.asarray(self.centre + (ndtri(cube[:, :-1]) * stretch[:, None]) @ self.scale.T)

    def density(self, points: Floats) -> Floats:
        """The logarithm of the number of points expected about each."""
        from scipy.special import gammaln

        size = len(self.centre)
        apart = np.linalg.solve(self.scale, (points - self.centre).T)
        out = -(_FREEDOM + size) / 2 * np.log1p((apart**2).sum(axis=0) / _FREEDOM)
        whole = gammaln((_FREEDOM + size) / 2) - gammaln(_FREEDOM / 2) - size / 2 * log(_FREEDOM * pi)
        return np.asarray(out + whole - np.log(np.diag(self.scale)).sum() + log(self.number))


def sampled(target: Target, centre: Floats, spread: Floats) -> Draws:
    """Draws from ``target``, looked for first about ``centre``, so far as ``spread`` along each dimension.

    Raises AnalysisError where there is no density at all.
    """
    size = len(centre)
    cube = evenly(_FIRST + _STAGES * _MORE, size + 1)
    stages = [_Stage(_FIRST, centre, np.diag(spread))]
    points, heights, found = np.empty((0, size)), np.empty(0), np.empty((0, 0))
    while True:
        stage, done = stages[-1], len(points)
        new = stage.points(cube[done : done + stage.number])
        near = target.begin(new) if not done else _foretold(target, points, heights, found, new)
        height, best = _evaluated(target, new, near)
        if not done and height.max() <= LOST:
            raise AnalysisError(
                "no background explains these counts: look for a wrong one, or give with --since and --until the days "
                "in which the events are"
            )
        points, heights = np.vstack([points, new]), np.concatenate([heights, height])
        found = np.vstack([found, best]) if done else best
        together = np.logaddexp.reduce([one.density(points) for one in stages], axis=0)
        logs = heights - together
        logs -= logs.max()
        weights = _normed(logs)
        out = Draws(points, weights, found)
        if out.effective >= _ENOUGH or len(stages) > _STAGES:
            return out
        power = 1.0
        while effective(weights) < _FEWEST * size and power > _FLATTEST:
            power *= _FLATTER
            weights = _normed(power * logs)
        middle = weights @ points
        apart = points - middle
        among = (apart * weights[:, None]).T @ apart + _LEAST * np.eye(size)
        number = _MORE if power == 1 else _SEARCHING
        stages.append(_Stage(number, middle, np.asarray(np.linalg.cholesky(_WIDER * among))))


def _normed(logs: Floats) -> Floats:
    weights = np.exp(logs)
    return np.asarray(weights / weights.sum())


def _evaluated(target: Target, points: Floats, near: Floats) -> tuple[Floats, Floats]:
    """The density and the best coefficients, some points at a time."""
    pieces = -(-len(points) // max(1, min(64, _AT_ONCE // target.cells)))
    parts = np.array_split(np.arange(len(points)), pieces)
    done = [target.at(points[part], near[part]) for part in parts]
    return np.concatenate([one for one, _ in done]), np.vstack([one for _, one in done])


def _foretold(target: Target, points: Floats, heights: Floats, found: Floats, new: Floats) -> Floats:
    """The coefficients to be expected at new points, linear in what is known of others."""
    good = heights > heights.max() - _NEAR
    known, wanted = target.features(points[good]), target.features(new)
    middle, spread = known.mean(axis=0), known.std(axis=0) + 1e-9
    known, wanted = (known - middle) / spread, (wanted - middle) / spread
    base = found[good].mean(axis=0)
    gram = known.T @ known + _RIDGE * len(known) * np.eye(known.shape[1])
    slopes = np.linalg.solve(gram, known.T @ (found[good] - base))
    return np.asarray(base + np.clip(wanted, -4, 4) @ slopes)
