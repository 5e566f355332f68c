"""Pictures of who answers whom: the matrix, each pair's two series with the delay, and each series with its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.provocation import Answer, PairRow, Provocation
from marsad.analysis.svg import (
    WIDE,
    Figure,
    Panel,
    Sheet,
    number_ticks,
    shortened,
    stacked,
    text_width,
    time_ticks,
)
from marsad.analysis.wording import p_words

__all__ = [
    "PROVOCATION_FIGURES", "DelayRow", "SeriesRow", "matrix_figure", "pair_figure", "provocation_figures",
    "provocation_picture", "series_figure",
]  # fmt: skip

PROVOCATION_FIGURES: Final = ("matrix", "series", "delays")
"""What the figures are called."""
_CELL: Final = 50
_ROWS: Final = "after an event of …"
_REACH: Final = 1.96
"""Standard errors to each side of a day."""
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BARS: Final = (
    "bars: further events of the second so many days after an event of the first, each day found by itself, while all "
    "else is as the model has it (background, weekdays, the second's own echoes, answers to others); upright lines: "
    "intervals of 95 %, each day alone. Line: by the fitted delay. Of two events of one day it is not known which came "
    "first: that day is told in words."
)
_ASSOCIATION: Final = "It is an association in time, not proof that one brought on the other."


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A week of one series: what was counted, what the model expected from the days before, and the part of it that
    nothing before brought on."""

    series: str
    since: str
    events: float
    expected: float
    background: float


@dataclass(frozen=True, slots=True)
class DelayRow:
    """Further events of the target so many days after an event of the source: each day found by itself, with its
    interval of 95 %, and by the fitted delay, which is one for all pairs."""

    source: str
    target: str
    days_after: int
    found: float
    low: float
    high: float
    fitted: float


def provocation_figures(found: Provocation) -> list[Figure]:
    """The matrix, all series, and the delays of the pairs of which something can be told."""
    return [matrix_figure(found), series_figure(found), _delays_figure(found)]


def provocation_picture(found: Provocation, width: float = WIDE, *, style: bool = True) -> str:
    """Matrix above, series below, as one SVG."""
    told = "; ".join(found.sentence(answer) for answer in found.answers if answer.told) or "No answer can be told."
    return stacked(provocation_figures(found)[:2], "Who answers whom", told, width=width, style=style)


# The matrix


def matrix_figure(found: Provocation) -> Figure:
    """Further events of the column for each event of the row."""
    told = [answer for answer in found.answers if answer.told]
    pairs = len(found.answers)
    if told:
        title = (
            f"Of {pairs} pairs {len(told)} can be told from chance: more events of the one follow events of the other"
        )
    else:
        title = f"Of {pairs} pairs none can be told from chance"
    about = (
        "Each cell: how many further events of the column follow directly on an event of the row, with the 95 % "
        "interval. Framed: told from none, all pairs taken together. On the diagonal: echoes of its own. "
        f"{_ASSOCIATION}"
    )
    return Figure("matrix", title, about, lambda sheet: _paint_matrix(sheet, found), PairRow, tuple(found.rows()))


def _paint_matrix(sheet: Sheet, found: Provocation) -> None:
    names = found.series.names
    letters = _LETTERS[: len(names)]
    least = text_width(_ROWS) + 16
    labels = 26.0 if sheet.narrow else min(250.0, max(least, 24 + 7.5 * max(map(len, names))))
    wide = min((sheet.width - labels - 4) / len(names), 210.0)
    keyed = sheet.narrow or any(text_width(name, bold=True) > wide - 12 for name in names)
    sheet.gap(14)
    head = Panel(0, 0, (0, 1), (0, 1), sheet.width, parts=sheet.parts)
    head.text(labels, sheet.at + 10, "further events of …", "soft")
    if not sheet.narrow:
        head.text(labels - 10, sheet.at + 32, _ROWS, "soft", "end")
    sheet.gap(20)
    for column, name in enumerate(names):
        words = letters[column] if keyed else name
        head.text(labels + (column + 0.5) * wide, sheet.at + 12, words, "strong", "middle")
    sheet.gap(20)
    weights = found.fitted.state.parts.weights.sum(axis=0)
    most_weight = max(float(weights.max()), 1e-9)
    by_pair = {(a.source, a.target): a for a in found.answers}
    for row, source in enumerate(names):
        y = sheet.at
        if sheet.narrow:
            head.text(0, y + _CELL / 2 + 4, letters[row], "strong")
        else:
            words = f"{shortened(source, 30)}  {letters[row]}" if keyed else shortened(source, 34)
            head.text(labels - 10, y + _CELL / 2 + 4, words, "", "end")
        for column, target in enumerate(names):
            _cell(head, found, by_pair.get((source, target)), (row, column), float(weights[column, row]) / most_weight,
                  labels + column * wide, y, wide)  # fmt: skip
        sheet.gap(_CELL)
    if sheet.narrow:
        sheet.gap(2)
        for letter, name in zip(letters, names, strict=True):
            sheet.words(f"{letter}  {name}", "soft")


def _cell(
    panel: Panel, found: Provocation, answer: Answer | None, at: tuple[int, int], share: float, x: float, y: float,
    wide: float,
) -> None:  # fmt: skip
    row, column = at
    own = found.own[row]
    value, low, high = (answer.more, answer.low, answer.high) if answer else (own.value, own.low, own.high)
    told = answer is not None and answer.told
    source, target = found.series.names[row], found.series.names[column]
    words = f"{source} then {target}: {value:.2f} ({low:.2f} to {high:.2f})"
    if answer is not None:
        words += f", {p_words(answer.p)}"
    for half in found.halves:
        more, least, most = half.found[source, target]
        words += f"; {half.since} to {half.until} alone: {more:.2f} ({least:.2f} to {most:.2f})"
    panel.box(
        x + 2, y + 2, wide - 4, _CELL - 4, "cell told" if told else "cell", words, opacity=0.05 + 0.45 * share,
        pair=None if answer is None else f"{row}-{column}",
    )  # fmt: skip
    panel.text(x + wide / 2, y + (21 if wide >= 62 else 30), f"{value:.2f}", "strong" if told else "", "middle")
    if wide >= 62:
        between = f"{low:.2f} to {high:.2f}" if wide >= 84 else f"{low:.2f}–{high:.2f}"
        panel.text(x + wide / 2, y + 38, between, "small", "middle")


# Series and pairs


def series_figure(found: Provocation) -> Figure:
    """All series, week by week, with what the model sees in them."""
    parts = found.fitted.intensity()
    share = 1 - float(parts.background.sum()) / max(float(parts.total.sum()), 1e-9)
    title = f"By the model {share:.0%} of all events followed on others, of their own series or another"
    about = (
        "For each series, bars: events a week; upper line: expected from the days before; lower line: the part of it "
        "that no event before brought on. Of days that nobody watched nothing is counted or expected; the days after "
        "the last whole week are left out."
    )
    rows = tuple(row for number in range(len(found.series.names)) for row in _series_rows(found, number))
    return Figure("series", title, about, lambda sheet: _paint_all(sheet, found), SeriesRow, rows)


def _paint_all(sheet: Sheet, found: Provocation) -> None:
    for number in range(len(found.series.names)):
        _paint_series(sheet, found, number)
    _series_legend(sheet)


def _series_legend(sheet: Sheet) -> None:
    sheet.legend(("bar", "counted"), ("fit", "expected from the days before"), ("second", "background alone"))


def _weeks(found: Provocation, number: int) -> tuple[Floats, Floats, Floats]:
    """Counted, expected and background of whole weeks; of days that nobody watched nothing is expected either."""
    parts = found.fitted.intensity()
    weeks = len(found.series.counts) // 7
    watched = np.asarray(found.series.observed, dtype=np.float64)
    seen, total, background = (
        np.asarray((table[:, number] * watched)[: weeks * 7].reshape(weeks, 7).sum(axis=1), dtype=np.float64)
        for table in (found.series.counts, parts.total, parts.background)
    )
    return seen, total, background


def _series_rows(found: Provocation, number: int) -> list[SeriesRow]:
    seen, total, background = _weeks(found, number)
    return [
        SeriesRow(
            found.series.names[number], date.fromordinal(found.series.first + 7 * week).isoformat(),
            round(float(seen[week]), 4), round(float(total[week]), 4), round(float(background[week]), 4),
        )
        for week in range(len(seen))
    ]  # fmt: skip


def _paint_series(sheet: Sheet, found: Provocation, number: int) -> None:
    seen, total, background = _weeks(found, number)
    start, weeks = found.series.first, len(seen)
    high = float(max(seen.max(), total.max(), 1)) * 1.05
    name = shortened(found.series.names[number], 44 if sheet.narrow else 100)
    panel = sheet.plot(100, (start, start + weeks * 7), (0, high), f"{name}: events a week")
    panel.ticks(time_ticks(*panel.x, sheet.width), number_ticks(0, high, 3))
    panel.bars((start + 7.0 * np.arange(weeks + 1)).tolist(), seen.tolist())
    middles = (start + 7.0 * np.arange(weeks) + 3.5).tolist()
    panel.line(middles, total.tolist(), "fit")
    panel.line(middles, background.tolist(), "second")


def pair_figure(found: Provocation, source: int, target: int) -> Figure:
    """The two series of a pair below each other, and how many days after the one there is more of the other.

    ``source`` and ``target`` are places among the names; they differ.
    """
    names = found.series.names
    answer = next(one for one in found.answers if (one.source, one.target) == (names[source], names[target]))
    about = (
        "Above: events a week of both, with what was expected from the days before, and the background alone. Below, "
        f"{_BARS} {_ASSOCIATION}"
    )

    def paint(sheet: Sheet) -> None:
        _paint_series(sheet, found, source)
        _paint_series(sheet, found, target)
        _series_legend(sheet)
        _paint_delay(sheet, answer)
        _delay_legend(sheet)

    title = found.sentence(answer)
    return Figure(f"pair-{source}-{target}", title, about, paint, DelayRow, tuple(_delay_rows(answer)))


def _delays_figure(found: Provocation) -> Figure:
    """How soon answers come, for the pairs that can be told; where none can, for all."""
    shown = [answer for answer in found.answers if answer.told] or list(found.answers)
    lag = found.lag
    if not any(answer.told for answer in found.answers):
        title = "No delay can be told, as no pair can"
    elif lag.untold is None:
        title = f"What follows comes {lag.words} days later on the mean ({lag.range_words})"
    elif lag.short:
        title = f"What follows comes {lag.words} days later on the mean: {lag.untold}"
    else:
        title = f"How soon what follows comes cannot be told: {lag.untold}"
    about = f"For each pair, {_BARS} The delay is one for all pairs. {_ASSOCIATION}"

    def paint(sheet: Sheet) -> None:
        for answer in shown:
            _paint_delay(sheet, answer)
        _delay_legend(sheet)

    rows = tuple(row for answer in found.answers for row in _delay_rows(answer))
    return Figure("delays", title, about, paint, DelayRow, rows)


def _delay_rows(answer: Answer) -> list[DelayRow]:
    days = zip(answer.by_lag, answer.by_lag_error, answer.by_lag_fitted, strict=True)
    return [
        DelayRow(answer.source, answer.target, day, *(
            round(value, 5) for value in (found, found - _REACH * error, found + _REACH * error, fitted)
        ))
        for day, (found, error, fitted) in enumerate(days)
    ]  # fmt: skip


def _paint_delay(sheet: Sheet, answer: Answer) -> None:
    same, *rows = _delay_rows(answer)
    days = [row.days_after for row in rows]
    low, high = min(0.0, *(row.low for row in rows)), max(0.01, *(row.high for row in rows))
    names = shortened(f"{answer.target} for each {answer.source}", 50 if sheet.narrow else 110)
    sheet.gap(4)
    sheet.words(f"Further {names}", "strong")
    words = f"on the day itself {same.found:.2f} ({same.low:.2f} to {same.high:.2f})"
    words += "" if sheet.narrow else ", whichever came first"
    panel = sheet.plot(90, (0.4, len(days) + 0.6), (low * 1.08, high * 1.08), words, "days after")
    step = 2 if sheet.narrow else 1
    panel.ticks([(day, str(day)) for day in days[::step]], _few(panel.y))
    panel.level(0.0)
    for row in rows:
        panel.areas([row.days_after - 0.35, row.days_after + 0.35], [min(row.found, 0.0)], [max(row.found, 0.0)], "bar")
    panel.whiskers(days, [row.low for row in rows], [row.high for row in rows], "whisker")
    fitted = [row.fitted for row in rows]
    panel.line(days, fitted, "fit")
    panel.dots(days, fitted, "fitdot", 2.6)


def _few(y: Sequence[float]) -> list[tuple[float, str]]:
    return number_ticks(y[0], y[1], 3)


def _delay_legend(sheet: Sheet) -> None:
    sheet.legend(
        ("bar", "each day found by itself"), ("whisker", "interval of 95 %"), ("fit", "by the fitted delay")
    )  # fmt: skip
