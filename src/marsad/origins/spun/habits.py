"""Habits of spinners beside swapped words: articles that no longer fit, and verbs that reporters do not speak with."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.origins.spun.narrative import Narrative
from marsad.origins.spun.tables import Tables

__all__ = ["article_errors", "odd_says"]

_VOWELS: Final = "aeiou"
_SAYS_FEW: Final = frozenset(
    "mentioned explained talked spoke expressed uttered voiced remarked articulated verbalised verbalized told "
    "stressed pressured emphasized emphasised conveyed".split()
)


def article_errors(story: Narrative, tables: Tables) -> NDArray[np.int64]:
    """Rows of "a" before a vowel or "an" before a consonant, where the table knows the other and not this."""
    if len(story.ids) < 2:
        return np.zeros(0, dtype=np.int64)
    a, an = tables.number["a"], tables.number["an"]
    at = np.flatnonzero(story.joined[:-1] & ((story.ids[:-1] == a) | (story.ids[:-1] == an)) & (story.ids[1:] >= 0))
    other = np.where(story.ids[at] == a, an, a)
    after = story.ids[at + 1]
    vowel = np.array([tables.words[w][0] in _VOWELS for w in after], dtype=np.bool_)
    wrong = vowel == (story.ids[at] == a)
    found: NDArray[np.int64] = at[wrong]
    if len(found):
        other, after = other[wrong], after[wrong]
        better = tables.together(other, after) - tables.together(story.ids[found], after)
        found = found[better > 1.0]
    return found


def odd_says(story: Narrative, tables: Tables) -> NDArray[np.int64]:
    """Rows of verbs beside a quotation that reporters seldom use there."""
    few = np.array([tables.number[w] for w in _SAYS_FEW if w in tables.number])
    near = story.after_quote.copy()
    near[1:] |= story.after_quote[:-1]
    return np.flatnonzero(near & np.isin(story.ids, few))
