"""How long requests take."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

__all__ = ["timed"]


def timed(work: Callable[[], Any], times: int) -> list[float]:
    """Milliseconds of each call, sorted; each has to succeed."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        answer = work()
        found.append(1000 * (time.perf_counter() - start))
        assert answer.status_code == 200, answer.text
    return sorted(found)
