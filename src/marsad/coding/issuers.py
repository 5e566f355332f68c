"""Who speaks in a document that is said to say something: whoever issued it, as the report tells."""

from __future__ import annotations

from typing import Final

from marsad.coding.document import Document, Word
from marsad.coding.wordclasses import classes
from marsad.coding.wordlists import words_of

__all__ = ["PAPERS", "RUMOURS", "is_paper", "issuer_before", "issuer_of"]

PAPERS: Final = frozenset(
    "statement release report communique communiqué letter note message document memo memorandum tweet post transcript "
    "declaration account version bulletin notice article editorial announcement petition resolution "
    "count tally estimate rumour rumor words leaflet pamphlet decree information poll survey".split()
)
"""Nouns of documents: whoever issued one speaks in it."""
_ANY_PAPER: Final = frozenset("document text statement communique communiqué note bulletin".split())
"""Nouns that take up a document that was called something else before."""
_COUNTS: Final = frozenset("account count tally estimate version words".split())
"""Nouns of these that are no paper."""
_DEEDS: Final = frozenset({"release", "report"})
"""Nouns of these that name deeds or hearsay as often ("his release", "reports of an attack")."""
RUMOURS: Final = frozenset({"rumour", "rumor"})
"""Nouns for what nobody in particular says; the plural "reports" is another."""


def is_paper(word: Word) -> bool:
    """Is this the noun of a document, in which whoever issued it speaks?"""
    return word.pos == "NOUN" and word.lemma.lower() in PAPERS


def issuer_before(document: Document, index: int) -> int | None:
    """The issuer of a document, if need be as named before ("a ministry statement ... the statement said")."""
    issuer = issuer_of(document, index)
    if issuer is not None:
        return issuer
    words = document.words
    governor = words[words[index].head]
    if governor.pos == "VERB" and words[index].dep in ("dobj", "pobj"):
        for child in governor.children:
            if words[child].dep == "nsubj":
                return child
    before = words[max(0, index - 300) : index]
    lemma = words[index].lemma
    for word in reversed(before):
        if word.lemma == lemma:
            issuer = issuer_of(document, word.i)
            if issuer is not None:
                return issuer
    if lemma.lower() in _ANY_PAPER:
        # "said in a bulletin ... the document says": the last paper whose issuer is told.
        for word in reversed(before):
            if word.pos == "NOUN" and word.lemma.lower() in PAPERS - RUMOURS - _COUNTS - _DEEDS:
                issuer = issuer_of(document, word.i)
                if issuer is not None:
                    return issuer
    return None


def issuer_of(document: Document, index: int) -> int | None:
    """Whose document it is: "the ministry's statement", "a DoD news release", "a statement by the group"."""
    words = document.words
    for child in words[index].children:
        under = words[child]
        body = under.pos == "PROPN" or under.ent == "ORG" or under.lower in words_of("body_nouns")
        if under.dep == "poss" or (under.dep in ("compound", "nmod", "amod") and body):
            return child
    for child in words[index].children:
        under = words[child]
        if (under.dep == "prep" and under.lower in ("by", "from", "of")) or under.dep in ("acl", "agent"):
            for deeper in under.children:
                if words[deeper].dep in ("pobj", "agent") or words[deeper].lower == "by":
                    if words[deeper].dep == "pobj":
                        # "the reports of an attack" are not its own.
                        if under.lower != "of" or _is_somebody(words[deeper]):
                            return deeper
                        continue
                    for lowest in words[deeper].children:
                        if words[lowest].dep == "pobj":
                            return lowest
    head = words[words[index].head]
    if words[index].dep in ("dobj", "pobj") and head.lemma in ("issue", "publish", "release", "write", "send", "in"):
        verb = words[head.head] if head.pos == "ADP" else head
        for child in verb.children:
            if words[child].dep == "nsubj":
                return child
    return None


def _is_somebody(word: Word) -> bool:
    """May this be a person or a body?"""
    if word.pos in ("PROPN", "PRON") or word.ent in ("PERSON", "ORG", "NORP", "GPE"):
        return True
    return classes(word.lemma.lower(), "NOUN")[0][:1] in (("person",), ("group",))
