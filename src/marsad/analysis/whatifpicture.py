"""The fan of each scenario: events from the first day to come on, added up, with their bands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from marsad.analysis.svg import WIDE, Figure, Sheet, number_ticks, ratio_ticks, shortened, stacked, time_ticks
from marsad.analysis.whatif import BandRow, Outlook, WhatIf

__all__ = ["WHATIF_FIGURES", "TotalRow", "whatif_figures", "whatif_picture"]

WHATIF_FIGURES: Final = ("fan", "totals")
"""What the figures are called."""
_PAST: Final = 182
"""Days before the first day to come whose pace is drawn on."""


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One scenario: events over all days (median and middle 95 of 100 draws), and expected events as a multiple of
    those of the first scenario."""

    scenario: str
    days: int
    median: float
    low: float
    high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    beyond: str


def whatif_figures(found: WhatIf) -> list[Figure]:
    """The fans, and the totals held against the first scenario."""
    return [_fan(found), _totals(found)]


def whatif_picture(found: WhatIf, width: float = WIDE, *, style: bool = True) -> str:
    """Both as one SVG."""
    told = "; ".join(
        f"{one.scenario.name}: {one.total.value:.0f} {found.series.name} in {found.days} days "
        f"({one.total.low:.0f} to {one.total.high:.0f})"
        for one in found.outlooks
    )
    return stacked(
        whatif_figures(found), f"What if: {found.series.name} under scenarios", told, width=width, style=style
    )


def _pace(found: WhatIf) -> float:
    """Events a day of the last half year."""
    series = found.series
    past = slice(-min(_PAST, len(series)), None)
    seen = series.observed[past]
    return float(series.counts[past][seen].mean()) if seen.any() else 0.0


def _fan(found: WhatIf) -> Figure:
    series = found.series
    first = found.outlooks[0]
    called = first.scenario.name[:1].upper() + first.scenario.name[1:]
    title = (
        f"{called}, {first.total.value:,.0f} {series.name} are to be expected in "
        f"{found.days} days ({first.total.low:,.0f} to {first.total.high:,.0f}), if the model holds"
    )
    about = (
        "Events added up from the first day to come. Line: median; inner band: 50 of 100 draws; outer band: 95. Marks "
        f"on the axis: days on which a cause happens. Conditional on the fitted model, and no forecast. Dashed: the "
        f"pace of the last {min(_PAST, len(series))} days."
    )
    rows = tuple(row for one in found.outlooks for row in one.bands)
    return Figure("fan", title, about, lambda sheet: _paint_fan(sheet, found), BandRow, rows)


def _paint_fan(sheet: Sheet, found: WhatIf) -> None:
    pace = _pace(found)
    high = max(pace * found.days, 1.0, max(row.sum975 for one in found.outlooks for row in one.bands)) * 1.05
    for one in found.outlooks:
        _paint_outlook(sheet, found, one, pace, high)
    sheet.legend(
        ("fit", "median"), ("band", "95 of 100, within it 50"), ("second dash", "pace of the past"),
        *((("mark", "a cause happens"),) if any(any(one.scenario.days.values()) for one in found.outlooks) else ()),
    )  # fmt: skip


def _paint_outlook(sheet: Sheet, found: WhatIf, one: Outlook, pace: float, high: float) -> None:
    here = float(found.series.last + 1)
    sheet.gap(6)
    sheet.words(
        f"{one.scenario.name}: {one.total.value:,.0f} ({one.total.low:,.0f} to {one.total.high:,.0f})"
        + (f"; {', '.join(one.beyond)} oftener than was ever seen: the model is stretched" if one.beyond else ""),
        "strong",
    )
    panel = sheet.plot(130, (here, here + found.days), (0, high), f"{found.series.name}, added up")
    panel.ticks(time_ticks(*panel.x, sheet.width), number_ticks(0, high, 4))
    ends = [here, *(date.fromisoformat(row.week_from).toordinal() + float(row.days) for row in one.bands)]
    panel.band(ends, [0.0, *(row.sum025 for row in one.bands)], [0.0, *(row.sum975 for row in one.bands)])
    panel.band(ends, [0.0, *(row.sum25 for row in one.bands)], [0.0, *(row.sum75 for row in one.bands)])
    panel.line([here, here + found.days], [0.0, pace * found.days], "second dash")
    panel.line(ends, [0.0, *(row.sum50 for row in one.bands)], "fit")
    for days in one.scenario.days.values():
        for day in days:
            x, y = panel.at(here + day - 1, 0)
            panel.parts.append(f'<path class="mark" d="M{x:.1f} {y:.1f}v-8"/>')


def _totals(found: WhatIf) -> Figure:
    base = found.outlooks[0]
    others = found.outlooks[1:]
    clear = [one for one in others if one.ratio.high < 1 or one.ratio.low > 1]
    if not others:
        title = "One scenario alone: there is nothing to hold it against"
    elif clear:
        told = "; ".join(f"{one.scenario.name} {one.ratio.value:.2f}" for one in clear)
        title = f"Times '{base.scenario.name}', by the model: {told}"
    else:
        title = f"No scenario can be told from '{base.scenario.name}'"
    about = (
        f"Expected {found.series.name} in {found.days} days as a multiple of those of '{base.scenario.name}', with "
        "the middle 95 of 100 draws, over parameters alone. Causes were not dealt out by lot: what looks like an "
        "effect may be what led to it."
    )
    rows = tuple(
        TotalRow(
            one.scenario.name, found.days, one.total.value, one.total.low, one.total.high, one.ratio.value,
            one.ratio.low, one.ratio.high, "; ".join(one.beyond),
        )
        for one in found.outlooks
    )  # fmt: skip
    return Figure("totals", title, about, lambda sheet: _paint_totals(sheet, found), TotalRow, rows)


def _paint_totals(sheet: Sheet, found: WhatIf) -> None:
    from math import log

    def logged(ratio: float) -> float:
        return log(min(max(ratio, 0.01), 100.0))

    ends = [logged(end) for one in found.outlooks for end in (one.ratio.low, one.ratio.high)]
    reach = max(log(2), max(abs(end) for end in ends) * 1.1)
    many = len(found.outlooks)
    left = 120.0 if sheet.narrow else 230.0
    panel = sheet.plot(34.0 * many, (-reach, reach), (0, many), "", f"times '{found.outlooks[0].scenario.name}'", left)
    panel.ticks(ratio_ticks(-reach, reach), [])
    x = panel.at(0.0, 0)[0]
    panel.parts.append(f'<path class="zero" d="M{x:.1f} {panel.top:.1f}v{panel.height:.1f}"/>')
    for number, one in enumerate(found.outlooks):
        up = many - number - 0.5
        y = panel.at(0, up)[1]
        panel.text(left - 10, y + 4, shortened(one.scenario.name, 18 if sheet.narrow else 36), "", "end")
        panel.line([logged(one.ratio.low), logged(one.ratio.high)], [up, up], "fit")
        panel.dots([logged(one.ratio.value)], [up], "fitdot", 4.5)
