"""One report and its record as rows of the casebook's tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

import apsw

from marsad.casebook.filters import first_day, fold, last_day
from marsad.casebook.runs import Run
from marsad.records import Claim, EventPlace, EventTime, Passage, Record, Report, Toll

__all__ = ["content_key", "delete_record", "insert_record", "insert_report", "note_report", "run_id", "source_json"]

_OF_RECORD: Final = ("roles", "actors", "relations", "statements", "events", "times", "places")
"""The tables whose rows belong to a record, those that point to others of them first."""
_CHANGED: Final = """
    INSERT OR REPLACE INTO changed
    VALUES ('report', ?, coalesce((SELECT max(at) FROM changed WHERE what = 'report'), 0) + 1)
"""


def content_key(report: Report) -> bytes:
    """What makes two inputs the same report: text, title, date, and the source's name and address."""
    parts = (report.text, report.title, report.published, report.source.name, report.source.url)
    return hashlib.sha256(json.dumps(parts).encode("ascii")).digest()


def source_json(report: Report) -> str:
    """The report's source as a JSON object."""
    source = report.source
    return json.dumps(
        {"name": source.name, "url": source.url, "licence": source.licence, **source.extra}, ensure_ascii=False
    )


def run_id(db: apsw.Connection, run: Run, now: str) -> int:
    """The number of this run, which is entered if it is new."""
    key = (run.coder, run.version, run.fingerprint)
    found = db.execute("SELECT id FROM runs WHERE (coder, version, fingerprint) = (?, ?, ?)", key).get
    if found is None:
        db.execute("INSERT INTO runs (coder, version, fingerprint, started_at) VALUES (?, ?, ?, ?)", (*key, now))
        found = db.last_insert_rowid()
    return int(found)


def insert_report(
    db: apsw.Connection, report: Report, report_id: str, outcome: tuple[str, str | None], now: str
) -> int:
    """Enter a report that is not there yet, and its words into the full-text index; its number."""
    _insert(
        db, "reports",
        [(
            None, report_id, content_key(report), report.title, report.text, report.published, source_json(report),
            report.author, report.language, *outcome, now,
        )],
    )  # fmt: skip
    number = db.last_insert_rowid()
    db.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (number, report.title, report.text))
    return number


def note_report(db: apsw.Connection, number: int) -> None:
    """Let those that keep a list of reports know that this one, its record or its origin, is not what it was."""
    db.execute(_CHANGED, (number,))


def delete_record(db: apsw.Connection, number: int) -> None:
    """Take a record out, with its rows."""
    for table in _OF_RECORD:
        db.execute(f"DELETE FROM {table} WHERE record = ?", (number,))
    db.execute("DELETE FROM records WHERE number = ?", (number,))


def insert_record(
    db: apsw.Connection, report: int, run: int, record: Record, now: str, *, current: bool = True,
    shown: bool | None = None,
) -> None:  # fmt: skip
    """Enter a record that is not there yet, with the rows that the listings look through, as the current one or not.

    ``shown``: whether it is the one that is listed (None: where it is current).
    """
    data = record.to_json()
    del data["text"]
    if current:
        db.execute("UPDATE records SET current = 0 WHERE report = ? AND current = 1", (report,))
    listed = current if shown is None else shown
    if listed:
        db.execute("UPDATE records SET shown = 0 WHERE report = ? AND shown = 1", (report,))
        db.execute("INSERT OR IGNORE INTO untold VALUES (?)", (report,))
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    _insert(db, "records", [(None, report, run, int(current), words, now, int(listed))])
    number = db.last_insert_rowid()
    text = record.text
    _insert(db, "actors", (
        (number, seq, a.id, a.name, a.kind, len(a.mentions),
         "\n".join(dict.fromkeys([fold(a.name), *(fold(m.of(text)) for m in a.mentions)])))
        for seq, a in enumerate(record.actors)
    ))  # fmt: skip
    _insert(db, "relations", (
        (number, seq, r.subject, r.relation, r.object, *r.evidence) for seq, r in enumerate(record.relations)
    ))  # fmt: skip
    _insert(db, "statements", (
        (number, seq, s.id, s.manner, s.speaker, int(s.anonymous),
         min(c.start for c in s.content), max(c.end for c in s.content))
        for seq, s in enumerate(record.statements)
    ))  # fmt: skip
    _insert(db, "events", (_event(number, seq, e, record) for seq, e in enumerate(record.events)))
    _insert(db, "roles", (
        (number, event, role, seq, actor)
        for event, e in enumerate(record.events)
        for role, ids in (("actor", e.actors), ("recipient", e.recipients), ("according_to", e.according_to))
        for seq, actor in enumerate(ids)
    ))  # fmt: skip
    _insert(db, "times", ((number, seq, *t.span, t.value) for seq, t in enumerate(record.times)))
    _insert(db, "places", (
        (number, seq, *p.span, p.name, p.country, p.latitude, p.longitude) for seq, p in enumerate(record.places)
    ))  # fmt: skip


def _event(number: int, seq: int, event: Claim, record: Record) -> tuple[Any, ...]:
    time, place = event.time or EventTime(), event.place or EventPlace()
    first, last = time.start or time.end or record.published, time.end or time.start or record.published
    killed, injured = event.killed or Toll(), event.injured or Toll()
    words = place.span.of(record.text) if isinstance(place.span, Passage) else ""
    return (
        number, seq, event.id, event.type, event.mode, event.status, event.certainty, *event.span,
        first and first_day(first), last and last_day(last),
        place.name, f"{fold(place.name or '')}\n{fold(words)}", place.latitude, place.longitude,
        killed.low, killed.best, killed.high, injured.low, injured.best, injured.high,
    )  # fmt: skip


def _insert(db: apsw.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    listed = list(rows)
    if listed:
        # The table's name comes from this module only; every value is bound.
        db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(listed[0]))})", listed)
