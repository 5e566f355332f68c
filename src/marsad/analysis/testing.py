"""One effect in a drifting background: its size, its test, and how far the test can be trusted at other dates.

The test is the score test of the effect's column with the background integrated out. Its scale is checked at placebo
dates: the same test at every other date of the series at which nothing is known to have happened, the effect that was
found taken out. Neighbouring dates share most of their days, so that they count for less than their number; how much
less follows from the correlations of their tests. Where a series is too short to have many, the scale is drawn to the
one that is usual elsewhere, and the reference is Student's t with as many degrees of freedom as there is
information on the scale. (Schuemie, Ryan, DuMouchel, Suchard and Madigan, *Statistics in Medicine* 2014, calibrate with
negative controls in the same spirit.)
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.latent import Floats, Kernel, Mode, Traits, find_mode, fit_traits
from marsad.analysis.solving import ratio_of, solve
from marsad.analysis.stretches import Stretches

__all__ = ["Effect", "Placebos", "Setting", "measure"]

_FREE: Final = 2.0
"""Standard deviation of an effect, on the log scale, where it is not what is tested."""
_OPEN: Final = 1.0
"""Standard deviation, on the log scale, of a level that an effect leaves behind."""
_PRICE: Final = 1.0
"""By how much the counts after an effect's column must be more likely with a level of their own, on the log scale. At
three, a lasting halving is found in 5 of 16 simulated series instead of 8, and false alarms are hardly fewer."""
_DOUBTFUL, _CLEAR = 2.0, 6.0
"""By how much the counts are more likely with the effect, on the log scale, from doubtful to beyond doubt."""
_LEAST_LASTING: Final = 4
_TRIES, _FEWER = 90, 40
"""Evaluations of the likelihood of the traits, from scratch and from those of a similar fit."""
_LEAST_BEFORE: Final = 8
"""Stretches that a placebo date must have before it."""
_PRIOR_DATES, _PRIOR_SCALE = 16.0, 1.05
"""How many independent dates the usual scale counts for, and that scale: one is what the model itself expects. Chosen
on the half of the series that ``benchmarks/analysis/false_alarms.py`` keeps for choosing."""
_SEASONS_FROM: Final = 730
_FALLEN: Final = 0.7
"""Share of the usual events in an after-period, between all and half of them: fewer events tell less."""
_REMOVED: Final = 6.0
"""Logarithm of the greatest ratio that is taken out."""


@dataclass(frozen=True)
class Setting:
    """A background that was fitted once: stretches, traits, the covariance of ``f``, and the effect's column."""

    stretches: Stretches
    traits: Traits
    place: Floats
    """The traits as coordinates, from which a fit of nearly the same begins."""
    cov: Floats
    column: Floats
    lasting: bool
    """Whether the level after the effect's last stretch is left open: the counts there say that it lasted."""
    effect: float
    """The effect's most probable value, within bounds; what is taken out at placebo dates."""

    def mode(self, effect: float) -> Mode:
        """The background where the effect is held at this value."""
        return find_mode(self.stretches.days, self.cov, self.traits, effect * self.column)

    def score(self, effect: float) -> tuple[float, float]:
        """The score of the effect at this value, and its information."""
        mode = self.mode(effect)
        return float(self.column @ mode.score), float(mode.information(self.column[:, None])[0, 0])

    def rates(self) -> tuple[Floats, Floats]:
        """Events a day in each stretch that are expected with the effect and without it: the background, the answers
        to others, and all that these beget."""
        days, traits = self.stretches.days, self.traits
        background = days.base(traits) * np.exp(self.mode(self.effect).f)
        answers = days.sums(days.answers(traits)) / days.sizes
        begets = 1 / (1 - traits.branching)
        return (
            np.asarray(begets * (background * np.exp(self.effect * self.column) + answers)),
            np.asarray(begets * (background + answers)),
        )

    def statistic(self, effect: float) -> float:
        """The test's statistic where this is the effect; it falls as the effect grows."""
        score, information = self.score(effect)
        # Where next to nothing is expected, a score of nothing stands on no information.
        return score / math.sqrt(max(information, 1e-9))


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
    level: float

    def power(self, ratio: float) -> float:
        """The probability that a change of this size would have been seen."""
        from scipy.stats import norm

        away = abs(math.log(ratio)) / self.error
        bar, scale = self.placebos.critical(self.level), self.placebos.scale
        return float(norm.sf((bar - away) / scale) + norm.sf((bar + away) / scale))

    def visible(self, power: float = 0.8) -> float:
        """The mildest fall, as a ratio of rates, that would have been seen with this probability."""
        from scipy.stats import norm

        bar, scale = self.placebos.critical(self.level), self.placebos.scale
        return math.exp(-(bar + norm.ppf(power) * scale) * self.error)


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
    known = _FREE * others if others is not None else np.zeros((len(stretches), 0))
    if stretches.effort is not None:
        known = np.column_stack([known, stretches.effort])
    days, middles = stretches.days, stretches.middles
    after = stretches.step(stretches.turn + length, len(stretches))
    tries = _TRIES if start is None else _FEWER

    def kernel(columns: Floats) -> Kernel:
        return Kernel.between(middles, seasons=seasons, covariates=columns)

    place, evidence = fit_traits(days, kernel(np.column_stack([known, _FREE * column])), start=start, tries=tries)
    lasting = False
    if may_last and after.sum() >= _LEAST_LASTING:
        opened = np.column_stack([known, _OPEN * after])
        other, its = fit_traits(days, kernel(np.column_stack([opened, _FREE * column])), start=place, tries=_FEWER)
        if its > evidence + _PRICE:
            place, evidence, known, lasting = other, its, opened, True
    # With the effect free, a chance excursion at this date makes the rest look calmer than it is; without it, a real
    # change makes it look wilder. Halfway between the two, other dates are a fair measure of this one, unless the
    # counts speak so clearly for the effect that it is no excursion.
    still, without = fit_traits(days, kernel(known), start=place, tries=_FEWER)
    clear = min(max((evidence - without - _DOUBTFUL) / (_CLEAR - _DOUBTFUL), 0.0), 1.0)
    place = place + (1 - clear) / 2 * (still - place)
    traits = Traits.of(place, days)
    found = find_mode(days, kernel(np.column_stack([known, _FREE * column])).covariance(traits), traits)
    likely = _FREE**2 * float(column @ found.score)
    setting = Setting(stretches, traits, place, kernel(known).covariance(traits), column, lasting, likely)
    # Where nothing at all is left, the likelihood rises all the way to a ratio of zero.
    estimate = solve(setting.statistic, likely) if stretches.counts[column != 0].sum() > 0 else -math.inf
    near = min(max(estimate, -_REMOVED), _REMOVED)
    setting = replace(setting, effect=near)
    score, information = setting.score(0.0)
    statistic = score / math.sqrt(max(information, 1e-12))
    placebos = _placebos(setting, length)
    bar = placebos.critical(level)
    low = solve(lambda effect: setting.statistic(effect) - bar, near) if math.isfinite(estimate) else -math.inf
    high = solve(lambda effect: setting.statistic(effect) + bar, near)
    return Effect(
        ratio_of(estimate), ratio_of(low), ratio_of(high), statistic, placebos.p(statistic),
        _planned_error(setting), placebos, setting, level,
    )  # fmt: skip


def _placebos(setting: Setting, length: int) -> Placebos:
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
    return np.asarray(after * (crossed / (own + 1 / _OPEN**2)))


def _planned_error(setting: Setting) -> float:
    """The standard error that such an after-period promises for a test of a halving, whatever it held."""
    from scipy.linalg import cholesky, solve_triangular

    stretches = setting.stretches
    mode = setting.mode(setting.effect)
    seen = stretches.days.sums(mode.background * stretches.days.observed)
    background = seen * np.exp(-setting.effect * setting.column) * np.where(setting.column > 0, _FALLEN, 1.0)
    before = slice(0, max(stretches.turn, 1))
    # What share of the background's events can be told from echoes and scatter: as in the time before.
    share = float(mode.weight[before].sum() / max(seen[before].sum(), 1e-9))
    root = np.sqrt(background * share)
    lower = cholesky(np.eye(len(root)) + root[:, None] * setting.cov * root[None, :], lower=True, check_finite=False)
    half = solve_triangular(lower, root * setting.column, lower=True, check_finite=False)
    return 1.0 / math.sqrt(max(float(half @ half), 1e-12))
