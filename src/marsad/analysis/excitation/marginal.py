"""Marginal likelihood: what the counts say of excitation once the drift's freedom is paid for.

A background that wanders follows chance clusters of events, so that the parameters of
greatest joint likelihood give too little to excitation, as detrending makes any series
look less persistent than it is. The marginal likelihood integrates the drift's
coefficients out (by Laplace's approximation, the other background coefficients at
their best) and is climbed over the rest: excitation, scatter and the penalties'
weights. To integrate out the level too would reward a background of next to nothing.

The likelihood of a drift's step is often highest at none at all, though the data would
allow a good deal; intervals from there are too short. The step therefore has a prior
that is in proportion to itself, which moves it off zero by about one standard error
(Chung and others 2013). Intervals also carry the doubt about the outer parameters, the
step among them, by the curvature of the marginal likelihood.
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
_STEP: Final = 0.02
"""For the curvature: small beside any standard error of a logarithm or a weight, large beside the search's noise."""
_MARGIN: Final = 0.03
_FLATTEST: Final = 0.1
"""The least curvature: the standard error of a logarithm is no more than 3."""
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
            if not one.wanders:
                continue
            at = np.ix_(one.at, one.at)
            slack = _SLACK * np.eye(len(one.at))
            own = one.weight * one.matrix
            value += float(np.linalg.slogdet(found.information[at] + slack)[1]) / 2
            value -= float(np.linalg.slogdet(own + slack)[1]) / 2
            if not one.given:
                value += log(one.weight) / 2  # minus the logarithm of the drift's step
        if value < self.best[0]:
            self.best = value, found.vector, point.copy()
            self.near = found.vector
        return value

    def weigh(self, point: Floats) -> None:
        logs = iter(point[len(self.outer) :])
        for one in self.placed:
            if not one.given:
                one.weight = exp(float(next(logs)))


def climb_marginal(
    model: Model, found: Found, placed: Sequence[Placed], held: NDArray[np.bool_]
) -> tuple[Found, Floats]:
    """From the joint maximum to the marginal one, and the covariance of all parameters there.

    The penalties' chosen weights are set on the way.
    """
    from scipy.optimize import minimize

    layout = model.layout
    outer = np.flatnonzero((np.arange(layout.size) >= layout.first_weight) & ~held)
    still = held.copy()
    still[outer] = True
    surface = _Surface(model, placed, outer, still, found.vector)
    lower, upper = layout.bounds()
    free = [log(one.weight) for one in placed if not one.given]
    point = np.concatenate([found.vector[outer], free])
    low = np.concatenate([lower[outer], np.full(len(free), log(LIGHTEST))])
    high = np.concatenate([upper[outer], np.full(len(free), log(HEAVIEST))])
    surface.loss(point)
    minimize(
        surface.loss, point, method="L-BFGS-B", bounds=list(zip(low, high, strict=True)),
        options={"maxiter": 40, "ftol": 1e-8, "gtol": 1e-2, "eps": 1e-3},
    )  # fmt: skip
    _, vector, point = surface.best
    inside = (point > low + _MARGIN) & (point < high - _MARGIN)
    among = _outer_covariance(surface, point, np.flatnonzero(inside))
    surface.weigh(point)
    penalty = total(placed, layout.size)
    there = search(model, vector, lower, upper, penalty, still)
    mobile = ~held & ~np.isin(np.arange(layout.size), outer[~inside[: len(outer)]])
    done = Found(there.vector, there.state, mobile, there.information, there.converged, found.steps + there.steps)
    return done, _covariance(done, placed, outer, among)


def _outer_covariance(surface: _Surface, point: Floats, inside: NDArray[np.intp]) -> Floats:
    """The inverse curvature of the marginal likelihood along the parameters inside their bounds; zero elsewhere."""
    count = len(inside)
    moves = np.zeros((count, len(point)))
    moves[np.arange(count), inside] = _STEP
    height = surface.loss(point)
    bend = np.zeros((count, count))
    for row in range(count):
        bend[row, row] = surface.loss(point + moves[row]) + surface.loss(point - moves[row]) - 2 * height
        for column in range(row):
            one, other = moves[row], moves[column]
            cross = surface.loss(point + one + other) + surface.loss(point - one - other)
            cross -= surface.loss(point + one - other) + surface.loss(point - one + other)
            bend[row, column] = bend[column, row] = cross / 4
    values, vectors = np.linalg.eigh(bend / _STEP**2)
    out = np.zeros((len(point), len(point)))
    out[np.ix_(inside, inside)] = (vectors / np.maximum(values, _FLATTEST)) @ vectors.T
    return out


def _covariance(found: Found, placed: Sequence[Placed], outer: NDArray[np.intp], among: Floats) -> Floats:
    """Of all parameters: the background's given the outer ones, and what the doubt about these adds."""
    size = len(found.vector)
    information = found.information
    inner = np.flatnonzero(found.free & ~np.isin(np.arange(size), outer) & (np.diag(information) > 1e-8))
    scale = np.sqrt(np.diag(information)[inner])
    block = information[np.ix_(inner, inner)] / np.outer(scale, scale)
    inverse = np.linalg.pinv(block, hermitian=True) / np.outer(scale, scale)
    pulls = [information[inner][:, outer]]
    for one in placed:
        if not one.given:
            pull = np.zeros(size)
            pull[one.at] = one.weight * one.matrix @ found.vector[one.at]
            pulls.append(pull[inner, None])
    follow = -inverse @ np.hstack(pulls)
    out = np.zeros((size, size))
    out[np.ix_(inner, inner)] = inverse + follow @ among @ follow.T
    own = among[: len(outer), : len(outer)]
    out[np.ix_(outer, outer)] = own
    shared = follow @ among[:, : len(outer)]
    out[np.ix_(inner, outer)], out[np.ix_(outer, inner)] = shared, shared.T
    return out
