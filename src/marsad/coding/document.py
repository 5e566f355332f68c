"""A report's text as parsed words, sentences and paragraphs, all in offsets of the report."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from marsad.coding.encoder.judgement import Floats, Judgement
    from marsad.coding.encoder.windows import Ints

__all__ = ["Document", "Paragraph", "Sentence", "Word"]


class Word:
    """One token. ``head`` is the index of its syntactic head (its own index for a root)."""

    __slots__ = (
        "children",
        "dep",
        "end",
        "ent",
        "ent_start",
        "head",
        "i",
        "lemma",
        "lower",
        "pos",
        "quote",
        "sent",
        "start",
        "tag",
        "text",
    )

    def __init__(
        self,
        i: int,
        text: str,
        start: int,
        lemma: str,
        pos: str,
        tag: str,
        dep: str,
        head: int,
        ent: str,
        ent_start: bool,
        sent: int,
    ) -> None:
        self.i = i
        self.text = text
        self.lower = text.lower()
        self.start = start
        self.end = start + len(text)
        self.lemma = lemma
        self.pos = pos
        self.tag = tag
        self.dep = dep
        self.head = head
        self.ent = ent
        self.ent_start = ent_start
        self.sent = sent
        self.children: list[int] = []
        self.quote = -1
        """Index of the quotation that holds this word, or -1."""

    def __repr__(self) -> str:
        return f"<{self.i} {self.text!r} {self.pos} {self.dep}->{self.head}>"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words ``[first, last)``; ``paragraph`` is the index of the paragraph that it stands in."""

    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Characters ``[start, end)`` of the report's text."""

    start: int
    end: int


@dataclass(slots=True)
class Document:
    """The parse of one report. ``text`` is the report's own; every offset counts in it."""

    text: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    skipped: list[tuple[tuple[int, int], str]] = field(default_factory=list)
    """Passages that were not parsed, each with the reason."""
    datelines: list[tuple[int, int]] = field(default_factory=list)
    """Characters of the towns that open a report in capitals ("BAGHDAD (Agency) - ..."); they are not parsed."""
    returns: frozenset[int] = frozenset()
    """Offsets at which the author speaks again behind a statement without marks, where breaks of lines are lost."""
    judgement: Judgement | None = None
    """What the encoder says of the text; None where the rules are to decide alone."""
    proposed: list[tuple[int, int, str]] = field(default_factory=list)
    """Words, as characters ``[start, end)``, that a user's codebook takes for an event, and of which PLOVER type."""
    _starts: list[int] = field(default_factory=list)
    _spans: Ints | None = None
    """Where each word begins and ends, once the encoder is asked for it."""
    _judged: dict[str, Floats] = field(default_factory=dict)
    _place_names: dict[int, frozenset[str]] = field(default_factory=dict)

    def finish(self) -> None:
        """Fill the children of every word and the index by offset; call once, when all words are in."""
        for word in self.words:
            if word.head != word.i:
                self.words[word.head].children.append(word.i)
        self._starts = [word.start for word in self.words]

    def at(self, offset: int) -> int:
        """Index of the word that holds or precedes ``offset``; -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Words ``[first, last)`` that overlap the characters ``[start, end)``."""
        first = self.at(start)
        if first < 0 or self.words[first].end <= start:
            first += 1
        last = self.at(end - 1) + 1 if end > start else first
        return first, max(first, last)

    def sentence_of(self, word: int) -> Sentence:
        """The sentence that holds the word of this index."""
        return self.sentences[self.words[word].sent]

    def judged(self, head: str) -> Floats | None:
        """The encoder's log-probabilities of a token head, of shape (words, labels); None without an encoder."""
        if self.judgement is None:
            return None
        known = self._judged.get(head)
        if known is None:
            if self._spans is None:
                both = ((word.start, word.end) for word in self.words)
                self._spans = np.fromiter(chain.from_iterable(both), np.int64).reshape(-1, 2)
            known = self._judged[head] = self.judgement.means(head, self._spans)
        return known

    def place_names(self, sentence: int) -> frozenset[str]:
        """Names of places in the sentence of this index, as the recogniser tags them, in lower case."""
        known = self._place_names.get(sentence)
        if known is None:
            words = self.words[self.sentences[sentence].first : self.sentences[sentence].last]
            known = frozenset(w.lower for w in words if w.ent in ("GPE", "LOC", "FAC") and w.pos == "PROPN")
            self._place_names[sentence] = known
        return known

    def subtree(self, word: int) -> tuple[int, int]:
        """Words ``[first, last)`` covered by the syntactic subtree of a word (its hull)."""
        low = high = word
        stack = [word]
        words = self.words
        seen = 0
        while stack and seen < 2000:
            seen += 1
            for child in words[stack.pop()].children:
                if child < low:
                    low = child
                elif child > high:
                    high = child
                stack.append(child)
        return low, high + 1
