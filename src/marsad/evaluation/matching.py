"""Which part of one record answers which part of another: overlap, pairs, who is who.

Passages seldom agree to the letter, so parts are paired by how much they
overlap (intersection over union, also called the Jaccard index), the best pair
first and each part at most once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from marsad.evaluation.view import Event, Spans, View

__all__ = ["NEAR_KM", "Pairs", "identities", "overlap", "pairs", "share", "share_of_pieces", "trigger_value"]

Pairs = list[tuple[int, int]]
G = TypeVar("G")
S = TypeVar("S")

NEAR_KM = 50
"""Kilometres within which two points are one place."""
_SAME_MENTION = 0.5
_NEAR_MENTION = 0.3


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """How many code points two passages share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def share(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union of two passages, 0 to 1."""
    common = overlap(a, b)
    return common / ((a[1] - a[0]) + (b[1] - b[0]) - common) if common else 0.0


def share_of_pieces(a: Spans, b: Spans) -> float:
    """Intersection over union of two sets of passages; passages of one set may overlap."""
    left, right = _merged(a), _merged(b)
    common = sum(overlap(x, y) for x in left for y in right)
    size = sum(end - start for start, end in (*left, *right)) - common
    return common / size if size else 0.0


def _merged(spans: Spans) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def pairs(gold: Sequence[G], system: Sequence[S], value: Callable[[G, S], float]) -> Pairs:
    """One-to-one pairs of indices, highest ``value`` first; ties go to the earlier items, 0 never pairs."""
    candidates = [(v, i, j) for i, g in enumerate(gold) for j, s in enumerate(system) if (v := value(g, s)) > 0]
    candidates.sort(key=lambda c: (-c[0], c[1], c[2]))
    taken_gold: set[int] = set()
    taken_system: set[int] = set()
    found: Pairs = []
    for _, i, j in candidates:
        if i not in taken_gold and j not in taken_system:
            taken_gold.add(i)
            taken_system.add(j)
            found.append((i, j))
    return found


def trigger_value(gold: Event, system: Event) -> float:
    """How well two events meet: any trigger overlaps; the right type counts above any overlap."""
    best = max((share(a, b) for a in gold.triggers for b in system.triggers), default=0.0)
    if not best:
        return 0.0
    return best + 2.0 if gold.type == system.type else best


def identities(gold: View, system: View) -> tuple[dict[str, str], Pairs]:
    """The gold actor that each of the system's actors stands for, and the pairs of mentions.

    An actor stands for the gold actor on whom most of its paired mentions fall
    (the first to be paired, when level). One without a paired mention still
    does when a mention of it ends with, or overlaps enough, a gold mention.
    """
    same = pairs(
        gold.mentions, system.mentions, lambda g, s: v if (v := share(g.span, s.span)) >= _SAME_MENTION else 0.0
    )
    votes: dict[str, dict[str, int]] = {}
    for i, j in same:
        ballot = votes.setdefault(system.mentions[j].actor, {})
        choice = gold.mentions[i].actor
        ballot[choice] = ballot.get(choice, 0) + 1
    stands_for = {actor: max(ballot, key=ballot.__getitem__) for actor, ballot in votes.items()}
    for mention in system.mentions:
        if mention.actor in stands_for:
            continue
        for other in gold.mentions:
            if overlap(other.span, mention.span) and (
                other.span[1] == mention.span[1] or share(other.span, mention.span) >= _NEAR_MENTION
            ):
                stands_for[mention.actor] = other.actor
                break
    return stands_for, same
