"""The rows of a table file (CSV, tab-separated, gzipped, XLSX) as text, within limits."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import IO, Final

from marsad.errors import AnalysisError

__all__ = ["read_rows"]

_MOST_BYTES: Final = 1 << 30
_MOST_ROWS: Final = 5_000_000
_MOST_COLUMNS: Final = 500
_MOST_CELL: Final = 1 << 20


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number in the file (the head is row 1), cells stripped, rows without any text left out.

    Raises AnalysisError for a file that is no table, or is larger than the limits; OSError.
    """
    with path.open("rb") as file:
        start = file.read(4)
    rows = _sheet(path) if start == b"PK\x03\x04" else _text(path, start[:2] == b"\x1f\x8b")
    for number, row in rows:
        if number > _MOST_ROWS:
            raise AnalysisError(f"{path.name}: more than {_MOST_ROWS:,} rows: split the table")
        if len(row) > _MOST_COLUMNS:
            raise AnalysisError(f"{path.name}, row {number}: more than {_MOST_COLUMNS} columns")
        if any(row):
            yield number, row


def _no_text(path: Path, zipped: bool) -> str:
    """What a file is that cannot be read as text."""
    with gzip.open(path, "rb") if zipped else path.open("rb") as raw:
        binary = b"\0" in raw.read(4096)
    return "no table: give CSV, tab-separated text or XLSX" if binary else "not UTF-8: save it as CSV in UTF-8"


def _text(path: Path, zipped: bool) -> Iterator[tuple[int, list[str]]]:
    with gzip.open(path, "rb") if zipped else path.open("rb") as raw:
        bounded = io.BufferedReader(_Bounded(raw, path.name))
        text = io.TextIOWrapper(bounded, encoding="utf-8-sig", newline="")
        try:
            lines, begin = _Lines(text), 1
            head = lines.head
            if "\0" in head:
                raise AnalysisError(f"{path.name} is no table: give CSV, tab-separated text or XLSX")
            delimiter = max(",;\t", key=head.count)
            csv.field_size_limit(_MOST_CELL)
            reader = csv.reader(lines, delimiter=delimiter)
            for row in reader:
                if lines.ended:  # a row that only the end of the file ended
                    raise csv.Error("a quotation mark is not closed to the end of the file: close it, or leave it out")
                yield begin, [cell.strip() for cell in row]
                begin = reader.line_num + 1
        except UnicodeDecodeError:
            raise AnalysisError(f"{path.name} is {_no_text(path, zipped)}") from None
        except csv.Error as error:
            said = str(error)
            if "field limit" in said:
                said = f"a cell of more than {_MOST_CELL >> 20} MB: is there a quotation mark that is not closed?"
            raise AnalysisError(f"{path.name}, row {begin}: {said}") from None
        except (EOFError, gzip.BadGzipFile) as error:
            raise AnalysisError(f"{path.name} is damaged: {error}") from None


class _Lines:
    """The lines of a text, of which the first is known beforehand, and whether more were asked for than there are."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.head = text.readline(_MOST_CELL)
        self.ended = False
        self._rest: Iterator[str] = chain((self.head,), text)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            return next(self._rest)
        except StopIteration:
            self.ended = True
            raise


class _Bounded(io.RawIOBase):
    """A stream that ends with an error instead of filling the memory."""

    def __init__(self, raw: IO[bytes] | gzip.GzipFile, name: str) -> None:
        self._raw, self._name, self._left = raw, name, _MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._raw.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise AnalysisError(f"{self._name} holds more than {_MOST_BYTES >> 30} GB: split the table")
        buffer[: len(data)] = data
        return len(data)


def _sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The first sheet of a workbook."""
    import warnings

    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(one.file_size for one in packed.infolist()) > _MOST_BYTES:
                raise AnalysisError(f"{path.name} holds more than {_MOST_BYTES >> 30} GB: split the table")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
                    yield number, [_cell(value) for value in row]
            finally:
                book.close()
    except AnalysisError:
        raise
    # What openpyxl raises on a broken or hostile workbook is not one kind of error.
    except Exception as error:
        raise AnalysisError(f"{path.name} cannot be read as XLSX: {str(error)[:100] or type(error).__name__}") from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes") if value.time().isoformat() != "00:00:00" else (
            value.date().isoformat()
        )  # fmt: skip
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
