"""Things that lie over stretches of a text, found by position without looking at all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, Generic, TypeVar

__all__ = ["Overlaps"]

T = TypeVar("T")

_SIZE: Final = 512
"""Characters of one bucket."""


class Overlaps(Generic[T]):
    """Things by the characters ``[start, end)`` that they lie over."""

    def __init__(self) -> None:
        self._buckets: dict[int, list[tuple[int, int, T]]] = defaultdict(list)

    def add(self, start: int, end: int, thing: T) -> None:
        """Take in one more; a thing may lie over several stretches."""
        for bucket in range(start // _SIZE, max(start, end - 1) // _SIZE + 1):
            self._buckets[bucket].append((start, end, thing))

    def over(self, start: int, end: int) -> list[tuple[int, int, T]]:
        """(start, end, thing) of all that share a character with ``[start, end)``, each once, in order of addition."""
        first, last = start // _SIZE, max(start, end - 1) // _SIZE
        found = []
        for bucket in range(first, last + 1):
            for item in self._buckets.get(bucket, ()):
                # In the first bucket that both lie in, so that none comes twice.
                if item[0] < end and start < item[1] and bucket == max(first, item[0] // _SIZE):
                    found.append(item)
        return found

    def around(self, start: int, end: int) -> list[T]:
        """All that hold ``[start, end)`` whole, in order of addition."""
        return [thing for low, high, thing in self._buckets.get(start // _SIZE, ()) if low <= start and end <= high]
