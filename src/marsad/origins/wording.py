"""A report's text as it is compared: words with content words masked, quotations apart, in units of a few sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from marsad.coding.paragraphs import paragraphs
from marsad.coding.words import PLAIN_WORD
from marsad.origins.credits import Credit, credits_of
from marsad.origins.functionwords import FUNCTION_WORDS
from marsad.records import Passage

__all__ = ["KEPT", "MASK", "SIX", "STEM", "Gram", "Unit", "Wording"]

MASK: Final = ""
"""What stands for one or more content words that follow each other: a rewriter changes them, and how many they are."""

Gram = tuple[str, ...]

_QUOTED: Final = re.compile(
    r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|``[^\n]*?(?:''|``|$)|«[^»\n]*(?:»|$)|„[^“”\n]*[“”]", re.M
)
_BREAK: Final = re.compile(r"[.!?:;\n\"“”«»]|''|``")
_END: Final = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"“'‘«(\[]*[^\W_a-z])")
_LONG_UNIT: Final = 90
"""Words: a paragraph of more is cut at ends of sentences."""
_SHORT_UNIT: Final = 45
_LONGEST_UNIT: Final = 200
KEPT: Final = 3
"""So many of the six words of a masked six-gram must be words, not masks: else it says nothing."""
STEM: Final = 5
"""Letters of a content word that count: endings change with the grammar."""
SIX: Final = 6
"""Words, or masks, of a masked six-gram."""
_FOUR: Final = 4
_LONGEST: Final = 60_000
"""Words compared of one report; what comes after is not looked at."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph (they count from 1), or a piece of a long one; ``words`` is the half-open range of its words."""

    passage: Passage
    paragraph: int
    words: tuple[int, int]


class Wording:
    """The words of one text and what is made of them when it is compared."""

    def __init__(self, text: str, cased: bool | None = None) -> None:
        """``cased`` False takes no capital for a sign of a name; None looks whether the text has any."""
        self.text = text
        found = [m.span() for _, m in zip(range(_LONGEST), PLAIN_WORD.finditer(text), strict=False)]
        self.spans: Sequence[tuple[int, int]] = found
        self.words: Sequence[str] = [text[s:e].lower().replace("’", "'") for s, e in found]
        self.cased = text != text.lower() if cased is None else cased

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """Whom the text names as those it has the story from."""
        return credits_of(self.text)

    @cached_property
    def quoted(self) -> list[bool]:
        """Of each word, whether it stands within quotation marks."""
        marks = [False] * len(self.spans)
        ranges = [m.span() for m in _QUOTED.finditer(self.text)]
        at = 0
        for number, (start, _) in enumerate(self.spans):
            while at < len(ranges) and ranges[at][1] <= start:
                at += 1
            marks[number] = at < len(ranges) and ranges[at][0] <= start
        return marks

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """The ranges of words that stand in quotation marks."""
        found, begun = [], None
        for number, inside in enumerate([*self.quoted, False]):
            if inside and begun is None:
                begun = number
            elif not inside and begun is not None:
                found.append((begun, number))
                begun = None
        return found

    @cached_property
    def named(self) -> list[bool]:
        """Of each word, whether it is taken for a part of a name: a capital where none is due."""
        if not self.cased:
            return [False] * len(self.spans)
        first, last = [], 0
        for start, end in self.spans:
            first.append(last == 0 or _BREAK.search(self.text, last, start) is not None)
            last = end
        capital = [self.text[s].isupper() for s, _ in self.spans]
        sure = {w for w, c, f in zip(self.words, capital, first, strict=True) if c and not f}
        return [
            c and (not f or w in sure) and w not in FUNCTION_WORDS
            for w, c, f in zip(self.words, capital, first, strict=True)
        ]

    @cached_property
    def masked(self) -> list[str]:
        """Each word, or MASK for a content word."""
        return [
            w if n or w in FUNCTION_WORDS or w[0].isdigit() else MASK
            for w, n in zip(self.words, self.named, strict=True)
        ]

    @cached_property
    def six_grams(self) -> dict[Gram, list[tuple[int, int]]]:
        """Six-grams of the masked words outside quotations, with the ranges of words where they stand."""
        numbers: list[int] = []
        for number, word in enumerate(self.masked):
            if not self.quoted[number] and not (word is MASK and numbers and self.masked[numbers[-1]] is MASK):
                numbers.append(number)
        found: dict[Gram, list[tuple[int, int]]] = {}
        kept = [self.masked[n] for n in numbers]
        for at in range(len(kept) - SIX + 1):
            gram = tuple(kept[at : at + SIX])
            if gram.count(MASK) <= SIX - KEPT:
                found.setdefault(gram, []).append((numbers[at], numbers[at + SIX - 1] + 1))
        return found

    @cached_property
    def four_grams(self) -> dict[Gram, list[tuple[int, int]]]:
        """Four words in a row as they stand, outside quotations, with their ranges."""
        numbers = [n for n, inside in enumerate(self.quoted) if not inside]
        return self._grams(numbers, _FOUR)

    @cached_property
    def quoted_grams(self) -> dict[Gram, list[tuple[int, int]]]:
        """Four words in a row within quotations."""
        return self._grams([n for n, inside in enumerate(self.quoted) if inside], _FOUR)

    def _grams(self, numbers: list[int], size: int) -> dict[Gram, list[tuple[int, int]]]:
        found: dict[Gram, list[tuple[int, int]]] = {}
        for at in range(len(numbers) - size + 1):
            piece = numbers[at : at + size]
            found.setdefault(tuple(self.words[n] for n in piece), []).append((piece[0], piece[-1] + 1))
        return found

    @cached_property
    def content(self) -> list[str]:
        """The content words outside quotations, in order and without their endings."""
        return [
            word[:STEM]
            for word, inside in zip(self.words, self.quoted, strict=True)
            if not inside and word not in FUNCTION_WORDS
        ]

    @cached_property
    def names(self) -> frozenset[str]:
        """The words taken for parts of names."""
        return frozenset(w for w, n in zip(self.words, self.named, strict=True) if n and len(w) > 1)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The words that begin with a digit."""
        return frozenset(w for w in self.words if w[0].isdigit())

    @cached_property
    def units(self) -> list[Unit]:
        """Paragraphs in order, long ones cut at ends of sentences; every word is in one, blank ones are left out."""
        found: list[Unit] = []
        at = 0
        for number, paragraph in enumerate(paragraphs(self.text), 1):
            for start, end in self._pieces(paragraph.start, paragraph.end):
                first = at
                while at < len(self.spans) and self.spans[at][0] < end:
                    at += 1
                found += self._unit(Passage(start, end), number, first, at)
        return found

    def _unit(self, passage: Passage, paragraph: int, first: int, end: int) -> list[Unit]:
        """The unit of these words, or several of equal length where there is no end of a sentence for long."""
        many = -(-(end - first) // _LONGEST_UNIT)
        cuts = [first + (end - first) * n // many for n in range(many + 1)] if many else []
        starts = [passage.start, *(self.spans[cut][0] for cut in cuts[1:-1])]
        ends = [*(self.spans[cut - 1][1] for cut in cuts[1:-1]), passage.end]
        return [Unit(Passage(starts[n], ends[n]), paragraph, (cuts[n], cuts[n + 1])) for n in range(many)]

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        if len(self.text[start:end].split()) <= _LONG_UNIT:
            return [(start, end)]
        pieces, begun = [], start
        for found in _END.finditer(self.text, start, end):
            if len(self.text[begun : found.end()].split()) >= _SHORT_UNIT:
                pieces.append((begun, found.end()))
                begun = found.end()
        if begun < end:
            pieces.append((begun, end))
        return pieces
