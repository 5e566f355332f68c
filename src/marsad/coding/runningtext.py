"""Cut a report whose breaks of lines are lost where its headline ends and where another voice begins.

What is scraped often comes as one long line. The breaks that tell who speaks are then
found by what stands around them: a transcript's labels, marks that open again before
they were closed, a statement without marks behind "X said:", a dateline. Other breaks stay lost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain, islice, pairwise
from typing import Final

from marsad.coding.document import Paragraph
from marsad.coding.plain import DATED
from marsad.coding.turns import (
    APPENDIX,
    has_capitals,
    running_labels,
    speaker_names,
    speaks_of,
    with_capitals,
)

__all__ = ["recovered"]

_MOST: Final = 0.8
"""Share of a report's characters in one paragraph, from which on the report is taken for one that lost its breaks."""
_LONG: Final = 5_000
"""Characters of a paragraph that is none, however much stands beside it."""
_TOP: Final = 200
"""Characters from the start within which a headline ends."""

_NOT_LEAD: Final = "is|was|were|has|had|will|and|or|of|in|on|at|to|from|with|near|for|by|who|that|after"
_BODY: Final = re.compile(rf"(?<=[a-z\d]) (?=An? (?!(?:{_NOT_LEAD})\b)[A-Za-z]|The [a-z])")
"""Where a lead begins behind a headline without a full stop: no article is capitalised within a sentence."""
_BEHIND: Final = re.compile(r"\s+(?=\S)|(?=[A-Z“\"])")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’)]*\s")
_STARTS: Final = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\w\"“‘(])")
_BETWEEN: Final = re.compile(r"(?<=[.!?…][\"”])\s*(?=[\"“][A-Z\d])")
"""Between two quotations that nothing parts: each is a paragraph."""
_WHOLE: Final = re.compile(r"[\"“][^\"“”]*\.[\"”]\s+(?=[A-Z])")
"""A quotation that ends its own sentence, and before another: nobody is named behind it."""
_MARK: Final = re.compile(r"[\"“”]")
_DOUBLED: Final = re.compile(r"(?<!\S)\"\"\w")
_ROW: Final = re.compile(r"(?<=[.!?…])\s+(?=\"(?:\"\")?\w)|(?<=[.!?…]\")\s+|(?<=[.!?…]\"\"\")\s+")
"""Where a cell of a table begins or ends, that has its own marks doubled and stands in single ones."""
_WHEN: Final = r"(?:,? (?:in|on|at|to|after|following|today|yesterday|this|earlier)\b(?:(?! that )[^.!?:\"“]){0,50})?"
_UNMARKED: Final = re.compile(
    rf"\b(?:(?:said|says|stated|states|added|adds){_WHEN}|the following(?: statement)?(?: today)?):\s+(?=[A-Z\d])"
)
"""What introduces a statement without marks."""
_MARKED: Final = re.compile(r"\b(?:following|statement)\b[^.!?:\"“]{0,60}:\s+(?=[\"“][A-Z\d])")
"""What introduces a statement that opens with marks, and names its speaker farther before."""
_FIRST_PERSON: Final = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us)\b")
_REPORTED: Final = re.compile(
    r"\b(?:[A-Z][\w.'’-]+|[Hh]e|[Ss]he|[Tt]hey|spokes\w+|officials?) (?:also |later )?(?:said|says|added|told)\b|"
    r"\b[Aa]ccording to\b"
)
_ANY_REPORTED: Final = re.compile(r"\b(?!(?:I|[Ww]e) )\w+ (?:also |later )?(?:said|says|added|told)\b")
"""The same in a report without capitals, where nothing shows which word is a name."""


def recovered(text: str, found: list[Paragraph], title: str | None = None) -> tuple[list[Paragraph], frozenset[int]]:
    """The paragraphs of a report, cut further where its breaks of lines are lost.

    With them the offsets at which the author speaks again after a statement without marks.
    """
    least = min(_LONG, _MOST * sum(paragraph.end - paragraph.start for paragraph in found))
    original = text
    if not has_capitals(text):
        text = with_capitals(text)
    cut: list[Paragraph] = []
    returns: set[int] = set()
    for paragraph in found:
        if paragraph.end - paragraph.start < least:
            cut.append(paragraph)
            continue
        places = {paragraph.start, paragraph.end}
        places.update(_headline(text, paragraph, title))
        places.update(running_labels(text, paragraph))
        places.update(_reopened(text, paragraph))
        for opened, closed in _unmarked(text, original, paragraph):
            places.update((opened, closed))
            returns.add(closed)
        for start, end in pairwise(sorted(places)):
            piece = text[start:end].rstrip()
            if piece:
                cut.append(Paragraph(start, start + len(piece)))
    return cut, frozenset(returns)


def _headline(text: str, paragraph: Paragraph, title: str | None) -> Iterator[int]:
    """Where the report begins behind its headline: behind its title, at a dateline or at a capital article."""
    start, end = paragraph.start, min(paragraph.end, paragraph.start + _TOP)
    if title and text[start : start + len(title)].lower() == title.lower():
        behind = _BEHIND.match(text, start + len(title), paragraph.end)
        if behind:
            start = behind.end()
            yield start
    dateline = DATED.search(text, start, end + _TOP)
    if dateline and dateline.start() < end:
        yield dateline.start()
        return
    sentence = _SENTENCE_END.search(text, start, end)
    body = _BODY.search(text, start, sentence.start() if sentence else end)
    if body:
        yield body.end()


def _reopened(text: str, paragraph: Paragraph) -> Iterator[int]:
    """Where quotation marks open a paragraph: right behind a quotation, or again before they were closed."""
    start, end = paragraph.start, paragraph.end
    if _DOUBLED.search(text, start, end):
        yield from (place.end() for place in _ROW.finditer(text, start, end))
        return
    yield from (place.end() for place in _MARKED.finditer(text, start, end))
    for place in _BETWEEN.finditer(text, start, end):
        yield place.end()
        whole = _WHOLE.match(text, place.end(), end)
        if whole:
            yield whole.end()
    opened = False
    for mark in _MARK.finditer(text, start, end):
        at = mark.start()
        parted = at == start or text[at - 1] in " ("
        opens = mark.group() == "“" or (mark.group() == '"' and parted and text[at + 1 : at + 2].isalnum())
        if opens and opened and _SENTENCE_END.match(text, at - 2) and text[at + 1 : at + 2].isupper():
            yield at
        opened = opens


def _unmarked(text: str, original: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Statements without marks behind "X said:", as offsets ``[start, end)``.

    Only such as speak in the first person. One ends where a sentence names its speaker, reports
    other words or opens marks; what stands before that without a first person is the author's.
    ``original`` is the text as it was before it got capitals.
    """
    until = paragraph.start
    starts = [m.end() for m in _STARTS.finditer(text, paragraph.start, paragraph.end)]
    for intro in _UNMARKED.finditer(text, paragraph.start, paragraph.end):
        start = intro.end()
        if intro.start() < until:
            continue
        speaker = speaker_names(original, max(until, start - 120), start, 2)
        spoken = start
        following = islice(starts, bisect_right(starts, start), None)
        for low, high in pairwise(chain([start], following, [paragraph.end])):
            ended = APPENDIX.match(text, low)
            author = low > start and (_is_author(text, low, high) or speaks_of(original, low, high, speaker))
            if ended or author or (original is not text and low > start and _ANY_REPORTED.search(text, low, high)):
                end = low if ended else spoken
                break
            if _FIRST_PERSON.search(text, low, high):
                spoken = high
        else:
            end = paragraph.end
        if spoken > start:
            yield start, end
            until = end


def _is_author(text: str, start: int, end: int) -> bool:
    """Does the author speak in this sentence, rather than whoever's statement stands before it?"""
    return text[start] in '"“‘' or bool(_REPORTED.search(text, start, end)) or bool(_UNMARKED.search(text, start, end))
