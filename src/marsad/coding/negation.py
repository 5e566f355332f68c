"""Subjects that stand for no one ("no group"), "no fewer than", which denies nothing, and who was not at a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.coding.document import Document, Word

__all__ = ["denies_nothing", "is_nobody", "stayed_away"]

_NOBODY: Final = frozenset("nobody none no-one neither nothing".split())
_NO: Final = frozenset("no neither not".split())
_MEASURES: Final = frozenset("only just least doubt sooner wonder all every everybody everyone many much".split())
_THAN: Final = frozenset("fewer less more".split())
"""Measures where "than" follows; "no more soldiers" are none."""
_ATTENDING: Final = frozenset("attend join participate".split())
"""Verbs for being at a meeting."""
_PART_OF: Final = frozenset({"take", "have"})
"""Verbs that with "part" tell it too."""


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


def stayed_away(document: Document, index: int) -> bool:
    """ "Eritrea did not take part in the talks": is the meeting at ``index`` one at which somebody was not?"""
    words = document.words
    word = words[index]
    if word.pos != "NOUN" or word.lemma == "part":
        return False
    above = words[word.head]
    if word.dep == "pobj" and above.lower in ("in", "at"):
        above = words[above.head]
    elif word.dep != "dobj":
        return False
    if above.lemma in _PART_OF:
        part = next((words[c] for c in above.children if words[c].lemma == "part" and words[c].dep == "dobj"), above)
    else:
        part, above = above, words[above.head]
    if part.lemma == "part" and part.dep == "dobj" and above.lemma in _PART_OF:
        if any(words[child].lower == "no" for child in part.children):
            return True
    elif part.lemma in _ATTENDING:
        above = part
    else:
        return False
    return any(words[child].dep == "neg" and not denies_nothing(words, child) for child in above.children)
