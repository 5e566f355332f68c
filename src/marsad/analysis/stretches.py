"""A daily series cut into stretches of equal length, one of which begins on the turning point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from marsad.analysis.latent import Days, Floats, Heard
from marsad.analysis.series import Series

__all__ = ["Stretches", "cut", "width_for"]

_SHARES: Final = 12
"""Stretches in an after-period, at least; none is longer than a fortnight."""
_LONGEST: Final = 14
_BEFORE, _AFTER = 130, 90
"""Stretches that are looked at before and after the turning point, at most: five and three years of fortnights."""
_MEMORY: Final = 28
"""Days before the first one that say what echoes on it."""
_WEEKDAY_PRIOR: Final = 20.0
"""Events of an even week that are added before a weekday's share is taken."""


@dataclass(frozen=True)
class Stretches:
    """The days that are looked at, in stretches, and the day of each one's middle.

    ``turn`` is the stretch that begins on the turning point; ``first`` the first day's place in the series.
    """

    days: Days
    middles: Floats
    effort: Floats | None
    turn: int
    width: int
    first: int
    weekdays: Floats

    def __len__(self) -> int:
        return len(self.days)

    @property
    def counts(self) -> Floats:
        """Events of each stretch."""
        return self.days.sums(self.days.counts * self.days.observed)

    @property
    def watched(self) -> Floats:
        """Watched days of each stretch, each as much as its weekday has of the events."""
        return self.days.sums(self.days.share * self.days.observed)

    def step(self, begin: int, length: int) -> Floats:
        """A column that is one on ``length`` stretches from ``begin`` on."""
        found = np.zeros(len(self))
        found[max(begin, 0) : max(begin + length, 0)] = 1.0
        return found

    def stretch_of(self, day: int) -> int:
        """The stretch in which a day of the series lies; below zero or beyond the last where it lies in none."""
        return (day - self.first) // self.width


def width_for(after: int) -> int:
    """Days of a stretch for an after-period of so many days."""
    return min(_LONGEST, max(1, after // _SHARES))


def cut(series: Series, turn: int, width: int, *, echoing: bool = True) -> Stretches:
    """Stretches of ``width`` days about the day at place ``turn``; odd days at both ends: the first are left out, the
    last are a stretch of their own with as many days as there are. ``echoing``: whether events beget events."""
    weekdays = _weekdays(series)
    before = min(turn // width, _BEFORE)
    first = turn - before * width
    last = min(len(series), turn + _AFTER * width)
    kept = slice(first, last)
    observed = series.observed[kept].astype(np.float64)
    edges = np.arange(0, last - first, width)
    earlier = slice(max(0, first - _MEMORY), first) if first else slice(0, _MEMORY)
    others = []
    for other in series.echoes:
        mean = other.counts[other.observed].mean() if other.observed.any() else 0.0
        filled = np.where(other.observed, other.counts, mean)
        others.append(Heard(filled[kept], float(filled[earlier].mean())))
    days = Days(series.counts[kept], weekdays[(series.first + np.arange(first, last)) % 7], observed, edges,
                float(series.counts[earlier].mean()), tuple(others), echoing,
                None if series.whole is None else series.whole[kept])  # fmt: skip
    effort: Floats | None = None
    if series.effort is not None:
        logs = np.log1p(days.sums(series.effort[kept]) / np.maximum(days.sums(observed), 1.0))
        spread = float(logs.std())
        effort = np.asarray((logs - logs.mean()) / spread) if spread > 1e-6 else None
    return Stretches(
        days, np.asarray(edges + width / 2, dtype=np.float64), effort, before, width, first, weekdays
    )  # fmt: skip


def _weekdays(series: Series) -> Floats:
    """How much each weekday has of the events, one on the mean; drawn to even where there are few."""
    at = (series.first + np.arange(len(series))) % 7
    days = np.bincount(at, weights=series.observed.astype(float), minlength=7)
    counts = np.bincount(at, weights=series.counts, minlength=7)
    rate = counts.sum() / max(days.sum(), 1.0)
    if rate == 0:
        return np.ones(7)
    shares = (counts + _WEEKDAY_PRIOR) / (days * rate + _WEEKDAY_PRIOR)
    return np.asarray(shares / shares.mean())
