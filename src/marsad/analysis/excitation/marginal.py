"""Marginal likelihood: what the counts say of excitation once the drift's freedom is paid for.

A background that wanders follows chance clusters of events, so that the parameters of
greatest joint likelihood give too little to excitation, as detrending makes any series
look less persistent than it is. The marginal likelihood integrates the drift's
coefficients out (by Laplace's approximation, the other background coefficients at
their best) and is climbed over the rest: excitation, scatter and the penalties'
weights. To integrate out the level too would reward a background of next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.model import Model
from marsad.analysis.excitation.penalties import HEAVIEST, LIGHTEST, Placed, total
from marsad.analysis.excitation.search import Found, search

__all__ = ["MOST_OUTER", "climb_marginal", "outer_size"]

MOST_OUTER: Final = 12
"""With more parameters beside the background than this, the joint likelihood is climbed instead."""

_LOST: Final = 1e10
_SLACK: Final = 1e-2
"""What little is known beforehand of slopes that a penalty leaves free: one over their variance."""


def outer_size(model: Model, placed: Sequence[Placed], held: NDArray[np.bool_]) -> int:
    """How many parameters the marginal likelihood would be climbed over."""
    beside = np.arange(model.layout.size) >= model.layout.first_weight
    return int((beside & ~held).sum()) + sum(not one.given for one in placed)


@dataclass(slots=True)
class _Surface:
    """The marginal likelihood as a function of the outer parameters; keeps where it last was."""

    model: Model
    placed: Sequence[Placed]
    outer: NDArray[np.intp]
    still: NDArray[np.bool_]
    near: Floats
    best: tuple[float, Floats, Floats] = field(default_factory=lambda: (_LOST, np.empty(0), np.empty(0)))

    def loss(self, point: Floats) -> float:
        """Minus the marginal log-likelihood."""
        layout = self.model.layout
        first = self.near.copy()
        first[self.outer] = point[: len(self.outer)]
        self.weigh(point)
        if self.model.state(first) is None:
            return _LOST
        lower, upper = layout.bounds()
        penalty = total(self.placed, layout.size)
        found = search(self.model, first, lower, upper, penalty, self.still)
        height = found.state.likelihood - found.vector @ penalty @ found.vector / 2
        value = -float(height)
        for one in self.placed:
            at = np.ix_(one.at, one.at)
            slack = _SLACK * np.eye(len(one.at))
            own = one.weight * one.matrix
            value += float(np.linalg.slogdet(found.information[at] + slack)[1]) / 2
            value -= float(np.linalg.slogdet(own + slack)[1]) / 2
        if value < self.best[0]:
            self.best = value, found.vector, point.copy()
            self.near = found.vector
        return value

    def weigh(self, point: Floats) -> None:
        logs = iter(point[len(self.outer) :])
        for one in self.placed:
            if not one.given:
                one.weight = exp(float(next(logs)))


def climb_marginal(model: Model, found: Found, placed: Sequence[Placed], held: NDArray[np.bool_]) -> Found:
    """From the joint maximum to the marginal one; the penalties' chosen weights are set on the way."""
    from scipy.optimize import minimize

    layout = model.layout
    outer = np.flatnonzero((np.arange(layout.size) >= layout.first_weight) & ~held)
    still = held.copy()
    still[outer] = True
    surface = _Surface(model, placed, outer, still, found.vector)
    lower, upper = layout.bounds()
    free = [log(one.weight) for one in placed if not one.given]
    point = np.concatenate([found.vector[outer], free])
    box = [*zip(lower[outer], upper[outer], strict=True), *[(log(LIGHTEST), log(HEAVIEST))] * len(free)]
    surface.loss(point)
    minimize(
        surface.loss, point, method="L-BFGS-B", bounds=box,
        options={"maxiter": 40, "ftol": 1e-8, "gtol": 1e-2, "eps": 1e-3},
    )  # fmt: skip
    _, vector, point = surface.best
    surface.weigh(point)
    penalty = total(placed, layout.size)
    there = search(model, vector, lower, upper, penalty, still)
    state, gradient = there.state, model.gradient(there.state)
    stuck = ((there.vector <= lower) & (gradient <= 0)) | ((there.vector >= upper) & (gradient >= 0))
    return Found(there.vector, state, ~(held | stuck), there.information, there.converged, found.steps + there.steps)
