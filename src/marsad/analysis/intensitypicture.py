"""The intensity with its parts: background, what more or less reporting does to it, echoes; and the counts as dots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from marsad.analysis.changepicture import window
from marsad.analysis.latent import Floats, Mode
from marsad.analysis.response import Response
from marsad.analysis.svg import Figure, Sheet, number_ticks, time_ticks

__all__ = ["IntensityRow", "intensity_figure"]

_FAR: Final = 50.0
"""Logarithm of a rate ratio beyond which nothing is told apart."""
_LEAST_TOLD: Final = 0.005
"""A smaller share would read as none, and its delay means nothing."""


@dataclass(frozen=True, slots=True)
class IntensityRow:
    """A week: events counted on its watched days, and what the model expects on them, in its parts. ``background`` is
    that at usual reporting, ``reporting`` what the week's reporting adds to it or takes from it; ``answers`` are to
    other series that are in the model, ``echo`` is of the series' own events."""

    since: str
    watched_days: int
    events: float
    expected: float
    background: float
    reporting: float
    answers: float
    echo: float


@dataclass(frozen=True)
class _Weeks:
    edges: Floats
    watched: Floats
    events: Floats
    expected: Floats
    background: Floats
    usual: Floats
    answers: Floats

    def a_day(self, values: Floats) -> Floats:
        """Sums over weeks as events a watched day."""
        return np.asarray(values / np.maximum(self.watched, 1.0))


def _weeks(one: Response) -> _Weeks:
    stretches, setting = one.stretches, one.effect.setting
    mode = setting.mode(setting.effect)
    begin, end = window(one)
    edges = np.append(stretches.days.edges, len(mode.mean))
    # Weeks are counted from the turning point on, so that one begins there.
    turn, first, last = (int(edges[at]) for at in (stretches.turn, begin, end))
    first += (turn - first) % 7
    weeks = np.arange(first, last, 7)
    observed = stretches.days.observed
    # With hardly an event the reporting's part can be of any size.
    usual = mode.background * np.exp(-np.clip(stretches.days.spread(_reporting(one, mode)), -_FAR, _FAR))

    def sums(values: Floats) -> Floats:
        return np.asarray(np.add.reduceat((values * observed)[:last], weeks), dtype=np.float64)

    start = one.series.first + stretches.first
    return _Weeks(
        start + np.append(weeks, last).astype(np.float64), sums(np.ones(len(observed))), sums(stretches.days.counts),
        sums(mode.mean), sums(mode.background), sums(usual), sums(stretches.days.answers(setting.traits)),
    )  # fmt: skip


def _reporting(one: Response, mode: Mode) -> Floats:
    """What the day's reporting adds to the logarithm of the background, stretch by stretch; nothing where it is not
    known. At the mode the score is the covariance's inverse times the background, which shares it out to its parts."""
    effort = one.stretches.effort
    if effort is None:
        return np.zeros(len(one.stretches))
    return np.asarray(effort * float(effort @ mode.score))


def intensity_figure(one: Response) -> Figure:
    """Weekly means of the intensity, stacked, with the counts."""
    weeks, traits = _weeks(one), one.effect.setting.traits
    reported = one.stretches.effort is not None
    rows = tuple(
        IntensityRow(
            date.fromordinal(int(weeks.edges[at])).isoformat(), int(weeks.watched[at]),
            round(float(weeks.events[at]), 4), round(float(weeks.expected[at]), 4), round(float(weeks.usual[at]), 4),
            round(float(weeks.background[at] - weeks.usual[at]), 4), round(float(weeks.answers[at]), 4),
            round(float(weeks.expected[at] - weeks.background[at] - weeks.answers[at]), 4),
        )
        for at in range(len(weeks.events))
    )  # fmt: skip
    days = f"{traits.delay:.0f} day{'s' * (round(traits.delay) != 1)}"
    whole = max(float(weeks.expected.sum()), 1e-9)
    answered = float(weeks.answers.sum()) / whole
    echoed = 1 - float(weeks.background.sum()) / whole - answered
    some = echoed >= _LEAST_TOLD
    follow = f"{echoed:.0%} follow on earlier ones, {days} later on the mean" if some else "none follow on earlier ones"
    title = (
        f"Of the {one.series.name} that the model expects {follow}"
        + (f", {answered:.0%} answer others" if one.series.echoes else "")
        + "; the rest is the background"
    )
    about = (
        "Areas: what the model expects a day, week by week: the background"
        + (" at usual reporting, what more reporting adds to it," if reported else "")
        + (" answers to other series" if one.series.echoes else "")
        + " and the echo of earlier events on top. Dots: what was counted."
        + (" A dotted line shows the background at usual reporting where there was less." if reported else "")
    )
    return Figure("intensity", title, about, lambda sheet: _paint(sheet, one, weeks, reported), IntensityRow, rows)


def _paint(sheet: Sheet, one: Response, weeks: _Weeks, reported: bool) -> None:
    usual, background, answered, expected, counted = (
        weeks.a_day(part)
        for part in (
            weeks.usual, weeks.background, weeks.background + weeks.answers, weeks.expected, weeks.events
        )
    )  # fmt: skip
    high = float(max(expected.max(), counted.max(), 1e-3)) * 1.06
    panel = sheet.plot(190, (float(weeks.edges[0]), float(weeks.edges[-1])), (0.0, high), "events a day")
    edges = weeks.edges.tolist()
    panel.ticks(time_ticks(*panel.x, sheet.width), number_ticks(0, high, 4))
    panel.areas(edges, [0.0] * len(usual), np.minimum(usual, background).tolist(), "first-area")
    panel.areas(edges, np.minimum(usual, background).tolist(), background.tolist(), "third-area")
    panel.areas(edges, background.tolist(), answered.tolist(), "fourth-area")
    panel.areas(edges, answered.tolist(), expected.tolist(), "second-area")
    if reported and bool((usual > background * 1.001).any()):
        panel.line(((weeks.edges[:-1] + weeks.edges[1:]) / 2).tolist(), usual.tolist(), "thin dash")
    watched = weeks.watched > 0
    middles = ((weeks.edges[:-1] + weeks.edges[1:]) / 2)[watched]
    panel.dots(middles.tolist(), counted[watched].tolist(), "ring", 2.4)
    panel.upright(float(one.series.first + one.turn), one.turning_point)
    sheet.legend(
        ("first-area", "background"), *((("third-area", "more reporting"),) if reported else ()),
        *((("fourth-area", "answers to others"),) if one.series.echoes else ()),
        ("second-area", "echo of earlier events"), ("ring", "counted (mean of a week)"),
        *((("thin dash", "background at usual reporting"),) if reported else ()),
    )  # fmt: skip
