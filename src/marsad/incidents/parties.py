"""Who takes part in a telling, and whether two names may mean one party: aliases, membership, short forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from marsad.incidents.words import key
from marsad.knowledge import Knowledge
from marsad.knowledge.names import bare_key, fold
from marsad.records import Actor, Record

__all__ = ["Match", "Party", "match", "party", "party_maker"]

Match = Literal["same", "part", "open", "other", "none"]
"""``same``: one party of each side is the same; ``part``: one belongs to the other; ``open``: at least one side is
only described ("gunmen"), or of the same kind; ``other``: all are named and none meets; ``none``: a side is empty."""

_SMALL: Final = frozenset("of the and for in al el de la a an to on".split())
_ENDS: Final = frozenset("of in from at on who that with near for".split())
_BELONGS: Final = frozenset({"part-of", "member-of", "leads", "works-for"})
_IRREGULAR: Final = frozenset({"armed-group", "population", "person", "other"})
"""Kinds of a described party ("gunmen", "men") that may be a named armed group, or people of any kind."""
_DEPTH: Final = 4


@dataclass(frozen=True, slots=True)
class Party:
    """A party as one report names it. ``known`` are ids of the actor packs, ``above`` what these belong to; ``head`` is
    the word that says what a described party is ("hostages" of "four hostages"), ``ties`` are the keys of what the
    report says that it belongs to.
    """

    name: str
    kind: str
    key: str
    head: str
    words: frozenset[str]
    initials: str
    known: frozenset[str]
    above: frozenset[str]
    ties: frozenset[str]
    named: bool


def party(actor: Actor, knowledge: Knowledge, text: str = "", ties: Iterable[str] = ()) -> Party:
    """What is known of an actor of a record. ``text`` is the report's: the names used in it are looked up too.

    ``ties`` are the names of what the report says that it belongs to.
    """
    names = dict.fromkeys([actor.name, *(m.of(text) for m in actor.mentions[:12] if text)])
    named = [name for name in names if _is_name(name)]
    found = {known.id for name in named[:6] for known in knowledge.lookup(name)} if named else set()
    if not found and actor.name in knowledge.by_adjective:
        found = {knowledge.by_adjective[actor.name]}
    words = [word for word in fold(actor.name).split() if word not in _SMALL]
    capitals = "".join(word[0] for word in actor.name.replace("-", " ").split() if word[0].isupper())
    return Party(
        actor.name, actor.kind, bare_key(actor.name), _head(actor.name), frozenset(words),
        capitals.lower() if len(capitals) > 2 else "", frozenset(found), frozenset(_above(found, knowledge)),
        frozenset(map(bare_key, ties)),
        bool(named) and _is_name(actor.name),
    )  # fmt: skip


def _head(name: str) -> str:
    """The last word before "of", "in" and the like, in the singular."""
    words: list[str] = []
    for word in fold(name).split():
        if word in _ENDS and words:
            break
        words.append(word)
    return key(words[-1]) if words else ""


def _is_name(name: str) -> bool:
    return any(word[:1].isupper() for word in name.replace("-", " ").split())


def _above(found: Iterable[str], knowledge: Knowledge) -> set[str]:
    """What the actors of these ids are part of, hold office in, or belong to as a state's."""
    above: set[str] = set()
    waiting = [(one, 0) for one in found]
    while waiting:
        one, depth = waiting.pop()
        known = knowledge.actors.get(one)
        if known is None or depth >= _DEPTH:
            continue
        state = (known.country or "").lower()
        official = known.kind in ("government", "military", "police", "judiciary", "legislature")
        higher = {*known.part_of, *(term.body for term in known.terms), *((state,) if official and state else ())}
        waiting += [(other, depth + 1) for other in higher - above - {one}]
        above |= higher - {one}
    return above


def party_maker(record: Record, knowledge: Knowledge) -> dict[str, Party]:
    """The parties of a record by the ids of its actors."""
    names = {actor.id: actor.name for actor in record.actors}
    ties: dict[str, list[str]] = {}
    for relation in record.relations:
        if relation.relation in _BELONGS and relation.object in names:
            ties.setdefault(relation.subject, []).append(names[relation.object])
    return {actor.id: party(actor, knowledge, record.text, ties.get(actor.id, ())) for actor in record.actors}


def match(one: Sequence[Party], other: Sequence[Party]) -> Match:
    """How the parties on one side of two tellings stand to each other."""
    if not one or not other:
        return "none"
    best: Match = "other"
    for a in one:
        for b in other:
            found = _pair(a, b)
            if found == "same":
                return "same"
            if found == "part" or (found == "open" and best == "other"):
                best = found
    return best


def _pair(a: Party, b: Party) -> Match:
    if a.known & b.known or a.key == b.key:
        return "same"
    if a.key in b.ties or b.key in a.ties:
        return "part"
    if a.named and b.named:
        if (a.initials and a.initials == b.key) or (b.initials and b.initials == a.key):
            return "same"
        if a.known and b.known:
            return "part" if a.known & b.above or b.known & a.above else "other"
        shorter, longer = sorted((a.words, b.words), key=len)
        if shorter and shorter < longer:
            return "same" if a.kind == b.kind else "part"
        return "part" if len(a.words & b.words) >= 2 else "other"
    if a.head and a.head == b.head:
        return "open" if a.named or b.named else "same"
    if not (a.named or b.named) or a.kind == b.kind:
        return "open"
    return "open" if (a.kind in _IRREGULAR) == (b.kind in _IRREGULAR) else "other"
