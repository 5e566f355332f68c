"""The pictures of a response: before and after, the change at all other dates, and how long silences are by chance."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from marsad.analysis.response import Response
from marsad.analysis.svg import Panel, drawing, number_ticks, ratio_ticks, time_ticks

__all__ = ["picture"]

_SHOWN: Final = 3.5
"""Years before the turning point that are shown."""


def picture(one: Response, *, style: bool = True) -> str:
    """All three as one SVG."""
    panels = [_before_after(one, 40), _placebos(one, 356)]
    height = 572.0
    panels.append(_parts(one, 616))
    height = 800.0
    if one.silence.days >= 2:
        panels.append(_silence(one, 850))
        height = 1010.0
    words = f"Events before and after {one.turning_point}"
    effect = one.effect
    told = (
        f"Rate ratio {effect.ratio:.2f}, 95 % interval {effect.low:.2f} to {effect.high:.2f}; held against "
        f"{len(effect.placebos.dates)} other dates, p = {effect.p:.3f}."
    )
    return drawing(panels, words, told, height=height, style=style)


def _before_after(one: Response, top: float) -> Panel:
    """Counts, what was expected with and without a change, and what the other dates' changes would allow."""
    stretches, effect = one.stretches, one.effect
    setting, turn = effect.setting, stretches.turn
    length = int((setting.column != 0).sum())
    begin = max(0, turn - int(_SHOWN * 365 / stretches.width))
    end = min(len(stretches), turn + length + max(length, 10))
    shown = slice(begin, end)
    start = one.series.first + stretches.first
    edges = start + np.arange(begin, end + 1) * float(stretches.width)
    edges[-1] = min(edges[-1], one.series.last + 1)
    watched = stretches.watched
    seen = np.where(watched > 0, stretches.counts / np.maximum(watched, 1e-9), 0.0) * 7
    mode = setting.mode(setting.effect)
    without = stretches.days.rate * np.exp(mode.f) * 7
    with_it = without * np.exp(setting.effect * setting.column)
    bar = effect.placebos.critical(effect.level) * effect.error
    high = float(max(seen[shown].max(), with_it[shown].max(), without[shown].max(), 0.5)) * 1.08
    panel = Panel(top, 230, (float(edges[0]), float(edges[-1])), (0.0, high))
    panel.title(f"{one.series.name.capitalize()} a week: counted, and as they would have gone on")
    panel.ticks(time_ticks(*panel.x), number_ticks(0, high))
    panel.bars(edges.tolist(), seen[shown].tolist())
    middles = (edges[:-1] + edges[1:]) / 2
    inside = setting.column[shown] != 0
    panel.line(middles.tolist(), with_it[shown].tolist(), "second")
    xs = [float(edges[:-1][inside][0]), *middles[inside].tolist(), float(edges[1:][inside][-1])]
    usual = without[shown][inside]
    usual = np.concatenate([usual[:1], usual, usual[-1:]])
    panel.band(xs, (usual * math.exp(-bar)).tolist(), (usual * math.exp(bar)).tolist())
    panel.line(xs, usual.tolist(), "fit dash")
    panel.upright(float(start + turn * stretches.width), one.turning_point)
    y = top + 230 + 36
    panel.text(64, y, "fitted rate", "secondtext")
    panel.text(150, y, "without a change, and the band in which chance leaves it 95 times of 100", "fittext")
    return panel


def _placebos(one: Response, top: float) -> Panel:
    """The change at every date as a ratio, the turning point among them."""
    placebos, stretches, effect = one.effect.placebos, one.stretches, one.effect
    start = one.series.first + stretches.first
    xs = start + placebos.dates * float(stretches.width)
    here = float(start + stretches.turn * stretches.width)
    own = math.log(max(effect.ratio, 0.01))
    bar = placebos.critical(effect.level) * effect.error
    estimates = np.clip(placebos.estimates, -4.7, 4.7)
    most = max(1.0, abs(own) * 1.1, bar * 1.15, float(np.abs(estimates).max(initial=0)) * 1.05)
    low = min([here, *xs.tolist()]) - 10
    panel = Panel(top, 160, (low, max([here, *xs.tolist()]) + 10), (-most, most))
    panel.title("The change that the same test finds at every other date (times the usual rate)")
    panel.ticks(time_ticks(*panel.x), ratio_ticks(-most, most))
    panel.band(list(panel.x), [-bar, -bar], [bar, bar])
    panel.dots(xs.tolist(), estimates.tolist())
    panel.upright(here, "")
    panel.dots([here], [own], "markfill", 5)
    rank = placebos.rank(effect.statistic)
    panel.text(64, top + 196, f"rank {rank} of {len(placebos.dates) + 1} dates by the test, p = {effect.p:.3f}", "soft")
    return panel


def _parts(one: Response, top: float) -> Panel:
    """The intensity by day: what the background brings, and on top of it what earlier events beget."""
    stretches, setting = one.stretches, one.effect.setting
    mode = setting.mode(setting.effect)
    length = int((setting.column != 0).sum())
    begin = max(0, stretches.turn - int(_SHOWN * 365 / stretches.width))
    end = min(len(stretches), stretches.turn + length + max(length, 10))
    days = slice(int(stretches.days.edges[begin]), int(np.append(stretches.days.edges, len(mode.mean))[end]))
    weeks = np.arange(days.start, days.stop, 7)
    share = np.diff(np.append(weeks, days.stop))
    background, mean = (np.add.reduceat(part[: days.stop], weeks) / share for part in (mode.background, mode.mean))
    start = one.series.first + stretches.first
    edges = [float(start + week) for week in (*weeks.tolist(), days.stop)]
    middles = [float(start + week + 3.5) for week in weeks]
    high = float(max(mean.max(), 1e-3)) * 1.08
    panel = Panel(top, 130, (edges[0], edges[-1]), (0.0, high))
    panel.title("Intensity and its parts (events a day)")
    panel.ticks(time_ticks(*panel.x), number_ticks(0, high, 4))
    panel.bars(edges, mean.tolist(), "second-area")
    panel.bars(edges, background.tolist(), "first-area")
    panel.line(middles, mean.tolist(), "thin")
    panel.upright(float(start + stretches.days.edges[stretches.turn]), one.turning_point)
    traits = setting.traits
    words = f"begotten by earlier events: {traits.branching:.0%} of all, {traits.delay:.0f} days later on the mean"
    panel.text(64, top + 166, "background", "fittext")
    panel.text(150, top + 166, words, "secondtext")
    return panel


def _silence(one: Response, top: float) -> Panel:
    """The probability of a longest silence of at least so many days, and the one that was seen."""
    days = [float(day) for day, _ in one.silence.survival]
    chance = [p for _, p in one.silence.survival]
    last = next((day for day, p in one.silence.survival if p < 0.002), int(days[-1]))
    end = max(float(last), one.silence.days * 1.15, 5.0)
    panel = Panel(top, 130, (0.0, end), (0.0, 1.0))
    panel.title("The longest silence in so many days by chance: probability that it is at least so long (days)")
    panel.ticks(number_ticks(0, end, 10), number_ticks(0, 1, 4))
    kept = [at for at, day in enumerate(days) if day <= end]
    panel.line([days[at] for at in kept], [chance[at] for at in kept], "fit")
    panel.upright(float(one.silence.days), f"seen: {one.silence.days} days, p = {one.silence.p:.3f}")
    return panel
