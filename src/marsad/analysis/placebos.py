"""The test of an effect at other dates of the series: how far its statistics can be trusted.

At placebo dates nothing is known to have happened, and the effect that was found is taken out. Neighbouring dates share
most of their days, so that they count for less than their number; how much less follows from the correlations of their
tests. Where a series is too short to have many, the scale is drawn to the one that is usual elsewhere, and the
reference is Student's t with as many degrees of freedom as there is information on the scale. (Schuemie, Ryan,
DuMouchel, Suchard and Madigan, *Statistics in Medicine* 2014, calibrate with negative controls in the same spirit.)
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.latent import Floats, Mode
from marsad.analysis.setting import Setting

__all__ = ["OPEN", "Placebos", "placebos_of"]

OPEN: Final = 1.0
"""Standard deviation, on the log scale, of a level that an effect leaves behind."""
_LEAST_BEFORE: Final = 8
"""Stretches that a placebo date must have before it."""
_PRIOR_DATES, _PRIOR_SCALE = 16.0, 1.05
"""How many independent dates the usual scale counts for, and that scale: one is what the model itself expects. Chosen
on the half of the series that ``benchmarks/analysis/false_alarms.py`` keeps for choosing."""


@dataclass(frozen=True)
class Placebos:
    """The test at all other dates: their stretches, statistics and estimates; how many independent ones they are
    worth; the scale of the reference distribution and its degrees of freedom."""

    dates: NDArray[np.int64]
    statistics: Floats
    estimates: Floats
    worth: float
    scale: float
    freedom: float

    def p(self, statistic: float) -> float:
        """Two-sided probability of a statistic at least this far from zero."""
        from scipy.stats import t

        return float(2 * t.sf(abs(statistic) / self.scale, self.freedom))

    def critical(self, level: float) -> float:
        """The statistic that is exceeded with this probability."""
        from scipy.stats import t

        return float(t.isf(level / 2, self.freedom) * self.scale)

    def rank(self, statistic: float) -> int:
        """1 where no placebo date has a statistic as far from zero."""
        return 1 + int((np.abs(self.statistics) >= abs(statistic)).sum())


def placebos_of(setting: Setting, length: int) -> Placebos:
    """The test at every other date with the effect that was found taken out."""
    stretches = setting.stretches
    dates = np.arange(min(_LEAST_BEFORE, stretches.turn), len(stretches) - length + 1)
    dates = dates[dates != stretches.turn]
    shape = setting.column[stretches.turn : stretches.turn + length]
    if not len(dates):
        return Placebos(dates, np.zeros(0), np.zeros(0), 0.0, _PRIOR_SCALE, _PRIOR_DATES)
    columns = np.zeros((len(stretches), len(dates)))
    for at, date in enumerate(dates):
        columns[date : date + length, at] = shape
    mode = setting.mode(setting.effect)
    if setting.lasting:
        columns = columns - _open_after(mode, columns, dates + length)
    information = mode.information(columns)
    scale = np.sqrt(np.maximum(np.diag(information), 1e-12))
    statistics = (columns.T @ mode.score) / scale
    alike = information / np.outer(scale, scale)
    # The variance of a mean of squares of correlated normal variables says how many independent ones they are worth.
    worth = len(dates) ** 2 / float((alike**2).sum())
    squares = _PRIOR_DATES * _PRIOR_SCALE**2 + worth * float(np.mean(statistics**2))
    freedom = _PRIOR_DATES + worth
    return Placebos(dates, statistics, statistics / scale, worth, math.sqrt(squares / freedom), freedom)


def _open_after(mode: Mode, columns: Floats, ends: NDArray[np.int64]) -> Floats:
    """What each effect's column shares with an open level after its end."""
    after = (np.arange(len(columns))[:, None] >= ends[None, :]).astype(float)
    both = mode.information(np.column_stack([columns, after]))
    count = columns.shape[1]
    crossed = np.diag(both[:count, count:])
    own = np.diag(both[count:, count:])
    return np.asarray(after * (crossed / (own + 1 / OPEN**2)))
