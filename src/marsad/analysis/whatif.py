"""What if: days to come drawn from a fitted model, under scenarios that differ in what causes happen.

The model is that of :mod:`marsad.analysis.excitation`: a background that drifts, with
weekdays and echoes of the series' own events. Each happening of a cause multiplies the
background by a factor that is largest the day after and fades: the sum of a quick and
a slow fading (half-lives of 5 and 45 days), each of which may raise or lower it.

All that comes out is conditional on this model, and on causes having effects in the
future as they had in the past. Causes are not dealt out by lot: who orders a raid
answers to events, so that what looks like its effect may be what led to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from typing import Final

import numpy as np

from marsad.analysis.excitation import Block, Design, Fitted, drift, fit, level, weekday
from marsad.analysis.excitation.intervals import Interval
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.scenarios import AS_BEFORE, Cause, Scenario
from marsad.analysis.series import Series
from marsad.analysis.wording import day_words
from marsad.errors import AnalysisError

__all__ = ["BandRow", "CauseEffect", "Outlook", "WhatIf", "usual_scenarios", "whatif"]

_HALF_LIVES: Final = (5.0, 45.0)
_AFTER: Final = (1, 7, 30, 90)
"""Days after a cause for which its factor is told."""
_EVERY: Final = 45
_PIECES: Final = 40
_EDGES: Final = (0.025, 0.25, 0.5, 0.75, 0.975)
_CONDITIONAL: Final = (
    "conditional on the fitted model, and on causes acting as they did; causes were not dealt out by lot, so that "
    "what looks like an effect may be what led to them"
)
_RUNAWAY: Final = 10.0
"""An outlook whose upper end is so many times what was ever seen tells nothing of it."""


@dataclass(frozen=True, slots=True)
class BandRow:
    """One week of one scenario: quantiles, over parameters and paths, of its events and of all up to its end."""

    scenario: str
    week_from: str
    days: int
    q025: float
    q25: float
    q50: float
    q75: float
    q975: float
    sum025: float
    sum25: float
    sum50: float
    sum75: float
    sum975: float


@dataclass(frozen=True, slots=True)
class CauseEffect:
    """By what factor a cause multiplies the background, some days after it; ``seen`` how often it was observed."""

    cause: str
    seen: int
    after: tuple[int, ...]
    factors: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one scenario comes to.

    Attributes:
        scenario: Which.
        total: Events over all the days: median of the draws and the middle 95 of 100.
        ratio: Expected events in relation to those of the first scenario, over parameters alone.
        bands: Its weeks.
        beyond: Causes that come oftener than was ever seen: the model is stretched there.
    """

    scenario: Scenario
    total: Interval
    ratio: Interval
    bands: tuple[BandRow, ...]
    beyond: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """All scenarios, held against the first."""

    series: Series
    fitted: Fitted
    effects: tuple[CauseEffect, ...]
    outlooks: tuple[Outlook, ...]
    days: int
    paths: int
    seed: int

    @property
    def conditional(self) -> str:
        """What the answer rests on, in words."""
        return _CONDITIONAL

    @property
    def most_seen(self) -> float:
        """The most events that any as many days of the series had; of a shorter one, all of them."""
        sums = np.concatenate([[0.0], np.cumsum(self.series.counts)])
        span = min(self.days, len(self.series))
        return float((sums[span:] - sums[:-span]).max())

    @property
    def runaway(self) -> tuple[Outlook, ...]:
        """Outlooks that go so far beyond all that was seen that the past says little of how many events will come."""
        return tuple(one for one in self.outlooks if one.total.high > _RUNAWAY * self.most_seen)

    def to_json(self) -> dict[str, object]:
        """What ``marsad whatif --json`` writes."""
        ratio = self.fitted.branching_ratio()
        return {
            "from": date.fromordinal(self.series.last + 1).isoformat(), "days": self.days,
            "paths": self.paths, "seed": self.seed, "conditional": _CONDITIONAL,
            "most_seen_in_as_many_days": self.most_seen,
            "model": {
                "since": self.series.at(0), "until": self.series.at(len(self.series) - 1),
                "events": self.series.events, "mean_delay_days": self.fitted.delays[0],
                "branching_ratio": {"value": ratio.value, "interval": [ratio.low, ratio.high]},
                "effects": [
                    {
                        "cause": one.cause, "seen": one.seen,
                        "factors": [
                            {"days_after": day, "factor": factor.value, "interval": [factor.low, factor.high]}
                            for day, factor in zip(one.after, one.factors, strict=True)
                        ],
                    }
                    for one in self.effects
                ],
            },
            "scenarios": [
                {
                    "scenario": one.scenario.name,
                    "total": {"median": one.total.value, "interval": [one.total.low, one.total.high]},
                    "ratio_to_first": {"value": one.ratio.value, "interval": [one.ratio.low, one.ratio.high]},
                    "beyond_what_was_seen": list(one.beyond),
                    "causes": {name: list(days) for name, days in one.scenario.days.items()},
                    "weeks": [
                        {"from": row.week_from, "days": row.days,
                         "quantiles": [row.q025, row.q25, row.q50, row.q75, row.q975],
                         "so_far": [row.sum025, row.sum25, row.sum50, row.sum75, row.sum975]}
                        for row in one.bands
                    ],
                }
                for one in self.outlooks
            ],
        }  # fmt: skip


def whatif(
    series: Series, causes: Sequence[Cause], scenarios: Sequence[Scenario], *, days: int = 182,
    paths: int = 2000, seed: int = 1,
) -> WhatIf:  # fmt: skip
    """Fit the series with its causes, and draw each scenario.

    Args:
        series: Daily counts.
        causes: What may have an effect; each at least three times within the series.
        scenarios: What is compared; the first is what the others are held against.
        days: How many days to come.
        paths: How many draws, each with parameters of its own.
        seed: The same seed gives the same draws.

    Raises:
        AnalysisError: The series is too short, a cause was seen too rarely, or the model would run away.
    """
    length = len(series)
    if length < 120:
        raise AnalysisError(f"too few days for an outlook ({length}): give at least 120")
    for cause in causes:
        seen = sum(series.first <= day < series.last for day in cause.days)
        if seen < 3:
            raise AnalysisError(
                f"{cause.name!r} was seen on {day_words(seen)} of the series, and three are the least: "
                "look at its days, or at which events it is"
            )
    if not scenarios:
        raise AnalysisError("no scenario is given: give one, such as 'as before'")
    shape = drift(length, max(_EVERY, -(-length // _PIECES)))
    design = Design.of(
        level(length), shape, weekday(length, date.fromordinal(series.first).weekday()),
        *(_block(cause.name, _faded([day - series.first for day in cause.days], length)) for cause in causes),
    )  # fmt: skip
    fitted = fit(series.counts, design, observed=series.observed, causes=series.whole)
    if fitted.branching().ratio.value >= 1:
        raise AnalysisError("the fitted events would grow without end: no outlook can be drawn from such a model")
    wander = (fitted.smoothness[0] * (length - 1) / len(shape.names)) ** -0.5
    drawn: list[Floats] = []
    means: list[Floats] = []
    for scenario in scenarios:
        ahead = _ahead(series, design, causes, scenario, days)
        drawn.append(fitted.simulate(design=ahead, paths=paths, drawn=True, wander=wander, seed=seed)[..., 0])
        means.append(
            fitted.simulate(design=ahead, paths=paths, drawn=True, wander=wander, seed=seed, expected=True)[..., 0]
        )
    base = means[0].sum(axis=1)
    outlooks = tuple(
        Outlook(
            scenario, _middle(counts.sum(axis=1)), _middle(mean.sum(axis=1) / np.maximum(base, 1e-12)),
            _bands(series, scenario, counts), _beyond(series, causes, scenario, days),
        )
        for scenario, counts, mean in zip(scenarios, drawn, means, strict=True)
    )  # fmt: skip
    effects = tuple(_effect(series, fitted, cause) for cause in causes)
    return WhatIf(series, fitted, effects, outlooks, days, paths, seed)


def _block(name: str, columns: Floats) -> Block:
    """A cause's columns; a factor of three up or down is taken as rare beforehand (a normal of spread one)."""
    return Block((f"{name} quick", f"{name} slow"), columns, np.eye(2), 1.0)


def _faded(at: Sequence[int], length: int) -> Floats:
    """For each day, what earlier happenings have left, at both half-lives: one the day after each."""
    out = np.zeros((length, len(_HALF_LIVES)))
    for place in sorted(set(at)):
        since = np.arange(length) - place - 1
        for column, half in enumerate(_HALF_LIVES):
            out[:, column] += np.where(since >= 0, 0.5 ** (np.maximum(since, 0) / half), 0.0)
    return out


def _ahead(series: Series, design: Design, causes: Sequence[Cause], scenario: Scenario, days: int) -> Floats:
    """The design over the days to come: weekdays go on, the drift stays, causes fade and happen."""
    length = len(series)
    out = np.tile(design.columns[-1], (days, 1))
    first = date.fromordinal(series.last + 1).weekday()
    names = design.names
    out[:, names.index("Monday") : names.index("Monday") + 6] = weekday(days, first).columns
    for cause in causes:
        past = [day - series.first for day in cause.days if day <= series.last]
        coming = [length - 1 + day for day in scenario.days.get(cause.name, ())]
        at = names.index(f"{cause.name} quick")
        out[:, at : at + 2] = _faded(past + coming, length + days)[length:]
    return out


def _beyond(series: Series, causes: Sequence[Cause], scenario: Scenario, days: int) -> tuple[str, ...]:
    """Causes whose slow column goes further than it ever was."""
    length, found = len(series), []
    for cause in causes:
        past = [day - series.first for day in cause.days if day <= series.last]
        coming = [length - 1 + day for day in scenario.days.get(cause.name, ())]
        slow = _faded(past + coming, length + days)[:, 1]
        if slow[length:].max() > 1.05 * slow[:length].max():
            found.append(cause.name)
    return tuple(found)


def _bands(series: Series, scenario: Scenario, counts: Floats) -> tuple[BandRow, ...]:
    rows = []
    for begin in range(0, counts.shape[1], 7):
        week = counts[:, begin : begin + 7]
        start = date.fromordinal(series.last + 1) + timedelta(begin)
        here = np.quantile(week.sum(axis=1), _EDGES)
        so_far = np.quantile(counts[:, : begin + 7].sum(axis=1), _EDGES)
        rows.append(BandRow(scenario.name, start.isoformat(), week.shape[1], *map(float, [*here, *so_far])))
    return tuple(rows)


def _middle(values: Floats) -> Interval:
    low, middle, high = (float(edge) for edge in np.quantile(values, (0.025, 0.5, 0.975)))
    return Interval(middle, low, high, float(values.std()))


def _effect(series: Series, fitted: Fitted, cause: Cause) -> CauseEffect:
    """The cause's factor some days after one happening."""
    factors = []
    at = fitted.index(f"{cause.name} quick")
    for after in _AFTER:
        weights = np.zeros(len(fitted.estimate))
        weights[at : at + 2] = [0.5 ** ((after - 1) / half) for half in _HALF_LIVES]
        found = fitted.combination(weights)
        factors.append(Interval(exp(found.value), exp(found.low), exp(found.high), found.error))
    seen = sum(series.first <= day < series.last for day in cause.days)
    return CauseEffect(cause.name, seen, _AFTER, tuple(factors))


def usual_scenarios(causes: Sequence[Cause]) -> tuple[str, ...]:
    """What is compared where nothing is said: as before, then each cause not at all and every 30 days."""
    return (AS_BEFORE, *(form for cause in causes for form in (f"no {cause.name}", f"{cause.name} every 30")))
