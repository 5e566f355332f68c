"""Several series fitted together with their drifts integrated out, quickly.

The parameters of greatest joint likelihood give too little to excitation, because a drift follows chance clusters of
events (:mod:`marsad.analysis.excitation.marginal`). That module climbs the marginal likelihood with slopes from small
differences, which is too slow for the many weights of several series. Here its slope is computed: beside that of the
joint likelihood it holds how the logarithm of the determinant of the drift's information changes, which is a sum over
days of their leverages times the change of each day's weight. Steps are by the joint information with the background
taken out.

What one series answers to another may be left out of that: its weights are then those of the joint likelihood, all
else as the marginal one has it. Where the drifts go their own ways the marginal likelihood has the answers right and
the joint one too small. Where both share a slow wave it is the marginal one that lays a part of it to answers, which
makes room for the drifts, and the joint one that is right (``benchmarks/analysis/provocation.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.dyads import Several
from marsad.analysis.excitation import Fitted, drift, fit, level, weekday
from marsad.analysis.excitation import family as families
from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.model import Model, State
from marsad.analysis.excitation.penalties import HEAVIEST, LIGHTEST, Placed, place, total
from marsad.analysis.excitation.search import Found
from marsad.analysis.excitation.surface import SLACK, best_beside
from marsad.errors import AnalysisError

__all__ = ["LONGEST", "Together", "integrated", "jointly"]

LONGEST: Final = 10.0
"""The most days that answers can take on the mean: what follows more slowly cannot be told from a shared drift."""
_PIECES: Final = 24
"""The most pieces of a series' drift."""
_EVERY: Final = 45
_FEWEST_DAYS: Final = 60
_ENOUGH: Final = 2e-4
"""The climb ends where a step promises less log-likelihood than this for each parameter: a fiftieth of its error."""
_MOST_STEPS: Final = 25
_MOST_SHORTENED: Final = 6
_SHORTER: Final = 0.4
_LONGER: Final = 1.5
"""A step is good if the next one promises less than this times as much."""
_FARTHEST: Final = 1.5
"""The most that the logarithm of a drift's penalty changes in one step."""
_FLATTEST: Final = 0.05
"""The least curvature, as a share of what it is where nothing else moves."""
_FLAT: Final = 0.25
"""The least curvature along the logarithm of a drift's penalty: its standard error is no more than 2."""
_AS_EXPECTED: Final = 0.25
"""The least curvature along the delay that is believed, as a share of the expected one."""
_LEAST: Final = 0.1
_NUDGE: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Together:
    """A fit of several series, and what its weights' intervals are made of.

    Attributes:
        fitted: The fit; its covariance carries the doubt about the drifts' steps.
        slope: Of the likelihood by each weight: below zero where a weight sits at none and would go on.
        covariance: Of the weights, had they no bound.
        scores: How each day, by itself, moves each weight: days by weights.
    """

    fitted: Fitted
    slope: Floats
    covariance: Floats
    scores: Floats


@dataclass(frozen=True, slots=True)
class _Place:
    """Outer parameters (weights, delay, scatter, logarithms of the penalties), and the best of the others there."""

    point: Floats
    found: Found


@dataclass(frozen=True, slots=True)
class _Slopes:
    """At a place: the slope along the outer parameters, minus the curvature, how the background follows them, and its
    covariance given them."""

    slope: Floats
    bend: Floats
    follow: Floats
    inner: Floats


def jointly(series: Several, delay: float | None = None) -> tuple[Fitted, Design]:
    """The fit of greatest joint likelihood, from which the climb begins, and its design; ``delay`` where it is known.

    Raises:
        AnalysisError: There are too few days, or no fit was found.
    """
    days = len(series.counts)
    if days < _FEWEST_DAYS:
        raise AnalysisError(f"{days} days are too few to tell who answers whom: give at least {_FEWEST_DAYS}")
    every = max(_EVERY, -(-days // _PIECES))
    first = date.fromordinal(series.first).weekday()
    design = Design.of(level(days), weekday(days, first), drift(days, every))
    joint = fit(
        series.counts, design, observed=series.observed, series=series.names, longest=LONGEST, marginal=False,
        causes=series.whole, decay=delay,
    )  # fmt: skip
    if not joint.converged:
        raise AnalysisError("the model could not be fitted to these series: give fewer, or more different ones")
    return joint, design


def integrated(joint: Fitted, design: Design, *, answers: bool) -> Together:
    """The fit with the drifts integrated out, from one whose drifts' penalties were chosen.

    ``answers``: whether the weights between series are those of the marginal likelihood too, or of the joint one.
    """
    layout = joint.model.layout
    placed = place(design.penalties, layout, joint.smoothness)
    climb = _Climb(joint.model, placed, layout.targets == layout.sources if not answers else None)
    here, slopes, free = climb.top(joint.estimate)
    climb.weigh(here.point)
    first, size = layout.first_weight, layout.size
    pairs = slice(0, layout.pairs)
    among = _inverse(slopes.bend, free)
    covariance = np.zeros((size, size))
    covariance[:first, :first] = slopes.inner + slopes.follow @ among @ slopes.follow.T
    own = slice(0, size - first)
    covariance[first:, first:] = among[own, own]
    covariance[:first, first:] = slopes.follow @ among[:, own]
    covariance[first:, :first] = covariance[:first, first:].T
    found = here.found
    mobile = np.concatenate([np.ones(first, bool), free[own]])
    done = Found(found.vector, found.state, mobile, found.information, True, found.steps)
    smoothness = tuple(one.weight for one in placed)
    fitted = Fitted.of(joint.model, done, total(placed, size), smoothness, known=covariance)
    loose = free.copy()
    loose[pairs] = True
    inverse = _inverse(slopes.bend, loose)
    by_day = joint.model.day_scores(found.state)
    net = by_day[:, :first] @ slopes.follow
    net[:, own] += by_day[:, first:]
    return Together(fitted, slopes.slope[pairs], inverse[pairs, pairs], net @ inverse[:, pairs])


def _inverse(bend: Floats, free: NDArray[np.bool_]) -> Floats:
    """The inverse of the curvature among the free parameters; zero for the others."""
    at = np.ix_(np.flatnonzero(free), np.flatnonzero(free))
    scale = np.sqrt(np.maximum(np.diag(bend)[free], 1e-10))
    values, vectors = np.linalg.eigh(bend[at] / np.outer(scale, scale))
    out = np.zeros_like(bend)
    out[at] = (vectors / np.maximum(values, _FLATTEST)) @ vectors.T / np.outer(scale, scale)
    return out


class _Climb:
    """The marginal likelihood of a model, and the way up."""

    def __init__(self, model: Model, placed: Sequence[Placed], own: NDArray[np.bool_] | None) -> None:
        """``own``: which weights the marginal likelihood is to choose, where not all."""
        self.model, self.placed = model, placed
        layout = model.layout
        self.wandering = [one for one in placed if one.wanders]
        self.first = layout.first_weight
        self.outer = layout.size - self.first
        lower, upper = layout.bounds()
        drifts = len(self.wandering)
        self.low = np.concatenate([lower[self.first :], np.full(drifts, log(LIGHTEST))])
        self.high = np.concatenate([upper[self.first :], np.full(drifts, log(HEAVIEST))])
        self.still = np.arange(layout.size) >= self.first
        paid = np.ones(len(self.low), bool)
        paid[: layout.pairs] = True if own is None else own
        self.paid = np.flatnonzero(paid)

    def weigh(self, point: Floats) -> None:
        """Set the drifts' penalties to those of a point."""
        for one, weight in zip(self.wandering, point[self.outer :].tolist(), strict=True):
            one.weight = exp(weight)

    def at(self, point: Floats, near: Floats) -> _Place | None:
        """A point with the background's best, looked for from ``near``; None without likelihood."""
        first = near.copy()
        first[self.first :] = point[: self.outer]
        self.weigh(point)
        beside = best_beside(self.model, self.placed, first, self.still)
        return None if beside is None else _Place(point, beside[0])

    def slopes(self, here: _Place) -> _Slopes:
        """The slope and the curvature along the outer parameters, the background following."""
        model, found, outer = self.model, here.found, self.outer
        vector, information, inner = found.vector, found.information, slice(0, self.first)
        self.weigh(here.point)
        gradient = model.gradient(found.state)
        scale = np.sqrt(np.maximum(np.diag(information)[inner], 1e-12))
        inverse = np.linalg.pinv(information[inner, inner] / np.outer(scale, scale), hermitian=True)
        inverse /= np.outer(scale, scale)
        among = self._bent(found, gradient, inverse)
        pulls = np.zeros((len(vector), len(self.wandering)))
        for column, one in enumerate(self.wandering):
            pulls[one.at, column] = one.weight * one.matrix @ vector[one.at]
        cross = np.hstack([among[inner, self.first :], pulls[inner]])
        follow = -inverse @ cross
        slope = np.concatenate([gradient[self.first :], np.zeros(len(self.wandering))])
        bend = np.zeros((len(slope), len(slope)))
        bend[:outer, :outer] = among[self.first :, self.first :]
        weights = _weights(model, found.state)
        leverage = np.zeros_like(weights)
        columns = model.data.design.shape[1]
        for number, one in enumerate(self.wandering):
            series, slack = int(one.at[0]) // columns, SLACK * np.eye(len(one.at))
            design = model.data.design[:, one.at - series * columns]
            held = np.linalg.inv(information[np.ix_(one.at, one.at)] + slack)
            leverage[:, series] += weights[:, series] * ((design @ held) * design).sum(axis=1)
            prior, spread = one.weight * one.matrix, held @ (one.weight * one.matrix)
            rough = float(vector[one.at] @ prior @ vector[one.at])
            at = outer + number
            # The last of these is the prior of the drift's step, in proportion to itself.
            slope[at] = float(np.trace(np.linalg.solve(prior + slack, prior)) - rough - np.trace(spread) - 1) / 2
            bend[at, at] = float(rough + np.trace(spread) - (spread * spread.T).sum()) / 2
        for column in self.paid.tolist():
            moved = vector.copy()
            moved[inner] += _NUDGE * follow[:, column]
            if column < outer:
                moved[self.first + column] += _NUDGE
            state = model.state(moved)
            if state is not None:
                change = _weights(model, state) / np.maximum(weights, 1e-300) - 1
                slope[column] -= float((leverage * change).sum()) / (2 * _NUDGE)
        bend += cross.T @ follow
        drifts = np.arange(outer, len(bend))
        bend[drifts, drifts] = np.maximum(bend[drifts, drifts], _FLAT)
        return _Slopes(slope, bend, follow, inverse)

    def _bent(self, found: Found, gradient: Floats, inverse: Floats) -> Floats:
        """The information with the delay's row as it is, not as expected: the likelihood bends otherwise along it.

        As expected where it hardly bends there, all else moving along, or the wrong way; ``inverse`` is that of the
        background's part.
        """
        layout, expected = self.model.layout, found.information
        at = layout.first_delay
        if not layout.estimates_delay:
            return expected
        nudged = found.vector.copy()
        nudged[at] += _NUDGE
        state = self.model.state(nudged)
        if state is None:
            return expected
        out = expected.copy()
        out[at] = out[:, at] = (gradient - self.model.gradient(state)) / _NUDGE

        def alone(matrix: Floats) -> float:
            """How it bends along the delay, all other parameters at their best."""
            cross = matrix[: self.first, self.first :]
            rest = matrix[self.first :, self.first :] - cross.T @ inverse @ cross
            place = at - self.first
            others = np.delete(np.arange(len(rest)), place)
            scale = np.sqrt(np.maximum(np.diag(rest)[others], 1e-12))
            block = np.linalg.pinv(rest[np.ix_(others, others)] / np.outer(scale, scale), hermitian=True)
            pull = rest[others, place] / scale
            return float(rest[place, place] - pull @ block @ pull)

        return out if alone(out) > _AS_EXPECTED * alone(expected) else expected

    def top(self, start: Floats) -> tuple[_Place, _Slopes, NDArray[np.bool_]]:
        """The summit, the slopes there, and which outer parameters are inside their bounds.

        With the joint slope for some weights there is no one height to climb: a step is judged by what the next one
        would promise.
        """
        point = np.concatenate([start[self.first :], [log(one.weight) for one in self.wandering]])
        here = self.at(np.clip(point, self.low, self.high), start)
        assert here is not None  # the fit stands there
        slopes = self.slopes(here)
        move, promise, free = self._step(here, slopes)
        for _ in range(_MOST_STEPS):
            if promise < _ENOUGH * len(point):
                break
            share = 1.0
            for _ in range(_MOST_SHORTENED):
                there = self._along(here, slopes, share * move)
                if there is not None:
                    new = self.slopes(there)
                    step = self._step(there, new)
                    if step[1] < _LONGER * promise:
                        break
                share *= _SHORTER
            else:
                break
            here, slopes, (move, promise, free) = there, new, step
        return here, slopes, free

    def _step(self, here: _Place, slopes: _Slopes) -> tuple[Floats, float, NDArray[np.bool_]]:
        """The scoring step, what it promises, and which outer parameters are free to move."""
        slope = slopes.slope
        stuck = ((here.point <= self.low) & (slope <= 0)) | ((here.point >= self.high) & (slope >= 0))
        free = np.flatnonzero(~stuck)
        move = np.zeros(len(slope))
        scale = np.sqrt(np.maximum(np.diag(slopes.bend)[free], _LEAST))
        values, vectors = np.linalg.eigh(slopes.bend[np.ix_(free, free)] / np.outer(scale, scale))
        move[free] = vectors @ (vectors.T @ (slope[free] / scale) / np.maximum(values, _FLATTEST)) / scale
        move[self.outer :] = move[self.outer :].clip(-_FARTHEST, _FARTHEST)
        return move, float(slope @ move), ~stuck

    def _along(self, here: _Place, slopes: _Slopes, move: Floats) -> _Place | None:
        """The place that a step leads to; None without a likelihood there."""
        point = np.clip(here.point + move, self.low, self.high)
        near = here.found.vector.copy()
        near[: self.first] += slopes.follow @ (point - here.point)
        return self.at(point, near)


def _weights(model: Model, state: State) -> Floats:
    """What each day weighs in the information about each series' background: days by series."""
    known = families.information(state.mean, state.parts.scatter, model.family) * model.data.observed
    return np.asarray(state.background**2 * (known @ state.passing**2))
