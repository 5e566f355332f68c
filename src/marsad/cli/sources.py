"""SOURCE arguments: a casebook, or records (JSON lines, a folder, stdin), looked at in the same way."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from marsad.casebook import Casebook
    from marsad.records import Record

__all__ = ["is_casebook", "open_source", "spun_of", "temporary"]

_SQLITE = b"SQLite format 3\0"


def is_casebook(path: Path) -> bool:
    """Whether ``path`` is an SQLite file (one that cannot be read, or a pipe, is none)."""
    if not path.is_file():  # what is read of a pipe to look at it would be lost
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def open_source(path: Path) -> Casebook:
    """The casebook at ``path``, for reading; or a temporary one with the records that are there (``-``: on stdin).

    Raises CasebookError or RecordError where it is neither, UsageError where it is not there.
    """
    from marsad.casebook import Casebook
    from marsad.errors import RecordError
    from marsad.exchange.jsonl import read_records

    if is_casebook(path):
        return Casebook(path, write=False)
    if str(path) != "-" and not path.exists():
        raise click.UsageError(f"{path}: no such casebook or records; make them with 'marsad add' or 'marsad code'")
    records = read_records(sys.stdin.buffer if str(path) == "-" else path)
    try:
        first = next(records, None)
    except RecordError as error:
        if path.is_file():
            raise RecordError(f"{error}; a report has to be coded first, by 'marsad code' or 'marsad add'") from None
        raise
    return temporary(() if first is None else chain((first,), records))


def temporary(records: Iterable[Record]) -> Casebook:
    """A casebook that is gone when it is closed, with these records."""
    from marsad.casebook import Casebook, Run

    casebook = Casebook.temporary()
    try:
        for record in records:
            casebook.add(record.report, record, Run("given", "", ""))
    except BaseException:
        casebook.close()
        raise
    return casebook


def spun_of(record: Record) -> float | None:
    """How probable the record has it that its report is machine-spun; None where it does not say."""
    spun = record.extra.get("spun")
    share = spun.get("probability") if isinstance(spun, Mapping) else None
    return share if isinstance(share, float) and 0.0 <= share <= 1.0 else None
