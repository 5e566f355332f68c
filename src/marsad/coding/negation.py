"""Nobody, none, no group: subjects that stand for no one, and "no fewer than", which denies nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.coding.document import Document, Word

__all__ = ["denies_nothing", "is_nobody"]

_NOBODY: Final = frozenset("nobody none no-one neither nothing".split())
_NO: Final = frozenset("no neither not".split())
_MEASURES: Final = frozenset("fewer less more only just least doubt sooner wonder".split())


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
    """Is the "no" or "not" at ``index`` part of a measure ("no fewer than 80"), "not only" or "no doubt"?"""
    return (
        words[index].lower in ("no", "not", "n't", "n’t")
        and index + 1 < len(words)
        and words[index + 1].lower in _MEASURES
    )
