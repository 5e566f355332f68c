"""Ties that a verb or a hyphened word states outright: "Iran arms X", "X is backed by Iran", "Iran-backed militias"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from marsad.coding.document import Document
from marsad.coding.frames import frame_of
from marsad.coding.mentions import Mention
from marsad.coding.wordlists import rows_of
from marsad.records import Passage

__all__ = ["stated_ties"]


@cache
def _words(kind: str) -> dict[str, tuple[str, str]]:
    """Word -> relation and direction, for "verb" or "joined" words of ``lexicon/tie_words.tsv``."""
    return {
        word: (relation, direction)
        for name, relation, direction, words in rows_of("tie_words")
        if name == kind
        for word in words.split(" ")
    }


def stated_ties(document: Document, mentions: list[Mention]) -> Iterator[tuple[int, str, int, Passage]]:
    """(subject's actor, relation, object's actor, evidence) of every tie stated so."""
    words = document.words
    heads = {m.head: m for m in mentions}
    verbs = _words("verb")
    for word in words:
        tie = verbs.get(word.lemma.lower()) if word.pos == "VERB" else None
        if tie is None or any(words[c].dep in ("neg", "mark") or words[c].tag == "MD" for c in word.children):
            continue
        frame = frame_of(document, word.i)
        for one in frame.subjects:
            for other in frame.objects:
                if one in heads and other in heads:
                    yield from _tie(heads[one], heads[other], *tie)
    joined = _words("joined")
    for name in mentions:
        at = name.last
        if (
            name.form != "name"
            or at + 1 >= len(words)
            or words[at].text not in ("-", "–")
            or words[at].start != name.end
        ):
            continue
        tie = joined.get(words[at + 1].lower)
        if tie is not None:
            noun = next(
                (
                    m
                    for m in mentions
                    if m is not name and m.first <= name.first and m.head > at + 1 and m.last > at + 1
                ),
                None,
            )
            after = noun or next((m for m in mentions if at + 1 < m.first <= at + 4 and m.sent == name.sent), None)
            if after is not None:
                yield from _tie(name, after, *tie)


def _tie(one: Mention, other: Mention, relation: str, direction: str) -> Iterator[tuple[int, str, int, Passage]]:
    if one.actor != other.actor:
        subject, object_ = (one.actor, other.actor) if direction == ">" else (other.actor, one.actor)
        yield subject, relation, object_, Passage(min(one.start, other.start), max(one.end, other.end))
