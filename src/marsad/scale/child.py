"""What runs in a worker process: a coder, opened once, and the chunks that it is sent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from marsad.records import Record, Report
from marsad.scale.opening import CoderLike, Failure, Opener, code_together

__all__ = ["begin", "code_chunk"]

_opening: tuple[Opener, tuple[Path, ...]] | None = None


def begin(opener: Opener, packs: Sequence[Path]) -> None:
    """Get ready: remember how to open the coder, leave Ctrl-C to the parent, end when the parent ends."""
    global _opening
    _opening = opener, tuple(packs)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def code_chunk(reports: list[Report]) -> list[Record | Failure]:
    """Code the reports, in order. An empty list makes sure that the coder is open and its models are loaded.

    Raises KnowledgeError or ModelError when the coder cannot start.
    """
    coder = _coder()
    return code_together(coder, reports)


@cache
def _coder() -> CoderLike:
    if _opening is None:
        raise RuntimeError("begin() comes first")
    opener, packs = _opening
    coder = opener(packs)
    warm_up = getattr(coder, "warm_up", None)
    if warm_up:
        warm_up()
    return coder


def _end_with_parent() -> None:
    # The queue that a worker waits on stays open when the parent is killed: the worker holds both ends of it.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
