"""What is wanted of a casebook, into a file that is whole or not there, or into an open one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, Final, cast

from marsad.atomic import whole_file
from marsad.casebook import Casebook
from marsad.errors import ExchangeError
from marsad.exchange.annotations import annotation_lines
from marsad.exchange.casebook import ROWS, lines, table_rows
from marsad.exchange.columns import columns_of
from marsad.exchange.meanings import ABOUT
from marsad.exchange.parquet import check_parquet, write_parquet
from marsad.exchange.wanted import Wanted
from marsad.exchange.xlsx import write_xlsx

__all__ = ["FORMS", "MEDIA_TYPES", "checked_form", "form_of", "text_lines", "write", "write_file"]

FORMS: Final = ("csv", "jsonl", "xlsx", "parquet", "jsonld")
MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "jsonld": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
}
TEXT: Final = ("csv", "jsonl", "jsonld")
"""The formats that can be written line by line as they come."""


def form_of(name: str) -> str:
    """The format that a file's name tells. Raises ExchangeError where it tells none."""
    suffix = Path(name).suffix.lower().removeprefix(".")
    if suffix not in FORMS:
        raise ExchangeError(f"{name}: the name does not tell the format; end it with .{', .'.join(FORMS)}")
    return suffix


def checked_form(what: str, form: str) -> str:
    """The format, if ``what`` can be written in it now. Raises ExchangeError."""
    if form not in FORMS:
        raise ExchangeError(f"{form[:40]!r} is none of: {', '.join(FORMS)}")
    fitting = {"records": ("jsonl",), "annotations": ("jsonld", "jsonl")}.get(what, FORMS[:4])
    if form not in fitting:
        raise ExchangeError(f"{what} do not fit into {form}: they can be written as {' and '.join(fitting)}")
    if form == "parquet":
        check_parquet()
    return form


def text_lines(casebook: Casebook, wanted: Wanted, form: str) -> Iterator[str]:
    """What is wanted in one of the formats of text, line by line, line ends included."""
    if wanted.what == "annotations":
        return annotation_lines(casebook, wanted, form)
    return lines(casebook, wanted, form)


def write(casebook: Casebook, wanted: Wanted, form: str, target: IO[bytes]) -> int:
    """Write what is wanted to an open file; how many rows (records, annotations) it has.

    Raises ExchangeError where it cannot be written in that format.
    """
    checked_form(wanted.what, form)
    if form in TEXT:
        count = 0
        for text in text_lines(casebook, wanted, form):
            target.write(text.encode("utf-8"))
            count += 1
        heads = {"csv": 1, "jsonl": 0, "jsonld": 2}[form]
        return count - heads
    counted = _Counted(table_rows(casebook, wanted))
    columns = columns_of(wanted.what, ROWS[wanted.what])
    if form == "xlsx":
        write_xlsx(target, wanted.what, ABOUT[wanted.what], columns, counted)
    else:
        write_parquet(target, wanted.what, columns, counted)
    return counted.count


def write_file(casebook: Casebook, wanted: Wanted, form: str, path: Path) -> int:
    """Write what is wanted to ``path``, which has all of it or is as it was; how many rows it has.

    Raises ExchangeError as :func:`write` does, OSError where the file cannot be written.
    """
    checked_form(wanted.what, form)
    with whole_file(path, keep=form in TEXT) as file:
        return write(casebook, wanted, form, cast("IO[bytes]", cast("TextIOWrapper", file).buffer))


class _Counted:
    """Rows that are counted as they go by."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.count = 0
        self._rows = rows

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            self.count += 1
            yield row
