"""How far events beget events: the self-exciting model of one series, by days and, where they are known, by moments.

By days: negative-binomial counts with weekdays, a drifting background and echoes
(:mod:`marsad.analysis.excitation`). By moments: a Hawkes process with the same background
on the clock of the day (:mod:`marsad.analysis.excitation.clock`). Both are asked the same: what share of all
events followed others, within hours or over days (:mod:`marsad.analysis.excitation.allechoes`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from marsad.analysis.excitation import Design, Fitted, drift, fit, fit_times, level, weekday
from marsad.analysis.excitation.allechoes import QUICK, SLOW, AllEchoes, DayEchoes, by_counts, by_moments
from marsad.analysis.excitation.clock import DayClock, rounded_to, spread
from marsad.analysis.excitation.delays import Delay
from marsad.analysis.excitation.intervals import Interval
from marsad.analysis.latent import Bools, Floats
from marsad.analysis.series import Series
from marsad.analysis.wording import day_words, number_words
from marsad.errors import AnalysisError

__all__ = ["FEWEST", "ByMoments", "ExcitationDay", "ExcitationRow", "SelfExcitation", "self_excitation"]

_EVERY: Final = 30
"""Days between the knots of the drift, or more,"""
_PIECES: Final = 40
"""so that there are no more pieces than this."""
_FEWEST_DAYS: Final = 60
"""Days of a series that can be fitted, at least."""
FEWEST: Final = 20
"""Events of a series that can be fitted, at least."""
_FEWEST_MOMENTS: Final = 50
"""Events with a moment, known or drawn, from which moments are asked."""
_KNOWN: Final = 0.9
"""The least share of events whose time of day must be known for a model of moments."""
_MOMENTS: Final = (1e-4, 1e3)
"""Between these a mean delay of moments is looked for, in days."""
_EVEN: Final = -3.0
"""Standard errors by which counts scatter less than by chance, from which nothing is told of echoes."""


@dataclass(frozen=True, slots=True)
class ExcitationRow:
    """One series, as a row of a table; delays are in days, and None where they cannot be told, with the reason.

    ``ratio`` is of all echoes; ``within_hours`` the further events that follow on one within hours, ``over_days`` the
    share that followed others over days, bursts of hours counted as one.
    """

    series: str
    events: float
    days: int
    ratio: float
    ratio_low: float
    ratio_high: float
    within_hours: float
    over_days: float
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
        echoes: The same question as is put to days, of all echoes: see :class:`AllEchoes`.
        own_delay: The mean delay in days that alone explains the moments best.
        own_ratio: The branching ratio with it.
        p_rescaling: Of a mixture of six kernels, from a quarter of an hour to ten days, by time rescaling (Kolmogorov
            and Smirnov): small where no such echoes explain the waits.
        distance: The greatest distance between the two distributions that are compared, of one: how far off it is.
    """

    known: float
    unit: int
    echoes: AllEchoes
    own_delay: Interval
    own_ratio: Interval
    p_rescaling: float
    distance: float

    @property
    def best(self) -> Delay:
        """The delay that alone explains the moments best."""
        return Delay(self.own_delay, self.own_ratio.low > 0 and self.own_delay.error > 0, *_MOMENTS)

    def to_json(self) -> dict[str, object]:
        """As an object of the series' one."""
        return {
            "known": round(self.known, 4), "rounded_to_seconds": self.unit,
            "branching_ratio": _value(self.echoes.total), "parts": _parts(self.echoes),
            "draws": round(self.echoes.effective),
            "kernels": {"p_rescaling": round(self.p_rescaling, 5), "distance": round(self.distance, 4)},
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
        fitted: The model of daily counts, where its likelihood is highest.
        echoes: What the days say of echoes within hours and over days. ``ratio`` is its total.
        delay: Mean days from an event to one that follows it directly over days: where the search ended. ``lag`` says
            whether that is a delay, or only the bound of the search.
        came: Of each day, the events that none begot, on the mean over all that is likely.
        expected: Of each day, all that were expected given the days before, on the mean.
        p_uniform: Of the randomised residuals' uniformity.
        p_independent: Of their independence over a fortnight.
        moments: The same from moments; None where the days are all that is known.
        seed: Of what is drawn at random.
    """

    series: Series
    fitted: Fitted
    echoes: AllEchoes
    delay: Interval
    came: Floats
    expected: Floats
    p_uniform: float
    p_independent: float
    moments: ByMoments | None
    seed: int

    @property
    def ratio(self) -> Interval:
        """The share of events that others begot, within hours or over days, directly or at some remove.

        The interval holds all that there can be where counts are ``even``.
        """
        total = self.echoes.total
        return replace(total, low=0.0, high=1.0) if self.even else total

    @property
    def even(self) -> bool:
        """Whether counts scatter less than by chance, as one report a day does, or events that are spread over days.

        Echoes make counts scatter more. What the model takes for them is then only that the past foretells the days so
        well. The measure is Pearson's, of a variance as large as the mean, by its standard error for Poisson counts.
        """
        seen = self.series.observed
        mean = np.maximum(self.expected[seen], 1e-9)
        scatter = float(((self.series.counts[seen] - mean) ** 2 / mean).mean())
        return bool((scatter - 1) / ((2 + (1 / mean).mean()) / len(mean)) ** 0.5 < _EVEN)

    @property
    def background(self) -> float:
        """Events a day that none begot, on the mean over the days."""
        return float(self.came[self.series.observed].mean())

    @property
    def told(self) -> bool:
        """Whether echoes can be told from none."""
        return self.ratio.low > 0

    @property
    def lag(self) -> Delay:
        """The mean delay as far as it can be told."""
        return Delay(self.delay, self.echoes.slow.low > 0 and not self.even, what="echoes over days")

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the model by days."""
        return min(self.p_uniform, self.p_independent) >= 0.01

    @property
    def sentence(self) -> str:
        """The answer in words."""
        name, ratio = self.series.name, self.ratio
        if self.even:
            return (
                f"{name}: counts scatter less from day to day than by chance, and echoes make them scatter more: "
                "nothing is told of echoes. Is there a row for each day, or are most events without an exact day?"
            )
        if ratio.low <= 0 and ratio.high > 0.995:
            return f"{name}: echoes cannot be told from none, nor how many of 100 events followed others."
        if not self.told:
            return (
                f"{name}: echoes cannot be told from none; of 100 events at most {100 * ratio.high:.0f} "
                f"followed others."
            )
        days = self.lag.half
        if days is None:
            when = "how soon cannot be told"
        else:
            many = "a day" if days <= 1 else f"{days:.1f} days" if days < 3 else f"{days:.0f} days"
            when = f"half of each one's echo within {many}"
        doubt = "" if self.holds else " The residuals speak against the model."
        return (
            f"{name}: of 100 events {100 * ratio.value:.0f} followed others ({100 * ratio.low:.0f} to "
            f"{100 * ratio.high:.0f}), {when}; {self.background:.2g} a day came by themselves."
            f"{doubt}"
        )

    def row(self) -> ExcitationRow:
        """As a row of a table."""
        return ExcitationRow(
            self.series.name, self.series.events, len(self.series), self.ratio.value, self.ratio.low, self.ratio.high,
            self.echoes.quick.value, self.echoes.slow.value, self.lag.value, self.lag.low, self.lag.high, self.lag.half,
            self.lag.untold, self.background, self.p_uniform, self.p_independent,
        )  # fmt: skip

    def days(self) -> list[ExcitationDay]:
        """Day by day."""
        normal = self.fitted.residuals(self.seed).normal[:, 0]
        return [
            ExcitationDay(
                self.series.name, self.series.at(day),
                round(float(self.series.counts[day]), 6) if seen else None,
                float(self.came[day]), float(self.expected[day] - self.came[day]),
                float(normal[day]) if seen else None,
            )
            for day, seen in enumerate(self.series.observed.tolist())
        ]  # fmt: skip

    def to_json(self) -> dict[str, object]:
        """As an object of ``marsad excitation --json``."""
        return {
            "series": self.series.name, "events": self.series.events, "days": len(self.series),
            "without_exact_day": self.series.coarse, "branching_ratio": _value(self.ratio), "told": self.told,
            "parts": _parts(self.echoes),
            "mean_delay_days": self.lag.to_json(),
            "half_life_days": None if self.lag.half is None else round(self.lag.half, 4),
            "delay_untold_because": self.lag.untold, "background_per_day": round(self.background, 5),
            "scatter": round(float(self.fitted.scatter[0]), 5),
            "checks": {
                "p_uniform": round(self.p_uniform, 5), "p_independent": round(self.p_independent, 5),
                "holds": self.holds, "even": self.even, "converged": self.fitted.converged,
                "draws": round(self.echoes.effective),
            },
            "moments": None if self.moments is None else self.moments.to_json(),
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
        AnalysisError: There are too few days or events, or no background explains them.
    """
    days = len(series)
    if days < _FEWEST_DAYS or series.events < FEWEST:
        raise AnalysisError(
            f"{series.name}: too few for the model ({number_words(series.events)} in {day_words(days)}): "
            f"give at least {FEWEST} events and {_FEWEST_DAYS} days"
        )
    every, week = max(_EVERY, -(-days // _PIECES)), weekday(days, date.fromordinal(series.first).weekday())
    design = Design.of(level(days), week, drift(days, every))
    fitted = fit(series.counts, design, observed=series.observed, series=(series.name,), causes=series.whole)
    asked = by_counts(fitted, design)
    residuals = fitted.residuals(seed)
    moments = None
    if times is not None and drawn is not None and series.observed.all():
        moments = _by_moments(fitted, design, asked, times, drawn, seed)
    return SelfExcitation(
        series, fitted, asked.echoes, asked.delay, asked.background, asked.expected, residuals.uniformity(),
        residuals.independence(), moments, seed,
    )  # fmt: skip


def _by_moments(
    fitted: Fitted, design: Design, asked: DayEchoes, times: Floats, drawn: Bools, seed: int
) -> ByMoments | None:
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
    # Moments by themselves do not choose how much the background drifts: as much as the days found.
    held = design.weighted(fitted.smoothness[-1])
    parts = fit_times(moments, horizon=days, design=held, decay=(*QUICK, *SLOW))
    own = fit_times(moments, horizon=days, design=held)
    p, distance = parts.rescaling(0)
    return ByMoments(
        len(stamped) / len(times), rounded_to(stamped), by_moments(moments, parts, fitted, design, asked), own.delay,
        own.branching().ratio, p, distance,
    )  # fmt: skip


def _parts(echoes: AllEchoes) -> dict[str, object]:
    return {"within_hours": round(echoes.quick.value, 4), "over_days": _value(echoes.slow)}


def _value(found: Interval) -> dict[str, object]:
    return {"value": round(found.value, 4), "interval": [round(found.low, 4), round(found.high, 4)]}
