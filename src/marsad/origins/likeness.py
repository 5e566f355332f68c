"""Is one report a copy of another? What two texts share, measured by what survives rewriting."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from marsad.origins.alignment import Alignment, align
from marsad.origins.wording import Gram, Wording

__all__ = ["Likeness", "Share", "compare", "copy_score", "is_copy"]

_SHORT_QUOTE: Final = 4
"""Words: shorter quotations are shared by chance."""
_LEAST_WORDS: Final = 20
"""Fewer aligned words outside quotations tell nothing."""
_LONGEST: Final = 5000
"""Content words compared for their order."""
_FEW_WORDS: Final = 12
_CLEAR: Final = 3.0
"""Log-odds that make up for fewer: the rest of such a report is quotations."""
_BIAS: Final = -7.074
_DENSITY: Final = 4.184
_RUN: Final = 0.813
_SIX_GRAMS: Final = 8.341
"""A logistic regression of copies against reports of the same event; ``benchmarks/origins/fit.py`` makes it."""
_COPY: Final = 0.4
"""Log-odds from which two reports are taken for copies."""
_CONTENT: Final = 0.6
_CONTENT_WORDS: Final = 40
"""So many content words, and this part of them, in the same order: a copy too, though its grammar is another's."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of one report's items the other has too."""

    shared: int
    of: int

    @property
    def part(self) -> float:
        """0 to 1; 0 where there are none."""
        return self.shared / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """What report ``a`` and report ``b`` share. ``there`` aligns a's units with b's, ``back`` b's with a's."""

    there: Alignment
    back: Alignment
    six_grams: Share
    """Masked six-grams outside quotations, of the report that has fewer."""
    quotations: Share
    """Quotations of four words and more that stand in both word by word, of the report that has fewer."""
    names: Share
    numbers: Share
    content: Share
    """Content words outside quotations that stand in the same order in both, of the report that has fewer."""
    identical: bool
    """The same words in the same order."""

    @property
    def share(self) -> float:
        """The part of the narrative that is aligned, of the report of which it is the greater part."""
        return max(self.there.share, self.back.share)

    @property
    def words(self) -> int:
        """The words outside quotations that are aligned, of the report with fewer."""
        return min(self.there.aligned, self.back.aligned)

    @property
    def run(self) -> int:
        """The words shared in the longest run of units that goes on in both."""
        return min(self.there.longest_run, self.back.longest_run)

    @property
    def verbatim(self) -> float:
        """The part of the aligned words that stands in the same row of four in both, 0 to 1."""
        aligned = self.there.aligned + self.back.aligned
        return (self.there.verbatim + self.back.verbatim) / aligned if aligned else 0.0


def compare(a: Wording, b: Wording) -> Likeness:
    """What two texts share. Where one has no capitals, capitals count in neither."""
    if a.cased != b.cased:
        a, b = Wording(a.text, cased=False), Wording(b.text, cased=False)
    return Likeness(
        align(a, b), align(b, a), _share(a.six_grams.keys(), b.six_grams.keys()), _quotations(a, b),
        _share(a.names, b.names), _share(a.numbers, b.numbers), _in_order(a.content, b.content), a.words == b.words,
    )  # fmt: skip


def _share(a: Set[object], b: Set[object]) -> Share:
    return Share(len(a & b), min(len(a), len(b)))


def _in_order(a: Sequence[str], b: Sequence[str]) -> Share:
    """The longest common subsequence, with one bit of an integer for each word (after Hyyrö)."""
    a, b = a[:_LONGEST], b[:_LONGEST]
    places: dict[str, int] = {}
    for number, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << number
    every = (1 << len(a)) - 1
    row = every
    for word in b:
        here = row & places.get(word, 0)
        row = ((row + here) | (row - here)) & every
    return Share(len(a) - row.bit_count(), min(len(a), len(b)))


def _quotations(a: Wording, b: Wording) -> Share:
    ours, theirs = (
        {tuple(w.words[s:e]) for s, e in w.quotations if e - s >= _SHORT_QUOTE} for w in (a, b)
    )  # fmt: skip
    shared = sum(all(g in b.quoted_grams for g in _fours(q)) for q in ours)
    back = sum(all(g in a.quoted_grams for g in _fours(q)) for q in theirs)
    return Share(shared, len(ours)) if len(ours) <= len(theirs) else Share(back, len(theirs))


def _fours(words: tuple[str, ...]) -> list[Gram]:
    return [words[k : k + _SHORT_QUOTE] for k in range(len(words) - _SHORT_QUOTE + 1)]


def copy_score(likeness: Likeness) -> float:
    """Log-odds that one report was made from the other: how densely what is aligned is shared, in how long a run,
    and what part of the masked six-grams. Shared quotations, names and numbers have no say."""
    aligned = likeness.words
    covered = min(likeness.there.covered, likeness.back.covered)
    density = min(1.0, covered / aligned) if aligned else 0.0
    return _BIAS + _DENSITY * density + _RUN * math.log1p(likeness.run) + _SIX_GRAMS * likeness.six_grams.part


def is_copy(likeness: Likeness) -> bool:
    """Whether so much of one report's narrative is in the other that it was not written independently."""
    if likeness.identical:
        return True
    if likeness.content.of >= _CONTENT_WORDS and likeness.content.part >= _CONTENT:
        return True
    score = copy_score(likeness)
    return (likeness.words >= _LEAST_WORDS and score >= _COPY) or (likeness.words >= _FEW_WORDS and score >= _CLEAR)
