"""Finding in a record what a decision was about: by the passage, which no coding can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marsad.decisions.overlap import likeness, named_alike
from marsad.decisions.portable import Fact
from marsad.records import Actor, Claim, Passage, Relation, Statement

__all__ = ["at_passage", "candidates", "exactly_at", "kind_of", "passages_of"]


def passages_of(fact: Fact) -> tuple[Passage, ...]:
    """The passages that a fact is found by, its own before others."""
    if isinstance(fact, Claim):
        return fact.triggers
    if isinstance(fact, Statement):
        return fact.content
    if isinstance(fact, Actor):
        return fact.mentions
    return (fact.evidence,)


def exactly_at(fact: Fact, passage: Passage) -> bool:
    """Whether a fact stands on this very passage; of an event, with its own trigger."""
    return passage in (passages_of(fact)[:1] if isinstance(fact, Claim) else passages_of(fact))


def at_passage(facts: Iterable[Fact], passage: Passage) -> list[int]:
    """Which of the facts stand best on a passage, by their places in the list; several where they stand equally well.

    An event's own trigger goes before its further ones; an actor stands on nothing but its mentions.
    """
    best: tuple[int, float] = (0, 0.0)
    found: list[int] = []
    for at, fact in enumerate(facts):
        places = passages_of(fact)
        if isinstance(fact, Actor):
            places = tuple(one for one in places if named_alike(one, passage))
        if not places:
            continue
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


def candidates(facts: Sequence[Fact], passage: Passage, seen: Mapping[str, Any] | None, among: int) -> list[int]:
    """The facts that a decision may be about; ``seen`` is what it was then, ``among`` how many were on its passage.

    Where there were several, only those of the same kind will do.
    """
    found = at_passage(facts, passage)
    kind = str((seen or {}).get("type") or (seen or {}).get("relation") or "")
    alike = [at for at in found if not kind or kind_of(facts[at]) == kind]
    if among > 1 or len(found) > 1:
        return alike or (found[:1] if among <= 1 else [])
    return found
