"""The whole of a place's name where the parse has cut it: "Gulf of Aden", "Qeshm Island", "Place Vendome"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from marsad.coding.document import Document, Word
from marsad.coding.mentions import Mention

if TYPE_CHECKING:
    from marsad.knowledge import Gazetteer

__all__ = ["UNITS", "whole_name"]

_LINKS: Final = frozenset("of de del la las los el al az ez ad ed ash esh ar er di du des - ' ’".split()) | {
    "al-", "el-", "az-", "ez-", "ash-", "d'",
}  # fmt: skip
"""Small words that stand within a name, between words with a capital; articles in Arabic names as they are spoken
before the next letter ("Deir ez-Zor") among them."""
_FAR: Final = 5
"""Words on either side of a name that may belong to it."""
_AFTER: Final = frozenset(
    "airport airfield base bay boulevard avenue bridge camp canal cemetery crossing desert forest fort hall heights "
    "hotel hospital island islands jail lake market mosque mountain mountains ocean palace park peninsula plaza port "
    "prison river road sea square stadium station strait street valley".split()
)
"""Nouns with a capital that end the name of a site, after the words that tell which."""
_BEFORE: Final = frozenset(
    "gulf bay strait straits sea lake mount cape fort camp port rue place plaza avenida calle isla puerto".split()
)
"""Nouns with a capital that begin such a name."""
UNITS: Final = frozenset(
    "department departments province provinces governorate governorates municipality municipalities district "
    "districts county counties oblast neighborhood neighborhoods neighbourhood neighbourhoods village villages "
    "township prefecture".split()
)
"""Nouns for a unit of government or a part of a town, which make the name before them one of a place."""


def whole_name(document: Document, mention: Mention, gazetteer: Gazetteer) -> tuple[int, int]:
    """The words ``[first, last)`` of the longest name around a mention that the gazetteer has, or that a noun for a
    site begins or ends; the mention's own where there is none."""
    words = document.words
    begin, end = _run(document, mention)
    starts = [i for i in range(begin, mention.first + 1) if _capital(words[i])]
    ends = [i for i in range(end, mention.last - 1, -1) if i == mention.last or _capital(words[i - 1])]
    spans = sorted(((a, b) for a in starts for b in ends), key=lambda span: span[0] - span[1])
    for first, last in spans:
        if last - first <= mention.last - mention.first:
            break
        if words[last - 1].lower in _AFTER and last > mention.last and first == mention.first:
            return first, last
        if words[first].lower in _BEFORE and first < mention.first:
            return first, last
        if gazetteer.candidates(document.text[words[first].start : words[last - 1].end]):
            return first, last
    return mention.first, mention.last


def _run(document: Document, mention: Mention) -> tuple[int, int]:
    """How far words with a capital, and small ones between them, reach on either side within the sentence."""
    words = document.words
    sentence = document.sentences[mention.sent]
    begin = mention.first
    for i in range(mention.first - 1, max(sentence.first, mention.first - _FAR) - 1, -1):
        if _capital(words[i]):
            begin = i
        elif words[i].lower not in _LINKS:
            break
    end = mention.last
    for i in range(mention.last, min(sentence.last, mention.last + _FAR)):
        if _capital(words[i]):
            end = i + 1
        elif words[i].lower not in _LINKS:
            break
    return begin, end


def _capital(word: Word) -> bool:
    return word.text[:1].isupper() and word.pos in ("PROPN", "ADJ", "NOUN")
