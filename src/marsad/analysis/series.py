"""Series of counts in time, made of events: daily, in stretches of days, or as exact times.

An event whose day is not known exactly ("in June") is spread: each day of its range gets an equal share of it. These
are expected counts. ``imputed`` draws a day for it again and again instead (multiple imputation): the same mean, and
what is not known of the days enters the uncertainty. Neither makes a change where there is none; where ranges reach
over a turning point both make a change look smaller, which the sensitivity table shows by putting all such events at
the beginning and at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

import numpy as np

from marsad.analysis.events import Event, EventTable
from marsad.analysis.latent import Bools, Floats
from marsad.errors import AnalysisError

__all__ = ["Coarse", "DayRow", "Echoed", "Series", "daily", "exact_times", "imputed", "moments"]

Coarse = Literal["spread", "first", "last", "drop"]
"""What becomes of events whose day is not known: shares of each day, the first day, the last one, left out."""
_MOST_ECHOED: Final = 3


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a series; ``events`` is None where nothing is known of the day."""

    date: str
    events: float | None
    effort: float | None


@dataclass(frozen=True)
class Echoed:
    """Another series that this one may answer, on the same days: cross-excitation."""

    name: str
    counts: Floats
    observed: Bools


@dataclass(frozen=True)
class Series:
    """Counts a day from ``first`` (an ordinal) on. ``observed`` is False on days of which nothing is known.

    ``effort`` is the reporting of each day, None where it is not known. ``events`` are how many events there are,
    ``coarse`` how many of them are spread over several days. ``echoes`` are other series that it may answer. ``whole``
    are the counts with all of a spread event on the last of its days, None where none is: no share of an event begets
    another share of it.
    """

    first: int
    counts: Floats
    observed: Bools
    effort: Floats | None = None
    name: str = "events"
    events: float = 0.0
    coarse: float = 0.0
    echoes: tuple[Echoed, ...] = ()
    whole: Floats | None = None

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

    def part(self, begin: int, end: int) -> Series:
        """The days from place ``begin`` to before ``end``."""
        kept = slice(begin, end)
        echoes = tuple(Echoed(one.name, one.counts[kept], one.observed[kept]) for one in self.echoes)
        effort = None if self.effort is None else self.effort[kept]
        whole = None if self.whole is None else self.whole[kept]
        return replace(self, first=self.first + begin, counts=self.counts[kept], observed=self.observed[kept],
                       effort=effort, echoes=echoes, whole=whole)  # fmt: skip

    def echoing(self, *others: Series) -> Series:
        """The same series as one whose events may answer those of others, besides its own.

        Raises AnalysisError where another does not have the same days, has no event, or there are more than three.
        """
        if len(others) > _MOST_ECHOED:
            raise AnalysisError(
                f"{len(others)} series to be answered: {_MOST_ECHOED} are the most that can be told apart"
            )
        for other in others:
            if (other.first, len(other)) != (self.first, len(self)):
                raise AnalysisError(
                    f"{other.name} is counted on other days: give all series the same first and last day"
                )
            if other.counts[other.observed].sum() <= 0:
                raise AnalysisError(f"there is no event to answer: {other.name} is empty")
        return replace(self, echoes=tuple(Echoed(one.name, one.counts, one.observed) for one in others))

    def once_a_day(self) -> Series:
        """Days with at least one event as ones: what is left of the counts when all ties are one."""
        whole = None if self.whole is None else np.minimum(self.whole, 1.0)
        return replace(self, counts=np.minimum(self.counts, 1.0), whole=whole, name=f"days with {self.name}")


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
    whole, spread = np.zeros(last - first + 1), False
    for event in _within(table, choose, first, last):
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
            share = event.count / (end - begin + 1)
            counts[low - first : high - first + 1] += share
            total += event.count
            spread |= begin < end
            if high == end:
                whole[high - first] += share * (high - low + 1)
    observed = np.ones(len(counts), dtype=bool)
    for day in table.missing:
        if first <= day <= last:
            observed[day - first] = False
    counts[~observed] = 0.0
    whole[~observed] = 0.0
    effort = None
    if table.effort:
        effort = np.array([table.effort.get(day, 0.0) for day in range(first, last + 1)])
    return Series(first, counts, observed, effort, name, total, vague, (), whole if spread else None)


def imputed(
    table: EventTable, choose: Callable[[Event], bool] | None = None, *, draws: int = 20, seed: int = 1,
    since: int | None = None, until: int | None = None, name: str = "events",
) -> list[Series]:  # fmt: skip
    """The daily series so many times, each with a day drawn for every event whose day is not known.

    A day is drawn evenly from the event's range; of several events in one row each gets its own. The same ``seed``
    gives the same draws. Raises AnalysisError as ``daily`` does, and for fewer than two draws.
    """
    if draws < 2:
        raise AnalysisError("multiple imputation needs two draws or more; 20 are usual")
    exact = daily(table, choose, since=since, until=until, coarse="drop", name=name)
    vague = [event for event in _within(table, choose, exact.first, exact.last) if not event.exact]
    generator, found = np.random.default_rng(seed), []
    for _ in range(draws):
        counts = exact.counts.copy()
        for event in vague:
            days = event.last - event.first + 1
            whole = int(event.count)
            at = generator.integers(0, days, size=whole + 1) + event.first - exact.first
            inside = (at >= 0) & (at < len(counts))
            shares = np.append(np.ones(whole), event.count - whole)
            np.add.at(counts, at[inside], shares[inside])
        counts[~exact.observed] = 0.0
        found.append(replace(exact, counts=counts, events=float(counts.sum())))
    return found


def _within(
    table: EventTable, choose: Callable[[Event], bool] | None, first: int, last: int
) -> Iterator[Event]:  # fmt: skip
    for event in table.events:
        if event.last >= first and event.first <= last and (choose is None or choose(event)):
            yield event


def exact_times(
    table: EventTable, choose: Callable[[Event], bool] | None = None, *, seed: int = 1
) -> tuple[Floats, float]:
    """Sorted times of the chosen events in days since the table's first day, and the share of them that was drawn."""
    times, drawn = moments(table, choose, seed=seed)
    return times, float(drawn.sum()) / max(1, len(times))


def moments(
    table: EventTable, choose: Callable[[Event], bool] | None = None, *, seed: int = 1
) -> tuple[Floats, Bools]:  # fmt: skip
    """Sorted times of the chosen events in days since the table's first day, and which of them were drawn.

    A time of day that is not known is drawn evenly from the days that the event may have been on.
    """
    draw, times, drawn = np.random.default_rng(seed), [], []
    for event in table.events:
        if choose is not None and not choose(event):
            continue
        for _ in range(round(event.count)):
            known = event.moment is not None and event.exact
            inside = event.moment if known and event.moment is not None else (
                draw.uniform(0, event.last - event.first + 1)
            )  # fmt: skip
            times.append(event.first - table.first + inside)
            drawn.append(not known)
    order = np.argsort(np.array(times), kind="stable")
    return np.array(times, dtype=np.float64)[order], np.array(drawn, dtype=bool)[order]
