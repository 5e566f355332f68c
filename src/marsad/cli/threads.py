"""How many threads linear algebra gets: one, for what Marsad does with it."""

from __future__ import annotations

import os

__all__ = ["one_thread"]


def one_thread() -> None:
    """Let linear algebra use one thread: for many small matrices others would only wait for each other.

    To be called before anything that loads numpy, which reads it then.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
