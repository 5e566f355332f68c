"""Events whose day is not known exactly, with a day drawn for each again and again: multiple imputation.

Each draw is a series as it might have been. All are answered alike, and the answers put together by Rubin's rules
(Rubin 1987): what they have in the middle, and a variance of what is within each and what is between them. The test is
the score test, and its statistics are what is put together, so that an after-period without any event is nothing
special (for statistics rather than estimates: Li, Meng, Raghunathan and Rubin 1991); degrees of freedom are those of
Barnard and Rubin (1999).

A day is drawn evenly from the range that an event may have been on. A draw that follows the model would put more of
them on days of a higher rate; evenly, nothing is put into the data that the test is to find.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from marsad.analysis.latent import Floats
from marsad.analysis.solving import ratio_of, solve
from marsad.analysis.testing import Effect

__all__ = ["Imputation", "pool"]


@dataclass(frozen=True, slots=True)
class Imputation:
    """How several imputed answers were put together.

    ``between`` is the variance of the test's statistic from draw to draw, as a multiple of that within each, and
    ``missing`` the share of the information that is lost because days are not known (Rubin's gamma).
    """

    draws: int
    between: float
    missing: float
    freedom: float


def pool(effects: Sequence[Effect], whole: Effect) -> tuple[Effect, Imputation]:
    """The answers of the imputed series as one; what is not drawn anew (placebo dates, traits) is that of ``whole``."""
    from scipy.stats import t

    count = len(effects)

    def statistics(effect: float) -> Floats:
        return np.array([one.averaged.statistic(effect) / one.placebos.scale for one in effects])

    def total(values: Floats) -> float:
        return 1 + (1 + 1 / count) * float(values.var(ddof=1))

    def pooled(effect: float) -> float:
        values = statistics(effect)
        return float(values.mean()) / math.sqrt(total(values))

    level = whole.level
    complete = float(np.mean([one.placebos.freedom for one in effects]))
    values = statistics(0.0)
    near = float(np.mean([one.setting.effect for one in effects]))
    empty = any(one.ratio == 0 for one in effects)
    estimate = -math.inf if all(one.ratio == 0 for one in effects) else solve(pooled, near)
    # The spread between draws is that at the estimate, or, where there is none, at no change.
    spread = total(statistics(estimate) if math.isfinite(estimate) and not empty else values)
    gamma = (spread - 1) / spread
    freedom = _freedom(count, gamma, complete)
    bar = float(t.isf(level / 2, freedom))
    statistic = float(values.mean()) / math.sqrt(total(values))
    low = solve(lambda effect: pooled(effect) - bar, near) if math.isfinite(estimate) else -math.inf
    high = solve(lambda effect: pooled(effect) + bar, near)
    scale = whole.placebos.scale
    found = replace(
        whole, ratio=ratio_of(estimate), low=ratio_of(low), high=ratio_of(high), statistic=statistic * scale,
        p=float(2 * t.sf(abs(statistic), freedom)), error=whole.error * math.sqrt(spread),
        placebos=replace(whole.placebos, freedom=freedom),
    )  # fmt: skip
    return found, Imputation(count, spread - 1, gamma, freedom)


def _freedom(count: int, gamma: float, complete: float) -> float:
    """Degrees of freedom: those of the draws and those of the reference distribution, put together."""
    observed = (complete + 1) / (complete + 3) * complete * (1 - gamma)
    if gamma <= 1e-9:
        return observed
    drawn = (count - 1) / gamma**2
    return drawn * observed / (drawn + observed)
