"""How an event was done: the PLOVER mode within its type."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from marsad.coding.document import Document, Word
from marsad.coding.eventlinks import EventDraft
from marsad.coding.triggers import features
from marsad.coding.weights import Weights
from marsad.coding.wordlists import rows_of

__all__ = ["means", "mode_of"]

_NONE: Final = "-"
_TOLD: Final = 6.0
"""Log-odds that a mode gains by words that tell of it."""
_LEAST: Final = 0.35
_LEAST_UNTOLD: Final = 0.5
"""Share from which on a mode is given, and one of those that words would tell of where no word does: "killed" alone
does not say by what."""
_NARROWER: Final = ("suicide-attack", "drone", "torture")
"""Modes that go before the wider ones told of beside them: a suicide bomber has a bomb, a drone drops grenades."""
_USING: Final = frozenset("fire launch throw drop use detonate lob hurl plant lay deploy release set carry".split())
"""Verbs whose object is what is used, not what is hit."""
_BY: Final = frozenset("with by from using via".split())
_IN: Final = frozenset("in during of after following under".split())
_KINDS: Final = frozenset({"compound", "amod", "nmod", "npadvmod", "nummod"})


@cache
def _words() -> dict[tuple[str, str], str]:
    """(What it is, word) -> mode, of ``lexicon/mode_words.tsv``."""
    return {(what, word): mode for mode, what, words in rows_of("mode_words") for word in words.split(" ")}


def means(document: Document, index: int) -> set[str]:
    """The modes of which the word at ``index``, its subject or what it was done with tell."""
    words = document.words
    word = words[index]
    # "shot down a drone": the means is not told.
    down = any(words[child].dep == "prt" and words[child].lower == "down" for child in word.children)
    found = set() if down else _told(document, word, "deed")
    for child in word.children:
        under = words[child]
        if under.dep == "nsubj" or (under.dep in ("dobj", "nsubjpass") and word.lemma in _USING):
            found |= _told(document, under, "thing")
        elif under.dep in ("prep", "agent"):
            for deeper in under.children:
                below = words[deeper]
                if below.dep == "pobj" and (under.dep == "agent" or under.lower in _BY):
                    found |= _told(document, below, "thing") or _told(document, below, "deed")
                elif below.dep == "pobj" and under.lower in _IN:
                    found |= _told(document, below, "deed")
    return found


def _told(document: Document, word: Word, what: str) -> set[str]:
    """The mode that a word tells of, rather by the words before it ("suicide bomber") than by itself ("bomber")."""
    known, words = _words(), document.words
    before = {
        mode
        for child in word.children
        if child < word.i and words[child].dep in _KINDS
        for kind in [words[child].lemma.lower()]
        for whole in [f"{kind}-{word.lemma.lower()}" if child + 1 == word.i else ""]
        if (mode := known.get(("kind", kind)) or known.get(("kind", whole)))
    }
    own = known.get((what, word.lemma.lower())) or known.get((what, word.lower))
    return before or ({own} if own else set())


def mode_of(document: Document, event: EventDraft) -> str | None:
    """The mode for which an event's triggers speak most, or None; by the table ``mode`` and the words for means.

    The bars were chosen on training reports, each by a table fitted without it.
    """
    weights = Weights.load("mode")
    kind = event.type
    mine = [(i, label.split("/")[1]) for i, label in enumerate(weights.labels) if label.startswith(kind + "/")]
    if len(mine) < 2:
        return None
    sums: dict[str, float] = {}
    told: set[str] = set()
    for trigger in event.triggers:
        scores = weights.scores(features(document, document.words[trigger.word]))
        for number, mode in mine:
            sums[mode] = max(sums.get(mode, -99.0), scores[number])
        if kind == "ASSAULT":
            told |= means(document, trigger.word)
    told = next(({mode} for mode in _NARROWER if mode in told), told)
    for mode in told:
        sums[mode] = sums.get(mode, 0.0) + _TOLD
    best = max(sums, key=sums.__getitem__)
    if best == _NONE:
        return None
    share = 1.0 / sum(math.exp(value - sums[best]) for value in sums.values())
    untold = kind == "ASSAULT" and best in _words().values()
    return best if best in told or share >= (_LEAST_UNTOLD if untold else _LEAST) else None
