"""Files that a command writes besides its answer: tables as CSV, pictures and pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

__all__ = ["write_rows", "write_text"]


def write_rows(path: Path, columns: type[Any], rows: Iterable[Any]) -> None:
    """Rows of the dataclass ``columns`` as CSV, whole or not at all. Raises OSError where it cannot be written."""
    from marsad.atomic import whole_file
    from marsad.exchange.table import csv_lines

    with whole_file(path) as out:
        out.writelines(csv_lines(columns, rows))


def write_text(path: Path, text: str) -> None:
    """A picture or a page, whole or not at all. Raises OSError where it cannot be written."""
    from marsad.atomic import whole_file

    with whole_file(path) as out:
        out.write(text)
