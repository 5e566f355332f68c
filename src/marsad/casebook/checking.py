"""Whether a casebook's incidents fit its reports and each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import apsw

__all__ = ["incident_faults"]

_FAULTS: Final = (
    (
        "the claims of report {!r} in incidents are not those of its record",
        """SELECT reports.id FROM records JOIN reports ON reports.number = records.report
           WHERE shown = 1 AND records.report NOT IN (SELECT report FROM untold)
           AND (EXISTS (SELECT id FROM events WHERE record = records.number
                        EXCEPT SELECT claim FROM tellings WHERE report = records.report)
             OR EXISTS (SELECT claim FROM tellings WHERE report = records.report
                        EXCEPT SELECT id FROM events WHERE record = records.number))""",
    ),
    (
        "incident {} does not have the number of its first claim",
        "SELECT incident FROM tellings GROUP BY incident HAVING min(number) <> incident",
    ),
    (
        "claim number {} is without its words",
        """SELECT number FROM tellings WHERE number NOT IN (SELECT telling FROM telling_words)
           OR report NOT IN (SELECT report FROM telling_reports)""",
    ),
    (
        "claim number {} stands under no key: no other will be compared with it",
        "SELECT number FROM tellings WHERE number NOT IN (SELECT telling FROM telling_keys)",
    ),
    (
        "a key leads to claim number {}, which is not there",
        "SELECT DISTINCT telling FROM telling_keys WHERE telling NOT IN (SELECT number FROM tellings)",
    ),
    (
        "claim number {} was put together with another that is in another incident",
        """SELECT one FROM telling_pairs JOIN tellings AS a ON a.number = one JOIN tellings AS b ON b.number = other
           WHERE kind = 'join' AND a.incident <> b.incident""",
    ),
)
_SHOWN: Final = 5
"""Faults of a kind that are named."""


def incident_faults(db: apsw.Connection) -> Iterator[str]:
    """What is wrong with the incidents of a casebook, a line for each; of a kind the first few."""
    for words, sql in _FAULTS:
        rows: list[Any] = db.execute(f"{sql} LIMIT {_SHOWN + 1}").fetchall()
        for (what,) in rows[:_SHOWN]:
            yield words.format(what)
        if len(rows) > _SHOWN:
            yield f"and more: {words.format('...')}"
