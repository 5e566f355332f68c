"""The casebook's incidents as a table of events: what may be asked about, and the daily series that is asked about."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterable
from datetime import date
from threading import Event, Lock, Thread
from typing import Final

from starlette.exceptions import HTTPException

from marsad.analysis.events import Choose, EventTable
from marsad.analysis.fromcasebook import casebook_events
from marsad.analysis.series import daily
from marsad.casebook import Casebook
from marsad.errors import AnalysisError, MarsadError
from marsad.records import Json

__all__ = ["Events", "choices", "series_data"]

_MOST_NAMED: Final = 300
_MOMENT: Final = 0.3
"""Seconds for which a request waits for a table that is being made: a small casebook's is there by then."""
_PATIENCE: Final = 30.0
_FEWEST: Final = 8
"""Incidents below which hardly anything can be told."""


class Events:
    """The table of the casebook at ``path``, made in the background whenever its incidents have changed."""

    def __init__(self, path: str) -> None:
        self._path, self._lock, self._ready = path, Lock(), Event()
        self._of = -1
        self._table: EventTable | None = None
        self._wrong: str | None = None
        self._worker: Thread | None = None

    def table(self, of: int) -> tuple[EventTable | None, bool, str | None]:
        """The table, whether it is that of ``of`` (a number of the incidents' state), and why there is none."""
        with self._lock:
            if self._of != of and self._worker is None:
                self._ready.clear()
                self._worker = Thread(target=self._make, args=(of,), daemon=True)
                self._worker.start()
        self._ready.wait(_MOMENT)
        with self._lock:
            return self._table, self._of == of, self._wrong

    def _make(self, of: int) -> None:
        table, wrong = None, None
        try:
            with Casebook(self._path, write=False, patience=_PATIENCE) as casebook:
                table = casebook_events(casebook)
        except MarsadError as error:
            wrong = str(error)
        except Exception:
            traceback.print_exc()
            wrong = "the incidents could not be counted: the terminal of 'marsad serve' says why"
        with self._lock:
            self._of, self._table, self._wrong, self._worker = of, table, wrong, None
        self._ready.set()


def choices(table: EventTable | None) -> Json:
    """Who, what and where there is to be asked about, the most frequent first, and from when to when."""
    events = table.events if table is not None else ()
    return {
        "incidents": len(events), "undated": table.undated if table is not None else 0,
        "exact": sum(event.exact for event in events), "fewest": _FEWEST,
        "first": _iso(table.first) if table is not None else None,
        "last": _iso(table.last) if table is not None else None,
        "actors": _named(name for event in events for name in set(event.actors)),
        "recipients": _named(name for event in events for name in set(event.recipients)),
        "types": _named(event.type for event in events if event.type),
        "places": _named(name for event in events for name in set(event.places)),
    }  # fmt: skip


def series_data(table: EventTable, choose: Choose, since: int | None, until: int | None) -> Json:
    """The daily counts of what is chosen. Raises AnalysisError where no day is left, HTTPException for too many."""
    first, last = table.first if since is None else since, table.last if until is None else until
    if last - first > 150 * 366:
        raise HTTPException(400, "more than 150 years: give other dates")
    try:
        series = daily(table, choose, since=since, until=until, name="incidents")
    except AnalysisError as error:
        raise HTTPException(400, str(error)) from None
    return {
        "first": _iso(series.first), "last": _iso(series.last), "incidents": series.events, "spread": series.coarse,
        "words": choose.words, "counts": [round(count, 3) for count in series.counts.tolist()],
        "missing": [day for day, seen in enumerate(series.observed.tolist()) if not seen],
    }  # fmt: skip


def _named(names: Iterable[str]) -> list[list[str | int]]:
    return [[name, count] for name, count in Counter(names).most_common(_MOST_NAMED)]


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
