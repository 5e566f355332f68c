"""Finds the parameters of an exact-time model: damped scoring that uses how little the targets share.

Given the rate of the kernel, each target has parameters of its own: its background
and the weights of its sources. Only the rate is shared, so the information has the
shape of an arrow, and a step costs one small system for each target.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.stamps import Stamps, echoes, remainders

__all__ = ["Problem", "Solved", "solve"]

_MOST_STEPS: Final = 100
_MOST_HALVINGS: Final = 20
_ENOUGH: Final = 1e-7
_SHARE: Final = 10
"""One event in so many leads the way for all,"""
_MANY: Final = 1500
"""if these are at least so many for each parameter."""
_SLOWEST, _FASTEST = 1e-3, 1e4
"""Bounds of the rate, a day."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is fitted.

    Attributes:
        stamps: The events.
        design: Columns of the log background, stretches of time by columns.
        width: How long a stretch is; the last may be cut short by the horizon.
        mask: Which weights there are, target by source; several kernels stand side by side.
        estimates_delay: Whether the delay of the one kernel is a parameter.
        orders: For each target, the places of its events.
        stretches: For each target, the stretch of each of its events.
        lengths: How much of each stretch was watched.
        penalty: A matrix ``P`` by columns: what is climbed is the log-likelihood less ``b' P b / 2`` for
            the background's coefficients ``b`` of each target.
    """

    stamps: Stamps
    design: Floats
    mask: NDArray[np.bool_]
    estimates_delay: bool
    orders: tuple[NDArray[np.intp] | slice, ...]
    stretches: tuple[NDArray[np.intp], ...]
    lengths: Floats
    penalty: Floats

    @classmethod
    def of(
        cls, stamps: Stamps, design: Floats, width: float, mask: NDArray[np.bool_], estimates_delay: bool,
        penalty: Floats | None = None,
    ) -> Problem:  # fmt: skip
        begins = np.arange(len(design)) * width
        lengths = np.clip(stamps.horizon - begins, 0, width)
        stretch = np.minimum((stamps.times / width).astype(np.intp), len(design) - 1)
        orders: tuple[NDArray[np.intp] | slice, ...] = (slice(None),)  # all, without a copy of what is picked
        if stamps.series > 1:
            orders = tuple(np.flatnonzero(stamps.marks == target) for target in range(stamps.series))
        stretches = tuple(stretch[one] for one in orders)
        penalty = np.zeros((design.shape[1],) * 2) if penalty is None else penalty
        return cls(stamps, design, mask, estimates_delay, orders, stretches, lengths, penalty)


@dataclass(frozen=True, slots=True)
class Solved:
    """Where the search ended: parameters, likelihood, and the pieces of the information."""

    background: Floats
    """Columns by targets."""
    weights: Floats
    """Target by source, kernels side by side."""
    delays: tuple[float, ...]
    likelihood: float
    blocks: tuple[Floats, ...]
    """For each target, the information of its background and weights."""
    edges: tuple[Floats, ...]
    """For each target, the information that these share with the log delay."""
    tip: float
    """The information of the log delay."""
    gradient: tuple[Floats, ...]
    converged: bool
    steps: int


@dataclass(slots=True)
class _Place:
    """Likelihood at some parameters, with what a step needs."""

    background: Floats
    weights: Floats
    rates: tuple[float, ...]
    driven: tuple[Floats, ...]
    """For each target, the kernel's value for each source at its events."""
    bent: tuple[Floats, ...] | None
    """The same, differentiated by the log rate."""
    done: Floats
    done_slope: Floats
    likelihood: float = -np.inf
    own: tuple[Floats, ...] = ()
    total: tuple[Floats, ...] = ()


def solve(problem: Problem, delays: tuple[float, ...]) -> Solved:
    """Climb from the background that explains most without excitation, and weak weights."""
    if problem.design.shape[1] > 1 and problem.mask.any():
        bare = replace(problem, mask=np.zeros_like(problem.mask), estimates_delay=False)
        first = _climb(bare, _level(bare), delays)
        return _climb(problem, first.background + log(0.6), delays)
    part = _part(problem)
    if part is None:
        return _climb(problem, _level(problem), delays)
    near, level = _climb(part, _level(part), delays), _level(problem)
    # No event of the part need be without a cause, and from no background at all no slope leads away.
    low = problem.design[0] @ near.background < problem.design[0] @ level - 2
    return _climb(problem, np.where(low, level, near.background), near.delays, near.weights)


def _part(problem: Problem) -> Problem | None:
    """The first events of many, under a constant background: from where these lead, few steps are left for all."""
    stamps, columns = problem.stamps, problem.design
    count = len(stamps.times) // _SHARE
    if len(columns) > 1 or count < _MANY * stamps.series * (stamps.series + 1) or not problem.mask.any():
        return None
    end = float(stamps.times[count])
    early = stamps.until(end)
    if early.counts.min() < _MANY:
        return None
    return Problem.of(early, columns, end, problem.mask, problem.estimates_delay)


def _level(problem: Problem) -> Floats:
    """Coefficients of about constant backgrounds that leave room for excitation."""
    stamps = problem.stamps
    gram = problem.design.T @ (problem.design * problem.lengths[:, None])
    level = np.linalg.lstsq(gram, problem.design.T @ problem.lengths, rcond=None)[0]
    return np.asarray(level[:, None] * np.log(0.6 * np.maximum(stamps.counts, 0.5) / stamps.horizon))


def _climb(problem: Problem, background: Floats, delays: tuple[float, ...], weights: Floats | None = None) -> Solved:
    series, columns = problem.stamps.series, problem.design.shape[1]
    if weights is None:
        own = np.tile(np.eye(series, dtype=bool), len(delays))
        weights = np.where(problem.mask, (0.2 / series + 0.2 * own) / len(delays), 0.0)
    rates = tuple(1 / delay for delay in delays)
    place = _at(problem, background, weights, rates, None)
    damping, steps, gradient = 1e-6, 0, 0.0
    before: tuple[float, float] | None = None
    while True:
        scores, blocks, edges, score, tip = _slopes(problem, place)
        moved, hasten, here = False, 1.0, log(place.rates[0])
        for attempt in range(_MOST_HALVINGS):
            step, turn, promise = _step(problem, place, scores, blocks, edges, score, tip, damping)
            if promise < _ENOUGH or steps >= _MOST_STEPS:
                break
            if attempt == 0 and turn != 0:
                hasten, before = _hastened(before, (here, turn)), (here, turn)
                if hasten != 1:
                    step, turn, promise = _step(problem, place, scores, blocks, edges, score, tip, damping, hasten)
            background = place.background + step[:, :columns].T
            weights = np.maximum(place.weights + step[:, columns:], 0.0) * problem.mask
            if turn == 0:
                rates = place.rates
            else:
                rates = (min(max(place.rates[0] * exp(min(max(turn, -1.5), 1.5)), _SLOWEST), _FASTEST),)
            trial = _at(problem, background, weights, rates, place if turn == 0 else None)
            if trial.likelihood >= place.likelihood + 1e-4 * min(promise, 1.0) * 0.1:
                place, moved, damping = trial, True, max(damping / 8, 1e-9)
                break
            damping = max(damping * 8, 1e-4)
        steps += moved
        if not moved:
            gradient = promise
            break
    return Solved(
        place.background, place.weights, tuple(1 / rate for rate in place.rates),
        place.likelihood + _rough(problem, place.background), blocks,
        edges, tip, scores, gradient < 1e-3, steps,
    )  # fmt: skip


def _hastened(before: tuple[float, float] | None, here: tuple[float, float]) -> float:
    """By what factor to turn the log rate more than scoring says, from two places and the turns it said there.

    The information along the delay is the expected one, so that steps fall short of where they lead or go beyond by
    much the same share each time; had they been right, the second turn would be less than the first by all of the way.
    """
    if before is None or before[0] == here[0]:
        return 1.0
    slope = (here[1] - before[1]) / (before[0] - here[0])
    return min(max(1 / slope, 0.5), 4.0) if slope > 0 else 1.0


def _at(
    problem: Problem, background: Floats, weights: Floats, rates: tuple[float, ...], before: _Place | None
) -> _Place:
    """The likelihood at some parameters; echoes are taken over from ``before`` when the rates are the same."""
    if before is None:
        left, aged = echoes(problem.stamps, rates[0], slopes=problem.estimates_delay)
        left *= rates[0]
        bent = None
        if aged is not None:
            aged *= -(rates[0] ** 2)
            aged += left
            bent = tuple(aged[order] for order in problem.orders)
        done, slope = remainders(problem.stamps, rates[0])
        for rate in rates[1:]:
            left = np.hstack([left, rate * echoes(problem.stamps, rate, slopes=False)[0]])
            done = np.concatenate([done, remainders(problem.stamps, rate)[0]])
        driven = tuple(left[order] for order in problem.orders)
        place = _Place(background, weights, rates, driven, bent, done, rates[0] * slope)
    else:
        place = _Place(background, weights, rates, before.driven, before.bent, before.done, before.done_slope)
    log_rates = problem.design @ background
    if log_rates.max() > 50:
        return place
    whole = np.exp(log_rates)
    if len(whole) == 1:
        place.own = tuple(whole.T)
    else:
        place.own = tuple(whole[stretch, target] for target, stretch in enumerate(problem.stretches))
    place.total = tuple(
        own + _driven(driven, weights[target])
        for target, (own, driven) in enumerate(zip(place.own, place.driven, strict=True))
    )
    if min(float(total.min(initial=1.0)) for total in place.total) <= 0:
        return place
    events = sum(float(np.log(total).sum()) for total in place.total)
    place.likelihood = events - float((problem.lengths @ whole).sum()) - float((weights @ place.done).sum())
    place.likelihood -= _rough(problem, background)
    return place


def _rough(problem: Problem, background: Floats) -> float:
    """What the penalty takes off."""
    return float(np.einsum("ct,cd,dt", background, problem.penalty, background)) / 2


def _driven(echoes: Floats, weights: Floats) -> Floats:
    """Echoes of all sources, weighed; of one source without the detour of a matrix product."""
    return echoes[:, 0] * weights[0] if len(weights) == 1 else echoes @ weights


def _slopes(
    problem: Problem, place: _Place
) -> tuple[tuple[Floats, ...], tuple[Floats, ...], tuple[Floats, ...], float, float]:
    """Gradient and information: by target, and for the log rate."""
    columns = problem.design.shape[1]
    scores, blocks, edges, score, tip = [], [], [], 0.0, 0.0
    whole = np.exp(problem.design @ place.background) * problem.lengths[:, None]
    for target, stretch in enumerate(problem.stretches):
        own, total, driven = place.own[target], place.total[target], place.driven[target]
        rows = np.empty((len(total), columns + driven.shape[1]), order="F")
        rows[:, :columns] = problem.design if len(problem.design) == 1 else problem.design[stretch]
        rows[:, :columns] *= (own / total)[:, None]
        np.divide(driven, total[:, None], out=rows[:, columns:])
        pull = problem.design.T @ whole[:, target] + problem.penalty @ place.background[:, target]
        scores.append(rows.sum(axis=0) - np.concatenate([pull, place.done]))
        block = rows.T @ rows
        block[:columns, :columns] += problem.penalty
        blocks.append(block)
        if place.bent is not None:
            turned = _driven(place.bent[target], place.weights[target])
            turned /= total
            edges.append(rows.T @ turned)
            tip += float(turned @ turned)
            score += float(turned.sum() - place.weights[target] @ place.done_slope)
        else:
            edges.append(np.zeros(rows.shape[1]))
    return tuple(scores), tuple(blocks), tuple(edges), score, tip


def _step(
    problem: Problem, place: _Place, scores: tuple[Floats, ...], blocks: tuple[Floats, ...],
    edges: tuple[Floats, ...], score: float, tip: float, damping: float, hasten: float = 1.0,
) -> tuple[Floats, float, float]:  # fmt: skip
    """The damped step: rows of background and weights by target, then the log rate; and what it promises."""
    columns = problem.design.shape[1]
    solved, bends, stems = [], [], []
    remaining, stem = tip * (1 + damping) + 1e-12, score
    for target, (gradient, block, edge) in enumerate(zip(scores, blocks, edges, strict=True)):
        free = np.ones(len(gradient), bool)
        free[columns:] = problem.mask[target] & ((place.weights[target] > 0) | (gradient[columns:] > 0))
        scale = np.sqrt(np.maximum(np.diag(block)[free], 1e-12))
        inner = block[np.ix_(free, free)] / np.outer(scale, scale)
        inner[np.diag_indices(len(scale))] += damping + 1e-10
        sides = np.linalg.solve(inner, np.column_stack([gradient[free] / scale, edge[free] / scale])) / scale[:, None]
        solved.append((free, sides))
        remaining -= float(edge[free] @ sides[:, 1])
        stem -= float(edge[free] @ sides[:, 0])
        bends.append(gradient)
        stems.append(edge)
    turn = hasten * stem / max(remaining, 1e-9) if problem.estimates_delay else 0.0
    if not log(_SLOWEST) < log(place.rates[0]) + turn < log(_FASTEST):
        turn = 0.0
    step = np.zeros((len(scores), len(scores[0])))
    for target, (free, sides) in enumerate(solved):
        step[target, free] = sides[:, 0] - turn * sides[:, 1]
    promise = sum(float(one @ row) for one, row in zip(scores, step, strict=True)) + score * turn
    return step, turn, promise
