"""How a table is laid out on a terminal: beside each other while no word has to break, else one block a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len, chop_cells

__all__ = ["blocks", "columns", "wrapped"]

_GAP: Final = 2
"""Cells between two columns."""
_LONGEST: Final = 32
"""Words longer than this (addresses, mostly) may break where there is no room for them."""
_LINES: Final = 3
"""Lines that a text may take while its column has the least width ..."""
_PROSE: Final = 24
"""... which for long texts is this many cells."""
_NARROWEST: Final = 16
"""Room that a text in a block has beside its heading; with less it goes below it."""


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """The width of each column in cells, or None where they cannot stand in ``width`` without a word breaking.

    Each gets what its longest word needs, and of what is left the more, the more its texts are longer than that.
    """
    least, full = [], []
    for cells in zip(heads, *rows, strict=True):
        longest = max(map(cell_len, cells))
        word = max((cell_len(word) for cell in cells for word in cell.split()), default=1)
        full.append(max(1, longest))
        least.append(max(1, min(word, _LONGEST), min(-(-longest // _LINES), _PROSE)))
    room = width - _GAP * (len(heads) - 1)
    if sum(full) <= room:
        return full
    spare = room - sum(least)
    if spare < 0:
        return None
    # The narrowest wish first: what a column leaves, the others have.
    widths = list(least)
    wishes = sorted(range(len(heads)), key=lambda at: full[at] - least[at])
    for place, at in enumerate(wishes):
        more = min(full[at] - least[at], spare // (len(wishes) - place))
        widths[at] += more
        spare -= more
    return widths


def blocks(heads: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> Iterator[str]:
    """Lines with a block for each row: a heading and its text on a line, empty texts left out, a blank line between."""
    label = max(map(cell_len, heads), default=0)
    beside = width - label - _GAP >= _NARROWEST
    for number, row in enumerate(rows):
        if number:
            yield ""
        for head, cell in zip(heads, row, strict=True):
            if not cell:
                continue
            if not label:
                yield from wrapped(cell, width)
            elif beside:
                first = head + " " * (label - cell_len(head) + _GAP)
                yield from wrapped(cell, width, first, " " * (label + _GAP))
            else:
                yield from wrapped(head, width)
                yield from wrapped(cell, width, " " * _GAP, " " * _GAP)


def wrapped(text: str, width: int, first: str = "", then: str = "") -> list[str]:
    """``text`` in lines of at most ``width`` cells, broken between words; only a word that no line holds is broken.

    ``first`` stands before the first line and ``then`` before the others.
    """
    lines: list[str] = []
    before, line = first, ""
    for word in text.split():
        room = max(1, width - cell_len(before))
        if line and cell_len(line) + 1 + cell_len(word) <= room:
            line += " " + word
            continue
        if line:
            lines.append(before + line)
            before = then
            room = max(1, width - cell_len(before))
        *whole, line = chop_cells(word, room)
        lines += [(before if not at else then) + piece for at, piece in enumerate(whole)]
        before = then if whole else before
    return [*lines, (before + line).rstrip()]
