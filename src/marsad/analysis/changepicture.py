"""Before and after: what was counted, what would have been without a change, and the same test at all other dates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np

from marsad.analysis.latent import Floats
from marsad.analysis.response import Response
from marsad.analysis.svg import Figure, Sheet, number_ticks, ratio_ticks, time_ticks
from marsad.analysis.telling import PlaceboRow, placebo_rows, ranged
from marsad.analysis.verdict import judge
from marsad.analysis.wording import number_words, p_words, ratio_words

__all__ = ["ChangeRow", "change_figure", "placebo_figure", "window"]

_SHOWN: Final = 3.5
"""Years before the turning point that are shown."""
_LEAST, _MOST = 0.01, 100.0
"""Ratios beyond which a dot is put on the edge."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A stretch of days: what was counted and fitted, in events a week. The band is where the count's expectation
    stays 95 times of 100 if nothing changed, by the placebo dates; outside the after-period there is none."""

    since: str
    until: str
    watched_days: float
    events: float
    events_a_week: float | None
    fitted_a_week: float
    unchanged_a_week: float
    band_low: float | None
    band_high: float | None


@dataclass(frozen=True)
class _Drawn:
    """The stretches in sight, in events a week."""

    edges: Floats
    counts: Floats
    watched: Floats
    fitted: Floats
    unchanged: Floats
    inside: Floats
    bar: float

    @property
    def seen(self) -> Floats:
        """Events a watched week; zero where nobody watched."""
        return np.where(self.watched > 0, self.counts / np.maximum(self.watched, 1e-9), 0.0) * 7


def window(one: Response) -> tuple[int, int]:
    """The stretches that are shown: some years before the turning point, and as long after the period as it is."""
    stretches, turn = one.stretches, one.stretches.turn
    length = int((one.effect.setting.column != 0).sum())
    begin = max(0, turn - int(_SHOWN * 365 / stretches.width))
    return begin, min(len(stretches), turn + length + max(length, 10))


def _drawn(one: Response) -> _Drawn:
    stretches, effect = one.stretches, one.effect
    setting = effect.setting
    begin, end = window(one)
    start = one.series.first + stretches.first
    edges: Floats = start + np.arange(begin, end + 1, dtype=np.float64) * stretches.width
    edges[-1] = min(edges[-1], one.series.last + 1)
    fitted, usual = (7 * rate for rate in setting.rates())
    shown = slice(begin, end)
    return _Drawn(
        edges, stretches.counts[shown], stretches.watched[shown],
        fitted[shown], usual[shown],
        (setting.column[shown] != 0).astype(np.float64), effect.placebos.critical(effect.level) * effect.error,
    )  # fmt: skip


def change_figure(one: Response) -> Figure:
    """Counts a week, the fitted rate, and the band of no change."""
    drawn = _drawn(one)
    inside = drawn.inside > 0
    rows = tuple(
        ChangeRow(
            _iso(drawn.edges[at]), _iso(drawn.edges[at + 1] - 1), round(float(drawn.watched[at]), 3),
            round(float(drawn.counts[at]), 4),
            round(float(drawn.seen[at]), 4) if drawn.watched[at] > 0 else None,
            round(float(drawn.fitted[at]), 4), round(float(drawn.unchanged[at]), 4),
            round(float(drawn.unchanged[at] * math.exp(-drawn.bar)), 4) if inside[at] else None,
            round(float(drawn.unchanged[at] * math.exp(drawn.bar)), 4) if inside[at] else None,
        )
        for at in range(len(drawn.counts))
    )  # fmt: skip
    about = (
        f"Bars: events a week, counted in stretches of {one.stretches.width} days. Lines: the rate as fitted, and as "
        "it would have gone on without a change. Band: how far from that the test finds rates 95 times of 100 where "
        "nothing changed, by the other dates."
    )
    return Figure("change", _title(one), about, lambda sheet: _paint_change(sheet, one, drawn), ChangeRow, rows)


def _title(one: Response) -> str:
    effect, name = one.effect, one.series.name
    span = ranged(effect.low, effect.high)
    if one.events_after == 0:
        return f"After {one.turning_point} no {name} at all where {number_words(one.expected)} were to be expected"
    if judge(one).answer in ("fell", "rose"):
        moved = "fell" if effect.ratio < 1 else "rose"
        return f"After {one.turning_point} {name} {moved} to {ratio_words(effect.ratio)} times the usual rate ({span})"
    return (
        f"After {one.turning_point} {name} came at {ratio_words(effect.ratio)} times the usual rate; "
        f"that may be chance ({span})"
    )


def _paint_change(sheet: Sheet, one: Response, drawn: _Drawn) -> None:
    seen, inside = drawn.seen, drawn.inside > 0
    high = float(max(seen.max(), drawn.fitted.max(), drawn.unchanged.max(), 0.5)) * 1.08
    panel = sheet.plot(230, (float(drawn.edges[0]), float(drawn.edges[-1])), (0.0, high), "events a week")
    period = drawn.edges[:-1][inside]
    panel.span(float(period[0]), float(drawn.edges[1:][inside][-1]), "period")
    missing = False
    for at in np.flatnonzero(drawn.watched <= 0).tolist():
        panel.span(float(drawn.edges[at]), float(drawn.edges[at + 1]), "missing")
        missing = True
    panel.ticks(time_ticks(*panel.x, sheet.width), number_ticks(0, high))
    panel.bars(drawn.edges.tolist(), seen.tolist())
    middles = (drawn.edges[:-1] + drawn.edges[1:]) / 2
    turns = [0, *(np.flatnonzero(np.diff(drawn.inside)) + 1).tolist(), len(middles)]
    for begin, end in pairwise(turns):  # the fitted rate jumps where the effect begins and ends
        level = drawn.fitted[begin:end]
        ends = [float(drawn.edges[begin]), *middles[begin:end].tolist(), float(drawn.edges[end])]
        panel.line(ends, [float(level[0]), *level.tolist(), float(level[-1])], "second")
    usual = drawn.unchanged[inside]
    usual = np.concatenate([usual[:1], usual, usual[-1:]])
    xs = [float(period[0]), *middles[inside].tolist(), float(drawn.edges[1:][inside][-1])]
    panel.band(xs, (usual * math.exp(-drawn.bar)).tolist(), (usual * math.exp(drawn.bar)).tolist())
    panel.line(xs, usual.tolist(), "fit dash")
    panel.upright(float(one.series.first + one.turn), one.turning_point)
    sheet.legend(
        ("bar", "counted"), ("second", "fitted rate"), ("fit dash", "without a change"),
        ("band", "where chance leaves it, 95 of 100"), ("period", "after-period"),
        *((("missing", "nobody watched"),) if missing else ()),
    )  # fmt: skip


def placebo_figure(one: Response) -> Figure:
    """The change that the same test finds at every date."""
    effect = one.effect
    placebos = effect.placebos
    rank, of = placebos.rank(effect.statistic), len(placebos.dates) + 1
    if of == 1:
        title = f"There is no other date to hold {one.turning_point} against; {p_words(effect.p)} rests on other series"
    else:
        title = (
            f"{one.turning_point} is number {rank} of {of} dates by the test, unusual ones first; {p_words(effect.p)}"
        )
    about = (
        "Each dot: by how many times the rate changed at that date, by the same test, with the effect that was found "
        "taken out. Band: 95 of 100 where nothing changed. The dates overlap, and are worth "
        f"{placebos.worth:.0f} independent ones."
    )
    return Figure(
        "placebos", title, about, lambda sheet: _paint_placebos(sheet, one), PlaceboRow, tuple(placebo_rows(one))
    )


def _paint_placebos(sheet: Sheet, one: Response) -> None:
    placebos, stretches, effect = one.effect.placebos, one.stretches, one.effect
    start = one.series.first + stretches.first
    xs = start + placebos.dates * float(stretches.width)
    here = float(one.series.first + one.turn)
    own = math.log(min(max(effect.ratio, _LEAST), _MOST))
    bar = placebos.critical(effect.level) * effect.error
    estimates = np.clip(placebos.estimates, math.log(_LEAST), math.log(_MOST))
    most = max(1.0, abs(own) * 1.1, bar * 1.15, float(np.abs(estimates).max(initial=0)) * 1.05)
    margin = max(10.0, (max([here, *xs.tolist()]) - min([here, *xs.tolist()])) * 0.02)
    panel = sheet.plot(
        170, (min([here, *xs.tolist()]) - margin, max([here, *xs.tolist()]) + margin), (-most, most),
        "times the usual rate (log scale)",
    )  # fmt: skip
    panel.ticks(time_ticks(*panel.x, sheet.width), ratio_ticks(-most, most))
    panel.band(list(panel.x), [-bar, -bar], [bar, bar])
    panel.level(0.0)
    panel.dots(xs.tolist(), estimates.tolist(), size=2.6)
    panel.upright(here, one.turning_point)
    panel.dots([here], [own], "markfill", 5)
    sheet.legend(("markfill", "the turning point"), ("dot", "other dates"), ("band", "95 of 100 without a change"))


def _iso(day: float) -> str:
    return date.fromordinal(int(day)).isoformat()
