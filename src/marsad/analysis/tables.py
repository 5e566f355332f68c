"""Event tables: a plain table with a date on each row, ACLED's export, UCDP GED's export; from CSV or XLSX.

A plain table has a column ``date`` and may have ``end``, ``precision``, ``count``, ``actor``, ``recipient``, ``type``,
``place``, ``effort`` and ``certainty`` (certain, probable, possible, or a share from 0 to 1). A date may be a day, a
month ("2004-06") or a year, or have a time of day.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from marsad.analysis.cells import read_rows
from marsad.analysis.events import Event, EventTable
from marsad.analysis.spans import month_around, read_span, week_around, year_around
from marsad.errors import AnalysisError
from marsad.vocabulary import CERTAINTIES

__all__ = ["read_events"]

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("date", "event_date", "date_start", "start", "day", "time", "timestamp", "datetime"),
    "end": ("end", "date_end", "end_date"),
    "precision": ("precision", "date_prec", "time_precision"),
    "count": ("count", "events", "n"),
    "actor": ("actor", "actor1", "side_a", "source"),
    "recipient": ("recipient", "actor2", "side_b", "target"),
    "type": ("type", "sub_event_type", "event_type", "code", "type_of_violence"),
    "place": ("place", "location", "city", "where_coordinates"),
    "effort": ("effort", "reports", "origins"),
    "certainty": ("certainty", "event_clarity"),
}
_MORE: Final[Mapping[str, tuple[str, ...]]] = {
    "acled": ("assoc_actor_1", "assoc_actor_2", "admin1", "admin2", "country", "event_type"),
    "ucdp": ("adm_1", "adm_2", "country"),
}
"""Further columns of the two exports in which names are looked for."""
_LONGEST: Final = 150 * 366
"""Days that a table may span."""
_SURE: Final = 0.5
"""Share of certainty from which an event is taken as surely reported."""
_EMPTY: Final = frozenset({"", "na", "n/a", "nan", "none", "null", "."})
_DAY, _WEEK, _MONTH, _YEAR = "day", "week", "month", "year"
_WORDS: Final = {word: word for word in (_DAY, _WEEK, _MONTH, _YEAR)}
_PRECISIONS: Final[Mapping[str, Mapping[str, str]]] = {
    # What ACLED calls month-like is "some time in the month"; UCDP gives the first and last day themselves.
    "acled": {"1": _DAY, "2": _WEEK, "3": _MONTH},
    "ucdp": dict.fromkeys("12345", _DAY),
    "table": {"1": _DAY, "2": _WEEK, "3": _MONTH, "4": _YEAR, "exact": _DAY, **_WORDS},
}


def read_events(path: Path) -> EventTable:
    """The events of a table file.

    In a table with a count on each row, days that no row names are missing where the table also gives zeros or empty
    counts (then it lists the days it looked at); in all other tables they are days without an event. Rows without any
    date are left out and counted.

    Raises AnalysisError with the row and column of what cannot be read; OSError.
    """
    rows = read_rows(path)
    number, head = next(rows, (0, []))
    columns = _columns(path, head)
    kind = _kind(columns)
    at = _found(path, columns)
    table = _Table(path.name, kind, columns, at)
    for number, row in rows:
        if row[0].startswith("#") or (len(row) > 1 and row[1].startswith("#")):
            continue  # tags of the Humanitarian Exchange Language below the head
        table.add(number, row + [""] * (len(head) - len(row)))
    return table.done()


def _columns(path: Path, head: list[str]) -> dict[str, int]:
    names: dict[str, int] = {}
    for at, name in enumerate(head):
        names.setdefault(name.casefold().lstrip("#").replace(" ", "_"), at)
    if not names:
        raise AnalysisError(f"{path.name} is empty: give a table with a column 'date'")
    return names


def _kind(columns: Mapping[str, int]) -> str:
    if "event_date" in columns and ("sub_event_type" in columns or "event_id_cnty" in columns):
        return "acled"
    return "ucdp" if "date_start" in columns and "date_end" in columns else "table"


def _found(path: Path, columns: Mapping[str, int]) -> dict[str, int]:
    at = {}
    for field, names in _NAMES.items():
        name = next((name for name in names if name in columns), None)
        if name is not None:
            at[field] = columns[name]
    if "date" not in at:
        listed = ", ".join(list(columns)[:8])
        raise AnalysisError(f"{path.name} has no column 'date' (its columns: {listed[:200]}): name one so")
    return at


class _Table:
    """A table that is being read."""

    def __init__(self, name: str, kind: str, columns: Mapping[str, int], at: Mapping[str, int]) -> None:
        self._name, self._kind, self._at = name, kind, at
        if kind != "table":  # ACLED's "source" is a newspaper, UCDP's counts are of the dead
            self._at = {field: place for field, place in at.items() if field not in ("count", "effort")}
        self._more = [columns[name] for name in _MORE.get(kind, ()) if name in columns]
        self._more_names = [name for name in _MORE.get(kind, ()) if name in columns]
        self._heads = {place: head for head, place in columns.items()}
        self._events: list[Event] = []
        self._effort: dict[int, float] = {}
        self._named: set[int] = set()
        self._blank: set[int] = set()
        self._zeros = False
        self._ends: dict[str, tuple[int, int]] = {}
        self._undated = 0
        self._names: dict[str, str] = {}

    def add(self, number: int, row: list[str]) -> None:
        if row[self._at["date"]].casefold() in _EMPTY:
            self._undated += 1
            return
        first, last, moment = self._days(number, row)
        self._ends["first"] = min(self._ends.get("first", (first, number)), (first, number))
        self._ends["last"] = max(self._ends.get("last", (last, -number)), (last, -number))
        count = self._number(number, row, "count", 1.0)
        effort = self._number(number, row, "effort", None)
        if effort is not None:
            self._effort[first] = max(effort, self._effort.get(first, 0.0))
        if "count" in self._at:
            if count is None:
                self._blank.update(range(first, last + 1))
                return
            self._named.update(range(first, last + 1))
            if count == 0:
                self._zeros = True
                return
        actors, recipients, places, kinds = (self._cells(row, field) for field in ("actor", "recipient", "place",
                                                                                   "type"))  # fmt: skip
        for name, place in zip(self._more_names, self._more, strict=True):
            names = self._split(row[place])
            if name == "assoc_actor_2":
                recipients += names
            elif name == "assoc_actor_1":
                actors += names
            elif name == "event_type":
                kinds += names
            else:
                places += names
        self._events.append(
            Event(first, last, 1.0 if count is None else count, actors, recipients, " / ".join(kinds), places, moment,
                  number, self._sure(number, row))
        )  # fmt: skip

    def done(self) -> EventTable:
        """The table. Raises AnalysisError where it has no event."""
        if not self._events and not self._named:
            if self._blank:
                head = self._heads[self._at["count"]]
                raise AnalysisError(f"{self._name}: column {head} is empty in every row, so that no day was watched")
            raise AnalysisError(f"{self._name} has no row with a date below its head")
        days = [(one.first, one.last) for one in self._events] + [(day, day) for day in self._named | self._blank]
        first, last = min(day for day, _ in days), max(day for _, day in days)
        if last - first > _LONGEST:
            (day, row), (to, other) = self._ends["first"], self._ends["last"]
            raise AnalysisError(
                f"{self._name} spans more than 150 years, from {date.fromordinal(day)} (row {row}) to "
                f"{date.fromordinal(to)} (row {-other}): look for a wrong year"
            )
        missing: set[int] = set()
        if self._zeros or self._blank:
            missing = set(range(first, last + 1)) - self._named
        return EventTable(
            tuple(self._events), first, last, frozenset(missing), self._effort, self._undated, self._name, self._kind
        )  # fmt: skip

    def _wrong(self, number: int, field: str, what: str) -> AnalysisError:
        return AnalysisError(f"{self._name}, row {number}, column {self._heads[self._at[field]]}: {what}")

    def _days(self, number: int, row: list[str]) -> tuple[int, int, float | None]:
        text = row[self._at["date"]]
        found = read_span(text) if len(text) < 100 else None
        if found is None:
            raise self._wrong(
                number, "date", f"{text[:40]!r} is no date, or could be two: write it as 2020-07-04"
            )  # fmt: skip
        first, last, moment = found
        if (end := row[self._at["end"]] if "end" in self._at else "").casefold() not in _EMPTY:
            to = read_span(end) if len(end) < 100 else None
            if to is None:
                raise self._wrong(number, "end", f"{end[:40]!r} is no date: write it as 2020-07-04")
            if to[1] < first:
                raise self._wrong(number, "end", f"{end[:40]} is before {text[:40]}")
            last = max(to[1], first)
        given = row[self._at["precision"]] if "precision" in self._at else ""
        if given.casefold() not in _EMPTY:
            precision = _PRECISIONS[self._kind].get(given.casefold().removesuffix(".0"))
            if precision is None:
                known = ", ".join(_PRECISIONS[self._kind])
                raise self._wrong(number, "precision", f"{given[:40]!r} is none of {known}")
            around = {_WEEK: week_around, _MONTH: month_around, _YEAR: year_around}.get(precision)
            if around is not None:
                moment = None
                first, last = min(first, around(first)[0]), max(last, around(first)[1])
        if last - first > 3700:
            raise self._wrong(number, "date", "spans more than ten years")
        return first, last, moment

    def _number(self, number: int, row: list[str], field: str, default: float | None) -> float | None:
        if field not in self._at:
            return default
        text = row[self._at[field]]
        if text.casefold() in _EMPTY:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not 0 <= value <= 1e9:
            raise self._wrong(number, field, f"{text[:40]!r} is not a count of 0 or more")
        return value

    def _sure(self, number: int, row: list[str]) -> bool:
        """Whether an event is told as certain: UCDP's clarity 1, the word, or a share of a half or more."""
        text = row[self._at["certainty"]].casefold() if "certainty" in self._at else ""
        if text in _EMPTY:
            return True
        if self._kind == "ucdp":
            return text.removesuffix(".0") == "1"
        if text in CERTAINTIES:
            return text == CERTAINTIES[0]
        share = self._number(number, row, "certainty", 1.0) or 0.0
        if share > 1:
            raise self._wrong(number, "certainty", f"{text[:40]!r} is none of {', '.join(CERTAINTIES)}, nor 0 to 1")
        return share >= _SURE

    def _cells(self, row: list[str], field: str) -> tuple[str, ...]:
        return self._split(row[self._at[field]]) if field in self._at else ()

    def _split(self, text: str) -> tuple[str, ...]:
        """Names in one cell; equal ones are kept once, for a table has few names and many rows."""
        return tuple(self._names.setdefault(name, name) for name in _parts(text))


def _parts(text: str) -> Iterator[str]:
    for part in text.split(";"):
        if part.strip():
            yield part.strip()
