"""Change a text and carry every offset of its labels along, exactly."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

__all__ = ["Changed", "Edit", "change", "moved", "passages"]

Record = dict[str, Any]


class Edit(NamedTuple):
    """Code points ``[start, end)`` of a text give way to ``new``, which may be empty; an insertion has no width."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed text, and what became of each code point of the old one.

    A code point that was kept has its own place; one that gave way, with others,
    to new words stands for all of these.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def passage(self, start: int, end: int) -> tuple[int, int]:
        """Where the words of an old passage stand now, without blanks at the ends.

        Raises ValueError where nothing of them is left.
        """
        left = min((self.starts[k] for k in range(start, end) if self.ends[k] > self.starts[k]), default=0)
        right = max((self.ends[k] for k in range(start, end) if self.ends[k] > self.starts[k]), default=0)
        while left < right and self.text[left].isspace():
            left += 1
        while left < right and self.text[right - 1].isspace():
            right -= 1
        if left >= right:
            raise ValueError(f"nothing is left of the passage {start}-{end}")
        return left, right


def change(text: str, edits: Sequence[Edit]) -> Changed:
    """The text with all edits made. Raises ValueError where two of them overlap or one lies outside."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = length = 0
    for edit in sorted(edits):
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit at {edit.start} overlaps another or lies outside the text")
        for letter in range(at, edit.start):
            starts.append(length)
            length += 1
            ends.append(length)
            pieces.append(text[letter])
        starts += [length] * (edit.end - edit.start)
        length += len(edit.new)
        ends += [length] * (edit.end - edit.start)
        pieces.append(edit.new)
        at = edit.end
    for letter in range(at, len(text)):
        starts.append(length)
        length += 1
        ends.append(length)
        pieces.append(text[letter])
    return Changed("".join(pieces), tuple(starts), tuple(ends))


SINGLE = ("span", "cue", "speaker_span", "evidence")
SEVERAL = ("mentions", "content", "also")


def holders(record: Record) -> Iterator[tuple[dict[str, Any], str]]:
    """Every object of a record that has offsets, with the key that holds them."""
    for group in ("actors", "relations", "statements", "events", "times", "places"):
        for item in record.get(group, []):
            for part in (item, item.get("time"), item.get("place")):
                if isinstance(part, dict):
                    for key in (*SINGLE, *SEVERAL):
                        if part.get(key):
                            yield part, key


def passages(record: Record) -> Iterator[tuple[int, int]]:
    """Every passage that a record's labels name, in a fixed order."""
    for part, key in holders(record):
        for start, end in part[key] if key in SEVERAL else [part[key]]:  # noqa: UP028
            yield start, end


def moved(record: Record, changed: Changed) -> Record:
    """The record of the changed text: the same labels, each on what became of its words. The old one is kept.

    Raises ValueError where nothing is left of a labelled passage.
    """
    new = copy.deepcopy(record)
    new["text"] = changed.text
    for part, key in holders(new):
        if key in SEVERAL:
            part[key] = [list(changed.passage(*span)) for span in part[key]]
        else:
            part[key] = list(changed.passage(*part[key]))
    return new
