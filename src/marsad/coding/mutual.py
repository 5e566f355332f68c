"""Fighting, talks and accords, in which both sides do the same: who is named on one side only stands on both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.coding.clusters import Cluster
from marsad.coding.document import Document, Word
from marsad.coding.eventlinks import EventDraft
from marsad.coding.mentions import Mention

__all__ = ["share_sides"]

_NOUNS: Final = frozenset(
    "battle clash combat confrontation conflict dialog dialogue exercise fighting firefight gunbattle gunfight "
    "accord agreement meeting negotiation shootout hostility skirmish summit talk".split()
)
"""Nouns of what is done by all who take part, to one another."""
_VERBS: Final = frozenset("agree clash converse confer meet negotiate sign skirmish talk".split())
"""Verbs that say the same of a subject of several without an object."""
_TYPES: Final = frozenset("AGREE ASSAULT CONSULT COOPERATE SUPPORT".split())


def share_sides(
    document: Document,
    event: EventDraft,
    ties: dict[int, list[tuple[Mention, float, float]]],
    clusters: Sequence[Cluster],
) -> bool:
    """Put the parties of a mutual event on both sides where one side has none or where "between" names them all.

    Tells whether it did. ``ties`` are the mentions that may take part, by the word of each trigger.
    """
    if event.type not in _TYPES:
        return False
    for trigger in event.triggers:
        word = document.words[trigger.word]
        if not _is_mutual(word):
            continue
        heads = _between(document, word)
        between = {m.actor: max(does, suffers) for m, does, suffers in ties.get(word.i, ()) if m.head in heads}
        if len(between) > 1:
            for side in (event.doers, event.sufferers):
                for actor, chance in between.items():
                    side[actor] = max(chance, side.get(actor, 0.0))
            return True
        if not all(_is_mutual(document.words[other.word]) for other in event.triggers):
            continue  # "wounded in the battle": whom it befell is told, not who fought
        full, empty = (event.doers, event.sufferers) if event.doers else (event.sufferers, event.doers)
        if not empty and (len(full) > 1 or (word.pos == "NOUN" and _are_several(document, clusters, full))):
            empty.update(full)
            return True
    return False


def _is_mutual(word: Word) -> bool:
    return word.lemma.lower() in (_VERBS if word.pos == "VERB" else _NOUNS)


def _between(document: Document, word: Word) -> set[int]:
    """The words that "between" names below a trigger, with their coordinated members."""
    words = document.words
    found: set[int] = set()
    stack = [deeper for c in word.children if words[c].lower in ("between", "among") for deeper in words[c].children]
    while stack and len(found) < 30:
        at = stack.pop()
        if words[at].dep in ("pobj", "conj"):
            found.add(at)
            stack += words[at].children
    return found


def _are_several(document: Document, clusters: Sequence[Cluster], side: dict[int, float]) -> bool:
    """Is the one party of a side told of in the plural, as "the presidents"?"""
    return any(
        mention.form == "description" and document.words[mention.head].tag in ("NNS", "NNPS")
        for actor in side
        for mention in clusters[actor].mentions
    )
