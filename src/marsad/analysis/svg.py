"""A small writer of SVG: drawings that grow downwards, with headings, plots and legends, for light and dark pages.

Words are laid out for a given width: :data:`WIDE` for a page or a paper, :data:`NARROW` for a telephone. No text has to
be read smaller than it was meant.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any, Final

__all__ = [
    "NARROW", "WIDE", "Figure", "Panel", "Sheet", "escaped", "number_ticks", "ratio_ticks", "shortened", "stacked",
    "style_sheet", "text_width", "time_ticks",
]  # fmt: skip

WIDE: Final = 860.0
NARROW: Final = 360.0
_SMALL: Final = 600.0
_LINE: Final = 17.0
_SIZE: Final = 12.0
_TITLE: Final = 15.0
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot have, even written as references."""


@cache
def style_sheet() -> str:
    """The colours and strokes of all figures; a page that has them need not repeat them in each."""
    return (files("marsad.analysis") / "svg.css").read_text("utf-8")


def escaped(words: str) -> str:
    """Words as text of XML or HTML; what neither can have becomes U+FFFD."""
    return escape(_FORBIDDEN.sub("\ufffd", words))


@dataclass
class Panel:
    """A plot with its own axes: ``x`` and ``y`` are the ranges of the data. Shapes are drawn in the order of calls."""

    top: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    width: float = WIDE
    left: float = 52
    right: float = 14
    parts: list[str] = field(default_factory=list)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the data lies on the drawing; what lies above or below is put on the edge."""
        across = (x - self.x[0]) / max(self.x[1] - self.x[0], 1e-9)
        up = (y - self.y[0]) / max(self.y[1] - self.y[0], 1e-9)
        up = min(max(up, 0.0), 1.0)
        return self.left + across * (self.width - self.left - self.right), self.top + (1 - up) * self.height

    def text(self, x: float, y: float, words: str, style: str = "", anchor: str = "start") -> None:
        """Words at a place of the drawing."""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" class="{style}" text-anchor="{anchor}">{escaped(words)}</text>'
        )

    def ticks(self, across: Iterable[tuple[float, str]], up: Iterable[tuple[float, str]]) -> None:
        """Grid lines with their labels."""
        for value, label in up:
            x, y = self.at(self.x[0], value)
            self.parts.append(f'<path class="grid" d="M{x:.1f} {y:.1f}H{self.width - self.right:.1f}"/>')
            self.text(x - 6, y + 4, label, "soft", "end")
        for value, label in across:
            x, y = self.at(value, self.y[0])
            self.parts.append(f'<path class="zero" d="M{x:.1f} {y:.1f}v5"/>')
            half = text_width(label) / 2
            self.text(min(x, self.width - half - 1), y + 18, label, "soft", "middle")

    def bars(self, edges: Sequence[float], heights: Sequence[float], style: str = "bar") -> None:
        """Bars between consecutive edges, from the bottom of the panel."""
        self.areas(edges, [self.y[0]] * len(heights), heights, style)

    def areas(self, edges: Sequence[float], low: Sequence[float], high: Sequence[float], style: str) -> None:
        """Boxes between consecutive edges, each from ``low`` to ``high``."""
        path = []
        for left, right, begin, end in zip(edges[:-1], edges[1:], low, high, strict=True):
            (x, y), (over, bottom) = self.at(left, end), self.at(right, begin)
            if bottom - y > 0.05:
                path.append(f"M{x:.1f} {bottom:.1f}V{y:.1f}H{over:.1f}V{bottom:.1f}Z")
        if path:
            self.parts.append(f'<path class="{style}" d="{"".join(path)}"/>')

    def line(self, xs: Sequence[float], ys: Sequence[float], style: str) -> None:
        """A line through points."""
        if len(xs):
            points = " ".join("{:.1f},{:.1f}".format(*self.at(x, y)) for x, y in zip(xs, ys, strict=True))
            self.parts.append(f'<polyline class="{style}" points="{points}"/>')

    def stairs(self, xs: Sequence[float], ys: Sequence[float], style: str) -> None:
        """A line that keeps each value until the next point."""
        across, up = _stepped(xs, ys)
        self.line(across, up, style)

    def band(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
        """The area between two lines."""
        if len(xs):
            there = [self.at(x, y) for x, y in zip(xs, high, strict=True)]
            back = [self.at(x, y) for x, y in zip(xs, low, strict=True)][::-1]
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in there + back)
            self.parts.append(f'<polygon class="band" points="{points}"/>')

    def stair_band(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
        """The area between two lines that keep each value until the next point."""
        across, bottom = _stepped(xs, low)
        self.band(across, bottom, _stepped(xs, high)[1])

    def dots(self, xs: Sequence[float], ys: Sequence[float], style: str = "dot", size: float = 2.2) -> None:
        """A dot at each point."""
        for x, y in zip(xs, ys, strict=True):
            at = self.at(x, y)
            self.parts.append(f'<circle class="{style}" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{size}"/>')

    def whiskers(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float], style: str) -> None:
        """An upright line from ``low`` to ``high`` at each place."""
        ends = (
            (self.at(x, begin), self.at(x, end)) for x, begin, end in zip(xs, low, high, strict=True)
        )  # fmt: skip
        path = "".join(f"M{x:.1f} {y:.1f}V{top:.1f}" for (x, y), (_, top) in ends)
        if path:
            self.parts.append(f'<path class="{style}" d="{path}"/>')

    def span(self, begin: float, end: float, style: str) -> None:
        """A stretch of the axis, from bottom to top."""
        (x, _), (over, _) = self.at(max(begin, self.x[0]), 0), self.at(min(end, self.x[1]), 0)
        if over > x:
            self.parts.append(
                f'<rect class="{style}" x="{x:.1f}" y="{self.top:.1f}" width="{over - x:.1f}" '
                f'height="{self.height:.1f}"/>'
            )

    def box(
        self, x: float, y: float, width: float, height: float, style: str, words: str, *, opacity: float,
        pair: str | None = None,
    ) -> None:  # fmt: skip
        """A box at a place of the drawing, with words for who points at it. ``pair`` says what it stands for."""
        mark = "" if pair is None else f' data-pair="{pair}"'
        self.parts.append(
            f'<rect class="{style}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="3" '
            f'fill-opacity="{opacity:.2f}"{mark}><title>{escaped(words)}</title></rect>'
        )

    def level(self, y: float, style: str = "zero") -> None:
        """A line across at a height."""
        x, at = self.at(self.x[0], y)
        self.parts.append(f'<path class="{style}" d="M{x:.1f} {at:.1f}H{self.width - self.right:.1f}"/>')

    def upright(self, x: float, words: str = "", style: str = "mark") -> None:
        """A line from bottom to top, with words above it."""
        at = self.at(x, self.y[1])[0]
        self.parts.append(
            f'<path class="{style}" d="M{at:.1f} {self.top - 4:.1f}V{self.top + self.height:.1f}"/>'
        )  # fmt: skip
        if words:
            half = text_width(words, bold=True) / 2
            middle = min(max(at, half + 2), self.width - half - 2)
            self.text(middle, self.top - 8, words, "marktext halo strong", "middle")


class Sheet:
    """A drawing that grows downwards. ``at`` is how far down it has come."""

    def __init__(self, width: float = WIDE) -> None:
        self.width = width
        self.at = 6.0
        self.parts: list[str] = []

    @property
    def narrow(self) -> bool:
        """Is it for a small screen?"""
        return self.width < _SMALL

    def gap(self, height: float) -> None:
        """Leave some room."""
        self.at += height

    def heading(self, title: str, about: str) -> None:
        """What is seen, and what is drawn."""
        for line in _lines(title, self.width - 4, _TITLE):
            self.at += 19
            self._text(0, line, "title")
        self.words(about, "soft")
        self.at += 6

    def words(self, words: str, style: str = "") -> None:
        """A paragraph."""
        for line in _lines(words, self.width - 4, _SIZE):
            self.at += _LINE
            self._text(0, line, style)

    def plot(
        self, height: float, x: tuple[float, float], y: tuple[float, float], unit: str = "", across: str = "",
        left: float = 46,
    ) -> Panel:  # fmt: skip
        """A plot below what is there. ``unit`` says what its height measures, ``across`` what its width does."""
        self.at += 19
        if unit:
            self._text(0, unit, "soft")
        top = self.at + 26
        self.at = top + height + (40 if across else 24)
        if across:
            self.parts.append(
                f'<text x="{self.width - 14:.1f}" y="{self.at - 4:.1f}" class="soft" text-anchor="end">'
                f"{escaped(across)}</text>"
            )
        return Panel(top, height, x, y, self.width, left, 14, self.parts)

    def legend(self, *entries: tuple[str, str]) -> None:
        """What the shapes mean: pairs of a shape's style and its words."""
        self.at += 10
        x, line = 0.0, _LINE
        for style, words in entries:
            lines = _lines(words, self.width - 26, _SIZE)
            wide = 24 + max(text_width(one) for one in lines) + 18
            if x and x + wide - 18 > self.width:
                x, self.at = 0.0, self.at + line
            self._swatch(x, self.at + line - 4, style)
            for number, one in enumerate(lines):
                self.parts.append(
                    f'<text x="{x + 24:.1f}" y="{self.at + line + number * line:.1f}" class="soft">'
                    f"{escaped(one)}</text>"
                )
            self.at += line * (len(lines) - 1)
            x += wide
        self.at += line + 4

    def _swatch(self, x: float, y: float, style: str) -> None:
        if style in ("dot", "markfill", "ring"):
            self.parts.append(
                f'<circle class="{style}" cx="{x + 9:.1f}" cy="{y:.1f}" r="{4 if style != "dot" else 3}"/>'
            )
        elif style.split()[0] in ("fit", "second", "mark", "thin", "whisker"):
            self.parts.append(f'<path class="{style}" d="M{x:.1f} {y:.1f}h18"/>')
        else:
            self.parts.append(f'<rect class="{style}" x="{x:.1f}" y="{y - 5:.1f}" width="18" height="10"/>')

    def _text(self, x: float, words: str, style: str) -> None:
        self.parts.append(f'<text x="{x:.1f}" y="{self.at:.1f}" class="{style}">{escaped(words)}</text>')

    def svg(self, title: str, about: str, *, style: bool = True) -> str:
        """All of it. ``style`` puts the colours in."""
        width, height = self.width, self.at + 8
        pad = 12.0 if style else 0.0
        # In HTML, words in a style element are not escaped; in a file of its own they are, and hold nothing to escape.
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="marsad" '
            f'viewBox="{-pad:g} {-pad:g} {width + 2 * pad:g} {height + 2 * pad:g}" role="img" '
            f'aria-label="{escaped(title)}"><title>{escaped(title)}</title><desc>{escaped(about)}</desc>'
            + (f"<style>{style_sheet()}</style>" if style else "")
            + f'<rect class="paper" x="{-pad:g}" y="{-pad:g}" width="{width + 2 * pad:g}" '
            f'height="{height + 2 * pad:g}"/>\n' + "\n".join(self.parts) + "\n</svg>\n"
        )


@dataclass(frozen=True)
class Figure:
    """A figure and the numbers behind it.

    Attributes:
        name: What it is asked for by, and its file's name.
        title: What is to be seen in it.
        about: What is drawn, for people who read the figure and for those who cannot see it.
        paint: Draws it on a sheet, without title.
        columns: The dataclass of its rows.
        rows: Every number that is drawn.
    """

    name: str
    title: str
    about: str
    paint: Callable[[Sheet], None] = field(repr=False, compare=False)
    columns: type[Any]
    rows: tuple[Any, ...] = field(repr=False)

    def svg(self, width: float = WIDE, *, style: bool = True, headed: bool = True) -> str:
        """The figure alone. A page that says title and ``about`` itself leaves the heading out."""
        sheet = Sheet(width)
        if headed:
            sheet.heading(self.title, self.about)
        self.paint(sheet)
        return sheet.svg(self.title, self.about, style=style)


def stacked(figures: Sequence[Figure], title: str, about: str, *, width: float = WIDE, style: bool = True) -> str:
    """Several figures below each other, as one SVG."""
    sheet = Sheet(width)
    for number, figure in enumerate(figures):
        sheet.gap(34 if number else 0)
        sheet.heading(figure.title, figure.about)
        figure.paint(sheet)
    return sheet.svg(title, about, style=style)


def shortened(words: str, most: int) -> str:
    """At most so many characters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def text_width(words: str, size: float = _SIZE, *, bold: bool = False) -> float:
    """About how wide words are, rather too wide than too narrow; no font is asked, for none is known."""
    return (
        (1.12 if bold or size > _SIZE else 1.0)
        * size
        * sum(
            0.36
            if one in " .,:;'|!ijlI()"
            else 1.0
            if ord(one) > 0x2E7F or one in "mwMW"
            else 0.72
            if one.isupper()
            else 0.62
            for one in words
        )
    )


def number_ticks(low: float, high: float, most: int = 5) -> list[tuple[float, str]]:
    """Round numbers between two."""
    rough = max(high - low, 1e-9) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    first = math.ceil(low / step - 1e-9)
    return [(at * step, f"{at * step:,.10g}") for at in range(first, math.floor(high / step + 1e-9) + 1)]


def ratio_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Round ratios between two logarithms."""
    shown = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
    return [(math.log(ratio), f"{ratio:g}") for ratio in shown if low <= math.log(ratio) <= high]


def time_ticks(first: float, last: float, width: float = WIDE) -> list[tuple[float, str]]:
    """Beginnings of years, months or weeks between two ordinals of days, as many as there is room for."""
    most = max(3, int(width / 85))
    begin, end = date.fromordinal(max(int(first), 1)), date.fromordinal(int(last))
    years = (last - first) / 365.25
    if years > 3 or years * 2 > most:
        every = max(1, math.ceil(years / most))
        firsts = [date(year, 1, 1) for year in range(begin.year, min(end.year + 2, 9999)) if year % every == 0]
        found = [(float(day.toordinal()), str(day.year)) for day in firsts]
    elif last - first > 75:
        every = next((step for step in (1, 2, 3) if years * 12 / step <= most), 6)
        months = [date(year, month, 1) for year in range(begin.year, end.year + 1) for month in range(1, 13, every)]
        found = [(float(day.toordinal()), f"{day:%Y-%m}") for day in months]
    else:
        step = 7 * max(1, math.ceil((last - first) / 7 / most))
        monday = begin + timedelta(-begin.weekday() % 7)
        days = [monday + timedelta(by) for by in range(0, int(last - first) + 1, step)]
        found = [(float(day.toordinal()), day.isoformat()) for day in days]
    return [tick for tick in found if first <= tick[0] <= last]


def _stepped(xs: Sequence[float], ys: Sequence[float]) -> tuple[list[float], list[float]]:
    across: list[float] = []
    up: list[float] = []
    for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
        if number:
            across.append(x)
            up.append(up[-1])
        across.append(x)
        up.append(y)
    return across, up


def _lines(words: str, width: float, size: float) -> list[str]:
    """Words in lines that are about so wide at most; a word that is longer is cut."""
    lines, line = [], ""
    for word in words.split():
        wanted = f"{line} {word}" if line else word
        if line and text_width(wanted, size) > width:
            lines.append(line)
            wanted = word
        while text_width(wanted, size) > width and len(wanted) > 1:
            cut = max(1, int(len(wanted) * width / text_width(wanted, size)))
            lines.append(wanted[:cut])
            wanted = wanted[cut:]
        line = wanted
    return [*lines, line] if line or not lines else lines
