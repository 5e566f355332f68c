"""Pictures of who answers whom: the matrix, and each series' weeks with the parts that the model sees in them."""

from __future__ import annotations

from html import escape
from typing import Final

import numpy as np

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.provocation import Provocation
from marsad.analysis.svg import Panel, drawing, number_ticks, time_ticks

__all__ = ["provocation_picture"]

_CELL: Final = 54
_NAMES: Final = 210
_WEEKS: Final = 150


def provocation_picture(found: Provocation, *, style: bool = True) -> str:
    """Matrix above, series below, as one SVG."""
    matrix, bottom = _matrix(found, 60)
    panels = [matrix]
    for number in range(len(found.series.names)):
        panels.append(_series(found, number, bottom + 40))
        bottom += 40 + _WEEKS + 34
    title = "Who answers whom"
    told = "; ".join(found.sentence(answer) for answer in found.answers if answer.told) or "No answer can be told."
    return drawing(panels, title, told, height=bottom + 10, style=style)


def _matrix(found: Provocation, top: float) -> tuple[Panel, float]:
    """Rows are who comes first, columns who follows; darker is more."""
    names = found.series.names
    size = len(names)
    panel = Panel(top, size * _CELL, (0, 1), (0, 1))
    panel.title("Further events of the column for each event of the row, with 95 % intervals")
    weights = found.fitted.state.parts.weights.sum(axis=0)
    most = max(float(weights.max()), 1e-9)
    by_pair = {(a.source, a.target): a for a in found.answers}
    wide = max(110, min(170, (panel.width - _NAMES - 20) / size))
    for column, name in enumerate(names):
        panel.text(_NAMES + (column + 0.5) * wide, top + 14, _short(name, 22), "soft", "middle")
    for row, source in enumerate(names):
        y = top + 24 + row * _CELL
        panel.text(_NAMES - 10, y + _CELL / 2 + 4, _short(source, 30), "", "end")
        for column, target in enumerate(names):
            x = _NAMES + column * wide
            answer = by_pair.get((source, target))
            own = found.own[row]
            value, low, high = (answer.more, answer.low, answer.high) if answer else (own.value, own.low, own.high)
            shade = 0.05 + 0.5 * float(weights[column, row]) / most
            told = answer.told if answer else low > 0
            edge = "var(--mark)" if answer and told else "var(--line)"
            panel.parts.append(
                f'<rect x="{x + 2:.1f}" y="{y + 2:.1f}" width="{wide - 4:.1f}" height="{_CELL - 4}" rx="3" '
                f'fill="var(--fit)" fill-opacity="{shade:.2f}" stroke="{edge}">'
                f"<title>{escape(source)} then {escape(target)}: {value:.3f} ({low:.3f} to {high:.3f})</title></rect>"
            )
            panel.text(x + wide / 2, y + 24, f"{value:.2f}", "title" if told else "soft", "middle")
            panel.text(x + wide / 2, y + 40, f"{low:.2f} to {high:.2f}", "soft" if shade < 0.3 else "", "middle")
    foot = top + 24 + size * _CELL + 18
    panel.text(_NAMES, foot, "framed: an association that can be told from none; diagonal: echoes of its own", "soft")
    return panel, foot + 10


def _series(found: Provocation, number: int, top: float) -> Panel:
    """Weekly counts, what the model expected, and how much of it nothing before brought on."""
    series, parts = found.series, found.fitted.intensity()
    start = series.first
    weeks = len(series.counts) // 7
    seen, total, background = (
        _weekly(table[:, number], weeks) for table in (series.counts, parts.total, parts.background)
    )
    high = float(max(seen.max(), total.max(), 1)) * 1.05
    panel = Panel(top, _WEEKS, (start, start + weeks * 7), (0, high))
    panel.title(f"{series.names[number]} a week")
    panel.ticks(time_ticks(*panel.x), number_ticks(0, high, 4))
    panel.bars((start + 7.0 * np.arange(weeks + 1)).tolist(), seen.tolist())
    middles = (start + 7.0 * np.arange(weeks) + 3.5).tolist()
    panel.line(middles, total.tolist(), "fit")
    panel.line(middles, background.tolist(), "second")
    panel.text(panel.width - panel.right, top - 12, "expected from the days before", "fittext", "end")
    panel.text(panel.width - panel.right - 205, top - 12, "background alone", "secondtext", "end")
    return panel


def _weekly(values: Floats, weeks: int) -> Floats:
    return np.asarray(values[: weeks * 7].reshape(weeks, 7).sum(axis=1))


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
