"""Sentences and words of a text, by its characters alone: what a codebook's head looks at, with or without a parser."""

from __future__ import annotations

import re
from typing import Final

from marsad.coding.paragraphs import paragraphs
from marsad.records import Passage

__all__ = ["sentences", "stems", "words"]

_END: Final = re.compile(r"""[.!?]["'”’)\]]*\s+(?=["'“‘(\[]?[A-Z0-9])""")
_SHORT: Final = frozenset(
    "mr mrs ms dr prof gen lt col maj capt cpl sgt gov sen rep rev st no vs jan feb mar apr jun jul aug sep sept oct "
    "nov dec brig adm hon approx dept fig".split()
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_STEM: Final = re.compile(r"(?:ing|ed|es|s)\Z")


def sentences(text: str) -> list[Passage]:
    """The sentences of a text, without the white space around them; none goes over the end of a paragraph."""
    found = []
    for paragraph in paragraphs(text):
        at = paragraph.start
        for end in _END.finditer(text, paragraph.start, paragraph.end):
            if text[end.start()] != "." or not _is_abbreviation(text[at : end.start()]):
                found.append((at, end.end()))
                at = end.end()
        found.append((at, paragraph.end))
    out = []
    for start, stop in found:
        piece = text[start:stop]
        if piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            out.append(Passage(begin, start + len(piece.rstrip())))
    return out


def _is_abbreviation(before: str) -> bool:
    last = before[-12:].replace("(", " ").split(" ")[-1]
    return (len(last) == 1 and last.isupper()) or "." in last or last.casefold() in _SHORT


def words(text: str, passage: Passage) -> list[Passage]:
    """The words of a passage that are made of letters."""
    return [Passage(*found.span()) for found in _WORD.finditer(text, *passage)]


def stems(text: str, passage: Passage) -> frozenset[str]:
    """The words of a passage in lower case, the longer ones without their ending."""
    found = (word.of(text).lower() for word in words(text, passage))
    return frozenset(_STEM.sub("", word) if len(word) > 4 else word for word in found if len(word) > 2)
