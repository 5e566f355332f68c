"""Full-text search: a person's words as a safe query, and passages with offsets as the answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

import apsw

from marsad.casebook.corrected import PUBLISHED, RETITLED, TITLE
from marsad.errors import CasebookError
from marsad.records import Passage

__all__ = ["Found", "match_expression", "register", "search", "search_ids"]

_PIECE: Final = re.compile(r'"([^"]*)"|([^\s"]+)')
_PREFIX: Final = re.compile(r"\w\*\Z")
_TOKENIZE: Final = re.compile(r',\s*tokenize = "[^"]*"')
_RANKED: Final = 10_000
"""Reports among which the best are found, where only their ids are asked for."""
_BEST: Final = f"""
    SELECT reports.number, reports.id, {TITLE}, {PUBLISHED}, reports.text, marsad_hits(search), rank, root.id
    FROM search JOIN reports ON reports.number = search.rowid
    JOIN records ON records.report = reports.number AND records.shown = 1
    LEFT JOIN origins ON origins.report = search.rowid LEFT JOIN reports AS root ON root.number = origins.origin
    WHERE search MATCH ? ORDER BY rank LIMIT ?
"""
_ONE: Final = f"""
    SELECT reports.number, reports.id, {TITLE}, {PUBLISHED}, reports.text, ?2, 0.0, root.id
    FROM reports JOIN records ON records.report = reports.number AND records.shown = 1
    LEFT JOIN origins ON origins.report = reports.number LEFT JOIN reports AS root ON root.number = origins.origin
    WHERE reports.number = ?1
"""
_RETITLED: Final = f"""
    SELECT reports.number, {TITLE}, reports.text FROM reports
    JOIN records ON records.report = reports.number AND records.shown = 1 WHERE reports.number IN ({RETITLED})
"""
_REACH: Final = 120
"""How many code points a snippet shows on either side of its hit."""


@dataclass(frozen=True, slots=True)
class Found:
    """One report that holds the words.

    ``snippet`` is ``text[start:end]`` around the first hit, word for word, and
    ``hits`` are all passages of the report's text that match, in code points; none
    where only the title matches. ``score`` is BM25, higher is better. ``origin``
    is the id of the report that this one goes back to.
    """

    report: str
    title: str | None
    published: str | None
    snippet: str
    start: int
    end: int
    hits: tuple[Passage, ...]
    score: float
    origin: str | None = None


def match_expression(query: str) -> str:
    """``query`` in FTS5's language: all of its words must occur; "marks" make a phrase, a final * a beginning.

    Everything else is taken as plain words, so no query is malformed. Raises
    CasebookError for one without any word.
    """
    clean = re.sub("[\0\ud800-\udfff]", " ", query)
    pieces = []
    for phrase, word in _PIECE.findall(clean.replace("“", '"').replace("”", '"')):
        if re.search(r"\w", phrase or word):
            pieces.append(f'"{phrase or word}"' + ("*" if word and _PREFIX.search(word) else ""))
    if not pieces:
        raise CasebookError(f"there is no word to search for in {query!r}")
    return " AND ".join(pieces)


def register(db: apsw.Connection) -> None:
    """Give this connection the function that finds where the hits are."""
    db.register_fts5_function("marsad_hits", _hits)


def search(db: apsw.Connection, query: str, limit: int) -> list[Found]:
    """The best ``limit`` reports for ``query``, best first. Raises CasebookError and apsw.Error.

    Before them come those that have it only by a title that a reviewer corrected.
    """
    if limit < 1:
        raise CasebookError(f"limit {limit} is less than 1")
    expression = match_expression(query)
    retitled, by_title = _retitled(db, expression)
    rows: list[Any] = db.execute(_BEST, (expression, limit + len(retitled))).fetchall()
    met = {row[0] for row in rows}
    first = [db.execute(_ONE, (number, hits)).fetchone() for number, hits in by_title.items() if number not in met]
    found = [_found(*row) for row in (*first, *rows) if row[0] in by_title or row[0] not in retitled]
    return found[:limit]


def search_ids(db: apsw.Connection, query: str, limit: int) -> list[str]:
    """The ids of the best ``limit`` reports for ``query``, as :func:`search` has them. Raises as it does."""
    expression = match_expression(query)
    retitled, by_title = _retitled(db, expression)
    rows: list[Any] = db.execute(
        """SELECT number, reports.id FROM (
             SELECT rowid AS number, rank AS score FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?
           ) JOIN reports USING (number) ORDER BY score LIMIT ?""",
        (expression, _RANKED, limit + len(retitled)),
    ).fetchall()
    met = {number for number, _ in rows}
    first: list[Any] = [db.execute(_ONE, (number, "[]")).fetchone() for number in by_title if number not in met]
    return [name for number, name, *_ in (*first, *rows) if number in by_title or number not in retitled][:limit]


def _retitled(db: apsw.Connection, expression: str) -> tuple[set[int], dict[int, str]]:
    """The reports about whose titles something was decided; and the hits of those that meet the query as titled now.

    The index of the casebook has the titles as they came.
    """
    rows: list[Any] = db.execute(_RETITLED).fetchall()
    if not rows:
        return set(), {}
    beside = apsw.Connection(":memory:")
    try:
        register(beside)
        schema = str(db.execute("SELECT sql FROM sqlite_schema WHERE name = 'search'").get)
        tokenize = _TOKENIZE.search(schema)
        beside.execute(f"CREATE VIRTUAL TABLE search USING fts5 (title, text{tokenize[0] if tokenize else ''})")
        beside.executemany("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", rows)
        met: Any = beside.execute(
            "SELECT rowid, marsad_hits(search) FROM search WHERE search MATCH ? ORDER BY rank", (expression,)
        ).fetchall()
    finally:
        beside.close()
    return {row[0] for row in rows}, dict(met)


def _found(
    _: int, report: str, title: str | None, published: str | None, text: str, hits: str, rank: float, origin: str | None
) -> Found:  # fmt: skip
    passages = tuple(Passage(*pair) for pair in json.loads(hits))
    first = passages[0] if passages else Passage(0, 0)
    start, end = max(0, first.start - _REACH), min(len(text), first.end + _REACH)
    if start and (space := text.find(" ", start, first.start)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", first.end, end)) >= 0:
        end = space
    return Found(report, title, published, text[start:end], start, end, passages, -rank, origin)


def _hits(api: apsw.FTS5ExtensionApi, *_: object) -> str:
    """JSON ``[[start, end], ...]``: where the current row's text column matches, in code points."""
    tokens = set()
    for phrase, words in enumerate(api.phrases):
        for first in api.phrase_locations(phrase)[1]:
            tokens.add((first, first + len(words) - 1))
    if not tokens:
        return "[]"
    raw = api.column_text(1)
    spans = [(token[0], token[1]) for token in api.tokenize(raw, None, include_colocated=False)]
    # SQLite counts bytes of UTF-8; count the code points before each offset that is asked for.
    ends = sorted({offset for first, last in tokens for offset in (spans[first][0], spans[last][1])})
    points, before, at = {}, 0, 0
    for offset in ends:
        before, at = before + len(raw[at:offset].decode("utf-8", "replace")), offset
        points[offset] = before
    pairs = sorted((points[spans[first][0]], points[spans[last][1]]) for first, last in tokens)
    return json.dumps(pairs)
