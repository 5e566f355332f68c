"""What a person at a terminal sees: safe text, messages, a progress bar."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import Final, TypeVar

__all__ = ["complain", "emit", "emit_lines", "print_table", "progress", "say", "visible"]

Item = TypeVar("Item")

_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Terminal controls, line and direction marks: what could move, hide or reorder what is printed."""


def visible(text: str, keep: str = "") -> str:
    """``text`` with every character that a terminal would obey written as an escape such as ``\\x1b``."""
    return _UNSAFE.sub(lambda found: found[0] if found[0] in keep else _escape(found[0]), text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def say(message: str) -> None:
    """One line on stderr."""
    print(visible(message), file=sys.stderr)


def complain(message: str) -> None:
    """One line on stderr that says what is wrong, under the program's name."""
    say(f"marsad: {' '.join(message.splitlines())}")


def emit(text: str) -> None:
    """Lines for stdout; as they are to a file or pipe, made safe to look at on a terminal."""
    if sys.stdout.isatty():
        text = visible(text.replace("\r\n", "\n"), keep="\n\t")
    sys.stdout.write(text)


@contextmanager
def progress(
    items: Iterable[Item], total: int | None, quiet: bool, what: str = "coding"
) -> Iterator[Iterator[Item]]:  # fmt: skip
    """``items``, with a bar on stderr while they are worked on (``what`` is done), where stderr is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield iter(items)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Redirecting would send the records that go to stdout to the bar's console instead.
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False)
    with bar:
        yield iter(bar.track(items, total=total))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for people on stdout; in full (one line a row, tabs) to a file or pipe.

    On a terminal that is too narrow for the columns without breaking words, each row is a block of lines instead.
    """
    listed = [["" if cell is None else visible(" ".join(str(cell).split())) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in (heads, *listed) if any(heads) else listed:
            sys.stdout.write("\t".join(row) + "\n")
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from marsad.cli.layout import blocks, columns

    width = _width()
    widths = columns(heads, listed, width)
    if widths is None:
        for line in blocks(heads, listed, width):
            sys.stdout.write(line + "\n")
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_header=any(heads))
    for head, cells in zip(heads, widths, strict=True):
        table.add_column(head, width=cells, overflow="fold")
    for row in listed:
        table.add_row(*(Text(cell) for cell in row))
    # Without a height rich would not heed the width either on a terminal that it takes for a dumb one.
    Console(width=width, height=25).print(table)


def _width() -> int:
    """The cells of a line of the terminal, or what COLUMNS says; rich takes every plain terminal for one of 80."""
    return max(1, get_terminal_size().columns)


def emit_lines(lines: Iterable[str]) -> None:
    """Lines for stdout; on a terminal broken between words, what goes on being set in by two more."""
    if not sys.stdout.isatty():
        sys.stdout.writelines(line + "\n" for line in lines)
        return
    from marsad.cli.layout import wrapped

    width = _width()
    for line in lines:
        safe = visible(line)
        indent = safe[: len(safe) - len(safe.lstrip(" "))]
        sys.stdout.writelines(part + "\n" for part in wrapped(safe, width, indent, indent + "  "))
