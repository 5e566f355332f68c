"""Aligned units joined to passages: "paragraphs 3 to 9 of this report are paragraphs 1 to 7 of that"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.origins.alignment import Alignment
from marsad.origins.wording import Wording
from marsad.records import Json, Passage

__all__ = ["Shared", "overlap", "shared_passages"]


@dataclass(frozen=True, slots=True)
class Shared:
    """A run of a report that is found in another, in both's offsets and paragraphs (first and last, from 1)."""

    passage: Passage
    paragraphs: tuple[int, int]
    of_passage: Passage
    of_paragraphs: tuple[int, int]

    def to_json(self) -> Json:
        """As plain data."""
        return {
            "passage": list(self.passage), "paragraphs": list(self.paragraphs),
            "of_passage": list(self.of_passage), "of_paragraphs": list(self.of_paragraphs),
        }  # fmt: skip


def shared_passages(derived: Wording, source: Wording, alignment: Alignment) -> tuple[Shared, ...]:
    """The runs of the derived report; units between two that fit (short ones, quotations) belong to the run."""
    found = []
    for run in alignment.runs:
        ours = [derived.units[pair.a] for pair in run]
        theirs = [source.units[pair.b] for pair in run]
        found.append(
            Shared(
                Passage(ours[0].passage.start, ours[-1].passage.end),
                (ours[0].paragraph, ours[-1].paragraph),
                Passage(theirs[0].passage.start, theirs[-1].passage.end),
                (theirs[0].paragraph, theirs[-1].paragraph),
            )
        )
    return tuple(found)


def overlap(first: Sequence[Passage], second: Sequence[Passage]) -> float:
    """How much of the lesser of two coverings of one text lies within the other, 0 to 1."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in first for b in second)
    least = min(sum(p.end - p.start for p in passages) for passages in (first, second))
    return both / least if least else 0.0
