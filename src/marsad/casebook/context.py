"""The sentence around a passage, for a person to read beside it."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["sentence_around"]

_REACH: Final = 400
"""The most code points that are shown on either side of a passage."""

_BREAK: Final = re.compile(r"[.!?؟。]['\"”’)\]]*\s+(?=[^\sa-z])|\n\s*\n|\n(?=[^\sa-z])")
"""Where a sentence most likely ends. A wrong break only shows less or more: nothing is coded from it."""


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence or sentences that hold ``text[start:end]``, as one line with single spaces."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    first = low
    for found in _BREAK.finditer(text, low, start + 1):
        first = min(found.end(), start)
    following = _BREAK.search(text, end, high)
    return " ".join(text[first : following.end() if following else high].split())
