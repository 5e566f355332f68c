"""Which earlier reports are like a new one: their numbers, and in how many values their signatures agree."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

from marsad.origins.lookup import Lookup

if TYPE_CHECKING:
    from marsad.origins.signatures import Signed

__all__ = ["AGREE", "Alike", "MemoryNeighbours", "Neighbours"]

AGREE: Final = 7
"""Values of 128 in which two signatures must agree for their texts to be compared."""

Alike = dict[int, dict[int, int]]
"""Of a report's number: the numbers of earlier reports, each with the values in which its signature agrees most."""


class Neighbours(Protocol):
    """Where an index of origins keeps signatures, and finds those like a new one."""

    def add(self, numbers: Sequence[int], signed: Signed) -> Alike:
        """Enter the signatures of these reports; of each, the earlier ones (the others here too) that are like it."""
        ...


class MemoryNeighbours:
    """Signatures in arrays: about 800 bytes for each."""

    def __init__(self) -> None:
        self._lookup = Lookup()
        self._owners = array("i")

    def add(self, numbers: Sequence[int], signed: Signed) -> Alike:
        """As :class:`Neighbours` has it."""
        before = len(self._lookup)
        self._owners.extend(numbers[owner] for owner in signed.owners.tolist())
        alike: Alike = {}
        for found in (
            self._lookup.add(signed.rows, AGREE), self._lookup.ask(signed.halves, before + signed.wholes, AGREE)
        ):  # fmt: skip
            for asking, earlier, agree in zip(*(column.tolist() for column in found), strict=True):
                one, other = self._owners[asking], self._owners[earlier]
                if one != other:
                    best = alike.setdefault(one, {})
                    best[other] = max(best.get(other, 0), agree)
        return alike
