"""Files that a command writes besides its answer: tables as CSV, pictures and pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

__all__ = ["OutFile", "no_folder", "write_rows", "write_text"]


class OutFile(click.Path):
    """The type of an option that names a file to be written: refused before any work where its folder is not there."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Fails as click's own type does."""
        path = Path(str(super().convert(value, param, ctx)))
        if (wrong := no_folder(path)) is not None:
            self.fail(wrong, param, ctx)
        return path


def no_folder(path: Path) -> str | None:
    """What is wrong with a file to be written, where its folder is not there; None where nothing is."""
    folder = path.resolve().parent
    return None if folder.is_dir() else f"{path}: there is no folder {folder.name!r} to write it into: make it first"


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
