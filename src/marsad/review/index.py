"""The events of a casebook, kept in memory for the queue and brought up to date when the file has changed."""

from __future__ import annotations

import gc
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, Final

import apsw

from marsad.casebook.connection import connect, plain_errors
from marsad.casebook.corrected import PUBLISHED, TITLE
from marsad.decisions import Decision, applied
from marsad.errors import CasebookError, RecordError
from marsad.records import Record
from marsad.review.columns import Columns, empty
from marsad.review.items import Item, ReportHead, items_of
from marsad.review.states import states_of

__all__ = ["Index", "Snapshot"]

_HEADS: Final = f"""
    SELECT reports.number, reports.id, {TITLE}, {PUBLISHED},
      CASE WHEN json_valid(reports.source) THEN reports.source ->> '$.name' END, root.id, origins.kind, source_of.id
    FROM reports LEFT JOIN records ON records.report = reports.number AND records.shown = 1
    LEFT JOIN origins ON origins.report = reports.number
    LEFT JOIN reports AS root ON root.number = origins.origin
    LEFT JOIN reports AS source_of ON source_of.number = origins.of
    {{}} ORDER BY reports.number
"""
_OF_SOME: Final = "WHERE reports.number IN (SELECT value FROM json_each(?))"
_MANY: Final = 5000
_RECORD: Final = """
    SELECT json, text FROM records JOIN reports ON reports.number = report WHERE report = ? AND current = 1
"""
_NOW: Final = "SELECT coalesce(max(at), 0) FROM changed WHERE what = 'report'"
_CHANGED: Final = """
    SELECT number FROM changed WHERE what = 'report' AND at > ?
    UNION SELECT number FROM reports WHERE id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The casebook's events at one moment, in the order in which their reports were added, and all decisions."""

    heads: dict[str, ReportHead]
    items: Sequence[Item]
    by_report: dict[str, tuple[Item, ...]]
    origins: int
    decisions: list[Decision]
    changes: int
    """Goes up with every record or decision that is new."""
    columns: Columns = field(default_factory=empty)


class Index:
    """Holds the latest :class:`Snapshot` of the casebook at ``path``; may be asked from several threads.

    Raises CasebookError where the casebook cannot be read.
    """

    def __init__(self, path: str) -> None:
        self._path, self._lock = path, Lock()
        self._db = connect(path, create=False, write=False, patience=10.0)
        self._version: int | None = None
        self._as_of: int | None = None
        self._heads: dict[int, ReportHead] = {}
        self._roots = 0
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
        """Read what is new since the last time: the casebook notes which reports have changed."""
        db = self._db
        db.execute("BEGIN")
        try:
            now = int(db.execute(_NOW).get)
            said = self._learn(db)
            rows: Any
            if self._as_of is None:
                wanted = None
            else:
                rows = db.execute(_CHANGED, (self._as_of, json.dumps(sorted(said))))
                wanted = json.dumps([number for (number,) in rows])
            if wanted is None:
                rows = db.execute(_HEADS.format("")).fetchall()
            else:
                rows = db.execute(_HEADS.format(_OF_SOME), (wanted,)).fetchall()
            heads: dict[int, ReportHead] = {number: ReportHead(*rest) for number, *rest in rows}
            made = {number: self._read_items(db, number, head) for number, head in heads.items()}
        finally:
            db.execute("ROLLBACK")
        self._as_of = now
        for number, head in heads.items():
            was = self._heads.get(number)
            self._roots += _is_root(head) - (was is not None and _is_root(was))
        self._heads.update(heads)
        before = self._snapshot
        if not made:
            return replace(before, decisions=list(self._decisions))
        known = {head.id: head for head in heads.values()}
        own = {heads[number].id: items for number, items in made.items() if items is not None}
        if len(own) > _MANY:
            # These stay: the interpreter need not go through them whenever it looks for what is no longer used.
            gc.freeze()
        columns = before.columns.changed(own, {report: known[report].origin for report in own})
        return Snapshot(
            {**before.heads, **known}, columns.items, {**before.by_report, **own},
            self._roots, list(self._decisions), before.changes + 1, columns,
        )  # fmt: skip

    def _learn(self, db: apsw.Connection) -> set[str]:
        """Read the decisions that are new, none is ever changed; the reports that they are about."""
        about: set[str] = set()
        last = (self._decisions[-1].number or 0) if self._decisions else 0
        rows: Any = db.execute("SELECT number, data, hash FROM decisions WHERE number > ? ORDER BY number", (last,))
        for number, data, mark in rows:
            one = Decision.from_json({**json.loads(data), "number": number, "hash": mark})
            self._decisions.append(one)
            for report in one.target.reports:
                self._about.setdefault(report, []).append(one)
            about.update(one.target.reports)
        return about

    def _read_items(self, db: apsw.Connection, report: int, head: ReportHead) -> tuple[Item, ...] | None:
        """The events of a report; None where it has no record."""
        row: Any = db.execute(_RECORD, (report,)).fetchone()
        if row is None:
            return None
        try:
            data, text = json.loads(row[0]), row[1]
            about = self._about.get(head.id)
            if not about:
                return tuple(items_of(head, text, data))
            decided, states = states_of(applied(Record.from_json({**data, "text": text}), about), about)
            return tuple(items_of(head, text, decided.to_json(), states))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, RecordError):
            raise CasebookError(f"{self._path} is damaged: the record of {head.id!r} is not well formed") from None


def _is_root(head: ReportHead) -> bool:
    return head.origin == head.id
