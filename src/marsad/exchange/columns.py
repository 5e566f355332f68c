"""The columns of a class of rows: their names, what kind of value each holds, and what it means."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from types import NoneType
from typing import Final, Literal, get_args, get_origin, get_type_hints

from marsad.exchange.meanings import MEANINGS

__all__ = ["Column", "Kind", "columns_of", "described"]

Kind = Literal["text", "whole", "number", "truth", "texts", "wholes"]
"""``whole`` is a whole number, ``truth`` true or false; ``texts`` and ``wholes`` are lists."""

_KINDS: Final[dict[object, Kind]] = {str: "text", int: "whole", float: "number", bool: "truth"}
_LISTS: Final[dict[object, Kind]] = {str: "texts", int: "wholes"}
_WORDS: Final[dict[Kind, str]] = {
    "text": "text", "whole": "whole number", "number": "number", "truth": "true or false",
    "texts": "list of texts", "wholes": "list of whole numbers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``empty`` says whether a cell of it can be empty."""

    name: str
    kind: Kind
    empty: bool
    meaning: str


@cache
def columns_of(table: str, row: type) -> tuple[Column, ...]:
    """The columns of the rows (dataclasses of class ``row``) of a table, in order."""
    hints = get_type_hints(row)
    found = []
    for field in fields(row):
        hint = hints[field.name]
        parts = [part for part in get_args(hint) or (hint,) if part is not NoneType]
        kind = _LISTS[get_args(hint)[0]] if get_origin(hint) is tuple else _KINDS[parts[0]]
        meaning = MEANINGS[table].get(field.name) or MEANINGS["every"][field.name]
        found.append(Column(field.name, kind, NoneType in get_args(hint), meaning))
    return tuple(found)


def described(table: str, row: type) -> str:
    """The columns as a Markdown table: what ``docs/exports.md`` has of them."""
    lines = ["| column | holds | meaning |", "|---|---|---|"]
    lines += [
        f"| `{one.name}` | {_WORDS[one.kind]}{', or empty' if one.empty else ''} | {one.meaning} |"
        for one in columns_of(table, row)
    ]
    return "\n".join(lines) + "\n"
