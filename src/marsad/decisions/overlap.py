"""When two passages are the place of one fact, or one mention of one actor."""

from __future__ import annotations

from typing import Final

from marsad.records import Passage

__all__ = ["likeness", "named_alike"]

_ENOUGH: Final = 0.5
"""Of the shorter of two passages, at least this much is in the other where both are the place of one fact."""
_BEFORE: Final = 4
_BEHIND: Final = 2
"""Characters by which two mentions of one actor may differ: "the " before the name, "'s" behind it."""


def likeness(one: Passage, other: Passage) -> float:
    """How well two passages cover each other, 0 to 1; 0 also where they hardly touch."""
    common = min(one.end, other.end) - max(one.start, other.start)
    if common <= 0 or common < _ENOUGH * min(one.end - one.start, other.end - other.start):
        return 0.0
    return common / (max(one.end, other.end) - min(one.start, other.start))


def named_alike(one: Passage, other: Passage) -> bool:
    """Whether two passages are one mention of one actor, with or without an article before it or "'s" behind it.

    A name within the name of another is none: "the coalition" is not who "a coalition spokesman" is.
    """
    near = abs(one.start - other.start) <= _BEFORE and abs(one.end - other.end) <= _BEHIND
    return near and likeness(one, other) > 0
