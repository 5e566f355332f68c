"""Where reported content begins and ends: the parse's borders, moved to where the encoder hears them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from marsad.coding.document import Document
from marsad.records import Passage

__all__ = ["fitted", "passage"]

_MOST: Final = 4.0
"""Log-odds that one word can speak for its being reported, or against it."""
_ENOUGH: Final = 6.0
"""Sum of log-odds from which on words are taken in, or left out, against the parse."""
_GAP: Final = -4.0
"""Sum of log-odds at which the search beyond a border ends: there the author speaks."""
_TAKEN_IN: Final = 1.0
_LEFT_OUT: Final = -2.0
_KEPT: Final = 0.5
"""Mean log-odds of words that are taken in (at least), left out (at most), and of those that stay (at least)."""
_SPEAKS: Final = math.log(0.25)
"""Encoder's log-probability from which on a word may report something of its own."""
_ABBREVIATED: Final = 5
"""Letters up to which a word before a full stop may be a title or the like that is cut short ("Const. Barker")."""
_CUT_SHORT: Final = 2
"""... where it is not capitalised ("vs.", "no.")."""
_BEFORE_HEAD: Final = frozenset(
    "det amod compound poss nummod aux auxpass neg case prep mark cc nsubj nsubjpass".split()
)
"""Ties of words that stand before their head and make no sense without it."""
_OBJECTS: Final = frozenset("dobj pobj pcomp acomp attr xcomp ccomp agent prt".split())
"""Ties of what completes the word before it."""
_ASIDE: Final = -1.0
"""Log-odds of the reporting word itself above which all of its sentence is reported, and nothing can be told apart."""


def passage(document: Document, first: int, last: int) -> Passage | None:
    """Words ``[first, last)`` without conjunction, quotation marks and punctuation at the edges."""
    words = document.words
    while first < last and (
        words[first].pos in ("PUNCT", "SYM")
        or (words[first].lower in ("that", "``", '"') and words[first].dep == "mark")
    ):
        first += 1
    while first < last and words[last - 1].pos in ("PUNCT", "SYM", "CCONJ"):
        last -= 1
    return Passage(words[first].start, words[last - 1].end) if first < last else None


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the encoder hears in the sentence of a reporting word; all places count from the document's first word."""

    odds: list[float]
    """Log-odds of each of the sentence's words that it is reported."""
    first: int
    speaks: frozenset[int]
    """Places of other reporting words."""
    shut: frozenset[int]
    """Places beyond which a content does not go on: other reporting words, colons and semicolons."""

    def mean(self, first: int, last: int) -> float:
        """Mean log-odds of some words."""
        return sum(self.odds[first - self.first : last - self.first]) / max(1, last - first)

    def beyond(self, places: Iterable[int]) -> int:
        """How many of the words that follow a border, in order of distance, are reported too."""
        total = best = 0.0
        edge = 0
        for number, place in enumerate(places, 1):
            if place in self.shut:
                break
            total += self.odds[place - self.first]
            if total > best:
                best, edge = total, number
            elif total <= _GAP:
                break
        return edge if best >= max(_ENOUGH, _TAKEN_IN * edge) else 0

    def within(self, places: Iterable[int]) -> int:
        """How many of the words inside a border, in order of distance, are not reported."""
        total = best = 0.0
        edge = 0
        for number, place in enumerate(places, 1):
            total -= self.odds[place - self.first]
            if total > best:
                best, edge = total, number
        return edge if best >= max(_ENOUGH, -_LEFT_OUT * edge) else 0


def fitted(document: Document, word: int, content: list[Passage]) -> list[Passage]:
    """The pieces that the word reports, each with its borders moved within the sentence and on its side of the word.

    Unchanged without an encoder, and inside what somebody else says.
    """
    heard = _hear(document, word)
    if heard is None:
        return content
    sentence = document.sentence_of(word)
    return [_moved(document, heard, word, piece, sentence.first, sentence.last) for piece in content]


def _hear(document: Document, word: int) -> _Heard | None:
    judged, cues = document.judged("content"), document.judged("cue")
    sentence = document.sentence_of(word)
    if judged is None or cues is None or document.words[word].quote >= 0:
        return None
    part = judged[sentence.first : sentence.last]
    odds = np.clip(part[:, 1:].max(axis=1) - part[:, 0], -_MOST, _MOST).tolist()
    if odds[word - sentence.first] > _ASIDE:
        return None
    speaks = (np.flatnonzero(cues[sentence.first : sentence.last, 1] > _SPEAKS) + sentence.first).tolist()
    marks = [w.i for w in document.words[sentence.first : sentence.last] if w.text in (":", ";")]
    others = frozenset(place for place in speaks if document.words[place].dep != "prt") - {word}
    return _Heard(odds, sentence.first, others, others.union(marks))


def _moved(document: Document, heard: _Heard, word: int, piece: Passage, low: int, high: int) -> Passage:
    given = document.between(*piece)
    begin, end = max(given[0], low), min(given[1], high)
    if begin >= end:
        return piece
    follows = begin > word
    if follows:
        low, high = word + 1, _until(document, heard, word, begin, high)
        end = min(end, high)
    elif end <= word:
        low, high = _since(document, low, end), word
        begin = max(begin, low)
    first, last = begin, end
    cut = heard.within(range(last - 1, first, -1))
    if heard.mean(first, last - cut) >= _KEPT:
        last -= cut
    # What stands before a reporting word is a whole clause from its beginning on.
    cut = heard.within(range(first, last - 1)) if follows else 0
    if heard.mean(first + cut, last) >= _KEPT:
        first += cut
    if heard.mean(first, last) >= _KEPT:
        if last == end:
            last += heard.beyond(range(last, high))
        if first == begin:
            first -= heard.beyond(range(first - 1, low - 1, -1))
    if follows:
        last = _whole(document, first, last, min([high, *(place for place in heard.shut if place >= last)]))
    found = passage(document, first, last) if (first, last) != given else None
    if found is None:
        return piece
    return Passage(found.start if first != given[0] else piece.start, found.end if last != given[1] else piece.end)


def _until(document: Document, heard: _Heard, word: int, begin: int, high: int) -> int:
    """Where at the latest ends what a word reports and what begins at ``begin``.

    At a full stop, and before what the same speaker goes on to report with a word of its own ("said that A, and
    added that B").
    """
    words = document.words
    for place in range(begin + 1, high):
        if _stops(document, place):
            return place
        if words[place].pos != "CCONJ":
            continue
        verb = place + 1
        while verb < high and words[verb].pos in ("ADV", "AUX", "PUNCT"):
            verb += 1
        goes_on = verb in heard.speaks and heard.odds[verb - heard.first] <= _ASIDE
        if goes_on and words[verb].pos == "VERB" and words[verb].tag[:3] == words[word].tag[:3]:
            return place
    return high


def _since(document: Document, low: int, end: int) -> int:
    """Where at the earliest begins what is reported up to ``end``: behind the last full stop."""
    return max((place + 1 for place in range(low, end - 1) if _stops(document, place)), default=low)


def _stops(document: Document, place: int) -> bool:
    """Does a sentence end here that the parse runs together with the next one?"""
    words = document.words
    if words[place].text not in (".", "?", "!") or place + 1 >= len(words):
        return False
    before, after = words[place - 1], words[place + 1]
    whole = len(before.text) > (_ABBREVIATED if before.text[:1].isupper() else _CUT_SHORT)
    return whole and after.start > words[place].end and after.text[:1].isupper()


def _whole(document: Document, first: int, last: int, high: int) -> int:
    """An end that leaves no phrase without its last words: "leveled against the | embassy", "not ruled out | that"."""
    words = document.words
    while last < high:
        word = words[last - 1]
        if word.pos == "PUNCT":
            break
        if words[word.head].i >= last and word.dep in _BEFORE_HEAD:
            edge = document.subtree(word.head)[1]
        elif words[last].lower == "that" and words[last].dep == "mark":
            edge = high
        else:
            # What begins here, if it completes something that is reported.
            top = last
            while words[top].head >= last and words[top].head != top:
                top = words[top].head
            completes = first <= words[top].head < last and words[top].dep in _OBJECTS
            edge = document.subtree(top)[1] if completes else 0
        if edge <= last:
            break
        last = min(edge, high)
    return last
