"""What befalls one person once: the killings of one victim are one event, those of two victims are two."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from marsad.coding.clusters import Cluster

__all__ = ["again", "persons"]

_KILLING: Final = frozenset(
    "assassinate assassination death die execute execution kill killing murder shoot shooting slay slaying".split()
)


def persons(clusters: Sequence[Cluster]) -> dict[int, bool]:
    """The numbers of the actors that are one person each, and has the report a name for them?"""
    return {cluster.number: bool(cluster.names) for cluster in clusters if cluster.sort == "person"}


def again(lemma: str, sufferers: Set[int], lemmas: Set[str], theirs: Set[int], people: dict[int, bool]) -> bool | None:
    """Does a word tell of the same act on one person as others: the same word, or a killing as they are?

    ``sufferers`` and ``theirs`` are the recipients by the word and by the others, whose lemmas are ``lemmas``. False
    where two persons are killed who have names, None where nothing can be told so.
    """
    killings = lemma in _KILLING and bool(_KILLING & lemmas)
    if sufferers & theirs & people.keys():
        return True if killings or lemma in lemmas else None
    named, other = ({actor for actor in side if people.get(actor)} for side in (sufferers, theirs))
    return False if killings and named and other and not sufferers & theirs else None
