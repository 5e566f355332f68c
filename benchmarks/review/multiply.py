"""A casebook several times over in one file: the same reports again, some years later and under other numbers.

What one report costs then is what it costs among so many: nothing meets across the copies, for every day of theirs is
another, and so are their signatures. Only for measuring how quick a casebook of many reports is.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import apsw
import numpy as np

from marsad.casebook import Casebook
from marsad.casebook.neighbours import _slots
from marsad.casebook.tellings import _OWN
from marsad.casebook.writing import content_key
from marsad.records import Report, Source

__all__ = ["multiply"]

_ISO: Final = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_PUBLISHED: Final = _OWN.index("published")
_STRETCH: Final = 60
"""Days by which a copy is later are a multiple of this: of the four days, and of the months, that keys stand for."""

_PLAIN: Final = {
    "names": "('r' || (substr(name, 2) + :r)), report + :r",
    "actors": "record + :r, seq, id, name, kind, mentions, folded",
    "relations": "record + :r, seq, subject, relation, object, span_start, span_end",
    "statements": "record + :r, seq, id, manner, speaker, anonymous, span_start, span_end",
    "events": "record + :r, seq, id, type, mode, status, certainty, span_start, span_end, later(first_day, :d), "
    "later(last_day, :d), place, place_folded, latitude, longitude, killed_low, killed_best, killed_high, injured_low, "
    "injured_best, injured_high",
    "roles": "record + :r, event, role, seq, actor",
    "times": "record + :r, seq, span_start, span_end, later(value, :d)",
    "places": "record + :r, seq, span_start, span_end, name, country, latitude, longitude",
    "origins": "report + :r, origin + :r, kind, of + :r, share, sure, attached, spun",
    "edges": "number + :e, derived + :r, source + :r, evidence",
    "tellings": "number + :t, report + :r, claim, incident + :t, span_start, span_end, days_later(days, :d), spot, "
    "facts_later(facts, :d)",
    "telling_words": "telling + :t, data",
    "telling_reports": "report + :r, about",
    "telling_keys": "key_later(key, :d), telling + :t",
    "telling_pairs": "number + :p, kind, one + :t, other + :t, probability, reasons",
}  # fmt: skip
_BELONGS: Final = {"names": "report", "origins": "report", "edges": "derived", "tellings": "report",
                   "telling_words": "telling", "telling_reports": "report", "telling_keys": "telling",
                   "telling_pairs": "one"}  # fmt: skip


def later(value: str | None, days: int) -> str | None:
    """Every full date in it so many days later."""
    return value and _ISO.sub(lambda m: (date(int(m[1]), int(m[2]), int(m[3])) + timedelta(days)).isoformat(), value)


def _days_later(value: str | None, days: int) -> str | None:
    if value is None:
        return None
    first, last, told = json.loads(value)
    return json.dumps([first + days, last + days, [later(one, days) for one in told]])


def _facts_later(value: str, days: int) -> str:
    facts = json.loads(value)
    published = facts[_PUBLISHED]
    facts[_PUBLISHED] = published and json.loads(_days_later(json.dumps(published), days) or "")
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def _key_later(key: int, days: int) -> int:
    """See ``marsad.casebook.blocks.hashed``: the time stands above, doubled, and odd for months."""
    if key < 0:
        return key
    time = key >> 38
    return key + ((days // (30 if time & 1 else 4)) << 39)


def multiply(path: Path, times: int, days: int) -> None:
    """Put the reports of a casebook in so many times in all, each time so many days (a multiple of 60) later."""
    assert days % _STRETCH == 0
    with Casebook(path) as casebook:
        db = casebook._db
        functions: tuple[tuple[str, Any], ...] = (
            ("later", later), ("days_later", _days_later), ("facts_later", _facts_later), ("key_later", _key_later)
        )  # fmt: skip
        for name, function in functions:
            db.create_scalar_function(name, function, deterministic=True)
        db.pragma("synchronous", "off")
        db.pragma("cache_size", -1_000_000)
        own = {name: int(db.execute(f"SELECT max({column}) FROM {table}").get or 0) for name, column, table in (
            ("r", "number", "reports"), ("t", "number", "tellings"), ("e", "number", "edges"),
            ("p", "number", "telling_pairs"), ("s", "number", "signatures"))}  # fmt: skip
        for time in range(1, times):
            with casebook._writing("all"):
                _again(db, {name: number * time for name, number in own.items()}, own, days * time, time)
            print(f"{time + 1} times", flush=True)


def _again(db: apsw.Connection, by: dict[str, int], own: dict[str, int], days: int, time: int) -> None:
    reports: Any = db.execute("SELECT * FROM reports WHERE number <= ?", (own["r"],)).fetchall()
    for number, name, _, title, text, published, source, *rest in reports:
        known, moved = json.loads(source), later(published, days)
        report = Report("", text, title, moved, Source(known["name"], known["url"]))
        db.execute(
            "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number + by["r"], f"r{int(name[1:]) + by['r']}", content_key(report), title, text, moved, source, *rest),
        )
    records: Any = db.execute("SELECT * FROM records WHERE number <= ?", (own["r"],)).fetchall()
    for number, report, run, current, data, at, shown in records:
        made = json.loads(later(data, days) or "")
        made["id"] = f"r{int(made['id'][1:]) + by['r']}"
        words = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        db.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)",
                   (number + by["r"], report + by["r"], run, current, words, at, shown))  # fmt: skip
    for table, columns in _PLAIN.items():
        of = _BELONGS.get(table, "record")
        most = own["t"] if of in ("telling", "one") else own["r"]
        named = {"d": days, "most": most, **by}
        db.execute(f"INSERT INTO {table} SELECT {columns} FROM {table} WHERE {of} <= :most", named)
    db.execute("INSERT INTO search (rowid, title, text) SELECT number, title, text FROM reports WHERE number > ?",
               (by["r"],))  # fmt: skip
    signatures: Any = db.execute(
        "SELECT number, report, vals FROM signatures WHERE number <= ?", (own["s"],)
    ).fetchall()
    bands = []
    for number, report, values in signatures:
        row = np.frombuffer(values, "<u2") ^ np.uint16(time * 7919)
        db.execute("INSERT INTO signatures VALUES (?, ?, ?)", (number + by["s"], report + by["r"], row.tobytes()))
        bands += [(slot, number + by["s"]) for slot in _slots(row)]
    db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", sorted(bands))
    db.execute("""INSERT INTO changed SELECT what, number + iif(what = 'report', :r, :t),
                  at + (SELECT max(at) FROM changed) FROM changed
                  WHERE number <= iif(what = 'report', :mr, :mt)""",
               {"r": by["r"], "t": by["t"], "mr": own["r"], "mt": own["t"]})  # fmt: skip
