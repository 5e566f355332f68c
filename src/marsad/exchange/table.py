"""Rows as CSV (RFC 4180, UTF-8) and as plain JSON objects."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

__all__ = ["cell", "columns", "csv_lines", "joined", "plain", "row_object", "starts_formula"]

_SEPARATOR: Final = "; "
"""Between several names in one cell."""

_STARTS_FORMULA: Final = re.compile(r"[=+\-@\t\r\n]")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories that a spreadsheet may drop from the start of a cell."""


def columns(row: type) -> tuple[str, ...]:
    """The column names of a class of rows (a dataclass), in order."""
    return tuple(field.name for field in dataclasses.fields(row))


def row_object(row: Any) -> dict[str, Any]:
    """A row (a dataclass) as a JSON object; several names are a list."""
    found = {name: getattr(row, name) for name in columns(type(row))}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def csv_lines(kind: type, rows: Iterable[Any]) -> Iterator[str]:
    """A header and one CSV record for each of ``rows`` (dataclasses of class ``kind``), each with its line end.

    RFC 4180: comma, CR LF, quotation marks doubled. None is an empty cell, a
    number a number, a truth value ``true`` or ``false``; names in one cell are
    separated by ``; ``. No cell of text can act as a formula: see :func:`cell`.
    Lone surrogates become U+FFFD, so that the lines are valid UTF-8.
    """
    names = columns(kind)
    yield _record(names)
    for row in rows:
        yield _record([cell(getattr(row, name)) for name in names])


def cell(value: Any) -> str | int | float:
    """``value`` as a spreadsheet can safely open it.

    Text that a spreadsheet could take for a formula, because its first character
    other than white space and invisible ones is ``= + - @`` (in any width)
    or because it begins with a tab or line break, gets an apostrophe in front,
    which is the mark of plain text there; so does text that has such marks already,
    so that :func:`plain` finds the text again. Source: OWASP, CSV Injection.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = joined(value)
    return f"'{text}" if starts_formula(text.lstrip("'")) else text


def plain(text: str) -> str:
    """The text that a cell of text was before :func:`cell` made it safe."""
    return text[1:] if text.startswith("'") and starts_formula(text.lstrip("'")) else text


def joined(value: Any) -> str:
    """Text as it is, a list's parts separated by ``; ``; half characters become U+FFFD."""
    text = _SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else str(value)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    if _STARTS_FORMULA.match(text):
        return True
    first = next((character for character in text if unicodedata.category(character) not in _UNSEEN), "")
    # NFKC turns full-width and small variants (＝ ﹢ ＠) into the plain character.
    return bool(_STARTS_FORMULA.match(unicodedata.normalize("NFKC", first) if first else "") or first == "−")


def _record(values: Iterable[str | int | float]) -> str:
    out = io.StringIO()
    csv.writer(out, dialect="excel", lineterminator="\r\n").writerow(values)
    return out.getvalue()
