"""Who is who in pictures of the whole casebook: parties of many reports that are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from marsad.incidents import Summary
from marsad.incidents.parties import Party, party
from marsad.knowledge import Knowledge
from marsad.records import Actor, Passage

__all__ = ["Parties", "PartyFact"]

_MOST_NAMES: Final = 40
_COUNTING: Final = frozenset(
    "a an the one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred dozens "
    "scores hundreds thousands several some many most few another other unidentified unknown at about around nearly "
    "more least they he she it we you i those these who some their his her its our my others everyone nobody".split()
)
"""Words with which a description of people begins, and no name: "Five soldiers"."""


class PartyFact(NamedTuple):
    """A party. ``known`` is its id in the actor packs, where one alone is meant; ``named`` tells a name from a
    description ("gunmen"). ``key`` tells it from all others and stays the same while the casebook grows."""

    key: str
    name: str
    kind: str
    known: str | None
    named: bool


class Parties:
    """Gives each party a number. Names of one entry of the actor packs are one party, and so are names that differ in
    case, accents and articles only; descriptions are one where they have the same head ("two gunmen", "gunmen")."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._facts: list[PartyFact] = []
        self._at: dict[str, int] = {}
        self._seen: dict[tuple[str, str], int] = {}

    def told(self, used: Iterable[tuple[int, str]]) -> tuple[list[PartyFact], list[list[str]]]:
        """The parties by number, and of each the names that are ``used`` for it, the commonest first.

        One that the packs do not have bears the name that is used for it most.
        """
        names: list[Counter[str]] = [Counter() for _ in self._facts]
        for number, name in used:
            names[number][name] += 1
        called = [[name for name, _ in one.most_common(_MOST_NAMES)] for one in names]
        return [
            fact if fact.known or not fact.named or not own else fact._replace(name=own[0])
            for fact, own in zip(self._facts, called, strict=True)
        ], called

    def of(self, one: Summary, side: str) -> list[tuple[int, str]]:
        """The numbers of an incident's actors or recipients, by their rule, and what it calls them."""
        figure = one.figures.get(side)
        if figure is None:
            return []
        found: dict[int, str] = {}
        for data in figure.data:
            answer = next(answer for answer in figure.answers if answer.data is data)
            best: Party = next(
                p for telling in answer.tellings for p in getattr(telling, side) if p.name == data["name"]
            )
            found.setdefault(self._number(best), best.name)
        return list(found.items())

    def named(self, name: str, kind: str) -> int:
        """The number of an actor that a relation names."""
        if (name, kind) not in self._seen:
            self._seen[name, kind] = self._number(party(Actor("a", name, kind, (Passage(0, 1),)), self._knowledge))
        return self._seen[name, kind]

    def _number(self, one: Party) -> int:
        known = next(iter(one.known)) if len(one.known) == 1 else None
        if known is not None and known not in self._knowledge.actors:
            known = None
        named = one.named and not _described(one.name)
        if known is not None:
            key = f"known:{known}"
        elif named:
            key = f"name:{one.key}"
        else:
            key = f"described:{one.head or one.key}"
        if key not in self._at:
            self._at[key] = len(self._facts)
            actor = self._knowledge.actors[known] if known is not None else None
            name = actor.name if actor else one.name if named else (one.head or one.name)
            self._facts.append(PartyFact(key, name, actor.kind if actor else one.kind, known, named or bool(actor)))
        return self._at[key]


def _described(name: str) -> bool:
    """Whether only its place in the sentence gives a description its capital letter."""
    first, *others = name.split() or [""]
    return first.lower() in _COUNTING and not any(word[0].isupper() for word in others)
