"""The events of a casebook, kept in memory for the queue and brought up to date when the file has changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import apsw

from marsad.casebook.connection import connect, plain_errors
from marsad.decisions import Decision, applied
from marsad.errors import CasebookError, RecordError
from marsad.records import Record
from marsad.review.items import Item, ReportHead, items_of
from marsad.review.states import states_of

__all__ = ["Index", "Snapshot"]

_HEADS: Final = """
    SELECT reports.number, reports.id, reports.title, reports.published,
      CASE WHEN json_valid(reports.source) THEN reports.source ->> '$.name' END, root.id, origins.kind, source_of.id
    FROM reports LEFT JOIN origins ON origins.report = reports.number
    LEFT JOIN reports AS root ON root.number = origins.origin
    LEFT JOIN reports AS source_of ON source_of.number = origins.of ORDER BY reports.number
"""
_CURRENT: Final = "SELECT report, number, run, octet_length(json) FROM records WHERE current = 1"
"""A record's number and size tell it from any other of its report, without reading it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The casebook's events at one moment, in the order in which their reports were added, and all decisions."""

    heads: dict[str, ReportHead]
    items: list[Item]
    by_report: dict[str, tuple[Item, ...]]
    origins: int
    decisions: list[Decision]
    changes: int
    """Goes up with every record or decision that is new."""


class Index:
    """Holds the latest :class:`Snapshot` of the casebook at ``path``; may be asked from several threads.

    Raises CasebookError where the casebook cannot be read.
    """

    def __init__(self, path: str) -> None:
        self._path, self._lock = path, Lock()
        self._db = connect(path, create=False, write=False, patience=10.0)
        self._version: int | None = None
        self._made: dict[int, tuple[tuple[int, ...], ReportHead, tuple[Item, ...]]] = {}
        self._decisions: list[Decision] = []
        self._about: dict[str, list[Decision]] = {}
        self._snapshot = Snapshot({}, [], {}, 0, [], 0)

    def snapshot(self) -> Snapshot:
        """The events as they are in the file now."""
        with self._lock, plain_errors(self._path):
            version = self._db.pragma("data_version")
            if version != self._version:
                self._snapshot = self._read()
                self._version = version
            return self._snapshot

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def _read(self) -> Snapshot:
        db = self._db
        db.execute("BEGIN")
        try:
            heads = {number: ReportHead(*rest) for number, *rest in db.execute(_HEADS)}
            keys: dict[int, Any] = {report: tuple(key) for report, *key in db.execute(_CURRENT)}
            self._learn(db)
            made = {}
            for report, head in heads.items():
                if report not in keys:
                    continue
                key = (*keys[report], len(self._about.get(head.id, ())))
                before = self._made.get(report)
                if before is None or before[:2] != (key, head):
                    before = (key, head, self._items(db, key[0], head))
                made[report] = before
        finally:
            db.execute("ROLLBACK")
        changed = made.keys() != self._made.keys() or any(one is not self._made[report] for report, one in made.items())
        self._made = made
        known = {head.id: head for head in heads.values()}
        origins = sum(head.origin == head.id for head in known.values())
        items = [item for _, _, items in made.values() for item in items]
        by_report = {head.id: own for _, head, own in made.values()}
        return Snapshot(known, items, by_report, origins, list(self._decisions), self._snapshot.changes + changed)

    def _learn(self, db: apsw.Connection) -> None:
        """Read the decisions that are new; none is ever changed."""
        last = (self._decisions[-1].number or 0) if self._decisions else 0
        rows: Any = db.execute("SELECT number, data, hash FROM decisions WHERE number > ? ORDER BY number", (last,))
        for number, data, mark in rows:
            one = Decision.from_json({**json.loads(data), "number": number, "hash": mark})
            self._decisions.append(one)
            for report in one.target.reports:
                self._about.setdefault(report, []).append(one)

    def _items(self, db: apsw.Connection, record: int, head: ReportHead) -> tuple[Item, ...]:
        row: Any = db.execute(
            "SELECT json, text FROM records JOIN reports ON reports.number = report WHERE records.number = ?", (record,)
        ).fetchone()
        try:
            data, text = json.loads(row[0]), row[1]
            about = self._about.get(head.id)
            if not about:
                return tuple(items_of(head, text, data))
            decided, states = states_of(applied(Record.from_json({**data, "text": text}), about), about)
            return tuple(items_of(head, text, decided.to_json(), states))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, RecordError):
            raise CasebookError(f"{self._path} is damaged: the record of {head.id!r} is not well formed") from None
