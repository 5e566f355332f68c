"""Tellings in the casebook's tables: each claim with what comparing it needs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, Final, get_type_hints

import apsw

from marsad.casebook.packing import packed, unpacker
from marsad.errors import CasebookError
from marsad.incidents import Telling
from marsad.incidents.placing import Spot
from marsad.incidents.timing import Days
from marsad.incidents.wording import Wording

__all__ = ["TableTellings", "days_of", "spot_of"]

_REMEMBERED: Final = 4096
"""Tellings, about 6 KiB each, that are remembered from one report to the next."""
_NAMES: Final = tuple(field.name for field in fields(Telling))
_APART: Final = ("time", "spot", "wording")
"""Fields that stand in columns of their own."""
_OWN: Final = tuple(name for name in _NAMES if name not in _APART)
_HINTS: Final = get_type_hints(Telling)
_NO_WORDS: Final[frozenset[str]] = frozenset()

_FACTS: Final = """
    SELECT tellings.number, facts, days, spot, reports.id, coalesce(root.id, reports.id), tellings.report FROM tellings
    JOIN reports ON reports.number = tellings.report
    LEFT JOIN origins ON origins.report = tellings.report LEFT JOIN reports AS root ON root.number = origins.origin
    WHERE tellings.number IN (SELECT value FROM json_each(?))
"""
_WORDS: Final = "SELECT telling, data FROM telling_words WHERE telling IN (SELECT value FROM json_each(?))"
_ABOUT: Final = "SELECT report, about FROM telling_reports WHERE report IN (SELECT value FROM json_each(?))"
_DAMAGE: Final = (TypeError, ValueError, LookupError, AttributeError, RecursionError)


class TableTellings:
    """Tellings by number. A number is never used for another telling, so that what was fetched may be remembered in
    ``known``, from one transaction to the next unless one is rolled back; but for the origin, which may change."""

    def __init__(self, db: apsw.Connection, known: dict[int, Telling]) -> None:
        self._db = db
        self._known = known

    def keep(self, telling: Telling) -> int:
        """Keep a telling, as an incident of its own; its number. ``keep_report`` is to be called for its report too."""
        number = int(
            self._db.execute(
                """INSERT INTO tellings (report, claim, incident, span_start, span_end, days, spot, facts)
                   VALUES ((SELECT number FROM reports WHERE id = ?), ?, 0, ?, ?, ?, ?, ?) RETURNING number""",
                (
                    telling.report, telling.claim, *telling.passage, telling.time and _json(telling.time),
                    telling.spot and _json(telling.spot), _facts_json(telling),
                ),
            ).get
        )  # fmt: skip
        self._db.execute("UPDATE tellings SET incident = number WHERE number = ?", (number,))
        words = _json(replace(telling.wording, about={}))
        self._db.execute("INSERT INTO telling_words VALUES (?, ?)", (number, words))
        self._known[number] = telling
        return number

    def keep_report(self, report: int, tellings: Sequence[Telling]) -> None:
        """Keep what the tellings of a report have in common."""
        if tellings:
            about = json.dumps(dict(tellings[0].wording.about), ensure_ascii=False, separators=(",", ":"))
            self._db.execute("INSERT OR REPLACE INTO telling_reports VALUES (?, ?)", (report, about))

    def fetch(self, number: int) -> Telling:
        """The telling of this number. Its origin may be the one that its report had some time ago."""
        if number not in self._known:
            self.look([number])
        return self._known[number]

    def look(self, numbers: Iterable[int]) -> None:
        """Fetch several at once."""
        wanted = [number for number in numbers if number not in self._known]
        if not wanted:
            return
        asked = json.dumps(wanted)
        rows: list[Any] = self._db.execute(_FACTS, (asked,)).fetchall()
        pairs: Any = self._db.execute(_WORDS, (asked,))
        words: dict[int, Any] = dict(pairs)
        reports = json.dumps(sorted({row[6] for row in rows}))
        pairs = self._db.execute(_ABOUT, (reports,))
        abouts: dict[int, Any] = dict(pairs)
        about_of: dict[int, Any] = {}
        for number, *row, report in rows:
            with _readable(number):
                if report not in about_of:
                    about_of[report] = _terms(json.loads(abouts[report]))
                wording = _wording(json.loads(words[number]))
                self._known[number] = _telling(row, replace(wording, about=about_of[report]))
        for number in wanted:
            if number not in self._known:
                raise CasebookError(f"the casebook is damaged: it has no claim number {number}")

    def shown(self, numbers: Sequence[int]) -> list[Telling]:
        """Tellings with the origins that their reports have now, and of their words only the trigger: for showing."""
        rows: dict[int, Any] = {row[0]: row[1:6] for row in self._db.execute(_FACTS, (json.dumps(list(numbers)),))}
        found = []
        for number in numbers:
            with _readable(number):
                found.append(_telling(rows[number], None))
        return found

    def moved(self, number: int, origin: str) -> None:
        """Nothing: the origin is looked up when a telling is to be shown."""

    def forget(self, number: int) -> None:
        """Take a telling out, with all that was found of it and others."""
        self._known.pop(number, None)
        self._db.execute("DELETE FROM telling_pairs WHERE one = ?", (number,))
        self._db.execute("DELETE FROM telling_pairs WHERE other = ?", (number,))
        self._db.execute("DELETE FROM telling_words WHERE telling = ?", (number,))
        self._db.execute("DELETE FROM tellings WHERE number = ?", (number,))

    def trim(self) -> None:
        """Forget the older half of what is remembered, where that is much."""
        if len(self._known) > _REMEMBERED:
            for number in list(self._known)[: len(self._known) - _REMEMBERED // 2]:
                del self._known[number]


@contextmanager
def _readable(number: int) -> Iterator[None]:
    """Say in one line which claim cannot be read."""
    try:
        yield
    except _DAMAGE:
        raise CasebookError(f"the casebook is damaged: its claim number {number} cannot be read") from None


_wording = unpacker(Wording)
_terms = unpacker(get_type_hints(Wording)["about"])
_makers = tuple((name, unpacker(_HINTS[name])) for name in _OWN)


def _json(value: Any) -> str:
    return json.dumps(packed(value), ensure_ascii=False, separators=(",", ":"))


def _facts_json(telling: Telling) -> str:
    """All of a telling but when, where and its words; of these the trigger."""
    return _json([*(getattr(telling, name) for name in _OWN), telling.wording.trigger])


def _telling(row: Sequence[Any], wording: Wording | None) -> Telling:
    facts, days, spot, report, origin = row
    *own, trigger = json.loads(facts)
    made = {name: make(one) for (name, make), one in zip(_makers, own, strict=True)}
    if wording is None:
        if type(trigger) is not str:
            raise TypeError(trigger)
        wording = _bare(trigger)
    made.update(report=report, origin=origin, time=days_of(days), spot=spot_of(spot), wording=wording)
    return Telling(**made)


@lru_cache(4096)
def _bare(trigger: str) -> Wording:
    return Wording(trigger, _NO_WORDS, _NO_WORDS, _NO_WORDS, 0.0, {}, {}, {}, _NO_WORDS, _NO_WORDS)


@lru_cache(4096)
def days_of(data: str | None) -> Days | None:
    """The days that a column holds; TypeError, ValueError or LookupError for what are none."""
    made: Days | None = None if data is None else unpacker(Days)(json.loads(data))
    return made


@lru_cache(4096)
def spot_of(data: str | None) -> Spot | None:
    """The place that a column holds; TypeError, ValueError or LookupError for what is none."""
    made: Spot | None = None if data is None else unpacker(Spot)(json.loads(data))
    return made
