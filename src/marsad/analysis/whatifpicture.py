"""The fan of each scenario: events from the first day to come on, added up, with their bands."""

from __future__ import annotations

from datetime import date
from typing import Final

from marsad.analysis.svg import Panel, drawing, number_ticks, time_ticks
from marsad.analysis.whatif import Outlook, WhatIf

__all__ = ["whatif_picture"]

_HEIGHT: Final = 150
_STEP: Final = 226
_PAST: Final = 182
"""Days before the first day to come whose pace is drawn on."""


def whatif_picture(found: WhatIf, *, style: bool = True) -> str:
    """A panel for each scenario, all on one scale, as one SVG."""
    series = found.series
    past = slice(-min(_PAST, len(series)), None)
    seen = series.observed[past]
    pace = float(series.counts[past][seen].mean()) if seen.any() else 0.0
    high = max(pace * found.days, 1.0, max(row.sum975 for one in found.outlooks for row in one.bands)) * 1.05
    panels = [_panel(found, one, pace, high, 44 + number * _STEP) for number, one in enumerate(found.outlooks)]
    told = "; ".join(
        f"{one.scenario.name}: {one.total.value:.0f} events in {found.days} days "
        f"({one.total.low:.0f} to {one.total.high:.0f})"
        for one in found.outlooks
    )
    foot = 44 + len(panels) * _STEP
    panels[-1].text(
        64, foot - 24,
        f"Added up from the first day. Conditional on the fitted model; outer band: 95 of 100 draws, inner: 50; "
        f"dashed: the pace of the last {min(_PAST, len(series))} days.", "soft",
    )  # fmt: skip
    return drawing(panels, f"What if: {series.name} under scenarios", told, height=foot - 8, style=style)


def _panel(found: WhatIf, one: Outlook, pace: float, high: float, top: float) -> Panel:
    here = float(found.series.last + 1)
    panel = Panel(top, _HEIGHT, (here, here + found.days), (0, high))
    panel.title(
        f"{one.scenario.name}: {one.total.value:.0f} {found.series.name} in {found.days} days "
        f"({one.total.low:.0f} to {one.total.high:.0f})"
    )
    panel.ticks(time_ticks(*panel.x), number_ticks(0, high, 4))
    ends = [here, *(date.fromisoformat(row.week_from).toordinal() + float(row.days) for row in one.bands)]
    panel.band(ends, [0.0, *(row.sum025 for row in one.bands)], [0.0, *(row.sum975 for row in one.bands)])
    panel.band(ends, [0.0, *(row.sum25 for row in one.bands)], [0.0, *(row.sum75 for row in one.bands)])
    panel.line(ends, [0.0, *(row.sum50 for row in one.bands)], "fit")
    panel.line([here, here + found.days], [0.0, pace * found.days], "second dash")
    for days in one.scenario.days.values():
        for day in days:
            x, y = panel.at(here + day - 1, 0)
            panel.parts.append(f'<path class="mark" d="M{x:.1f} {y:.1f}v-7"/>')
    return panel
