"""Series of counts in time, made of events: daily, in stretches of days, or as exact times.

An event whose day is not known exactly ("in June") is spread: each day of its range gets an equal share of it. These
are expected counts. Drawing a day for it again and again (multiple imputation) gives the same mean; its further
uncertainty is small beside that of the background, and the sums over weeks and half years that are compared hardly
depend on it. Spreading never makes a change where there is none; where ranges reach over a turning point it makes a
change look smaller, which the sensitivity table shows by putting all such events at the beginning and at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from marsad.analysis.events import Event, EventTable
from marsad.analysis.latent import Bools, Floats
from marsad.errors import AnalysisError

__all__ = ["Coarse", "DayRow", "Series", "daily", "exact_times"]

Coarse = Literal["spread", "first", "last", "drop"]
"""What becomes of events whose day is not known: shares of each day, the first day, the last one, left out."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a series; ``events`` is None where nothing is known of the day."""

    date: str
    events: float | None
    effort: float | None


@dataclass(frozen=True)
class Series:
    """Counts a day from ``first`` (an ordinal) on. ``observed`` is False on days of which nothing is known.

    ``effort`` is the reporting of each day, None where it is not known. ``events`` are how many events there are,
    ``coarse`` how many of them are spread over several days.
    """

    first: int
    counts: Floats
    observed: Bools
    effort: Floats | None = None
    name: str = "events"
    events: float = 0.0
    coarse: float = 0.0

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def last(self) -> int:
        """The ordinal of the last day."""
        return self.first + len(self.counts) - 1

    def at(self, index: int) -> str:
        """The ISO date of a day by its place in the series."""
        return date.fromordinal(self.first + index).isoformat()

    def rows(self) -> Iterator[DayRow]:
        """Its days, as rows of a table."""
        for day in range(len(self)):
            events = round(float(self.counts[day]), 6) if self.observed[day] else None
            yield DayRow(self.at(day), events, None if self.effort is None else float(self.effort[day]))

    def once_a_day(self) -> Series:
        """Days with at least one event as ones: what is left of the counts when all ties are one."""
        return replace(self, counts=np.minimum(self.counts, 1.0), name=f"days with {self.name}")


def daily(
    table: EventTable, choose: Callable[[Event], bool] | None = None, *,
    since: int | None = None, until: int | None = None, coarse: Coarse = "spread", name: str = "events",
) -> Series:  # fmt: skip
    """The daily series of the events that are chosen.

    It runs over the days that the whole table was kept, or from ``since`` to ``until``: what lies beyond the table's
    last event counts as watched when ``until`` says so. Raises AnalysisError where no day or no event is left.
    """
    first = table.first if since is None else since
    last = table.last if until is None else until
    if last < first:
        raise AnalysisError(
            f"no day is left between {date.fromordinal(first)} and {date.fromordinal(last)}: give other dates"
        )
    counts, total, vague = np.zeros(last - first + 1), 0.0, 0.0
    for event in table.events:
        if event.last < first or event.first > last or (choose is not None and not choose(event)):
            continue
        if not event.exact:
            vague += event.count
            if coarse == "drop":
                continue
        begin, end = event.first, event.last
        if coarse == "first":
            end = begin
        elif coarse == "last":
            begin = end
        low, high = max(begin, first), min(end, last)
        if low <= high:
            counts[low - first : high - first + 1] += event.count / (end - begin + 1)
            total += event.count
    observed = np.ones(len(counts), dtype=bool)
    for day in table.missing:
        if first <= day <= last:
            observed[day - first] = False
    counts[~observed] = 0.0
    effort = None
    if table.effort:
        effort = np.array([table.effort.get(day, 0.0) for day in range(first, last + 1)])
    return Series(first, counts, observed, effort, name, total, vague)


def exact_times(
    table: EventTable, choose: Callable[[Event], bool] | None = None, *, seed: int = 1
) -> tuple[Floats, float]:
    """Sorted times of the chosen events in days since the table's first day, and the share of them that was drawn.

    A time of day that is not known is drawn evenly from the days that the event may have been on.
    """
    draw, times, drawn = np.random.default_rng(seed), [], 0
    for event in table.events:
        if choose is not None and not choose(event):
            continue
        for _ in range(round(event.count)):
            if event.moment is not None and event.exact:
                times.append(event.first - table.first + event.moment)
            else:
                drawn += 1
                times.append(event.first - table.first + draw.uniform(0, event.last - event.first + 1))
    return np.sort(np.array(times)), drawn / max(1, len(times))
