"""Nobody, none, no group: subjects that stand for no one, and "no fewer than", which denies nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.coding.document import Document, Word

__all__ = ["denies_nothing", "is_nobody"]

_NOBODY: Final = frozenset("nobody none no-one neither nothing".split())
_NO: Final = frozenset("no neither not".split())
_MEASURES: Final = frozenset("only just least doubt sooner wonder all every everybody everyone many much".split())
_THAN: Final = frozenset("fewer less more".split())
"""Measures where "than" follows; "no more soldiers" are none."""


def is_nobody(document: Document, index: int) -> bool:
    """Does a noun or pronoun stand for no one: "nobody", "none of them", "no group", "not one of them"?"""
    words = document.words
    word = words[index]
    if word.lower in _NOBODY:
        return True
    return any(
        words[child].lower in _NO and child < index and not denies_nothing(words, child) for child in word.children
    )


def denies_nothing(words: Sequence[Word], index: int) -> bool:
    """Is the "no" or "not" at ``index`` part of a measure ("no fewer than 80", "not all"), "not only" or "no doubt"?"""
    if words[index].lower not in ("no", "not", "n't", "n’t"):
        return False
    first, second = (words[at].lower if at < len(words) else "" for at in (index + 1, index + 2))
    return first in _MEASURES or (first in _THAN and second == "than")
