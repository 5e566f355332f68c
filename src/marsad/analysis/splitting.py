"""The series of a table, one for each actor, recipient, directed dyad, type or place, by day, week, month or moment.

A row says of how many watched days its count is: a week of which nobody watched a day has no count, which is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final, Literal

import numpy as np

from marsad.analysis.events import Event, EventTable
from marsad.analysis.latent import Floats
from marsad.analysis.series import Coarse, Series, daily, moments
from marsad.errors import AnalysisError

__all__ = [
    "MOST",
    "SPLITS",
    "Moments",
    "Period",
    "PeriodRow",
    "Split",
    "TimeRow",
    "periods",
    "split",
    "split_times",
]

Split = Literal["all", "actor", "recipient", "dyad", "type", "place"]
SPLITS: Final[tuple[Split, ...]] = ("all", "actor", "recipient", "dyad", "type", "place")
Period = Literal["day", "week", "month"]

MOST: Final = 100
"""Series that are made, if not told otherwise: a table may name thousands of places."""
_EVERYTHING: Final = "all"


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A day, week (from Monday) or month of one series.

    ``date`` and ``end`` are its first and last day within the time that is looked at; ``count`` its events on the
    ``watched`` days, None where no day was watched; ``effort`` the reporting of these days, None where unknown.
    """

    series: str
    date: str
    end: str
    count: float | None
    watched: int
    effort: float | None


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One event at its moment; ``drawn`` where day or time of day were not known and are drawn."""

    series: str
    time: str
    drawn: bool


@dataclass(frozen=True)
class Moments:
    """The moments of the events of several series, as ``marsad.analysis.excitation.fit_times`` takes them.

    ``times`` are days from the beginning of ``first`` (an ordinal), sorted; ``marks`` which series each is of;
    ``horizon`` when watching ended; ``drawn`` which are drawn from the days that they may have been on.
    """

    names: tuple[str, ...]
    times: Floats
    marks: np.ndarray[tuple[int], np.dtype[np.intp]]
    drawn: np.ndarray[tuple[int], np.dtype[np.bool_]]
    horizon: float
    first: int

    def rows(self) -> Iterator[TimeRow]:
        """Each event, in order of time."""
        start = datetime.combine(date.fromordinal(self.first), datetime.min.time())
        for at, mark, drawn in zip(self.times.tolist(), self.marks.tolist(), self.drawn.tolist(), strict=True):
            moment = start + timedelta(seconds=round(at * 86400))
            yield TimeRow(self.names[mark], moment.isoformat(timespec="seconds"), drawn)


def split(
    table: EventTable, by: Split = "all", choose: Callable[[Event], bool] | None = None, *, most: int = MOST,
    least: float = 1, since: int | None = None, until: int | None = None, coarse: Coarse = "spread",
) -> dict[str, Series]:  # fmt: skip
    """The daily series of each name, the fullest first.

    An event with several actors (recipients, places) is in the series of each; one without any is in none. All series
    run over the same days. ``most`` and ``least`` bound how many series there are, and the events that each must have.
    Raises AnalysisError where no day or no event is left.
    """
    first = table.first if since is None else since
    last = table.last if until is None else until
    parts = _parts(table, by, lambda one: one.last >= first and one.first <= last and (choose is None or choose(one)))
    found: dict[str, Series] = {}
    for name in _ranked(parts):
        own = daily(replace(table, events=tuple(parts[name])), since=since, until=until, coarse=coarse, name=name)
        if own.events >= max(least, 1e-9):
            found[name] = own
        if len(found) == most:
            break
    if not found:
        raise AnalysisError(_none_left(by))
    return dict(sorted(found.items(), key=lambda item: (-item[1].events, item[0])))


def split_times(
    table: EventTable, by: Split = "all", choose: Callable[[Event], bool] | None = None, *, most: int = MOST,
    seed: int = 1,
) -> Moments:  # fmt: skip
    """The moments of the events of each name, the fullest first; those that are not known are drawn.

    Raises AnalysisError where no event is left.
    """
    parts = _parts(table, by, choose)
    ranked = _ranked(parts)[:most]
    if not ranked:
        raise AnalysisError(_none_left(by))
    drawn = [moments(replace(table, events=tuple(parts[name])), seed=seed + at) for at, name in enumerate(ranked)]
    times = np.concatenate([one for one, _ in drawn])
    marks = np.repeat(np.arange(len(ranked)), [len(one) for one, _ in drawn])
    order = np.argsort(times, kind="stable")
    guessed = np.concatenate([one for _, one in drawn])[order]
    horizon = float(table.last - table.first + 1)
    return Moments(tuple(ranked), times[order], marks[order].astype(np.intp), guessed, horizon, table.first)


def periods(series: Series, by: Period = "day") -> Iterator[PeriodRow]:
    """The series by day, week from Monday, or month; the first and last may be shorter."""
    edges = [0, *(at for at in range(1, len(series)) if _begins(series.first + at, by)), len(series)]
    for begin, end in pairwise(edges):
        seen = series.observed[begin:end]
        watched = int(seen.sum())
        count = round(float(series.counts[begin:end][seen].sum()), 6) if watched else None
        effort = None if series.effort is None else round(float(series.effort[begin:end].sum()), 6)
        yield PeriodRow(series.name, series.at(begin), series.at(end - 1), count, watched, effort)


def _begins(day: int, by: Period) -> bool:
    if by == "day":
        return True
    # The ordinal 1 is a Monday.
    return day % 7 == 1 if by == "week" else date.fromordinal(day).day == 1


def _parts(table: EventTable, by: Split, choose: Callable[[Event], bool] | None) -> Mapping[str, list[Event]]:
    if by not in SPLITS:
        raise AnalysisError(f"{by!r} is nothing to split by: choose one of {', '.join(SPLITS)}")
    found: dict[str, list[Event]] = defaultdict(list)
    for event in table.events:
        if choose is None or choose(event):
            for name in dict.fromkeys(_names(event, by)):
                found[name].append(event)
    return found


def _ranked(parts: Mapping[str, list[Event]]) -> list[str]:
    return sorted(parts, key=lambda name: (-sum(one.count for one in parts[name]), name))


def _names(event: Event, by: Split) -> Iterator[str]:
    if by == "all":
        yield _EVERYTHING
    elif by == "actor":
        yield from event.actors
    elif by == "recipient":
        yield from event.recipients
    elif by == "place":
        yield from event.places
    elif by == "type":
        if event.type:
            yield event.type
    else:
        # As in the provocation matrix: who acts, an arrow, against whom.
        yield from (f"{actor} → {other}" for actor in event.actors for other in event.recipients if actor != other)


def _none_left(by: Split) -> str:
    if by == "all":
        return "no event is left: look at the actor, type, place and dates asked for, or whether all counts are 0"
    named = f"an {by}" if by == "actor" else f"a {by}"
    return f"no event is left that names {named}: look at what was asked for, or split by something else"
