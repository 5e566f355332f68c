"""Relations between actors as all reports tell them: who is part of what, who backs whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import apsw

from marsad.casebook.context import sentence_around
from marsad.casebook.corrected import PUBLISHED, TITLE

__all__ = ["Tie", "TieWords", "Ties", "tie_words"]

_TIES: Final = """
    SELECT s.name, s.kind, relations.relation, o.name, o.kind, records.report,
      coalesce(origins.origin, records.report), relations.record, relations.seq
    FROM relations JOIN records ON records.number = relations.record AND records.shown = 1
    JOIN actors AS s ON s.record = relations.record AND s.id = relations.subject
    JOIN actors AS o ON o.record = relations.record AND o.id = relations.object
    LEFT JOIN origins ON origins.report = records.report
    WHERE ?1 IS NULL OR relations.record IN (SELECT value FROM json_each(?1))
    ORDER BY records.report, relations.seq
"""
_WORDS: Final = f"""
    SELECT reports.id, {TITLE}, {PUBLISHED}, reports.text, relations.span_start, relations.span_end,
      records.json -> ('$.relations[' || relations.seq || '].according_to'), records.json -> '$.actors'
    FROM relations JOIN records ON records.number = relations.record JOIN reports ON reports.number = records.report
    WHERE relations.record = ? AND relations.seq = ?
"""


class Tie(NamedTuple):
    """A relation told by one report; ``report`` and ``origin`` are numbers, ``record`` and ``seq`` say where it is."""

    subject: str
    subject_kind: str
    relation: str
    object: str
    object_kind: str
    report: int
    origin: int
    record: int
    seq: int


class TieWords(NamedTuple):
    """The passage that a relation stands on, the sentence around it, and who says so."""

    report: str
    title: str | None
    published: str | None
    passage: str
    sentence: str
    start: int
    end: int
    according_to: tuple[str, ...]


class Ties:
    """Every relation of the records that are listed; only those of records that are new are read again."""

    def __init__(self) -> None:
        self._by_record: dict[int, list[Tie]] = {}
        self._known: set[int] | None = None

    @property
    def all(self) -> list[Tie]:
        """All of them, those of one record together."""
        return [tie for ties in self._by_record.values() for tie in ties]

    def renew(self, db: apsw.Connection) -> None:
        """Read what is new. Raises apsw.Error."""
        rows: Any = db.execute("SELECT number FROM records WHERE shown = 1")
        shown = {number for (number,) in rows}
        wanted = None if self._known is None else json.dumps(sorted(shown - self._known))
        for gone in self._by_record.keys() - shown:
            del self._by_record[gone]
        rows = db.execute(_TIES, (wanted,))
        for row in rows:
            tie = Tie(*row)
            self._by_record.setdefault(tie.record, []).append(tie)
        self._known = shown


def tie_words(db: apsw.Connection, ties: Iterable[Tie]) -> Iterator[TieWords]:
    """The words of relations; those that have gone since are left out."""
    for tie in ties:
        row: Any = db.execute(_WORDS, (tie.record, tie.seq)).fetchone()
        if row is None:
            continue
        report, title, published, text, start, end, says, actors = row
        names = {one["id"]: one["name"] for one in json.loads(actors or "[]")}
        told = tuple(names.get(one, one) for one in json.loads(says or "[]"))
        yield TieWords(
            report, title, published, " ".join(text[start:end].split()), sentence_around(text, start, end),
            start, end, told,
        )  # fmt: skip
