"""Logistic regression with a quadratic penalty, and the scaling of its scores to probabilities; numpy alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["Doubles", "fit", "scaling", "sigmoid"]

Doubles = npt.NDArray[np.float64]
_HISTORY: Final = 8
_STEPS: Final = 80
_ENOUGH: Final = 1e-3
"""The steepest slope, for each unit of weight, at which the search ends."""


def sigmoid(scores: Any) -> Any:
    """Log-odds as probabilities, without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(scores)))


def fit(rows: Any, labels: Doubles, weights: Doubles, penalty: float, start: Doubles | None = None) -> Doubles:
    """Weights of the columns, and last a bias, for each of several yes-or-no questions: shape (columns + 1, questions).

    ``rows`` has the shape (cases, columns); ``labels`` (0 to 1) and ``weights``
    (0 leaves a case out) have (cases, questions). Minimises the weighted log loss
    plus half the ``penalty`` times the squared weights, by L-BFGS (Nocedal and
    Wright, Numerical Optimization, algorithm 7.5).
    """
    rows = np.asarray(rows, np.float32)
    shape = (rows.shape[1] + 1, labels.shape[1])

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        matrix = flat.reshape(shape)
        scores = (rows @ matrix[:-1].astype(np.float32)).astype(np.float64) + matrix[-1]
        value = float(
            (weights * (np.logaddexp(0.0, scores) - labels * scores)).sum() + 0.5 * penalty * (matrix[:-1] ** 2).sum()
        )
        residual = weights * (sigmoid(scores) - labels)
        slope = np.empty(shape)
        slope[:-1] = (rows.T @ residual.astype(np.float32)).astype(np.float64) + penalty * matrix[:-1]
        slope[-1] = residual.sum(axis=0)
        return value, slope.ravel()

    begin = np.zeros(shape) if start is None else start
    return _minimum(loss, begin.ravel().copy(), _ENOUGH * max(1.0, float(weights.sum(axis=0).max()))).reshape(shape)


def _minimum(loss: Callable[[Doubles], tuple[float, Doubles]], at: Doubles, enough: float) -> Doubles:
    value, slope = loss(at)
    moves: list[Doubles] = []
    bends: list[Doubles] = []
    for _ in range(_STEPS):
        if np.abs(slope).max() < enough:
            break
        step = -_direction(slope, moves, bends)
        length = 1.0 if moves else min(1.0, 1.0 / float(np.abs(slope).sum()))
        descent = float(slope @ step)
        for _ in range(30):
            new_value, new_slope = loss(at + length * step)
            if new_value <= value + 1e-4 * length * descent:
                break
            length *= 0.5
        else:
            break
        move, bend = length * step, new_slope - slope
        if float(move @ bend) > 1e-12:
            moves, bends = [*moves, move][-_HISTORY:], [*bends, bend][-_HISTORY:]
        at, value, slope = at + move, new_value, new_slope
    return at


def _direction(slope: Doubles, moves: list[Doubles], bends: list[Doubles]) -> Doubles:
    """The slope, bent by what the last steps told of the loss."""
    out = slope.copy()
    shares = []
    for move, bend in zip(reversed(moves), reversed(bends), strict=True):
        share = float(move @ out) / float(bend @ move)
        shares.append(share)
        out -= share * bend
    if moves:
        out *= float(moves[-1] @ bends[-1]) / float(bends[-1] @ bends[-1])
    for move, bend, share in zip(moves, bends, reversed(shares), strict=True):
        out += move * (share - float(bend @ out) / float(bend @ move))
    return out


def scaling(scores: Doubles, labels: Doubles, weights: Doubles) -> tuple[float, float]:
    """Slope and offset that turn held-out scores into log-odds (Platt 1999, with his smoothed labels)."""
    yes, no = float((weights * labels).sum()), float((weights * (1.0 - labels)).sum())
    smooth = np.where(labels > 0, (yes + 1.0) / (yes + 2.0), 1.0 / (no + 2.0))
    spread = max(float(scores.std()), 1e-6)
    around = float(scores.mean())
    found = fit(((scores - around) / spread)[:, None], smooth[:, None], weights[:, None], 1e-2)
    slope = max(float(found[0, 0]), 0.0) / spread
    return slope, float(found[1, 0]) - slope * around
