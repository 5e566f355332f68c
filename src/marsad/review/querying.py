"""The query box: one SELECT on the casebook, which can change nothing, reach nothing else, and not run on for ever."""

from __future__ import annotations

import math
import time
from threading import BoundedSemaphore
from typing import Any, Final

import apsw
from starlette.exceptions import HTTPException

from marsad.casebook.connection import connect, plain_errors
from marsad.records import Json

__all__ = ["MOST_ROWS", "SECONDS", "query"]

SECONDS: Final = 2.0
MOST_ROWS: Final = 1000
_MOST_CELL: Final = 2000
"""Characters of one value that are shown."""
_MOST_ALL: Final = 2_000_000
"""Characters of all values together."""
_LIMITS: Final = (
    (apsw.SQLITE_LIMIT_LENGTH, 16_000_000),
    (apsw.SQLITE_LIMIT_SQL_LENGTH, 20_000),
    (apsw.SQLITE_LIMIT_COLUMN, 200),
    (apsw.SQLITE_LIMIT_EXPR_DEPTH, 100),
    (apsw.SQLITE_LIMIT_COMPOUND_SELECT, 20),
    (apsw.SQLITE_LIMIT_VDBE_OP, 100_000),
    (apsw.SQLITE_LIMIT_FUNCTION_ARG, 32),
    (apsw.SQLITE_LIMIT_ATTACHED, 0),
    (apsw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
    (apsw.SQLITE_LIMIT_WORKER_THREADS, 0),
)
_FUNCTIONS: Final = frozenset(
    """
    abs avg bm25 ceil ceiling char coalesce concat concat_ws count cume_dist date datetime dense_rank exp first_value
    floor format glob group_concat hex highlight iif if ifnull instr json json_array json_array_length json_each
    json_extract json_group_array json_group_object json_object json_quote json_type json_valid julianday lag
    last_value lead length like likelihood likely ln log log10 log2 lower ltrim match max min mod nth_value ntile
    nullif octet_length percent_rank pi pow power printf quote rank replace round row_number rtrim sign snippet sqrt
    strftime string_agg substr substring sum time timediff total trim trunc typeof unicode unixepoch unlikely upper
    -> ->>
    """.split()
)
"""Of SQLite's functions those that only compute; none that loads, reads or writes a file, or asks about the program."""

_ALLOWED: Final = frozenset({apsw.SQLITE_SELECT, apsw.SQLITE_READ, apsw.SQLITE_RECURSIVE})
_running = BoundedSemaphore(2)


def query(path: str, sql: Any) -> Json:
    """What a SELECT gives: ``columns``, at most :data:`MOST_ROWS` ``rows``, whether there are ``more``, ``seconds``.

    Raises HTTPException where it is no single SELECT, takes longer than :data:`SECONDS`, or two others are at work.
    """
    if not isinstance(sql, str) or not sql.strip() or "\0" in sql:
        raise HTTPException(400, "sql must be a SELECT")
    if not _running.acquire(blocking=False):
        raise HTTPException(503, "two queries are at work: try again when they have finished")
    try:
        with plain_errors(path):
            db = connect(path, create=False, write=False, patience=1.0)
        try:
            return _asked(db, sql)
        finally:
            db.close()
    finally:
        _running.release()


def _asked(db: apsw.Connection, sql: str) -> Json:
    for limit, most in _LIMITS:
        db.limit(limit, most)
    start = time.monotonic()
    db.set_progress_handler(lambda: time.monotonic() - start > SECONDS, 500)
    columns: list[str] = []
    statements = 0

    def begun(cursor: apsw.Cursor, *_: object) -> bool:
        nonlocal statements
        statements += 1
        if statements == 1:
            columns.extend(name for name, _ in cursor.get_description())
        return statements == 1

    cursor = db.cursor()
    cursor.exec_trace = begun
    db.authorizer = _authorize
    rows: list[list[Any]] = []
    size, more = 0, False
    try:
        for row in cursor.execute(sql):
            if len(rows) == MOST_ROWS or size > _MOST_ALL:
                more = True
                break
            rows.append([_shown(value) for value in row])
            size += sum(len(value) for value in rows[-1] if isinstance(value, str))
    except apsw.InterruptError:
        raise HTTPException(400, f"stopped: the query took longer than {SECONDS:g} seconds") from None
    except (apsw.AuthError, apsw.ExecTraceAbort):
        raise HTTPException(400, "only one SELECT is done here, on the casebook's own tables") from None
    except apsw.Error as error:
        raise HTTPException(400, " ".join(str(error).split())[:300] or "this cannot be done") from None
    except (UnicodeError, ValueError, OverflowError):
        raise HTTPException(400, "the query or a value of it is no text in UTF-8") from None
    if not columns:
        raise HTTPException(400, "sql must be a SELECT")
    return {"columns": columns, "rows": rows, "more": more, "seconds": round(time.monotonic() - start, 3)}


def _authorize(operation: int, one: str | None, two: str | None, *_: object) -> int:
    name = (one or "").lower()
    if operation == apsw.SQLITE_FUNCTION:
        allowed = (two or "").lower() in _FUNCTIONS
    elif operation == apsw.SQLITE_PRAGMA:
        allowed = name == "data_version" and two is None  # asked by full-text search itself
    else:
        # A "pragma_..." table is a way to ask, and for some to set, how the program works.
        allowed = operation in _ALLOWED and not name.startswith("pragma_")
    return int(apsw.SQLITE_OK if allowed else apsw.SQLITE_DENY)


def _shown(value: Any) -> Any:
    """A value as JSON can hold it and a browser can count it."""
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int) and abs(value) > 2**53:
        return str(value)
    if isinstance(value, str) and len(value) > _MOST_CELL:
        return value[: _MOST_CELL - 1] + "…"
    return value
