"""A word to somebody who waits: what is being done, on stderr, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from marsad.cli.terminal import visible

__all__ = ["waiting"]


@contextmanager
def waiting(what: str) -> Iterator[Callable[[str], None]]:
    """Show ``what`` is done, and for how long, until the block is left; what it is given says what comes next."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn("line"), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    console = Console(stderr=True)
    shown = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    with shown:
        task = shown.add_task(visible(what), total=None)
        yield lambda words: shown.update(task, description=visible(words))
