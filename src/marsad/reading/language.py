"""Which language a text is in."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Any, Final

__all__ = ["language_of", "language_shares"]

_SAMPLE: Final = 4_000
_FEWEST_LETTERS: Final = 20
_LEAST_SURE: Final = 0.5
_WORD: Final = re.compile(r"\w+")
_ENGLISH: Final = frozenset(
    {"the", "and", "that", "with", "from", "were", "which", "their", "said", "they", "has", "been", "this", "would"}
    | {"after", "who"}
)
"""Words of English that its neighbours do not share; one in eight of most reports."""
_ENGLISH_SHARE: Final = 0.08
_FOLDED: Final = {"pcm": "en", "apc": "ar", "arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh"}
"""Near relations that a few lines cannot tell apart, and the language counted for them."""


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``; None under twenty letters or where it is not clear.

    Plain English shows by its commonest words; for all else py3langid is asked,
    whose model takes half a second to load.
    """
    sample = text[:_SAMPLE]
    if sum(c.isalpha() for c in sample) < _FEWEST_LETTERS:
        return None
    words = _WORD.findall(sample.lower())
    english = [word for word in words if word in _ENGLISH]
    if len(set(english)) >= 3 and len(english) >= _ENGLISH_SHARE * len(words):
        return "en"
    shares = language_shares(sample)
    best = max(shares, key=lambda code: shares[code], default="")
    return best if len(best) == 2 and shares[best] >= _LEAST_SURE else None


def language_shares(text: str) -> dict[str, float]:
    """How likely each language is for ``text``, by py3langid; together 1.

    Empty where its model cannot be unpacked, which takes 65 MB of temporary space.
    """
    shares: dict[str, float] = defaultdict(float)
    try:
        identifier = _identifier()
    except OSError:
        return shares
    for code, share in identifier.rank(text):
        shares[_FOLDED.get(code, code)] += share
    return shares


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
