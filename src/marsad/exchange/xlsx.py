"""Rows as an Excel workbook (XLSX), row by row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import IO, Any, Final

from marsad.exchange.columns import Column
from marsad.exchange.table import joined, starts_formula

__all__ = ["write_xlsx"]

_MOST_ROWS: Final = 1_048_576
"""Rows of a sheet, its head among them. Source: Excel specifications and limits."""
_LONGEST: Final = 32_767
"""Characters (UTF-16 units) of a cell. Source: the same."""
_CUT: Final = " [...]"
_EXACT: Final = 2**53
"""Beyond it a spreadsheet rounds whole numbers."""
_WIDTHS: Final = {"text": 20, "texts": 26, "whole": 9, "wholes": 12, "number": 10, "truth": 9}
_WIDE: Final = frozenset({"sentence", "content", "why", "entry", "words", "passage", "value", "reasons"})


def write_xlsx(target: IO[bytes], title: str, about: str, columns: Sequence[Column], rows: Iterable[Any]) -> None:
    """Write ``rows`` (dataclasses) as a workbook: a sheet ``title``, more of them where one is full, and one that says
    what the columns mean.

    Text is text, never a formula or a link, also after somebody has edited the cell; numbers are numbers. Cells of more
    than 32,767 characters are cut, which Excel wants, and end with ``[...]``. One row is in memory at a time.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(
        target,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    with book:
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        guarded = book.add_format({"quote_prefix": True})
        sheet, at, sheets = None, _MOST_ROWS, 0
        for row in _with_end(rows):
            if sheet is None or (at >= _MOST_ROWS and row is not None):
                sheets += 1
                sheet, at = book.add_worksheet(title if sheets == 1 else f"{title} {sheets}"), 1
                sheet.freeze_panes(1, 0)
                for number, column in enumerate(columns):
                    sheet.set_column(number, number, 44 if column.name in _WIDE else _WIDTHS[column.kind])
                    sheet.write_string(0, number, column.name, head)
            if row is None:
                break
            for number, column in enumerate(columns):
                _write(sheet, at, number, getattr(row, column.name), guarded)
            at += 1
        _columns_sheet(book.add_worksheet("columns"), about, columns, head)


def _with_end(rows: Iterable[Any]) -> Iterable[Any]:
    """The rows and None: an empty table has its head too."""
    yield from rows
    yield None


def _write(sheet: Any, row: int, number: int, value: Any, guarded: Any) -> None:
    if value is None or value == () or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, number, value)
    elif isinstance(value, int | float) and math.isfinite(value) and abs(value) <= _EXACT:
        sheet.write_number(row, number, value)
    else:
        text = _short(joined(value))
        sheet.write_string(row, number, text, *((guarded,) if starts_formula(text) else ()))


def _short(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST:
        return text
    return units[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _columns_sheet(sheet: Any, about: str, columns: Sequence[Column], head: Any) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "column", head)
    sheet.write_string(0, 1, f"meaning. {about} Lists are separated by '; '.", head)
    for number, column in enumerate(columns, 1):
        sheet.write_string(number, 0, column.name)
        sheet.write_string(number, 1, column.meaning)
