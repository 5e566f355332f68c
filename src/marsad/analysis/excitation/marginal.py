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
(Chung and others 2013). The covariance also carries the doubt about the outer parameters,
the step among them, by the curvature of the marginal likelihood; intervals that know its
shape too are in :mod:`marsad.analysis.excitation.mixture`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import Indices
from marsad.analysis.excitation.mixture import Mixture
from marsad.analysis.excitation.model import Model
from marsad.analysis.excitation.penalties import Placed, total
from marsad.analysis.excitation.search import Found, search
from marsad.analysis.excitation.surface import Surface

__all__ = ["MOST_OUTER", "climb_marginal", "outer_size"]

MOST_OUTER: Final = 12
"""With more parameters beside the background than this, the joint likelihood is climbed instead."""

_STEP: Final = 0.02
"""For the curvature: small beside any standard error of a logarithm or a weight, large beside the search's noise."""
_MARGIN: Final = 0.03
_FLATTEST: Final = 0.1
"""The least curvature: the standard error of a logarithm is no more than 3."""


def outer_size(model: Model, placed: Sequence[Placed], held: NDArray[np.bool_]) -> int:
    """How many parameters the marginal likelihood would be climbed over."""
    beside = np.arange(model.layout.size) >= model.layout.first_weight
    return int((beside & ~held).sum()) + sum(not one.given for one in placed)


def climb_marginal(
    model: Model, found: Found, placed: Sequence[Placed], held: NDArray[np.bool_]
) -> tuple[Found, Floats, Mixture]:
    """From the joint maximum to the marginal one: what is there, its covariance, and what intervals are made of.

    The penalties' chosen weights are set on the way.
    """
    from scipy.optimize import minimize

    layout = model.layout
    outer = np.flatnonzero((np.arange(layout.size) >= layout.first_weight) & ~held)
    still = held.copy()
    still[outer] = True
    surface = Surface(model, placed, outer, still, found.vector)
    lower, upper = layout.bounds()
    free = [log(one.weight) for one in placed if not one.given]
    point = np.concatenate([found.vector[outer], free])
    low, high = surface.bounds()
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
    inner, inverse, follow = _follow(done, placed, outer)
    mixture = Mixture(surface, point, done.vector, among, inner, follow)
    return done, _covariance(outer, among, inner, inverse, follow, layout.size), mixture


def _outer_covariance(surface: Surface, point: Floats, inside: NDArray[np.intp]) -> Floats:
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


def _follow(found: Found, placed: Sequence[Placed], outer: Indices) -> tuple[Indices, Floats, Floats]:
    """Where the background's free parameters stand, their covariance given the outer ones, how they follow these."""
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
    return inner, inverse, -inverse @ np.hstack(pulls)


def _covariance(
    outer: Indices, among: Floats, inner: Indices, inverse: Floats, follow: Floats, size: int
) -> Floats:  # fmt: skip
    """Of all parameters: the background's given the outer ones, and what the doubt about these adds."""
    out = np.zeros((size, size))
    out[np.ix_(inner, inner)] = inverse + follow @ among @ follow.T
    own = among[: len(outer), : len(outer)]
    out[np.ix_(outer, outer)] = own
    shared = follow @ among[:, : len(outer)]
    out[np.ix_(inner, outer)], out[np.ix_(outer, inner)] = shared, shared.T
    return out
