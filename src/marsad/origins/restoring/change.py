"""What was put back into a garbled text, and how passages of the restored reading lead back to the original words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from marsad.records import Passage

__all__ = ["Alternative", "Change", "ChangeKind", "Reading"]

ChangeKind = Literal["name", "title", "phrase", "word"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading that was weighed, and its probability (0 to 1)."""

    reading: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Change:
    """Code points ``[start, end)`` of the original text, and what is likely to have stood there.

    ``confidence`` is a probability. ``by`` is ``copy`` where a cleaner copy of the report has the words (``of`` is
    that report's id), else ``guess``. ``reason`` says in words what speaks for it. One that is not ``applied`` is a
    proposal: too uncertain to be read so.
    """

    start: int
    end: int
    reading: str
    confidence: float
    kind: ChangeKind
    by: Literal["copy", "guess"]
    reason: str
    of: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    applied: bool = True

    def to_json(self) -> dict[str, Any]:
        """This change as plain data, as it stands under ``restored`` in a record."""
        return {
            "start": self.start,
            "end": self.end,
            "reading": self.reading,
            "confidence": round(self.confidence, 3),
            "kind": self.kind,
            "by": self.by,
            "of": self.of,
            "alternatives": [{"reading": a.reading, "confidence": round(a.confidence, 3)} for a in self.alternatives],
            "reason": self.reason,
            "applied": self.applied,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with changes applied, and the way back. ``changes`` are in order and do not overlap; ``proposals`` are
    those that were not applied."""

    original: str
    changes: tuple[Change, ...]
    proposals: tuple[Change, ...] = ()
    text: str = field(init=False)
    _starts: tuple[int, ...] = field(init=False, repr=False)
    _ends: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Apply the changes. Raises ValueError when they overlap, are out of order or lie outside the text."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = length = 0
        for change in self.changes:
            if not at <= change.start < change.end <= len(self.original) or not change.reading:
                raise ValueError(f"change [{change.start}, {change.end}) overlaps, is empty or lies outside the text")
            pieces += (self.original[at : change.start], change.reading)
            starts.append(length + change.start - at)
            ends.append(starts[-1] + len(change.reading))
            length, at = ends[-1], change.end
        pieces.append(self.original[at:])
        object.__setattr__(self, "text", "".join(pieces))
        object.__setattr__(self, "_starts", tuple(starts))
        object.__setattr__(self, "_ends", tuple(ends))

    def back(self, passage: Passage) -> Passage:
        """Where the words of a passage of the reading stand in the original: a changed word's whole place."""
        return Passage(self._start(passage.start), self._end(passage.end))

    def all_back(self, passages: Iterable[Passage]) -> tuple[Passage, ...]:
        """Several passages, each once, in their order."""
        return tuple(dict.fromkeys(self.back(passage) for passage in passages))

    def _start(self, at: int) -> int:
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return at
        if at < self._ends[number]:
            return self.changes[number].start
        return self.changes[number].end + at - self._ends[number]

    def _end(self, at: int) -> int:
        number = bisect_left(self._ends, at)
        if number < len(self._ends) and at > self._starts[number]:
            return self.changes[number].end
        if number == 0:
            return at
        return self.changes[number - 1].end + at - self._ends[number - 1]
