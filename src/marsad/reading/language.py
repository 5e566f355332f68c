"""Which language a text is in."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["language_of"]

_SAMPLE: Final = 4_000
_FEWEST_LETTERS: Final = 20
_WORD: Final = re.compile(r"\w+")
# Words of English that its neighbours do not share; about one in eight of any report.
_ENGLISH: Final = frozenset("the and that with from were which their said they has been this would after who".split())
_ENGLISH_SHARE: Final = 0.08


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``; None under twenty letters.

    Plain English shows by its commonest words; for all else py3langid is asked,
    whose model takes a second to load.
    """
    sample = text[:_SAMPLE]
    if sum(c.isalpha() for c in sample) < _FEWEST_LETTERS:
        return None
    words = _WORD.findall(sample.lower())
    english = [word for word in words if word in _ENGLISH]
    if len(set(english)) >= 3 and len(english) >= _ENGLISH_SHARE * len(words):
        return "en"
    from py3langid import classify

    code = str(classify(sample)[0])
    return code if len(code) == 2 else None
