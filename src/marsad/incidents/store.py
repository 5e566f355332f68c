"""Where an index keeps its tellings: in memory, or wherever else they can be made again from."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from marsad.incidents.tellings import Telling

__all__ = ["MemoryStore", "TellingStore"]


class TellingStore(Protocol):
    """Tellings by number, 0, 1, 2 ... in the order they were kept."""

    def keep(self, telling: Telling) -> int:
        """Keep a telling; its number."""
        ...

    def fetch(self, number: int) -> Telling:
        """The telling of this number."""
        ...

    def moved(self, number: int, origin: str) -> None:
        """The telling of this number goes back to another account."""
        ...


class MemoryStore:
    """Tellings in memory: about 8 KiB each."""

    def __init__(self) -> None:
        self._tellings: list[Telling] = []

    def keep(self, telling: Telling) -> int:
        """Keep a telling; its number."""
        self._tellings.append(telling)
        return len(self._tellings) - 1

    def fetch(self, number: int) -> Telling:
        """The telling of this number. IndexError for one that there is not."""
        return self._tellings[number]

    def moved(self, number: int, origin: str) -> None:
        """The telling of this number goes back to another account."""
        self._tellings[number] = replace(self._tellings[number], origin=origin)
