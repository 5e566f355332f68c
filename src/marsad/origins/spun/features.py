"""What is measured at each word, and over a whole text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.origins.spun.narrative import Narrative
from marsad.origins.spun.tables import Tables

__all__ = ["ABSENT", "DOCUMENT", "WORD", "WordFeatures", "document_features", "word_features"]

ABSENT: Final = -99.0
"""The value of a feature that has nothing to look at."""
WORD: Final = ("freq", "odd", "left", "right", "swap", "ease", "choice", "capital")
"""``freq``: log2 of its count. ``odd``: how much more often a spinner puts it than people use it, log2. ``left``,
``right``: how much more often than chance it stands with its neighbour, log2. ``swap``: how much more often the
neighbours stand with the best substitute, log2. ``ease``: the same, less what is due to the substitute's being more
frequent. ``choice``: for how many words it may stand. ``capital``: it is part of a name."""
DOCUMENT: Final = ("mean", "half", "most", "top", "pairs", "strange", "article", "says")

_VOWELS: Final = "aeiou"
_SAYS_FEW: Final = frozenset(
    "mentioned explained talked spoke expressed uttered voiced remarked articulated verbalised verbalized told "
    "stressed pressured emphasized emphasised conveyed".split()
)


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """The words that are judged: rows of the narrative, one feature a column, and each word's best substitute."""

    rows: NDArray[np.int64]
    values: NDArray[np.float32]
    best: NDArray[np.int64]
    """Number of the best substitute; -1 where there is none."""


def _neighbours(story: Narrative) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each row the words before and after it; -1 where none is next to it, or a name or an unknown one is."""
    size = len(story.ids)
    before = np.full(size, -1, dtype=np.int64)
    after = np.full(size, -1, dtype=np.int64)
    if size > 1:
        joined = story.joined[:-1]
        before[1:] = np.where(joined, story.ids[:-1], -1)
        after[:-1] = np.where(joined, story.ids[1:], -1)
    return before, after


def word_features(story: Narrative, tables: Tables) -> WordFeatures:
    """What is measured at each word that can stand for another one."""
    known = np.maximum(story.ids, 0)
    choice = tables.first[known + 1] - tables.first[known]
    rows = np.flatnonzero((story.ids >= 0) & (choice > 0) & (tables.count[known] < 33.5))
    values = np.full((len(rows), len(WORD)), ABSENT, dtype=np.float32)
    best = np.full(len(rows), -1, dtype=np.int64)
    if not len(rows):
        return WordFeatures(rows, values, best)
    ids = story.ids[rows]
    before, after = (side[rows] for side in _neighbours(story))
    has_before, has_after = before >= 0, after >= 0
    before, after = np.maximum(before, 0), np.maximum(after, 0)
    left = tables.together(before, ids)
    right = tables.together(ids, after)
    values[:, 0] = tables.count[ids]
    values[:, 1] = tables.put[ids] - tables.count[ids]
    values[has_before, 2] = (left - tables.expected(before, ids))[has_before]
    values[has_after, 3] = (right - tables.expected(ids, after))[has_after]
    number = choice[rows]
    which = np.repeat(np.arange(len(rows)), number)
    starts = np.cumsum(number) - number
    others = tables.others[np.arange(number.sum()) - starts[which] + tables.first[ids][which]]
    gain = np.where(has_before[which], tables.together(before[which], others) - left[which], 0.0)
    gain += np.where(has_after[which], tables.together(others, after[which]) - right[which], 0.0)
    more = tables.count[others] - tables.count[ids][which]
    sides = has_before.astype(np.float32) + has_after
    ease = gain - sides[which] * more
    # A mixture of the two chooses the substitute: a frequent word that also goes with these neighbours.
    blend = gain - 0.5 * sides[which] * more + 0.1 * more
    top = np.maximum.reduceat(blend, starts)
    hit = np.flatnonzero(blend == top[which])
    best_at = np.full(len(rows), -1, dtype=np.int64)
    best_at[which[hit][::-1]] = hit[::-1]
    best = others[best_at]
    there = sides > 0
    values[there, 4] = np.maximum.reduceat(gain, starts)[there]
    values[there, 5] = ease[best_at][there]
    values[:, 6] = number
    values[:, 7] = story.capital[rows]
    return WordFeatures(rows, values, best)


def document_features(
    story: Narrative, tables: Tables, found: WordFeatures, logits: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What is measured over a whole text, in the order of ``DOCUMENT``."""
    out = np.zeros(len(DOCUMENT))
    plain = logits[~story.capital[found.rows]]
    if not len(plain):
        return out
    shares = 1.0 / (1.0 + np.exp(-plain))
    out[0] = shares.mean()
    out[1] = (shares > 0.5).mean()
    out[2] = (shares > 0.8).mean()
    out[3] = np.sort(plain)[-max(1, len(plain) // 5) :].mean()
    joined = story.joined[:-1] & (story.ids[:-1] >= 0) & (story.ids[1:] >= 0)
    joined &= ~story.capital[:-1] & ~story.capital[1:]
    first, second = story.ids[:-1][joined], story.ids[1:][joined]
    if len(first):
        tie = tables.together(first, second) - tables.expected(first, second)
        out[4] = np.clip(tie, -6, 6).mean()
        out[5] = (tie < -2).mean()
    out[6] = len(article_errors(story, tables)) * 100.0 / len(plain)
    out[7] = len(odd_says(story, tables)) * 100.0 / len(plain)
    return out


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
    better = tables.together(other, after) - tables.together(story.ids[at], after)
    found: NDArray[np.int64] = at[wrong & (better > 1.0)]
    return found


def odd_says(story: Narrative, tables: Tables) -> NDArray[np.int64]:
    """Rows of verbs beside a quotation that reporters seldom use there."""
    few = np.array([tables.number[w] for w in _SAYS_FEW if w in tables.number])
    near = story.after_quote.copy()
    near[1:] |= story.after_quote[:-1]
    return np.flatnonzero(near & np.isin(story.ids, few))
