"""The marginal likelihood of excitation, scatter and the drift's step: the drift's coefficients integrated out.

By Laplace's approximation, the other background coefficients at their best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import Indices
from marsad.analysis.excitation.model import Model
from marsad.analysis.excitation.penalties import HEAVIEST, LIGHTEST, Placed, total
from marsad.analysis.excitation.search import Found, search

__all__ = ["LOST", "SLACK", "Surface", "best_beside"]

LOST: Final = 1e10
"""The loss where the model has no likelihood."""

SLACK: Final = 1e-2
"""What little is known beforehand of slopes that a penalty leaves free: one over their variance."""


def best_beside(
    model: Model, placed: Sequence[Placed], first: Floats, still: NDArray[np.bool_]
) -> tuple[Found, Floats] | None:
    """The best of all parameters but those that are ``still``, from ``first`` on, and the penalty that it has now; None
    where there is no likelihood at ``first``."""
    if model.state(first) is None:
        return None
    lower, upper = model.layout.bounds()
    penalty = total(placed, model.layout.size)
    return search(model, first, lower, upper, penalty, still), penalty


@dataclass(slots=True)
class Surface:
    """The marginal likelihood as a function of the outer parameters; keeps where it last was.

    Attributes:
        outer: Where the outer parameters stand in the vector: excitation, delay and scatter that are not held.
            A point is these, and the logarithms of the penalties' weights that are not given.
        still: What the search at a point leaves alone: the outer parameters, and what is held.
        near: The vector that the next search begins with.
        best: Of all points so far the least loss, the vector there, and the point.
    """

    model: Model
    placed: Sequence[Placed]
    outer: Indices
    still: NDArray[np.bool_]
    near: Floats
    best: tuple[float, Floats, Floats] = field(default_factory=lambda: (LOST, np.empty(0), np.empty(0)))

    def loss(self, point: Floats) -> float:
        """Minus the marginal log-likelihood, with the prior of the drift's step."""
        there = self.at(point, self.near)
        if there is None:
            return LOST
        value, found = there
        if value < self.best[0]:
            self.best = value, found.vector, point.copy()
            self.near = found.vector
        return value

    def at(self, point: Floats, near: Floats) -> tuple[float, Found] | None:
        """The loss at a point, and the best of the other parameters, looked for from ``near``."""
        first = near.copy()
        first[self.outer] = point[: len(self.outer)]
        self.weigh(point)
        beside = best_beside(self.model, self.placed, first, self.still)
        if beside is None:
            return None
        found, penalty = beside
        height = found.state.likelihood - found.vector @ penalty @ found.vector / 2
        value = -float(height)
        for one in self.placed:
            if not one.wanders:
                continue
            at = np.ix_(one.at, one.at)
            slack = SLACK * np.eye(len(one.at))
            own = one.weight * one.matrix
            value += float(np.linalg.slogdet(found.information[at] + slack)[1]) / 2
            value -= float(np.linalg.slogdet(own + slack)[1]) / 2
            if not one.given:
                value += log(one.weight) / 2  # minus the logarithm of the drift's step
        return value, found

    def weigh(self, point: Floats) -> None:
        """Set the weights of the penalties that are not given to those of a point."""
        logs = iter(point[len(self.outer) :])
        for one in self.placed:
            if not one.given:
                one.weight = exp(float(next(logs)))

    def bounds(self) -> tuple[Floats, Floats]:
        """The least and the greatest point."""
        lower, upper = self.model.layout.bounds()
        free = sum(not one.given for one in self.placed)
        low = np.concatenate([lower[self.outer], np.full(free, log(LIGHTEST))])
        return low, np.concatenate([upper[self.outer], np.full(free, log(HEAVIEST))])
