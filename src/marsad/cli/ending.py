"""How work that takes long ends when it is told to: in order, as at Ctrl-C."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import click

from marsad.cli.terminal import complain

__all__ = ["ended_in_order"]

_ENDED: Final = 128 + signal.SIGTERM


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Within this, SIGTERM (from ``kill``, a service or a batch system) ends the work as Ctrl-C does.

    Processes are ended, what is on disk stays, half a file does not; the exit code is 143. A second one ends this
    process at once.
    """
    came: list[int] = []

    def end(number: int, _: Any) -> None:
        came.append(number)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if callable(signal.getsignal(signal.SIGINT)):
            signal.raise_signal(signal.SIGINT)  # waits where a process is just being started
        else:
            raise KeyboardInterrupt  # Ctrl-C is ignored, as in the background of a script

    try:
        usual = signal.signal(signal.SIGTERM, end)
    except ValueError:  # not in the main thread, which alone is told
        yield
        return
    try:
        yield
    except KeyboardInterrupt:
        if not came:
            raise
        complain("interrupted")
        raise click.exceptions.Exit(_ENDED) from None
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL if usual is None else usual)  # None: not set by Python
