"""Ties stated outright: "Iran arms X", "Iran-backed militias", "Coalition nations include A, B and C", "our ally X"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from marsad.coding.document import Document
from marsad.coding.frames import frame_of
from marsad.coding.mentions import Mention
from marsad.coding.wordlists import rows_of
from marsad.records import Passage

__all__ = ["stated_ties"]

_MEMBERS: Final = frozenset("nation country state member partner participant".split())
"""Nouns for the members of a body, in "Coalition nations include A, B and C"."""
_LISTING: Final = frozenset("include comprise".split())


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
    yield from _listed_members(document, mentions)
    yield from _supported(document, mentions)
    yield from _allies(document, mentions)
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


def _listed_members(document: Document, mentions: list[Mention]) -> Iterator[tuple[int, str, int, Passage]]:
    """ "Coalition nations which have conducted strikes in Iraq include A, B and C": each is part of it."""
    words = document.words
    for number, body in enumerate(mentions):
        head = words[body.head]
        if head.lemma.lower() not in _MEMBERS or body.head == body.first or not words[body.head - 1].text[:1].isupper():
            continue
        sentence = document.sentences[body.sent]
        verb = next((w for w in words[body.last : sentence.last] if w.lemma in _LISTING and w.pos == "VERB"), None)
        if verb is None or words[verb.i - 1].text in (",", ";"):
            continue
        at = verb.i + 1
        for other in mentions[number + 1 :]:
            if other.first < at or other.form != "name":
                continue
            between = words[at : other.first]
            if other.sent != body.sent or any(w.pos not in ("DET", "PUNCT", "CCONJ") or w.text == ";" for w in between):
                break
            yield from _tie(other, body, "part-of", ">")
            at = other.last


def _supported(document: Document, mentions: list[Mention]) -> Iterator[tuple[int, str, int, Passage]]:
    """ "The coalition conducted strikes in support of the government": it backs the government."""
    words = document.words
    heads = {m.head: m for m in mentions}
    for other in mentions:
        at = other.first - 1
        while at > 0 and words[at].pos == "DET":
            at -= 1
        if at < 2 or [w.lower for w in words[at - 2 : at + 1]] != ["in", "support", "of"] or other.form == "pronoun":
            continue
        verb = words[at - 2]
        for _ in range(5):
            verb = words[verb.head]
            if verb.pos == "VERB" and any(words[c].dep.startswith("nsubj") for c in verb.children):
                break
        subjects = [heads[i] for i in frame_of(document, verb.i).subjects if i in heads]
        for one in subjects[:1] if verb.pos == "VERB" else ():
            yield from _tie(other, one, "backed-by", ">")


def _allies(document: Document, mentions: list[Mention]) -> Iterator[tuple[int, str, int, Passage]]:
    """ "its ally Turkey", "our Turkish allies": whose ally it is, and the ally."""
    words = document.words
    heads = {m.head: m for m in mentions}
    for word in words:
        if word.lemma.lower() != "ally" or word.pos != "NOUN":
            continue
        owners = [heads[c] for c in word.children if words[c].dep == "poss" and c in heads]
        after = next((m for m in mentions if m.form == "name" and m.first == word.i + 1 and m.sent == word.sent), None)
        before = next((m for m in mentions if m.form == "name" and m.last == word.i and m.sent == word.sent), None)
        other = after or before or heads.get(word.i)
        if owners and other is not None and other is not owners[0]:
            yield from _tie(owners[0], other, "allied-with", ">")


def _tie(one: Mention, other: Mention, relation: str, direction: str) -> Iterator[tuple[int, str, int, Passage]]:
    if one.actor != other.actor:
        subject, object_ = (one.actor, other.actor) if direction == ">" else (other.actor, one.actor)
        yield subject, relation, object_, Passage(min(one.start, other.start), max(one.end, other.end))
