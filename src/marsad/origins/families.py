"""Which report is made from which: a forest that grows report by report."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Final, Protocol

from marsad.origins.judging import KINDS, Kind

__all__ = ["Families", "Forest"]

_NONE: Final = -1


class Forest(Protocol):
    """Where an index of origins keeps which report is made from which; :class:`Families` says what each method does."""

    def add(self) -> int: ...
    def __len__(self) -> int: ...
    def of(self, number: int) -> int | None: ...
    def kind(self, number: int) -> Kind: ...
    def share(self, number: int) -> float: ...
    def origin(self, number: int) -> int: ...
    def sure(self, number: int) -> bool: ...
    def children(self, number: int) -> Iterator[int]: ...
    def attach(self, number: int, of: int, kind: Kind, share: float, sure: bool) -> bool: ...
    def detach(self, number: int) -> None: ...
    def members(self) -> Iterator[list[int]]: ...


class Families:
    """Reports by number, each with the one it is made from, how, and how much of it is from there; 26 bytes each."""

    def __init__(self) -> None:
        self._of = array("i")
        self._kind = array("B")
        self._share = array("d")
        self._sure = array("B")
        self._child = array("i")
        self._sibling = array("i")

    def __len__(self) -> int:
        return len(self._of)

    def add(self) -> int:
        """One more report, made from none; its number."""
        self._of.append(_NONE)
        self._kind.append(KINDS.index("independent"))
        self._share.append(0.0)
        self._sure.append(0)
        self._child.append(_NONE)
        self._sibling.append(_NONE)
        return len(self._of) - 1

    def of(self, number: int) -> int | None:
        """The report that this one is made from."""
        return None if self._of[number] == _NONE else self._of[number]

    def kind(self, number: int) -> Kind:
        """How this report is made from that one."""
        return KINDS[self._kind[number]]

    def share(self, number: int) -> float:
        """How much of this report is from that one, 0 to 1."""
        return self._share[number]

    def origin(self, number: int) -> int:
        """The report at the root: the earliest and cleanest of its family."""
        while self._of[number] != _NONE:
            number = self._of[number]
        return number

    def sure(self, number: int) -> bool:
        """Whether more than order and length tells that this report is the derived one."""
        return bool(self._sure[number])

    def children(self, number: int) -> Iterator[int]:
        """The reports made from this one, the last attached first."""
        child = self._child[number]
        while child != _NONE:
            yield child
            child = self._sibling[child]

    def attach(self, number: int, of: int, kind: Kind, share: float, sure: bool) -> bool:
        """Let a report be made from another. False, and nothing done, where that one is made from it already."""
        above: int | None = of
        while above is not None:
            if above == number:
                return False
            above = self.of(above)
        self.detach(number)
        self._of[number], self._kind[number], self._share[number] = of, KINDS.index(kind), share
        self._sure[number] = sure
        self._sibling[number], self._child[of] = self._child[of], number
        return True

    def detach(self, number: int) -> None:
        """Let a report be made from none."""
        of = self._of[number]
        if of == _NONE:
            return
        if self._child[of] == number:
            self._child[of] = self._sibling[number]
        else:
            before = next(child for child in self.children(of) if self._sibling[child] == number)
            self._sibling[before] = self._sibling[number]
        self._of[number] = self._sibling[number] = _NONE
        self._kind[number], self._share[number], self._sure[number] = KINDS.index("independent"), 0.0, 0

    def members(self) -> Iterator[list[int]]:
        """Every family, its origin first and the others as they came in; in the order of the origins."""
        found: dict[int, list[int]] = {}
        for number in range(len(self)):
            found.setdefault(self.origin(number), []).append(number)
        for origin in sorted(found):
            yield [origin, *(n for n in found[origin] if n != origin)]
