"""What is likely of echoes, of counts a day and of moments alike: the same parameters, priors and background.

An event begets ``quick`` more within hours, on the mean, and ``slow`` for each of such a burst over days, with a mean
delay of half a day to sixty. The share of all events that others begot, at some remove, is then

    1 - (1 - quick) * (1 - slow)

which is also the number of further events that follow on one directly, ``quick + slow * (1 - quick)``. Beside echoes
whole days are busier or calmer by a factor of variance ``scatter``, and the logarithm of the background has a level,
weekdays and a drift with steps of spread ``step`` from knot to knot.

Priors: flat for ``quick``, ``slow``, the logarithm of the delay, and, below one or so, for the root of the scatter and
for the step (half normal with a spread of one, which is more than a day or a month is likely to differ from the next).
The drift's coefficients are integrated out by Laplace's approximation, level and weekdays at their best (Rue, Martino
and Chopin 2009). Points are vectors of the logit of ``quick``, that of ``slow``, that of the logarithm of the delay
between its bounds, and the logarithms of the root of the scatter and of the step, so that no bound is in the way.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any, Final

import numpy as np

from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.importance import LOST
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import DELAYS, Indices

__all__ = ["GRID", "Outer", "Posterior", "between", "point"]

_SHORTEST, _LONGEST = log(DELAYS[0]), log(DELAYS[1])
GRID: Final[Floats] = np.linspace(_SHORTEST, _LONGEST, 25)
"""Logarithms of delays for which echoes are computed; between them they are interpolated."""

_STEPS: Final = 12
"""The climb of the background has so many steps,"""
_MOST_STEPS: Final = 100
"""or more, where no point is near its summit by then: it may begin at a drift far wilder than is likely."""
_ENOUGH: Final = 1e-3
"""It ends when a step promises less log-likelihood than this at all points;"""
_NEARLY: Final = 0.05
"""where it ends for want of steps, a point counts if no more than this was promised there."""
_FARTHEST: Final = 1.0
"""A step changes the logarithm of no day's background by more."""
_LEAST, _MOST = -20.0, 30.0
"""Between these the logarithm of the background is kept."""
_FAR: Final = np.array([[-12.0, -12.0, -12.0, -8.0, -9.0], [8.0, 8.0, 12.0, 1.5, 3.0]])
"""Points beyond these have no weight."""
_CELLS: Final = 12_000_000
"""Products of columns are kept for so many days that no more cells are needed."""


@dataclass(frozen=True, slots=True)
class Outer:
    """The parameters at some points, one value a point.

    Attributes:
        quick: Further events that directly follow on one within hours.
        slow: Further events that directly follow over days on one, its burst of quick ones counted with it.
        delay: The logarithm of the mean delay of the slow ones, in days.
        scatter: The variance of the factor that is each day's own.
        step: The standard deviation of a step of the drift.
    """

    quick: Floats
    slow: Floats
    delay: Floats
    scatter: Floats
    step: Floats

    @classmethod
    def of(cls, points: Floats) -> Outer:
        from scipy.special import expit

        return cls(
            expit(points[:, 0]), expit(points[:, 1]), _SHORTEST + (_LONGEST - _SHORTEST) * expit(points[:, 2]),
            np.exp(2 * points[:, 3]), np.exp(points[:, 4]),
        )  # fmt: skip

    @property
    def total(self) -> Floats:
        """The share of all events that others begot."""
        return 1 - (1 - self.quick) * (1 - self.slow)

    def prior(self) -> Floats:
        """The logarithm of the density of the points that the priors of the parameters make."""
        place = (self.delay - _SHORTEST) / (_LONGEST - _SHORTEST)
        odds = sum(np.log(np.maximum(one * (1 - one), 1e-300)) for one in (self.quick, self.slow, place))
        roots = np.log(self.scatter) / 2 - self.scatter / 2
        return np.asarray(odds + roots + np.log(self.step) - self.step**2 / 2)


def point(quick: float, slow: float, delay: float, scatter: float, step: float) -> Floats:
    """The point of some parameters; ``delay`` in days, inside its bounds."""
    place = (log(delay) - _SHORTEST) / (_LONGEST - _SHORTEST)
    odds = [log(one / (1 - one)) for one in (quick, slow, place)]
    return np.array([*odds, log(scatter) / 2, log(step)])


class Posterior(ABC):
    """The background of some days, and how its coefficients are found and integrated out at each point.

    Args:
        design: Of the background. Its drift is the part whose penalty has no weight.
        near: Coefficients that explain the days with the echoes ``1 - left``, and how much they leave.
    """

    def __init__(self, design: Design, near: Floats, left: float) -> None:
        self.columns, self.near, self.left = design.columns, near, left
        size = self.columns.shape[1]
        self._given: Floats = np.zeros((size, size))
        self._drift: Indices = np.empty(0, np.intp)
        self._rough: Floats = np.empty((0, 0))
        for one in design.penalties:
            if one.weight is None:
                self._drift, self._rough = np.array(one.columns), one.matrix
            else:
                self._given[np.ix_(one.columns, one.columns)] += one.weight * one.matrix

    @property
    @abstractmethod
    def cells(self) -> int:
        """Cells of the largest table for one point."""

    @abstractmethod
    def prepared(self, points: Floats) -> Any:
        """What does not depend on the background."""

    @abstractmethod
    def parts(self, background: Floats, prepared: Any) -> tuple[Floats, Floats, Floats]:
        """The log-likelihood of each point, and, points by days, its slope by the logarithm of the day's background and
        the expected information of that."""

    @abstractmethod
    def share_left(self, outer: Outer) -> Floats:
        """What share of events the background as it is counted here is of."""

    def begin(self, points: Floats) -> Floats:
        """The background of the days, lowered or raised to leave room for the echoes of each point."""
        out = np.tile(self.near, (len(points), 1))
        out[:, 0] += self._log_left(points) - log(self.left)
        return out

    def features(self, points: Floats) -> Floats:
        """The points, and the logarithm of the share that is background."""
        return np.column_stack([points, self._log_left(points)])

    def _log_left(self, points: Floats) -> Floats:
        return np.asarray(np.log(np.maximum(self.share_left(Outer.of(points)), 1e-6)))

    def at(self, points: Floats, near: Floats) -> tuple[Floats, Floats]:
        """The logarithm of the density at each point, and the best coefficients there."""
        few = points[:, : _FAR.shape[1]]
        inside = ((few >= _FAR[0]) & (few <= _FAR[1])).all(axis=1)
        heights, found = np.full(len(points), LOST), near.copy()
        if inside.any():
            heights[inside], found[inside] = self._climbed(points[inside], near[inside])
            heights[inside] += self.prior(points[inside])
        return heights, found

    def prior(self, points: Floats) -> Floats:
        """The logarithm of the prior's density at each point."""
        return Outer.of(points).prior()

    def _climbed(self, points: Floats, near: Floats) -> tuple[Floats, Floats]:
        """The marginal likelihood of each point, from the best coefficients that scoring finds."""
        coefficients, prepared, weight = near, self.prepared(points), Outer.of(points).step ** -2
        penalty = np.tile(self._given, (len(near), 1, 1))
        drift = np.ix_(np.arange(len(near)), self._drift, self._drift)
        penalty[drift] += weight[:, None, None] * self._rough
        for number in range(_MOST_STEPS):
            background = np.exp(np.clip(coefficients @ self.columns.T, _LEAST, _MOST))
            likelihood, slope, weights = self.parts(background, prepared)
            information = self._information(weights) + penalty
            held = (penalty @ coefficients[:, :, None])[:, :, 0]
            gradient = slope @ self.columns - held
            step = np.linalg.solve(information, gradient[:, :, None])[:, :, 0]
            promise = (step * gradient).sum(axis=1)
            spent = number >= _STEPS - 1 and (promise.min() < _NEARLY or number == _MOST_STEPS - 1)
            if promise.max() < _ENOUGH or spent:
                break
            most = abs(step @ self.columns.T).max(axis=1)
            coefficients = coefficients + step * np.minimum(1, _FARTHEST / np.maximum(most, 1e-9))[:, None]
        heights = likelihood - (coefficients * held).sum(axis=1) / 2 + promise / 2
        heights += len(self._drift) / 2 * np.log(weight) - np.linalg.slogdet(information[drift])[1] / 2
        good = (promise < _NEARLY) & np.isfinite(heights)
        return np.where(good, heights, LOST), coefficients

    @cached_property
    def _pairs(self) -> tuple[Indices, Indices]:
        return np.tril_indices(self.columns.shape[1])

    @cached_property
    def _products(self) -> Floats | None:
        """Products of columns, days by pairs; None where these would take too much memory."""
        rows, others = self._pairs
        small = len(self.columns) * len(rows) <= _CELLS
        return self.columns[:, rows] * self.columns[:, others] if small else None

    def _information(self, weights: Floats) -> Floats:
        """Of the coefficients, without the penalty: points by coefficients by coefficients."""
        rows, others = self._pairs
        if self._products is not None:
            lower = weights @ self._products
        else:
            lower = np.zeros((len(weights), len(rows)))
            length = max(1, _CELLS // len(rows))
            for first in range(0, len(self.columns), length):
                some = self.columns[first : first + length]
                lower += weights[:, first : first + length] @ (some[:, rows] * some[:, others])
        size = self.columns.shape[1]
        out = np.empty((len(weights), size, size))
        out[:, rows, others] = out[:, others, rows] = lower
        return out


def between(tables: Floats, logs: Floats) -> Floats:
    """Tables for each delay of ``GRID``, interpolated at other delays, given by their logarithms."""
    place = (logs - GRID[0]) / (GRID[1] - GRID[0])
    at = np.minimum(place.astype(np.intp), len(GRID) - 2)
    part = (place - at)[:, None]
    return np.asarray((1 - part) * tables[at] + part * tables[at + 1])
