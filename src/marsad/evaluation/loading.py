"""Read records to compare from a folder, a ``.json`` file or a ``.jsonl`` file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.errors import EvaluationError
from marsad.records import FORMAT

__all__ = ["load_records"]


def load_records(path: str | os.PathLike[str]) -> dict[str, dict[str, Any]]:
    """The records at ``path`` by their id.

    A folder gives the records of its ``.json`` files, then of its ``.jsonl``
    files, each in the order of their names; JSON there that is no record
    (notes, settings) is passed over. A ``.json`` file holds one record or a
    list of them. Raises EvaluationError when nothing can be read, when there
    is no record at all, or when two records have one id.
    """
    where = Path(path)
    records: dict[str, dict[str, Any]] = {}
    for file in _files(where):
        for value in _values(file):
            if not isinstance(value, dict) or value.get("format") != FORMAT:
                continue
            name = value.get("id")
            if not isinstance(name, str):
                raise EvaluationError(f"{file}: a record has no id; give each record a string as its id")
            if name in records:
                raise EvaluationError(f"{file}: the id {name[:80]!r} comes twice; keep one record of each document")
            records[name] = value
    if not records:
        raise EvaluationError(f"{where}: no {FORMAT} record there; give a folder, a .json or a .jsonl file of records")
    return records


def _files(where: Path) -> list[Path]:
    if where.is_dir():
        return [*sorted(where.glob("*.json")), *sorted(where.glob("*.jsonl"))]
    if not where.exists():
        raise EvaluationError(f"{where}: no such file or folder")
    return [where]


def _values(file: Path) -> Iterator[Any]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise EvaluationError(f"{file}: cannot be read: {reason}") from None
    if file.suffix == ".jsonl":
        # Only \n ends a line: JSON strings may hold the other line separators as they are.
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield _json(line, f"{file}:{number}")
        return
    whole = _json(text, str(file))
    yield from whole if isinstance(whole, list) else [whole]


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{where}: not JSON: {error}") from None
