"""Did anything change after a date? The rate of events after it against what it would have been, and how sure that is.

``docs/response.md`` says how this is computed, what it assumes, and how far it was tested.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import numpy as np

from marsad.analysis.echoes import Answered, answered
from marsad.analysis.effects import SHAPES, Shape, Window, column
from marsad.analysis.excitation.threads import one_blas_thread
from marsad.analysis.imputing import Imputation, pool
from marsad.analysis.latent import Floats, find_mode
from marsad.analysis.series import Series
from marsad.analysis.silence import Silence, silence_after
from marsad.analysis.stretches import Stretches, cut, width_for
from marsad.analysis.testing import Effect, measure
from marsad.analysis.wording import day_words
from marsad.errors import AnalysisError

__all__ = ["AFTER", "PreTrend", "Response", "Variant", "respond"]

AFTER: Final = 182
"""Days after a turning point that are looked at, if not told otherwise: 26 weeks."""
_PULSE: Final = 14
_LEAST_AFTER, _LEAST_BEFORE = 5, 28
_OTHER_WIDTH: Final = {1: 7}
"""Days of a stretch in the sensitivity table, for those that it has else; where not named, half as many."""
_TREND: Final = 182
"""Days before the turning point whose trend is looked at."""


@dataclass(frozen=True, slots=True)
class PreTrend:
    """What the rate did before the turning point: by which factor it changed over ``days``, and the test of it."""

    factor: float
    days: int
    p: float


@dataclass(frozen=True, slots=True)
class Variant:
    """The same question with one choice made otherwise."""

    name: str
    ratio: float
    low: float
    high: float
    p: float
    events: float


@dataclass(frozen=True)
class Response:
    """The answer for one turning point.

    ``effect`` holds the ratio of rates, its interval, its test and the placebo dates. ``expected`` is how many events
    the after-period would have had without a change. Days are ISO dates, the last ones included. ``echoes`` are the
    other series that it was taken to answer; ``imputation`` says how draws of unknown days were put together.
    """

    turning_point: str
    after_until: str
    before_since: str
    shape: Shape
    effect: Effect
    silence: Silence
    pretrend: PreTrend
    days_after: int
    events_after: float
    expected: float
    days_before: int
    events_before: float
    series: Series = field(repr=False)
    turn: int
    variants: tuple[Variant, ...] = ()
    echoes: tuple[Answered, ...] = ()
    imputation: Imputation | None = None

    @property
    def stretches(self) -> Stretches:
        """The series in stretches, as it was fitted."""
        return self.effect.setting.stretches


@one_blas_thread
def respond(
    series: Series, turning_points: Sequence[int], *, after: int | None = None, shape: Shape = "step",
    half_life: float = 30.0, level: float = 0.05, variants: Mapping[str, Series] | None = None,
    sensitivity: bool = True, seed: int = 1, imputed: Sequence[Series] = (),
    told: Callable[[str], None] = lambda _: None,
) -> list[Response]:  # fmt: skip
    """The answers for one turning point or several (ordinals of days), each with the others taken into account.

    An effect is looked for on ``after`` days (182 if not given; 14 for a pulse), and no longer than to the next turning
    point or to the end of the series. A step may last: what comes after those days is no evidence against it, and the
    next turning point is held against the rate that it led to. A pulse ends with them. ``variants`` are the same
    events counted by other rules, for the sensitivity table. ``imputed`` are the same days with a day drawn for each
    event whose day is not known: ratio, interval and test are then put together from these. ``told`` hears what is
    being done, for somebody who waits.

    Raises AnalysisError where a date lies outside the series or too near to its ends, or nothing was counted.
    """
    for other in imputed:
        if (other.first, len(other)) != (series.first, len(series)):
            raise AnalysisError("the imputed series are counted on other days: give them the same first and last day")
    if shape not in SHAPES:
        raise AnalysisError(f"{shape!r} is no shape of an effect: choose one of {', '.join(SHAPES)}")
    points = sorted(set(turning_points))
    turns = [point - series.first for point in points]
    for point, turn in zip(points, turns, strict=True):
        _check(series, point, turn)
    if after is None:
        after = _PULSE if shape == "pulse" else AFTER
    found = []
    for at, turn in enumerate(turns):
        days = _days_after(series, turn, turns[at + 1 :], after)
        if days < _LEAST_AFTER:
            raise AnalysisError(
                f"only {day_words(days)} left from {series.at(turn)} on: a turning point needs {_LEAST_AFTER} of its "
                "own; say with --until how long was watched, or leave out the turning point after it"
            )
        told(f"fitting the model at {series.at(turn)}")
        one = _respond(series, turns, at, days, shape, half_life, level, seed)
        if imputed:
            one = _pooled(one, turns, at, days, half_life, level, imputed)
        if sensitivity:
            rows = _variants(one, turns, at, days, half_life, level, variants or {}, told)
            one = replace(one, variants=tuple(rows))
        found.append(one)
    return found


def _check(series: Series, point: int, turn: int) -> None:
    day = date.fromordinal(point).isoformat()
    if not 0 <= turn < len(series):
        raise AnalysisError(
            f"the turning point {day} is outside the series ({series.at(0)} to {series.at(len(series) - 1)}): give "
            "another date, or say with --since and --until how long was watched"
        )
    if turn < _LEAST_BEFORE:
        raise AnalysisError(
            f"only {day_words(turn)} before {day}: at least {_LEAST_BEFORE} are needed to know the usual; say with "
            "--since from when on was watched"
        )
    if series.counts[:turn].sum() <= 0 and series.counts[turn:].sum() <= 0:
        raise AnalysisError(
            "there is no event to count: look at the actor, type and place asked for, or whether all counts are 0"
        )
    if not series.observed[turn:].any():
        raise AnalysisError(f"no day from {day} on was watched: there is nothing to compare")


def _days_after(series: Series, turn: int, later: Sequence[int], after: int) -> int:
    return min([after, len(series) - turn, *(other - turn for other in later)])


def _fit(
    series: Series, turns: Sequence[int], at: int, days: int, shape: Shape, half_life: float, level: float,
    longest: int, seasons: bool | None = None, start: Floats | None = None, width: int | None = None,
    echoing: bool = True,
) -> Effect:  # fmt: skip
    width = width or width_for(days)
    stretches = cut(series, turns[at], width, echoing=echoing)
    length = max(1, round(days / width)) if days % width and turns[at] + days < len(series) else -(-days // width)
    length = min(length, len(stretches) - stretches.turn)
    others = []
    for other, turn in enumerate(turns):
        begin = stretches.stretch_of(turn)
        if other == at or begin >= len(stretches):
            continue
        if other > at:  # a later one begins where this one ends, not within its last stretch
            begin = max(begin, stretches.turn + length)
        # What an earlier turning point changed goes on: the next one is held against that.
        lasts = len(stretches) if shape == "step" else -(-longest // width)
        if begin + lasts > 0:
            others.append(column(stretches, Window(begin, lasts), shape, half_life))
    extra = np.column_stack(others) if others else None
    own_column = column(stretches, Window(stretches.turn, length), shape, half_life)
    return measure(
        stretches, own_column, length, others=extra, may_last=shape == "step", level=level, seasons=seasons,
        start=start,
    )  # fmt: skip


def _respond(
    series: Series, turns: Sequence[int], at: int, days: int, shape: Shape, half_life: float, level: float, seed: int
) -> Response:
    turn = turns[at]
    effect = _fit(series, turns, at, days, shape, half_life, level, longest=days)
    setting = effect.setting
    stretches = setting.stretches
    inside = setting.column != 0
    mode = setting.mode(setting.effect)
    counted = stretches.days
    background = counted.sums(mode.background * counted.observed) * np.exp(-setting.effect * setting.column)
    answers = counted.sums(counted.answers(setting.traits) * counted.observed)
    expected = float((background + answers)[inside].sum() / (1 - setting.traits.branching))
    before = slice(max(0, turn - max(days, AFTER)), turn)
    covered = min(int(inside.sum()) * stretches.width, len(series) - turn)
    begin = turn - stretches.first
    echoes = answered(
        setting, tuple(one.name for one in series.echoes), slice(begin, begin + covered),
        slice(max(0, begin - covered), begin),
    )  # fmt: skip
    return Response(
        series.at(turn), series.at(turn + covered - 1), series.at(stretches.first), shape, effect,
        silence_after(series, turn, covered, setting, seed), _pretrend(effect),
        int(series.observed[turn : turn + covered].sum()), float(series.counts[turn : turn + covered].sum()), expected,
        int(series.observed[before].sum()), float(series.counts[before].sum()), series, turn, echoes=echoes,
    )  # fmt: skip


def _pooled(
    one: Response, turns: Sequence[int], at: int, days: int, half_life: float, level: float, imputed: Sequence[Series]
) -> Response:
    start = one.effect.setting.place
    effects = [_fit(draw, turns, at, days, one.shape, half_life, level, days, start=start) for draw in imputed]
    effect, imputation = pool(effects, one.effect)
    return replace(one, effect=effect, imputation=imputation)


def _pretrend(effect: Effect) -> PreTrend:
    """The trend over the last stretches before the turning point, by what came before it only."""
    setting = effect.setting
    stretches, known = setting.stretches, slice(0, effect.setting.stretches.turn)
    length = min(stretches.turn, -(-_TREND // stretches.width))
    ramp: Floats = np.clip((np.arange(stretches.turn) - stretches.turn + length + 0.5) / length, 0.0, 1.0)
    days, cov = stretches.days.until(stretches.turn), setting.cov[known, known]
    mode = find_mode(days, cov, setting.traits)
    information = float(mode.information(ramp[:, None])[0, 0])
    statistic = float(ramp @ mode.score) / math.sqrt(max(information, 1e-12))
    free = find_mode(days, cov + 4 * np.outer(ramp, ramp), setting.traits)
    return PreTrend(math.exp(4 * float(ramp @ free.score)), length * stretches.width, effect.placebos.p(statistic))


def _variants(
    one: Response, turns: Sequence[int], at: int, days: int, half_life: float, level: float,
    given: Mapping[str, Series], told: Callable[[str], None],
) -> list[Variant]:  # fmt: skip
    """One row for each choice that might have been made otherwise."""
    series, shape, start = one.series, one.shape, one.effect.setting.place
    asked: list[tuple[str, Series, int, bool | None]] = []
    own_fit: dict[str, Any] = {}
    if shape != "pulse":
        for other in (91, 365):
            own = _days_after(series, turns[at], turns[at + 1 :], other)
            if abs(own - days) > 30:
                asked.append((f"after-period of {own} days", series, own, None))
    turn = turns[at]
    near = (max(0, turn - 365), min(len(series), turn + 365))
    if turn > 500:
        asked.append(("only the year before and the year after", series.part(*near), days, None))
    asked.append(("no seasons", series, days, False))
    width = one.stretches.width
    if (other := _OTHER_WIDTH.get(width, width // 2)) >= 1:
        asked.append((f"in stretches of {_days(other)}", series, days, None))
        own_fit[asked[-1][0]] = {"width": other}
    asked.append(("no event begets another", series, days, None))
    own_fit[asked[-1][0]] = {"echoing": False}
    if series.echoes:
        asked.append(("no answers to others", series.echoing(), days, None))
    if series.counts.max(initial=0) > 1:
        asked.append(("days with an event instead of events", series.once_a_day(), days, None))
    asked += [(name, other, days, None) for name, other in given.items()]
    rows = []
    for number, (name, counted, own, seasons) in enumerate(asked, 1):
        told(f"asking again with other choices, {number} of {len(asked)}: {name}")
        shift = series.first - counted.first
        moved = [turn + shift for turn in turns]
        if not (_LEAST_BEFORE <= moved[at] < len(counted)) or counted.counts.sum() <= 0:
            continue
        kept = [turn for turn in moved if 0 <= turn < len(counted)]
        own = _days_after(counted, moved[at], [turn for turn in kept if turn > moved[at]], own)
        if own < _LEAST_AFTER:
            continue
        effect = _fit(
            counted, kept, kept.index(moved[at]), own, shape, half_life, level, own, seasons, start,
            **own_fit.get(name, {}),
        )  # fmt: skip
        events = float(counted.counts[moved[at] : moved[at] + own].sum())
        rows.append(Variant(name, effect.ratio, effect.low, effect.high, effect.p, events))
    return rows


def _days(number: int) -> str:
    return "a day" if number == 1 else f"{number} days"
