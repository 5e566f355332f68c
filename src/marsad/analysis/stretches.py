"""A daily series cut into stretches of equal length, one of which begins on the turning point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from marsad.analysis.latent import Floats
from marsad.analysis.series import Series

__all__ = ["Stretches", "cut", "width_for"]

_SHARES: Final = 8
"""Stretches in an after-period, at least; none is longer than a week."""
_BEFORE, _AFTER = 180, 140
"""Stretches that are looked at before and after the turning point, at most: three years and more of weeks."""
_WEEKDAY_PRIOR: Final = 20.0
"""Events of an even week that are added before a weekday's share is taken."""


@dataclass(frozen=True)
class Stretches:
    """Counts of each stretch, the observed days in it (weighed by weekday), and the day of its middle.

    ``turn`` is the stretch that begins on the turning point; ``first`` the first day's place in the series.
    """

    counts: Floats
    exposure: Floats
    middles: Floats
    effort: Floats | None
    turn: int
    width: int
    first: int
    weekdays: Floats

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def offset(self) -> Floats:
        """The logarithm of the events that are expected where nothing but the days counts."""
        rate = max(self.counts.sum(), 0.5) / max(self.exposure.sum(), 1.0)
        return np.asarray(np.log(np.maximum(self.exposure, 1e-9) * rate))

    @property
    def rate(self) -> float:
        """Mean events a day."""
        return float(max(self.counts.sum(), 0.5) / max(self.exposure.sum(), 1.0))

    def step(self, begin: int, length: int) -> Floats:
        """A column that is one on ``length`` stretches from ``begin`` on."""
        found = np.zeros(len(self.counts))
        found[max(begin, 0) : max(begin + length, 0)] = 1.0
        return found

    def stretch_of(self, day: int) -> int:
        """The stretch in which a day of the series lies; below zero or beyond the last where it lies in none."""
        return (day - self.first) // self.width


def width_for(after: int) -> int:
    """Days of a stretch for an after-period of so many days."""
    return min(7, max(1, after // _SHARES))


def cut(series: Series, turn: int, width: int) -> Stretches:
    """Stretches of ``width`` days about the day at place ``turn``; odd days at both ends: the first are left out, the
    last are a stretch of their own with as many days as there are."""
    weekdays = _weekdays(series) if width < 7 or not series.observed.all() else np.ones(7)
    before = min(turn // width, _BEFORE)
    first = turn - before * width
    last = min(len(series), turn + _AFTER * width)
    days = np.arange(first, last)
    weight = weekdays[(series.first + days) % 7] * series.observed[first:last]
    edges = np.arange(0, last - first, width)
    counts = np.add.reduceat(series.counts[first:last], edges)
    exposure: Floats = np.asarray(np.add.reduceat(weight, edges), dtype=np.float64)
    effort: Floats | None = None
    if series.effort is not None:
        logs = np.log1p(np.add.reduceat(series.effort[first:last], edges) / np.maximum(exposure, 1.0))
        spread = float(logs.std())
        effort = np.asarray((logs - logs.mean()) / spread) if spread > 1e-6 else None
    return Stretches(
        counts, exposure, np.asarray(edges + width / 2, dtype=np.float64), effort, before, width, first, weekdays
    )


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
