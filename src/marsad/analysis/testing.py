"""One effect in a drifting background: its size, its test, and how far the test can be trusted at other dates.

The test is the score test of the effect's column with the background integrated out (``setting``), averaged over what
the counts leave open (``averaging``). Its scale is checked at placebo dates (``placebos``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from marsad.analysis.averaging import FREE, Averaged, Background, kernel
from marsad.analysis.latent import Floats, fit_traits
from marsad.analysis.placebos import OPEN, Placebos, placebos_of
from marsad.analysis.setting import Setting
from marsad.analysis.solving import ratio_of, solve
from marsad.analysis.stretches import Stretches

__all__ = ["Effect", "measure"]

_PRICE: Final = 1.0
"""By how much the counts after an effect's column must be more likely with a level of their own, on the log scale, to
take both into account, each as likely as the counts make it."""
_LEAST_LASTING: Final = 4
_TRIES, _FEWER = 90, 40
"""Evaluations of the likelihood of the traits, from scratch and from those of a similar fit."""
_SEASONS_FROM: Final = 730
_REMOVED: Final = 6.0
"""Logarithm of the greatest ratio that is taken out."""
_LARGEST: Final = 12.0
"""Logarithm of the greatest ratio, and of the greatest fall where there is an event, that is told."""


@dataclass(frozen=True)
class Effect:
    """A change at a date, as a ratio of rates: its estimate, interval, test and the placebos it was held against."""

    ratio: float
    low: float
    high: float
    statistic: float
    p: float
    error: float
    """Standard error of the logarithm of the ratio, before calibration, that such an after-period promises."""
    placebos: Placebos
    setting: Setting
    """The most probable background: of placebo dates and pictures."""
    averaged: Averaged
    """The test, over what the counts leave open."""
    level: float

    def power(self, ratio: float) -> float:
        """The probability that a change of this size would have been seen."""
        say = self.averaged.say
        found = (1 - say) * self._normal_power(ratio) if say < 1 else 0.0
        return found + say * self.averaged.counted_power(math.log(ratio), self.level) if say > 0 else found

    def _normal_power(self, ratio: float) -> float:
        from scipy.stats import norm

        away = abs(math.log(ratio)) / self.error
        bar, scale = self.placebos.critical(self.level), self.placebos.scale
        return float(norm.sf((bar - away) / scale) + norm.sf((bar + away) / scale))

    def visible(self, power: float = 0.8) -> float:
        """The mildest fall, as a ratio of rates, that would have been seen with this probability; 0 where not even
        the end of all events would have been."""
        return self._mildest(-_REMOVED, power)

    def visible_rise(self, power: float = 0.8) -> float:
        """The mildest rise, as a ratio of rates, that would have been seen with this probability; infinite where none
        of any size would have been."""
        return self._mildest(_REMOVED, power)

    def _mildest(self, far: float, power: float) -> float:
        from scipy.optimize import brentq

        def lacking(effect: float) -> float:
            return self.power(math.exp(effect)) - power

        if lacking(far) < 0:
            return 0.0 if far < 0 else math.inf
        return math.exp(brentq(lacking, 0.0, far, xtol=1e-3))


def measure(
    stretches: Stretches, column: Floats, length: int, *, others: Floats | None = None, may_last: bool = True,
    level: float = 0.05, seasons: bool | None = None, start: Floats | None = None,
) -> Effect:  # fmt: skip
    """The effect with this ``column``, which begins at the turning point and is not zero on ``length`` stretches.

    ``others`` are columns of what else is known to have happened; their effects are estimated beside it. Where the
    effect ``may_last`` and the counts after its column are better explained by a level of their own, they are no
    evidence of what would have been without it. Otherwise the rate is taken to have come back. ``start`` are the
    traits of a similar fit.
    """
    span = len(stretches) * stretches.width
    seasons = span >= _SEASONS_FROM if seasons is None else seasons
    known = FREE * others if others is not None else np.zeros((len(stretches), 0))
    if stretches.effort is not None:
        known = np.column_stack([known, stretches.effort])
    backgrounds = _backgrounds(stretches, column, length, known, seasons, may_last, start)
    setting = backgrounds[-1].setting()
    # Where nothing at all is left, the likelihood rises all the way to a ratio of zero.
    nothing = stretches.counts[column != 0].sum() <= 0
    most = _within(-math.inf if nothing else solve(setting.statistic, setting.effect))
    placebos = placebos_of(replace(setting, effect=most), length)
    averaged = Averaged.over(backgrounds, placebos)
    # Where there are events, the ratio is not zero, however few of them are the background's.
    estimate = -math.inf if nothing else max(solve(averaged.statistic, most), -_LARGEST)
    near = _within(estimate)
    averaged = averaged.at(near)
    statistic, bar = averaged.statistic(0.0), placebos.critical(level)
    low = solve(lambda effect: averaged.statistic(effect) - bar, near) if math.isfinite(estimate) else -math.inf
    high = solve(lambda effect: averaged.statistic(effect) + bar, near)
    return Effect(
        ratio_of(estimate), ratio_of(low), ratio_of(high), statistic, placebos.p(statistic), averaged.error(), placebos,
        replace(setting, effect=near), averaged, level,
    )  # fmt: skip


def _backgrounds(
    stretches: Stretches, column: Floats, length: int, known: Floats, seasons: bool, may_last: bool,
    start: Floats | None,
) -> list[Background]:  # fmt: skip
    """The background where the rate comes back after the effect and, where the counts say that it does not, the one
    with an open level after it: the last one is the more probable."""
    with_it = np.column_stack([known, FREE * column])
    tries = _TRIES if start is None else _FEWER
    free = fit_traits(stretches.days, kernel(stretches, with_it, seasons), start=start, tries=tries)
    found = [Background.fitted(stretches, column, known, seasons, False, free, _FEWER)]
    after = stretches.step(stretches.turn + length, len(stretches))
    if may_last and after.sum() >= _LEAST_LASTING:
        opened = np.column_stack([OPEN * after, with_it])
        lasting = fit_traits(stretches.days, kernel(stretches, opened, seasons), start=free[0], tries=_FEWER)
        if lasting[1] > free[1] + _PRICE:
            left = np.column_stack([known, OPEN * after])
            found.append(Background.fitted(stretches, column, left, seasons, True, lasting, _FEWER))
    return found


def _within(effect: float) -> float:
    """The effect, within what is taken out at placebo dates."""
    return min(max(effect, -_REMOVED), _REMOVED)
