"""How far events beget events: the self-exciting model of one series, by days and, where they are known, by moments.

By days: negative-binomial counts with weekdays, a drifting background and echoes
(:mod:`marsad.analysis.excitation`). By moments: a Hawkes process with the same background
on the clock of the day (:mod:`marsad.analysis.excitation.clock`), once with the mean delay
that the days gave, which asks the same question of finer data, and once with two delays,
an hour and that of the days, which tells quick echoes from slow ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp
from typing import Final

import numpy as np

from marsad.analysis.excitation import Design, Fitted, drift, fit, fit_times, level, weekday
from marsad.analysis.excitation.clock import DayClock, rounded_to, spread
from marsad.analysis.excitation.delays import Delay
from marsad.analysis.excitation.intervals import Interval
from marsad.analysis.latent import Bools, Floats
from marsad.analysis.series import Series
from marsad.errors import AnalysisError

__all__ = ["FEWEST", "ByMoments", "ExcitationDay", "ExcitationRow", "SelfExcitation", "self_excitation"]

_EVERY: Final = 30
_PIECES: Final = 40
_FEWEST_DAYS: Final = 60
FEWEST: Final = 20
"""Events of a series that can be fitted, at least."""
_FEWEST_MOMENTS: Final = 50
_KNOWN: Final = 0.9
"""The least share of events whose time of day must be known for a model of moments."""
_HOUR: Final = 1 / 24
_MOMENTS: Final = (1e-4, 1e3)
"""Between these a mean delay of moments is looked for, in days."""


@dataclass(frozen=True, slots=True)
class ExcitationRow:
    """One series, as a row of a table; delays are in days, and None where they cannot be told, with the reason."""

    series: str
    events: float
    days: int
    ratio: float
    ratio_low: float
    ratio_high: float
    mean_delay: float | None
    delay_low: float | None
    delay_high: float | None
    half_life: float | None
    delay_untold_because: str | None
    background: float
    p_uniform: float
    p_independent: float


@dataclass(frozen=True, slots=True)
class ExcitationDay:
    """One day of one series: what came, what was expected and of what it is made up, and the residual.

    ``residual`` is standard normal and independent from day to day where the model holds; it and ``events``
    are None on a day that nobody watched.
    """

    series: str
    date: str
    events: float | None
    background: float
    echoes: float
    residual: float | None


@dataclass(frozen=True, slots=True)
class ByMoments:
    """What moments say beside days.

    Attributes:
        known: The share of events whose time of day is known; others were drawn from their days.
        unit: Seconds to which the moments are rounded.
        same_delay: The branching ratio with the mean delay that the days gave.
        quick: Of two kernels, the weight of that with a mean delay of an hour.
        slow: The weight of that with the mean delay of the days.
        total: Their sum's interval.
        own_delay: The mean delay in days that alone explains the moments best.
        own_ratio: The branching ratio with it.
        p_rescaling: Of the two kernels, by time rescaling (Kolmogorov and Smirnov): small where the model fails.
        distance: The greatest distance between the two distributions that are compared, of one: how far off it is.
    """

    known: float
    unit: int
    same_delay: Interval
    quick: float
    slow: float
    total: Interval
    own_delay: Interval
    own_ratio: Interval
    p_rescaling: float
    distance: float

    @property
    def best(self) -> Delay:
        """The delay that alone explains the moments best."""
        return Delay(self.own_delay, self.own_ratio.low > 0 and self.own_delay.error > 0, *_MOMENTS)

    def to_json(self, taken: float) -> dict[str, object]:
        """``taken`` is the mean delay that the days gave, in days, told or not."""
        return {
            "known": round(self.known, 4), "rounded_to_seconds": self.unit,
            "same_delay": {"branching_ratio": _value(self.same_delay), "taken_days": round(taken, 4)},
            "hour_and_days": {
                "branching_ratio": _value(self.total), "within_hours": round(self.quick, 4),
                "over_days": round(self.slow, 4), "p_rescaling": round(self.p_rescaling, 5),
                "distance": round(self.distance, 4),
            },
            "own_delay": {
                "branching_ratio": _value(self.own_ratio), "mean_delay_days": self.best.to_json(),
                "delay_untold_because": self.best.untold,
            },
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class SelfExcitation:
    """A series' self-excitation.

    Attributes:
        series: What was fitted.
        fitted: The model of daily counts.
        ratio: The share of events that others begot, directly or at some remove; from one on they would grow for ever.
        delay: Mean days from an event to one that follows it directly: where the search ended. ``lag`` says
            whether that is a delay, or only the bound of the search.
        background: Events a day that none begot, on the mean over the days.
        p_uniform: Of the randomised residuals' uniformity.
        p_independent: Of their independence over a fortnight.
        moments: The same from moments; None where the days are all that is known.
        seed: Of what is drawn at random.
    """

    series: Series
    fitted: Fitted
    ratio: Interval
    delay: Interval
    background: float
    p_uniform: float
    p_independent: float
    moments: ByMoments | None
    seed: int

    @property
    def told(self) -> bool:
        """Whether echoes can be told from none."""
        return self.ratio.low > 0

    @property
    def lag(self) -> Delay:
        """The mean delay as far as it can be told."""
        return Delay(self.delay, self.told)

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the model by days."""
        return min(self.p_uniform, self.p_independent) >= 0.01

    @property
    def sentence(self) -> str:
        """The answer in words."""
        name, ratio = self.series.name, self.ratio
        if not self.told:
            return (
                f"{name}: echoes cannot be told from none; of 100 events at most {100 * min(ratio.high, 1):.0f} "
                f"followed others."
            )
        if ratio.value >= 1:
            return (
                f"{name}: each event begets {ratio.value:.2f} more, which cannot last: look for a change of the rate."
            )
        days = self.lag.half
        if days is None:
            when = "how soon cannot be told"
        else:
            many = "a day" if days <= 1 else f"{days:.1f} days" if days < 3 else f"{days:.0f} days"
            when = f"half of each one's echo within {many}"
        return (
            f"{name}: of 100 events {100 * ratio.value:.0f} followed others ({100 * ratio.low:.0f} to "
            f"{100 * ratio.high:.0f}), {when}; {self.background:.2g} a day came by themselves."
        )

    def row(self) -> ExcitationRow:
        """As a row of a table."""
        return ExcitationRow(
            self.series.name, self.series.events, len(self.series), self.ratio.value, self.ratio.low, self.ratio.high,
            self.lag.value, self.lag.low, self.lag.high, self.lag.half, self.lag.untold, self.background,
            self.p_uniform, self.p_independent,
        )  # fmt: skip

    def days(self) -> list[ExcitationDay]:
        """Day by day."""
        parts, normal = self.fitted.intensity(), self.fitted.residuals(self.seed).normal[:, 0]
        return [
            ExcitationDay(
                self.series.name, self.series.at(day),
                round(float(self.series.counts[day]), 6) if seen else None,
                float(parts.background[day, 0]), float(parts.own[day, 0]), float(normal[day]) if seen else None,
            )
            for day, seen in enumerate(self.series.observed.tolist())
        ]  # fmt: skip

    def to_json(self) -> dict[str, object]:
        """As an object of ``marsad excitation --json``."""
        return {
            "series": self.series.name, "events": self.series.events, "days": len(self.series),
            "without_exact_day": self.series.coarse, "branching_ratio": _value(self.ratio), "told": self.told,
            "mean_delay_days": self.lag.to_json(),
            "half_life_days": None if self.lag.half is None else round(self.lag.half, 4),
            "delay_untold_because": self.lag.untold, "background_per_day": round(self.background, 5),
            "scatter": round(float(self.fitted.scatter[0]), 5),
            "checks": {
                "p_uniform": round(self.p_uniform, 5), "p_independent": round(self.p_independent, 5),
                "holds": self.holds, "converged": self.fitted.converged,
            },
            "moments": None if self.moments is None else self.moments.to_json(self.delay.value),
            "sentence": self.sentence,
        }  # fmt: skip


def self_excitation(
    series: Series, times: Floats | None = None, drawn: Bools | None = None, *, seed: int = 1
) -> SelfExcitation:
    """Fit a series by days, and by moments where most of them are known.

    Args:
        series: Counts a day.
        times: Moments of its events in days from its first day's beginning; None where there are none.
        drawn: Which of them are not known, and drawn from their days.
        seed: For residuals, and for moments within what they are rounded to.

    Raises:
        AnalysisError: There are too few days or events.
    """
    days = len(series)
    if days < _FEWEST_DAYS or series.events < FEWEST:
        raise AnalysisError(
            f"{series.name}: {series.events:.0f} events on {days} days are too few: give at least {FEWEST} events and "
            f"{_FEWEST_DAYS} days"
        )
    every, week = max(_EVERY, -(-days // _PIECES)), weekday(days, date.fromordinal(series.first).weekday())
    design = Design.of(level(days), week, drift(days, every))
    fitted = fit(
        series.counts, design, observed=series.observed, series=(series.name,), causes=series.whole
    )  # fmt: skip
    seen = series.observed
    residuals = fitted.residuals(seed)
    logs = fitted.mixed("log delay")
    moments = None
    if times is not None and drawn is not None and seen.all():
        # The drift is the last of the penalties, and the only one whose weight was looked for.
        held = drift(days, every, weight=fitted.smoothness[-1])
        moments = _by_moments(fitted, Design.of(level(days), week, held), times, drawn, seed)
    return SelfExcitation(
        series, fitted, fitted.branching_ratio(),
        Interval(_days(logs.value), _days(logs.low), _days(logs.high), logs.error),
        float(fitted.intensity().background[seen, 0].mean()), residuals.uniformity(), residuals.independence(),
        moments, seed,
    )  # fmt: skip


def _by_moments(fitted: Fitted, design: Design, times: Floats, drawn: Bools, seed: int) -> ByMoments | None:
    """The same from moments; None where too few are known, or all of them are of one time of day."""
    days = len(design.columns)
    inside = (times >= 0) & (times < days)
    times, drawn = times[inside], drawn[inside]
    stamped = times[~drawn]
    if len(times) < _FEWEST_MOMENTS or len(stamped) < _KNOWN * len(times):
        return None
    _, each = np.unique(np.round((stamped - np.floor(stamped)) * 1440), return_counts=True)
    if each.max() > len(stamped) / 2:
        return None
    clock = DayClock.of(stamped)
    fine = clock.turn(spread(stamped, np.random.default_rng(seed)))
    # What was drawn evenly over its day is even on the clock too.
    moments = np.sort(np.concatenate([fine, times[drawn]]))
    delay = fitted.delays[0]
    same = fit_times(moments, horizon=days, design=design, decay=delay)
    two = fit_times(moments, horizon=days, design=design, decay=(_HOUR, delay))
    own = fit_times(moments, horizon=days, design=design)
    p, distance = two.rescaling(0)
    return ByMoments(
        len(stamped) / len(times), rounded_to(stamped), same.branching().ratio,
        float(two.weights[0, 0, 0]), float(two.weights[1, 0, 0]), two.branching().ratio, own.delay,
        own.branching().ratio, p, distance,
    )  # fmt: skip


def _days(logarithm: float) -> float:
    """The days of a log delay; a bound of the search is that bound to the last digit, so that it is known again."""
    return round(exp(logarithm), 9)


def _value(found: Interval) -> dict[str, object]:
    return {"value": round(found.value, 4), "interval": [round(found.low, 4), round(found.high, 4)]}
