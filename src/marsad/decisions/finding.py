"""Finding in a record what a decision was about: by the passage, which no coding can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from marsad.decisions.portable import Fact
from marsad.records import Actor, Claim, Passage, Relation, Statement

__all__ = ["at_passage", "choose", "kind_of", "likeness", "passages_of"]

_ENOUGH: Final = 0.5
"""Of the shorter of two passages, at least this much is in the other where both are the place of one fact."""


def passages_of(fact: Fact) -> tuple[Passage, ...]:
    """The passages that a fact is found by, its own before others."""
    if isinstance(fact, Claim):
        return fact.triggers
    if isinstance(fact, Statement):
        return fact.content
    if isinstance(fact, Actor):
        return fact.mentions
    return (fact.evidence,)


def likeness(one: Passage, other: Passage) -> float:
    """How well two passages cover each other, 0 to 1; 0 also where they hardly touch."""
    common = min(one.end, other.end) - max(one.start, other.start)
    if common <= 0 or common < _ENOUGH * min(one.end - one.start, other.end - other.start):
        return 0.0
    return common / (max(one.end, other.end) - min(one.start, other.start))


def at_passage(facts: Iterable[Fact], passage: Passage) -> list[int]:
    """Which of the facts stand best on a passage, by their places in the list; several where they stand equally well.

    An event's own trigger goes before its further ones.
    """
    best: tuple[int, float] = (0, 0.0)
    found: list[int] = []
    for at, fact in enumerate(facts):
        places = passages_of(fact)
        own = likeness(places[0], passage)
        if isinstance(fact, Claim):
            mark = (1, own) if own else (0, max((likeness(one, passage) for one in places[1:]), default=0.0))
        else:
            mark = (1, max(likeness(one, passage) for one in places))
        if not mark[1] or mark < best:
            continue
        found = [*found, at] if mark == best else [at]
        best = mark
    return found


def kind_of(fact: Fact) -> str:
    """The word that tells apart facts on one passage."""
    if isinstance(fact, Claim):
        return fact.type
    if isinstance(fact, Relation):
        return fact.relation
    return fact.manner if isinstance(fact, Statement) else fact.kind


def choose(facts: Sequence[Fact], passage: Passage, seen: Mapping[str, Any] | None, among: int) -> int | None:
    """The fact that a decision was about; ``seen`` is what it was then, ``among`` how many were on its passage.

    Where there were several, only one of the same kind will do.
    """
    found = at_passage(facts, passage)
    kind = str((seen or {}).get("type") or (seen or {}).get("relation") or "")
    alike = [at for at in found if not kind or kind_of(facts[at]) == kind]
    if among > 1 or len(found) > 1:
        return alike[0] if alike else (found[0] if among <= 1 and found else None)
    return found[0] if found else None
