"""Ties that follow from what else a report says: who attacks whom fights them; a state's army is part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from marsad.coding.clusters import Cluster
from marsad.coding.offices import is_own_government
from marsad.coding.standing import standing_alone
from marsad.records import AUTHOR, Claim, Passage, Relation

if TYPE_CHECKING:
    from marsad.knowledge import Knowledge

__all__ = ["implied_ties"]

_ARMED: Final = frozenset({"armed-group", "military"})
_SIDES: Final = _ARMED | {"state", "government"}
_FEW: Final = 2
"""Doers up to which each is said to fight; the nations that a strike release lists are members of what fights."""
_STATE_BODIES: Final = frozenset({"military", "government", "legislature"})


def implied_ties(
    clusters: Sequence[Cluster],
    kinds: dict[int, str],
    ids: dict[int, str],
    events: Sequence[Claim],
    stated: Sequence[Relation],
    knowledge: Knowledge,
) -> Iterator[Relation]:
    """Ties between named actors that no passage states in so many words, without those already stated.

    "fights" from an attack that happened, by one side or two, between named sides of which one at least is
    armed; "part-of" from a body's name that begins with the adjective of a state which
    the report also names ("Russian Defence Ministry").
    """
    seen = {(r.subject, r.relation, r.object) for r in stated}
    tied = {frozenset((r.subject, r.object)) for r in stated}
    kind = {ids[number]: value for number, value in kinds.items()}
    named = {ids[c.number] for c in clusters if c.names}
    for event in events:
        if event.type != "ASSAULT" or event.status != "happened" or len(event.actors) > _FEW:
            continue
        for one in event.actors:
            for other in event.recipients:
                sides = {kind[one], kind[other]}
                if one == other or not {one, other} <= named or not sides <= _SIDES or not sides & _ARMED:
                    continue
                if (one, "fights", other) not in seen and (other, "fights", one) not in seen:
                    seen.add((one, "fights", other))
                    yield Relation(one, "fights", other, event.span, event.according_to)
    alone = standing_alone(clusters)
    states = {
        known: ids[c.number]
        for c in clusters
        if c.number in alone
        for known in c.known
        if knowledge.actors[known].kind == "state"
    }
    for cluster in clusters:
        own = ids[cluster.number]
        if kinds[cluster.number] not in _STATE_BODIES:
            continue
        for mention in cluster.mentions:
            first, _, rest = mention.text.partition(" ")
            if mention.form == "pronoun" or not rest or not first[:1].isupper() or is_own_government(mention.text):
                continue
            state = knowledge.by_adjective.get(first)
            if state in states and states[state] != own and frozenset((own, states[state])) not in tied:
                tied.add(frozenset((own, states[state])))
                yield Relation(own, "part-of", states[state], Passage(mention.start, mention.end), (AUTHOR,))
                break
