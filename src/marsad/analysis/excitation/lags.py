"""Answers day by day, without the kernel's shape: how many further events there are so many days after an event.

The fitted kernel lays its weight on the days by one exponential. Here each day has a weight of its own instead, and one
step of scoring from the fit finds them all together, with what else the target has (background, drift, weekdays, echoes
of its own, answers to others) moving along. So a burst of causes is not counted once for each of its events, and slow
changes that both series share are not taken for answers, as they are in a plain count of what came after.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from marsad.analysis.excitation import family as families
from marsad.analysis.excitation.kernel import Floats, daily_shares, same_day
from marsad.analysis.excitation.outcome import Outcome

__all__ = ["Lags", "lags"]


@dataclass(frozen=True, slots=True)
class Lags:
    """Further events of a target on the day of an event of a source (first), and each day after.

    Attributes:
        found: Each day by itself; of the day itself, what goes along with more of the source than were expected:
            which of the two came first is not known.
        error: Standard errors, by the model's information.
        fitted: By the fitted kernel; over all days this sums to the weight.
    """

    found: Floats
    error: Floats
    fitted: Floats


def lags(fitted: Outcome, source: int, target: int, days: int) -> Lags:
    """The answers to ``source`` of ``target`` up to so many days after, of a fit with one kernel."""
    model, state = fitted.model, fitted.state
    data, layout = model.data, model.layout
    delay, share = state.parts.delays[0], state.passing[target, target]
    weight = state.parts.weights[0, target, source]
    one = weight * daily_shares(delay, days)
    causes = data.parents[:, source]
    before = np.concatenate([np.full(days, data.before[source]), causes])
    after = [share * before[days - lag : days - lag + len(causes)] for lag in range(1, days + 1)]
    free = np.diag(fitted.covariance) > 0
    columns = data.design.shape[1]
    level = target * columns + np.arange(columns)
    # What sits on its bound stays there, and the kernel from this source gives way to its days.
    pairs = np.flatnonzero((layout.targets == target) & (layout.sources != source))
    pairs = pairs[free[layout.first_weight + pairs]]
    driven = state.echoes[0] + same_day(delay) * state.mean
    beside = np.hstack([
        share * state.background[:, target, None] * data.design, share * driven[:, layout.sources[pairs]]
    ])  # fmt: skip
    by = np.column_stack([causes - state.mean[:, source], *after, beside])
    own = np.concatenate([level, layout.first_weight + pairs])
    scatter, family, seen = state.parts.scatter, model.family, data.observed[:, target]
    slope = families.score(data.counts, state.mean, scatter, family)[:, target] * seen
    known = families.information(state.mean, scatter, family)[:, target] * seen
    gradient, information = by.T @ slope, by.T @ (by * known[:, None])
    at = slice(days + 1, None)
    gradient[at] -= (fitted.penalty @ fitted.estimate)[own]
    information[at, at] += fitted.penalty[np.ix_(own, own)]
    scale = np.sqrt(np.maximum(np.diag(information), 1e-12))
    inverse = np.linalg.pinv(information / np.outer(scale, scale), hermitian=True) / np.outer(scale, scale)
    found = (inverse @ gradient)[: days + 1]
    found[1:] += one[1:]
    return Lags(found, np.sqrt(np.maximum(np.diag(inverse)[: days + 1], 0.0)), one)
