"""JSON lines: one JSON value per line, UTF-8, each ended by a line feed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from marsad.errors import RecordError
from marsad.records import Record

__all__ = ["finite", "line", "read_records"]

_HIDDEN: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What JSON allows inside a string but a terminal, a line splitter or UTF-8 does not take well."""


def line(value: Any) -> str:
    """``value`` as one line of JSON, without its line end.

    Control characters, Unicode line separators and lone surrogates are written
    as ``\\uXXXX``, so that every line is valid UTF-8, is one line to every
    reader and sends nothing to a terminal. The value read back is the same, but for
    numbers that JSON has not (infinite ones and none at all): these are null.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except ValueError:
        text = json.dumps(finite(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def read_records(source: Path | IO[str] | IO[bytes]) -> Iterator[Record]:
    """The records of a file of marsad-record/1 lines; empty lines are passed over.

    A file named ``.json`` is one record; of a folder, all its ``.json`` and
    ``.jsonl`` files are read, in the order of their names. Raises RecordError,
    naming the file and line, at the first thing that is no record, and OSError
    where a file cannot be read.
    """
    if not isinstance(source, Path):
        yield from _records(source, "standard input")
    elif source.is_dir():
        files = sorted(path for path in source.iterdir() if path.suffix in (".json", ".jsonl") and path.is_file())
        if not files:
            raise RecordError(f"{source} has no .json or .jsonl file in it")
        for path in files:
            yield from read_records(path)
    elif source.suffix == ".json":
        yield from _records([source.read_bytes()], source.name)
    else:
        with source.open("rb") as lines:
            yield from _records(lines, source.name)


def _records(lines: Iterable[str | bytes], name: str) -> Iterator[Record]:
    number = 0
    try:
        for text in lines:
            number += 1
            if text.strip():
                yield Record.loads(text if isinstance(text, str) else text.decode("utf-8-sig"))
    except RecordError as error:
        raise RecordError(f"{name}, line {number}: {error}") from None
    except UnicodeDecodeError:
        raise RecordError(f"{name}, line {number}: not UTF-8 text") from None


def finite(value: Any) -> Any:
    """The same data with None for numbers that JSON has not."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [finite(one) for one in value]
    return value
