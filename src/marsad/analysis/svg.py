"""A small writer of SVG: panels with axes, lines, bars, bands and dots, in colours that fit light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Final

__all__ = ["STYLE", "Panel", "drawing", "number_ticks", "ratio_ticks", "time_ticks"]

STYLE: Final = """
.marsad{--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--paper:#fff;--fact:#6b7682;--fit:#0b5fae;--mark:#b3261e;
--band:#0b5fae;--second:#8a5a00;font:12px system-ui,sans-serif}
@media (prefers-color-scheme:dark){.marsad{--ink:#e6edf3;--soft:#9aa4af;--line:#3d444d;--paper:#0d1117;--fact:#8d98a5;
--fit:#6cb2f7;--mark:#ff8a80;--band:#6cb2f7;--second:#e0b050}}
.marsad text{fill:var(--ink)}.marsad .soft{fill:var(--soft)}.marsad .title{font-weight:600;font-size:13px}
.marsad .grid{stroke:var(--line);stroke-width:1}.marsad .paper{fill:var(--paper)}
.marsad .bar{fill:var(--fact);opacity:.55}.marsad .missing{fill:var(--line);opacity:.6}
.marsad .fit{stroke:var(--fit);stroke-width:2;fill:none}.marsad .second{stroke:var(--second);stroke-width:2;fill:none}
.marsad .dash{stroke-dasharray:5 4}.marsad .band{fill:var(--band);opacity:.18}
.marsad .first-area{fill:var(--fit);opacity:.55}.marsad .second-area{fill:var(--second);opacity:.4}
.marsad .thin{stroke:var(--soft);stroke-width:1;fill:none}
.marsad .mark{stroke:var(--mark);stroke-width:1.5}.marsad .markfill{fill:var(--mark)}.marsad .dot{fill:var(--fact)}
.marsad .marktext{fill:var(--mark)}.marsad .fittext{fill:var(--fit)}.marsad .secondtext{fill:var(--second)}
"""


@dataclass
class Panel:
    """A plot with its own axes: ``x`` and ``y`` are the ranges of the data. Shapes are drawn in the order of calls."""

    top: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    width: float = 900
    left: float = 64
    right: float = 16
    parts: list[str] = field(default_factory=list)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the data lies on the drawing."""
        across = (x - self.x[0]) / max(self.x[1] - self.x[0], 1e-9)
        up = (y - self.y[0]) / max(self.y[1] - self.y[0], 1e-9)
        up = min(max(up, 0.0), 1.0)
        return self.left + across * (self.width - self.left - self.right), self.top + (1 - up) * self.height

    def title(self, words: str) -> None:
        """A heading above the panel."""
        self.text(self.left, self.top - 12, words, "title")

    def text(self, x: float, y: float, words: str, style: str = "", anchor: str = "start") -> None:
        """Words at a place of the drawing."""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" class="{style}" text-anchor="{anchor}">{escape(words)}</text>'
        )

    def ticks(self, across: Iterable[tuple[float, str]], up: Iterable[tuple[float, str]]) -> None:
        """Grid lines with their labels."""
        for value, label in up:
            x, y = self.at(self.x[0], value)
            self.parts.append(f'<path class="grid" d="M{x:.1f} {y:.1f}H{self.width - self.right:.1f}"/>')
            self.text(x - 6, y + 4, label, "soft", "end")
        for value, label in across:
            x, y = self.at(value, self.y[0])
            self.parts.append(f'<path class="grid" d="M{x:.1f} {y:.1f}v5"/>')
            self.text(x, y + 18, label, "soft", "middle")

    def bars(self, edges: Sequence[float], heights: Sequence[float], style: str = "bar") -> None:
        """Bars between consecutive edges, from the bottom of the panel."""
        path = []
        for left, right, height in zip(edges[:-1], edges[1:], heights, strict=True):
            (x, y), (end, bottom) = self.at(left, height), self.at(right, self.y[0])
            if bottom - y > 0.05:
                path.append(f"M{x:.1f} {bottom:.1f}V{y:.1f}H{end:.1f}V{bottom:.1f}Z")
        self.parts.append(f'<path class="{style}" d="{"".join(path)}"/>')

    def line(self, xs: Sequence[float], ys: Sequence[float], style: str) -> None:
        """A line through points."""
        if len(xs):
            points = " ".join("{:.1f},{:.1f}".format(*self.at(x, y)) for x, y in zip(xs, ys, strict=True))
            self.parts.append(f'<polyline class="{style}" points="{points}"/>')

    def band(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
        """The area between two lines."""
        if len(xs):
            there = [self.at(x, y) for x, y in zip(xs, high, strict=True)]
            back = [self.at(x, y) for x, y in zip(xs, low, strict=True)][::-1]
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in there + back)
            self.parts.append(f'<polygon class="band" points="{points}"/>')

    def dots(self, xs: Sequence[float], ys: Sequence[float], style: str = "dot", size: float = 2.2) -> None:
        """A dot at each point."""
        for x, y in zip(xs, ys, strict=True):
            at = self.at(x, y)
            self.parts.append(f'<circle class="{style}" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{size}"/>')

    def upright(self, x: float, words: str = "", style: str = "mark") -> None:
        """A line from bottom to top, with words beside its top."""
        at, top = self.at(x, self.y[1])
        self.parts.append(f'<path class="{style}" d="M{at:.1f} {top:.1f}V{top + self.height:.1f}"/>')
        if words:
            room = at > self.width - self.right - 150
            self.text(at - 5 if room else at + 5, top + 11, words, "marktext", "end" if room else "start")


def drawing(panels: Sequence[Panel], title: str, description: str, *, height: float, style: bool = True) -> str:
    """One SVG of some panels. ``style`` puts the colours in; a page that has them leaves them out."""
    width = panels[0].width if panels else 900
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="marsad" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title><desc>{escape(description)}</desc>'
    )
    paper = f'<rect class="paper" width="{width:g}" height="{height:g}"/>'
    parts = "\n".join("\n".join(panel.parts) for panel in panels)
    return f"{head}{f'<style>{STYLE}</style>' if style else ''}{paper}\n{parts}\n</svg>\n"


def number_ticks(low: float, high: float, most: int = 5) -> list[tuple[float, str]]:
    """Round numbers between two."""
    rough = max(high - low, 1e-9) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    first = math.ceil(low / step - 1e-9)
    return [(at * step, f"{at * step:.10g}") for at in range(first, math.floor(high / step + 1e-9) + 1)]


def ratio_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Round ratios between two logarithms."""
    shown = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
    return [(math.log(ratio), f"{ratio:g}") for ratio in shown if low <= math.log(ratio) <= high]


def time_ticks(first: float, last: float) -> list[tuple[float, str]]:
    """Beginnings of years, or of months where there are few years, between two ordinals of days."""
    years = (last - first) / 365.25
    begin, end = date.fromordinal(int(first)), date.fromordinal(int(last))
    if years > 3:
        every = max(1, round(years / 9))
        firsts = [date(year, 1, 1) for year in range(begin.year, end.year + 2) if year % every == 0]
        return [(day.toordinal(), str(day.year)) for day in firsts if first <= day.toordinal() <= last]
    every = next(step for step in (1, 2, 3, 6) if years * 12 / step <= 10)
    months = [date(year, month, 1) for year in range(begin.year, end.year + 1) for month in range(1, 13, every)]
    return [(day.toordinal(), f"{day:%Y-%m}") for day in months if first <= day.toordinal() <= last]
