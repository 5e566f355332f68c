"""Figures as files: all in one picture, one by its name as a picture or as its numbers, or all into a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.results import no_folder, write_rows, write_text

if TYPE_CHECKING:
    from marsad.analysis.svg import Figure

__all__ = ["FigureFiles", "figure_options", "write_figures", "write_folder"]

FigureFiles = tuple[tuple[str | None, Path], ...]
"""What is to be written: a figure's name, or None for all in one, and the file."""


def figure_options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options ``--figure`` and ``--figures`` of a command whose figures have these names.

    The command is given ``figure``, pairs of a name (None for all in one) and a file, and ``figures``, a folder or
    None.
    """
    listed = ", ".join(names)

    def parsed(
        context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
    ) -> tuple[tuple[str | None, Path], ...]:
        return tuple(_parsed(value, names, context, parameter) for value in values)

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        command = click.option(
            "--figures", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
            help="Write each figure into a folder, as SVG and its numbers as CSV.",
        )(command)  # fmt: skip
        return click.option(
            "--figure", metavar="[NAME=]FILE", multiple=True, callback=parsed,
            help=f"Write all figures as one SVG, or the one of this name ({listed}); as CSV, its numbers.",
        )(command)  # fmt: skip

    return add


def _parsed(
    value: str, names: Sequence[str], context: click.Context, parameter: click.Parameter
) -> tuple[str | None, Path]:
    name, equals, file = value.partition("=")
    if not equals or "/" in name:
        name, file = "", value
    if name and name not in names:
        raise click.BadParameter(f"there is no figure {name!r}: there are {', '.join(names)}", context, parameter)
    path = Path(file)
    if not file or path.is_dir():
        raise click.BadParameter(f"{value!r} names no file", context, parameter)
    if (wrong := no_folder(path)) is not None:
        raise click.BadParameter(wrong, context, parameter)
    if path.suffix.lower() not in ("", ".svg", ".csv"):
        raise click.BadParameter(f"{file}: figures are written as .svg, their numbers as .csv", context, parameter)
    if not name and path.suffix.lower() == ".csv":
        raise click.BadParameter(
            f"of which figure? Write NAME={file}; names are {', '.join(names)}", context, parameter
        )
    return name or None, path


def write_figures(
    figures: Sequence[Figure], whole: Callable[[], str], asked: Sequence[tuple[str | None, Path]]
) -> None:
    """Write those that were asked for; ``whole`` draws all as one. Raises OSError where that cannot be."""
    for name, path in asked:
        if name is None:
            write_text(path, whole())
            continue
        figure = next(one for one in figures if one.name == name)
        if path.suffix.lower() == ".csv":
            write_rows(path, figure.columns, figure.rows)
        else:
            write_text(path, figure.svg())


def write_folder(figures: Sequence[Figure], folder: Path, prefix: str = "") -> None:
    """Write each as SVG and CSV. Raises OSError where that cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    for figure in figures:
        write_text(folder / f"{prefix}{figure.name}.svg", figure.svg())
        write_rows(folder / f"{prefix}{figure.name}.csv", figure.columns, figure.rows)
