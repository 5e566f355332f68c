"""Minimum figures: the quality below which a change must not fall unnoticed."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marsad.errors import EvaluationError
from marsad.evaluation.scores import FOUND_ROWS, RIGHT_ROWS, Scores

__all__ = ["below_floors", "load_floors"]


def load_floors(path: str | os.PathLike[str], table: str | None = None) -> dict[str, float]:
    """The minimum figure of each row, in per cent, from a TOML file.

    The figures stand at the top of the file, or in the table that ``table``
    names. Raises EvaluationError where the file is unreadable, a row is unknown
    or a floor is not a number from 0 to 100.
    """
    try:
        data: dict[str, Any] = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: not a TOML file: {error}") from None
    tables = sorted(name for name, value in data.items() if isinstance(value, dict))
    if table is not None:
        if table not in tables:
            raise EvaluationError(f"{path}: no table [{table}]; it has {', '.join(tables) or 'none'}")
        data = data[table]
    else:
        data = {name: value for name, value in data.items() if not isinstance(value, dict)}
        if not data:
            raise EvaluationError(f"{path}: no floors at its top; its tables are: {', '.join(tables) or 'none'}")
    for row, floor in data.items():
        if row not in FOUND_ROWS and row not in RIGHT_ROWS:
            raise EvaluationError(f"{path}: {row!r} is not a row of the scores")
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 100:
            raise EvaluationError(f"{path}: the floor of {row} must be a number from 0 to 100")
    return {row: float(floor) for row, floor in data.items()}


def below_floors(scores: Scores, floors: Mapping[str, float]) -> list[str]:
    """One line for each figure that is below its floor; empty when all hold."""
    figures = scores.figures()
    lines = []
    for row, floor in floors.items():
        figure = figures.get(row)
        if figure is None:
            if floor > 0:
                lines.append(f"{row}: no figure, because no event was found that has one (floor {floor:g})")
        elif figure < floor:
            lines.append(f"{row}: {figure:g} is below its floor of {floor:g}")
    return lines
