"""Finds the parameters of greatest penalised likelihood: damped scoring with bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.model import Model, State

__all__ = ["Found", "search"]

_MOST_STEPS: Final = 200
_MOST_HALVINGS: Final = 30
_ENOUGH: Final = 1e-7
"""The search ends when a step promises less log-likelihood than this."""

_ENOUGH_MANY: Final = 1e-5
"""The same with many series, where the information is an approximation and steps are many."""

_NEARLY: Final = 1e-4
"""Where the search ends for want of steps or of digits, it has converged if no more than this was promised."""

_NUDGE: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Found:
    """Where the search ended.

    Attributes:
        vector: The parameters.
        state: The model there.
        free: Which parameters are inside their bounds and not held.
        information: Expected information with the penalty, of all parameters.
        converged: Whether the gradient was met.
        steps: How many steps it took.
    """

    vector: Floats
    state: State
    free: NDArray[np.bool_]
    information: Floats
    converged: bool
    steps: int


def search(
    model: Model, start: Floats, lower: Floats, upper: Floats, penalty: Floats, held: NDArray[np.bool_] | None = None,
    after_step: Callable[[Floats, Floats], Floats] | None = None,
) -> Found:  # fmt: skip
    """Climb from ``start``.

    Args:
        model: What is fitted.
        start: A vector at which the model has a likelihood.
        lower: The least value of each parameter.
        upper: The greatest.
        penalty: A matrix ``P``: what is climbed is the log-likelihood less ``v' P v / 2``.
        held: Parameters that stay as they are.
        after_step: Gives a new penalty after each step, from the vector and the information.
    """
    vector = np.clip(start, lower, upper)
    state = model.state(vector)
    if state is None:
        raise ValueError("no likelihood at the start")
    damping, steps, converged, settled = 1e-6, 0, False, after_step is None
    held = np.zeros(len(vector), bool) if held is None else held
    while True:
        gradient = model.gradient(state) - penalty @ vector
        information = model.information(state) + penalty
        stuck = ((vector <= lower) & (gradient <= 0)) | ((vector >= upper) & (gradient >= 0))
        free = ~(held | stuck)
        bent = _bent(model, vector, gradient + penalty @ vector, information, penalty, free)
        step = _step(gradient, bent, free, damping)
        promise = float(gradient @ step)
        if promise < (_ENOUGH_MANY if model.many else _ENOUGH) and settled:
            converged = True
        if converged or steps >= _MOST_STEPS or not free.any():
            near = promise < _NEARLY
            return Found(vector, state, free, information, converged or near or not free.any(), steps)
        height = state.likelihood - vector @ penalty @ vector / 2
        taken = None
        for _ in range(_MOST_HALVINGS):
            trial = np.clip(vector + step, lower, upper)
            there = model.state(trial)
            if there is not None:
                gain = there.likelihood - trial @ penalty @ trial / 2 - height
                if gain >= 1e-4 * float(gradient @ (trial - vector)) - 1e-11 * abs(height):
                    taken = there
                    break
            damping = max(damping * 8, 1e-4)
            step = _step(gradient, bent, free, damping)
        steps += 1
        if taken is None:
            # The arithmetic can tell no higher place.
            return Found(vector, state, free, information, promise < _NEARLY, steps)
        vector, state = trial, taken
        damping = max(damping / 8, 1e-9)
        if after_step is not None:
            new = after_step(vector, information)
            settled = bool(np.allclose(new, penalty, rtol=0.02, atol=0)) or steps > _MOST_STEPS // 2
            if settled:
                after_step = None
            penalty = new


def _bent(
    model: Model, vector: Floats, slope: Floats, information: Floats, penalty: Floats, free: NDArray[np.bool_]
) -> Floats:
    """The information with the delay's row as it is, not as expected: the likelihood bends otherwise along it."""
    layout = model.layout
    at = layout.first_delay
    if not (layout.estimates_delay and free[at]):
        return information
    nudged = vector.copy()
    nudged[at] += _NUDGE
    state = model.state(nudged)
    if state is None:
        return information
    row = (slope - model.gradient(state)) / _NUDGE + penalty[at]
    out = information.copy()
    out[at], out[:, at] = row, row
    inside = np.ix_(np.flatnonzero(free), np.flatnonzero(free))
    scale = np.sqrt(np.maximum(np.diag(information)[free], 1e-12))
    try:
        np.linalg.cholesky(out[inside] / np.outer(scale, scale) - 1e-6 * np.eye(len(scale)))
    except np.linalg.LinAlgError:
        return information
    return out


def _step(gradient: Floats, information: Floats, free: NDArray[np.bool_], damping: float) -> Floats:
    """The damped scoring step among the free parameters; zero for the others."""
    step = np.zeros_like(gradient)
    at = np.flatnonzero(free)
    if not len(at):
        return step
    block = information[np.ix_(at, at)]
    scale = np.sqrt(np.maximum(np.diag(block), 1e-12))
    scaled = block / np.outer(scale, scale)
    scaled[np.diag_indices(len(at))] += damping
    try:
        solved = np.linalg.solve(scaled, gradient[at] / scale)
    except np.linalg.LinAlgError:
        solved = gradient[at] / scale
    step[at] = solved / scale
    return step
