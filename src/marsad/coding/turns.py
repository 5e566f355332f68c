"""What tells whose turn it is to speak: a transcript's labels, names of whoever spoke, an appendix's first words."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from marsad.coding.document import Paragraph

__all__ = ["APPENDIX", "has_capitals", "label_at", "running_labels", "speaker_names", "speaks_of", "with_capitals"]

_NAME: Final = r"[A-Z][A-Z.'’ -]{2,40}"
_ASKING: Final = "Question|Answer|Q|A|QUESTION|ANSWER"
_WORDS: Final = r":\s+(?=[\w\"“])"
_LABEL: Final = re.compile(rf"(?:{_NAME}|{_ASKING}){_WORDS}")
_SMALL: Final = re.compile(
    rf"(?:question|answer|q|a|(?:mr|mrs|ms|secretary|ambassador|general|minister)\.? [a-z'’-]{{2,20}}){_WORDS}"
)
"""Labels in a report without capitals, only such as can be nothing else."""
_RUNNING: Final = re.compile(rf"(?:(?<=[.?!…)\]\"”–—-])\s+(?:{_NAME}|{_ASKING})|(?<=\s)(?:QUESTION|ANSWER)){_WORDS}")
_QUESTIONS: Final = frozenset({"question", "q"})
_NAMES: Final = re.compile(r"\b[A-Z][\w'’-]+")
_SMALL_NAME: Final = re.compile(
    r"([a-z'’-]{3,} [a-z'’-]{3,}),? (?:said|says|stated|states|added|adds)\b[^.!?]{0,40}:\s*\Z"
)
_SMALL_WORDS: Final = re.compile(r"[a-z'’-]{3,}")
_CAPITALS: Final = re.compile(r"[A-Z]")
_FEW: Final = 400
"""Characters to a capital; in English prose there are thirty."""

_OPENINGS: Final = re.compile(r"(?:\A\s*|[.!?:…][\"”’)]*\s+|[.!?…][\"”])[\"“]?[a-z]|\bi\b")
_SMALL_RUNNING: Final = re.compile(rf"(?:\A|(?<=[.?!…\"”–—-]))\s*{_SMALL.pattern}|(?<=\s)(?:question|answer){_WORDS}")

APPENDIX: Final = re.compile(
    r"(?:notes? to editors|further information|media enquiries|contact|background|follow |for journalists|#+\s*end)",
    re.I,
)
"""What follows a press statement and is not of it."""


@lru_cache(maxsize=4)
def has_capitals(text: str) -> bool:
    """Is this written with capitals? Reports that were scraped and cleaned too well are not."""
    return sum(1 for _ in _CAPITALS.finditer(text)) * _FEW > len(text)


def with_capitals(text: str) -> str:
    """A text without capitals, with them where a sentence, a quotation or a transcript's label begins."""
    for pattern in (_SMALL_RUNNING, _OPENINGS):
        text = pattern.sub(lambda found: found.group().upper(), text)
    return text


def label_at(text: str, paragraph: Paragraph) -> re.Match[str] | None:
    """The label that opens a paragraph of a transcript ("MR AMSAL: ..."), with the blank behind it."""
    label = _LABEL.match(text, paragraph.start, paragraph.end)
    return label if label or has_capitals(text) else _SMALL.match(text, paragraph.start, paragraph.end)


def running_labels(text: str, paragraph: Paragraph) -> list[int]:
    """Where labels begin the turns of a transcript within one paragraph.

    Somebody must be asked there, or a label come again: capitals before a colon alone may open an item of news.
    """
    if text[paragraph.start : paragraph.end].isupper():
        return []
    first = _LABEL.match(text, paragraph.start, paragraph.end)
    found = [first] if first else []
    found += _RUNNING.finditer(text, first.end() - 1 if first else paragraph.start, paragraph.end)
    names = Counter(label.group().strip().rstrip(":").lower() for label in found)
    if len(found) < 2 or not (names.keys() & _QUESTIONS or max(names.values()) > 1):
        return []
    return [label.end() - len(label.group().lstrip()) for label in found]


def speaker_names(text: str, start: int, end: int, most: int = 4) -> frozenset[str]:
    """The last names before "said:" at the end of a passage; in a report without capitals, the two words before it."""
    if has_capitals(text):
        return frozenset(_NAMES.findall(text, start, end)[-most:])
    found = _SMALL_NAME.search(text, start, end)
    return frozenset(found[1].split()) if found else frozenset()


def speaks_of(text: str, start: int, end: int, speaker: frozenset[str]) -> bool:
    """Does a passage name the speaker early, so that it's the author's?"""
    # The first word is capitalised whatever it is; a name counts from the second on.
    names = _NAMES if has_capitals(text) else _SMALL_WORDS
    named = frozenset(names.findall(text, start + 1, min(end, start + 120)))
    return len(named & speaker) >= min(2, len(speaker)) > 0
