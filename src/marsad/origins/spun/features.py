"""What is measured at each word that may have been swapped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.origins.spun.narrative import Narrative
from marsad.origins.spun.tables import Tables

__all__ = ["ABSENT", "WORD", "WordFeatures", "word_features"]

ABSENT: Final = -99.0
"""The value of a feature that has nothing to look at."""
WORD: Final = (
    "freq", "odd", "left", "right", "swap", "ease", "choice", "capital", "before", "after", "more", "apt", "rank",
    "ending", "gain left", "gain right",
)  # fmt: skip
"""Counts and ratios are log2. ``freq``: its count. ``odd``: how much more often a spinner puts it than people use it.
``left``, ``right``: how much more often than chance it stands with its neighbour. ``swap``: how much more often the
neighbours stand with the best substitute; ``gain left``, ``gain right``: the same for one neighbour alone; ``ease``:
``swap`` less what is due to the substitute's being more frequent. ``choice``: for how many words it may stand.
``capital``: it is part of a name. ``before``, ``after``: its neighbours' counts. ``more``: how much more frequent the
best substitute is. ``apt``: how odd that one is. ``rank``: the share of its substitutes that are more frequent.
``ending``: how it ends, as a number."""


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
    gain_left = np.where(has_before[which], tables.together(before[which], others) - left[which], 0.0)
    gain_right = np.where(has_after[which], tables.together(others, after[which]) - right[which], 0.0)
    gain = gain_left + gain_right
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
    values[has_before, 8] = tables.count[before][has_before]
    values[has_after, 9] = tables.count[after][has_after]
    values[:, 10] = more[best_at]
    values[:, 11] = tables.put[best] - tables.count[best]
    values[:, 12] = np.add.reduceat(more > 0, starts) / number
    values[:, 13] = tables.ending[ids]
    values[has_before, 14] = gain_left[best_at][has_before]
    values[has_after, 15] = gain_right[best_at][has_after]
    return WordFeatures(rows, values, best)
