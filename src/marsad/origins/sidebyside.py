"""Two reports side by side: unit beside unit, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from marsad.origins.alignment import Alignment, align
from marsad.origins.wording import Unit, Wording
from marsad.records import Passage

__all__ = ["Beside", "side_by_side"]


@dataclass(frozen=True, slots=True)
class Beside:
    """A passage of the one report and its counterpart in the other; either may be missing.

    ``left_changed`` and ``right_changed`` are the passages within them that the other has not.
    """

    left: Passage | None
    right: Passage | None
    left_changed: tuple[Passage, ...] = ()
    right_changed: tuple[Passage, ...] = ()


def side_by_side(left: str, right: str) -> Iterator[Beside]:
    """The units of both texts, each once and in their order; what only one has stands by itself."""
    a, b = Wording(left), Wording(right)
    ours = theirs = 0
    for i, j in [*_in_order(align(a, b)), (len(a.units), len(b.units))]:
        yield from (Beside(unit.passage, None) for unit in a.units[ours:i])
        yield from (Beside(None, unit.passage) for unit in b.units[theirs:j])
        if i < len(a.units):
            yield _differing(a, a.units[i], b, b.units[j])
        ours, theirs = i + 1, j + 1


def _in_order(alignment: Alignment) -> list[tuple[int, int]]:
    """The most aligned units that stand in the same order in both, none of them twice."""
    best: list[tuple[int, int]] = []  # length of the longest row that ends here, and where it came from
    pairs = alignment.pairs
    for at, pair in enumerate(pairs):
        before = [(best[k][0], k) for k in range(at) if pairs[k].b < pair.b]
        length, came = max(before, default=(0, -1))
        best.append((length + 1, came))
    found = []
    at = max(range(len(best)), key=lambda k: best[k][0], default=-1)
    while at >= 0:
        found.append((pairs[at].a, pairs[at].b))
        at = best[at][1]
    return found[::-1]


def _differing(a: Wording, ours: Unit, b: Wording, theirs: Unit) -> Beside:
    (i, _), (j, _) = ours.words, theirs.words
    matcher = SequenceMatcher(None, a.words[slice(*ours.words)], b.words[slice(*theirs.words)], autojunk=False)
    left, right = [], []
    for how, i1, i2, j1, j2 in matcher.get_opcodes():
        if how == "equal":
            continue
        if i2 > i1:
            left.append(Passage(a.spans[i + i1][0], a.spans[i + i2 - 1][1]))
        if j2 > j1:
            right.append(Passage(b.spans[j + j1][0], b.spans[j + j2 - 1][1]))
    return Beside(ours.passage, theirs.passage, tuple(left), tuple(right))
