"""Aligned units joined to passages: "paragraphs 3 to 9 of this report are paragraphs 1 to 7 of that"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from marsad.origins.alignment import Alignment
from marsad.origins.wording import Wording
from marsad.records import Json, Passage

__all__ = ["Shared", "overlap", "shared_passages"]

_SAME: Final = 0.75
"""Share of the words of a unit beside a run from which it belongs to the run."""


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
    """The runs of the derived report; units between two that fit (short ones, quotations) belong to the run, and so do
    those before and behind it of which most words are the same."""
    found = []
    taken = {pair.a for run in alignment.runs for pair in run}
    for run in alignment.runs:
        first, of_first = _grown(derived, source, run[0].a, run[0].b, -1, taken)
        last, of_last = _grown(derived, source, run[-1].a, run[-1].b, 1, taken)
        ours, theirs = derived.units, source.units
        found.append(
            Shared(
                Passage(ours[first].passage.start, ours[last].passage.end),
                (ours[first].paragraph, ours[last].paragraph),
                Passage(theirs[of_first].passage.start, theirs[of_last].passage.end),
                (theirs[of_first].paragraph, theirs[of_last].paragraph),
            )
        )
    return tuple(found)


def _grown(derived: Wording, source: Wording, a: int, b: int, step: int, taken: set[int]) -> tuple[int, int]:
    """The last pair of units from this one on, backward or forward, that are the same; those are now ``taken``."""
    while 0 <= a + step < len(derived.units) and 0 <= b + step < len(source.units) and a + step not in taken:
        ours = Counter(derived.words[slice(*derived.units[a + step].words)])
        theirs = Counter(source.words[slice(*source.units[b + step].words)])
        if (ours & theirs).total() < _SAME * max(1, ours.total(), theirs.total()):
            break
        a, b = a + step, b + step
        taken.add(a)
    return a, b


def overlap(first: Sequence[Passage], second: Sequence[Passage]) -> float:
    """How much of the lesser of two coverings of one text lies within the other, 0 to 1."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in first for b in second)
    least = min(sum(p.end - p.start for p in passages) for passages in (first, second))
    return both / least if least else 0.0
