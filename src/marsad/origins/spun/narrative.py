"""The words of a text outside its quotations, as arrays.

Spinners leave quotations alone, and a person who speaks does not write as a reporter does: what stands in marks is no
evidence either way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.coding.words import word_spans
from marsad.origins.spun.tables import Tables

__all__ = ["Narrative", "narrative", "quoted_spans"]

_QUOTED: Final = re.compile(
    r"“[^”\n]*(?:”|\n|\Z)"
    r"|\"[^\"\n]*(?:\"|\n|\Z)"
    r"|«[^»\n]*(?:»|\n|\Z)"
    r"|„[^“”\n]*(?:[“”]|\n|\Z)"
    r"|(?<!\w)‘[^‘’\n]{2,}’(?!\w)"
    r"|``[^\n]*?(?:''|\n|\Z)"
)
_ENDS: Final = frozenset(".!?:;")
"""Marks after which a capital says nothing."""
_CAPITALS: Final = 0.5
"""A text with more capitals than this share of its words is written in capitals: they show no names."""
_TIES: Final = frozenset("-–/")


@dataclass(frozen=True, slots=True)
class Narrative:
    """Parallel arrays, one row a word outside quotations."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    ids: NDArray[np.int64]
    """Number of the word in the tables; -1 for a word that they lack."""
    capital: NDArray[np.bool_]
    """It has a capital that is not due to its place in the sentence."""
    joined: NDArray[np.bool_]
    """The next row is the next word of the text, with nothing but blanks between."""
    paragraph: NDArray[np.int64]
    """Number of the paragraph (line) in which it stands."""
    after_quote: NDArray[np.bool_]
    """A closing quotation mark stands before it, but for a comma."""


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Quotations with their marks; an unclosed one ends with its paragraph."""
    return [found.span() for found in _QUOTED.finditer(text)]


def narrative(text: str, tables: Tables) -> Narrative:
    """The words of ``text`` outside quotations."""
    shut = quoted_spans(text)
    shut.append((len(text) + 1, len(text) + 1))
    number = tables.number
    at_quote, (low, high) = 0, shut[0]
    starts: list[int] = []
    ends: list[int] = []
    ids: list[int] = []
    capital: list[bool] = []
    joined: list[bool] = []
    paragraph: list[int] = []
    after_quote: list[bool] = []
    opens, line, last, closed, tied = True, 0, 0, False, False
    for start, end in word_spans(text):
        while start >= high:
            at_quote += 1
            # A quotation that ends with its sentence lets a new one begin.
            opens = opens or text[high - 2 : high - 1] in _ENDS
            closed, tied = True, True
            low, high = shut[at_quote]
        gap = text.count("\n", last, start)
        if gap:
            line += gap
            opens, closed = True, False
            if joined:
                joined[-1] = False
        last = end
        if start >= low:
            if joined:
                joined[-1] = False
            continue
        word = text[start:end]
        if not word[0].isalpha():
            if joined:
                joined[-1] = False
            tied = word in _TIES or word[0] == "'" or word == "n't"
            if word[0] in _ENDS:
                opens = True
            if word != ",":
                closed = False
            continue
        lower = word.lower()
        if joined and (tied and ends[-1] + 1 == start):
            joined[-1] = False
        starts.append(start)
        ends.append(end)
        ids.append(number.get(lower, -1))
        capital.append(not opens and word[0] != lower[0])
        joined.append(True)
        paragraph.append(line)
        after_quote.append(closed)
        opens, closed, tied = False, False, False
    if joined:
        joined[-1] = False
    if sum(capital) > _CAPITALS * len(capital):
        capital = [False] * len(capital)
    return Narrative(
        np.array(starts, dtype=np.int64),
        np.array(ends, dtype=np.int64),
        np.array(ids, dtype=np.int64),
        np.array(capital, dtype=np.bool_),
        np.array(joined, dtype=np.bool_),
        np.array(paragraph, dtype=np.int64),
        np.array(after_quote, dtype=np.bool_),
    )
