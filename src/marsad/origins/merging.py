"""Is a report put together from several others, each of which fills a part of it of its own?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from marsad.origins.judging import Edge
from marsad.origins.passages import overlap
from marsad.records import Passage

__all__ = ["Meeting", "boilerplate", "parts"]

_WHOLE: Final = 0.95
"""A report of which one other fills more than this is not put together."""
_PARTIAL: Final = 0.8
_OVERLAP: Final = 0.2
_SAME: Final = 0.7
_FAMILIES: Final = 3
_MUCH: Final = 0.5
"""What as many families have in common, less than this part of a report, is the site's and not the story's."""
_TOGETHER: Final = 0.85
"""Parts that fill so much of it between them are its sources even where the whole of each is in it."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What of a report is shared with ``other`` (its number): the part, the passages, and what part of the other."""

    other: int
    share: float
    passages: tuple[Passage, ...]
    other_share: float

    @classmethod
    def of(cls, number: int, other: int, edge: Edge) -> Meeting:
        """From the side of report ``number``, whose edge with ``other`` it is."""
        if edge.later == (number > other):
            return cls(other, edge.share, tuple(p.passage for p in edge.passages), edge.of_share)
        return cls(other, edge.of_share, tuple(p.of_passage for p in edge.passages), edge.share)


def parts(meetings: Iterable[Meeting]) -> dict[int, Meeting]:
    """The sources of a report that is put together, by number; empty for any other report.

    Each fills a part of its own. Either they fill nearly all of it, or each has
    more to say than what is here: a long report and two cuts of it look different.
    """
    chosen: dict[int, Meeting] = {}
    for meeting in sorted(meetings, key=lambda m: (-m.share, m.other)):
        if meeting.share > _WHOLE:
            return {}
        if all(overlap(meeting.passages, one.passages) < _OVERLAP for one in chosen.values()):
            chosen[meeting.other] = meeting
    if len(chosen) < 2:
        return {}
    fill = sum(meeting.share for meeting in chosen.values())
    partial = all(meeting.other_share <= _PARTIAL for meeting in chosen.values())
    return chosen if fill >= _TOGETHER or partial else {}


def boilerplate(meetings: Iterable[tuple[Meeting, int]]) -> set[int]:
    """The reports (by number) with which a report shares no more than a passage that unlike reports have too.

    Each meeting comes with the number of the other's origin.
    """
    small = [(meeting, origin) for meeting, origin in meetings if meeting.share < _MUCH]
    found: set[int] = set()
    for meeting, _ in small:
        same = [pair for pair in small if overlap(meeting.passages, pair[0].passages) >= _SAME]
        if len({origin for _, origin in same}) >= _FAMILIES:
            found |= {one.other for one, _ in same}
    return found
