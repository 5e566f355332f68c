"""Known phrases of which words in a text may be garbled forms, and what is measured at each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from marsad.origins.restoring.lexicon import SMALL, Lexicon, Phrase, words_of
from marsad.origins.restoring.vectors import Likeness, Vectors
from marsad.origins.spun.narrative import quoted_spans
from marsad.origins.spun.tables import Tables

__all__ = ["FEATURES", "Candidate", "Words", "candidates", "read_words"]

FEATURES: Final = (
    "likeness", "substitute", "spelling", "swapped", "kept", "rarity kept", "reports", "name", "chief", "home",
    "title", "listed", "capitals", "acronym", "elsewhere", "usual", "odd", "seen",
)  # fmt: skip
"""Of the swapped words: mean likeness to the words of the phrase (:attr:`Likeness.odds`), the share that the thesaurus
gives for them, how near in spelling, how many, how usual they are beside their neighbours (log2), how much oftener
spinners put them than people do. ``kept``, ``rarity kept``: how many words of the phrase are there, and how rare they
are (log2). ``reports``: log2 of the reports that the phrase was seen in. ``chief``: it is the chief name of whom or
what it names. ``home``: the text speaks of the country of that. ``listed``: it is among the titles, set phrases
and places. ``capitals``: its capitals are there. ``acronym``: its acronym follows in brackets. ``elsewhere``:
the text has it ungarbled too. ``seen``: the share of the changed pairs of neighbours that news has as they stand."""

_FLOOR: Final = 0.0
"""Words whose cosines come to less together are not each other's stand-ins, unless the thesaurus says so."""
_OFTEN: Final = 4.5
"""log2 of the reports beyond which a phrase is no more expected: which are many depends on the war."""
_NEAR: Final = 0.8
"""Share of letters in common from which two unknown words are one misspelt."""
_ACRONYM: Final = re.compile(r"\s*\(([A-Z]{2,8})s?\)")
_BLANK: Final = re.compile(r"[ \u00a0]|\n(?!\n)")
_ENDS: Final = frozenset(".!?:;\n")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text outside its quotations."""

    text: str
    spans: list[tuple[int, int]]
    lower: list[str]
    capital: list[bool]
    opens: list[bool]
    """The word begins a sentence or stands after a mark, so that its capital says nothing."""
    joined: list[bool]
    """The next word stands right after it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words ``[first, last)`` may be ``phrase`` garbled, by swaps at ``places`` of it."""

    first: int
    last: int
    phrase: Phrase
    places: tuple[int, ...]
    values: tuple[float, ...]


def read_words(text: str, *, quotations: bool = False) -> Words:
    """Cut a text into words and leave out its quotations, unless these are wanted too."""
    shut = [] if quotations else quoted_spans(text)
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end in words_of(text):
        while at < len(shut) and shut[at][1] <= start:
            at += 1
        if at == len(shut) or end <= shut[at][0]:
            spans.append((start, end))
    lower = [text[start:end].lower() for start, end in spans]
    capital = [text[start:end] != text[start:end].lower() for start, end in spans]
    opens = [not (before := text[:start].rstrip(" “\"'‘(")) or before[-1] in _ENDS for start, _ in spans]
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
    return Words(text, spans, lower, capital, opens, [bool(_BLANK.fullmatch(gap)) for gap in gaps] + [False])


def candidates(words: Words, lexicon: Lexicon, vectors: Vectors, tables: Tables) -> list[Candidate]:
    """Every phrase that may be garbled somewhere in a text, in order of the place."""
    judge = _Judge(words, lexicon, vectors, tables)
    found = []
    seen: set[tuple[int, tuple[str, ...]]] = set()
    for at, word in enumerate(words.lower):
        for phrase, place in lexicon.by_word.get(word, ()):
            first = at - place
            key = (first, phrase.words)
            if first < 0 or first + len(phrase.words) > len(words.lower) or key in seen:
                continue
            seen.add(key)
            one = judge.candidate(first, phrase)
            if one is not None:
                found.append(one)
    return sorted(found, key=lambda one: (one.first, one.last))


def _bare(word: str) -> str:
    """A word without its plural and its accents, in American spelling."""
    if not word.isascii():
        word = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    word = word.replace("isation", "ization").replace("centre", "center").replace("defence", "defense")
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


class _Judge:
    def __init__(self, words: Words, lexicon: Lexicon, vectors: Vectors, tables: Tables) -> None:
        self.words, self.lexicon, self.vectors, self.tables = words, lexicon, vectors, tables
        self.flat = " ".join(words.text.lower().split())
        self.countries = lexicon.countries_in(words.text)

    def candidate(self, first: int, phrase: Phrase) -> Candidate | None:
        words, size = self.words, len(phrase.words)
        last = first + size
        if not all(words.joined[first : last - 1]):
            return None
        here = words.lower[first:last]
        places = [k for k in range(size) if _bare(here[k]) != _bare(phrase.words[k])]
        kept = [k for k in range(size) if k not in places and phrase.words[k] not in SMALL]
        if not places or not kept or len(places) > max(1, len(kept) + (len(kept) > 0 and size > 2)):
            return None
        if any(here[k] in SMALL or phrase.words[k] in SMALL for k in places) or tuple(here) in self.lexicon.known:
            return None
        if any(_bare(phrase.words[k]) in map(_bare, here[k].split("-")) for k in places):
            return None  # a minister-designate is no garbled minister
        capitals = self._capitals(first, phrase, places)
        if capitals is None:
            return None
        swaps = [self._swap(here[k], phrase.words[k]) for k in places]
        if any(swap is None for swap in swaps):
            return None
        likeness, substitute, spelling = zip(*(swap for swap in swaps if swap), strict=True)
        rarity = sum(34.0 - self._count(phrase.words[k]) for k in kept)
        values = (
            float(np.mean([one.odds for one in likeness])), float(np.mean(substitute)), float(max(spelling)),
            float(len(places)), float(len(kept)), min(rarity, 40.0), min(float(np.log2(1 + phrase.reports)), _OFTEN),
            float(phrase.kind == "name"), float(phrase.chief), float(phrase.country in self.countries),
            float(phrase.kind == "title"), float(phrase.source == "listed"), float(capitals),
            self._acronym(first, last, phrase), self._elsewhere(phrase), self._usual(here, places),
            float(np.mean([self._odd(here[k]) for k in places])), self._seen(here, places),
        )  # fmt: skip
        return Candidate(first, last, phrase, tuple(places), values)

    def _capitals(self, first: int, phrase: Phrase, places: Sequence[int]) -> bool | None:
        """Whether the phrase's capitals are there; None where they rule it out."""
        words = self.words
        upper = [words.capital[first + k] for k in range(len(phrase.words))]
        if phrase.kind == "name":
            wanted = [word != word.lower() for word in phrase.written]
            there = [upper[k] or not wanted[k] for k in range(len(upper))]
            return True if all(there) and any(upper[k] for k in places) else None
        names = [k for k in places if upper[k] and not words.opens[first + k]]
        if names and not any(upper[k] for k in range(len(upper)) if k not in places):
            return None  # somebody's or some place's name beside a common word
        return any(upper)

    def _swap(self, found: str, was: str) -> tuple[Likeness, float, float] | None:
        """Likeness, whether the thesaurus gives the one for the other, nearness in spelling; None if nothing fits."""
        number = self.tables.number
        a, b = number.get(found, -1), number.get(was, -1)
        substitute = 0.0
        if a >= 0 and b >= 0:
            others = self.tables.others[self.tables.first[a] : self.tables.first[a + 1]]
            substitute = float(bool((others == b).any()))
        like = self.vectors.likeness(found, was)
        near = _spelling(found, was) if a < 0 or b < 0 else 0.0
        if near >= _NEAR:
            return like or Likeness(0.0, 0.0), substitute, near
        if like is None or (like.meaning + like.company < _FLOOR and not substitute):
            return None
        return like, substitute, 0.0

    def _usual(self, here: Sequence[str], places: Sequence[int]) -> float:
        tables, ids = self.tables, [self.tables.number.get(word, -1) for word in here]
        most = 0.0
        for k in range(len(here) - 1):
            if (k in places or k + 1 in places) and min(ids[k : k + 2]) >= 0 and tables.recorded(*ids[k : k + 2]):
                one, two = (np.array([i], dtype=np.int64) for i in ids[k : k + 2])
                most = max(most, float(tables.together(one, two)[0] - tables.expected(one, two)[0]))
        return most

    def _seen(self, here: Sequence[str], places: Sequence[int]) -> float:
        pairs = [k for k in range(len(here) - 1) if k in places or k + 1 in places]
        return float(np.mean([self.vectors.seen(here[k], here[k + 1]) for k in pairs])) if pairs else 0.0

    def _acronym(self, first: int, last: int, phrase: Phrase) -> float:
        follows = _ACRONYM.match(self.words.text, self.words.spans[last - 1][1])
        if not follows:
            return 0.0
        letters = [word[0].upper() for word in phrase.words if word not in SMALL]
        here = [word[0].upper() for word in self.words.lower[first:last] if word not in SMALL]
        return float("".join(letters) == follows[1] != "".join(here))

    def _elsewhere(self, phrase: Phrase) -> float:
        return float(" ".join(phrase.words) in self.flat)

    def _count(self, word: str) -> float:
        at = self.tables.number.get(word, -1)
        return float(self.tables.count[at]) if at >= 0 else 14.0

    def _odd(self, word: str) -> float:
        at = self.tables.number.get(word, -1)
        return float(self.tables.put[at] - self.tables.count[at]) if at >= 0 and self.tables.put[at] else 0.0


def _spelling(one: str, other: str) -> float:
    """Share of the longer word's letters that the two have in the same order; 0 for short words."""
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 2:
        return 0.0
    row = [0] * (len(other) + 1)
    for a in one:
        before = 0
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], before + 1 if a == b else max(row[j], row[j - 1])
    return row[-1] / max(len(one), len(other))
