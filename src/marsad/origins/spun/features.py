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
    "ending", "gain left", "gain right", "aptly", "apt gain", "apt ease", "apt more", "news", "apt choice", "apt news",
)  # fmt: skip
"""Counts and ratios are log2. ``freq``: its count. ``odd``: how much more often a spinner puts it than people use it.
``left``, ``right``: how much more often than chance it stands with its neighbour. ``swap``: how much more often the
neighbours stand with the best substitute; ``gain left``, ``gain right``: the same for one neighbour alone; ``ease``:
``swap`` less what is due to the substitute's being more frequent. ``choice``: for how many words it may stand.
``capital``: it is part of a name. ``before``, ``after``: its neighbours' counts. ``more``: how much more frequent the
best substitute is. ``apt``: how odd that one is. ``rank``: the share of its substitutes that are more frequent.
``ending``: how it ends, as a number. ``aptly``: ``odd`` for a careful spinner; ``apt gain``, ``apt ease``,
``apt more``, ``apt choice``: ``swap``, ``ease``, ``more``, ``choice`` for the words that such a one would swap for it.
``news``: how much more often news has it than web and news together; ``apt news``: how much more often news has the
best of those words."""
_FUNCTION: Final = 33.5
"""log2 of the count from which on a word is not judged."""
_DULL: Final = 0.5
_FREQUENT: Final = 0.1
"""How much of a substitute's being more frequent counts against and for its being the best."""


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """The words that are judged: rows of the narrative, one feature a column, and each word's best substitute."""

    rows: NDArray[np.int64]
    values: NDArray[np.float32]
    best: NDArray[np.int64]
    """Number of the best substitute; -1 where there is none."""


@dataclass(frozen=True, slots=True)
class _Places:
    """The judged words with their neighbours (0 where there is none), and how often they stand with them."""

    ids: NDArray[np.int64]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    has_before: NDArray[np.bool_]
    has_after: NDArray[np.bool_]
    left: NDArray[np.float32]
    right: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Best:
    """Of some words the best substitute of each, and how much better it goes with the neighbours."""

    word: NDArray[np.int64]
    left: NDArray[np.float32]
    right: NDArray[np.float32]
    most: NDArray[np.float32]
    """The most that any substitute gains."""
    more: NDArray[np.float32]
    share: NDArray[np.float32]
    """Of the substitutes, how many are more frequent than the word."""
    number: NDArray[np.int64]


def _neighbours(story: Narrative, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each row the words before and after it; -1 where none is next to it, or a name or an unknown one is."""
    size = len(ids)
    before = np.full(size, -1, dtype=np.int64)
    after = np.full(size, -1, dtype=np.int64)
    if size > 1:
        joined = story.joined[:-1]
        before[1:] = np.where(joined, ids[:-1], -1)
        after[:-1] = np.where(joined, ids[1:], -1)
    return before, after


def _best(
    at: _Places, rows: NDArray[np.int64], first: NDArray[np.int64], substitutes: NDArray[np.int64], tables: Tables
) -> _Best:
    """The best of the substitutes, which begin at ``first``, of the words in these rows, each of which has some."""
    ids = at.ids[rows]
    number = first[ids + 1] - first[ids]
    which = np.repeat(np.arange(len(rows)), number)
    starts = np.cumsum(number) - number
    others = tables.spelt[substitutes[np.arange(number.sum()) - starts[which] + first[ids][which]]]
    place = rows[which]
    near, usual = tables.neighbours, tables.usual
    left = np.where(at.has_before[place], near.together(at.before[place], others) - at.left[place], np.float32(0))
    right = np.where(at.has_after[place], near.together(others, at.after[place]) - at.right[place], np.float32(0))
    gain = left + right
    more = usual[others] - usual[ids][which]
    sides = at.has_before[place].astype(np.float32) + at.has_after[place]
    # A mixture of the two chooses the substitute: a frequent word that also goes with these neighbours.
    blend = gain - _DULL * sides * more + _FREQUENT * more
    hit = np.flatnonzero(blend == np.maximum.reduceat(blend, starts)[which])
    best = np.full(len(rows), -1, dtype=np.int64)
    best[which[hit][::-1]] = hit[::-1]
    share = np.add.reduceat((more > 0).astype(np.float32), starts) / number
    return _Best(others[best], left[best], right[best], np.maximum.reduceat(gain, starts), more[best], share, number)


def word_features(story: Narrative, tables: Tables) -> WordFeatures:
    """What is measured at each word that can stand for another one."""
    spelt = np.where(story.ids >= 0, tables.spelt[np.maximum(story.ids, 0)], -1)
    known = np.maximum(spelt, 0)
    choice = tables.first[known + 1] - tables.first[known]
    rows = np.flatnonzero((story.ids >= 0) & (choice > 0) & (tables.usual[known] < _FUNCTION))
    values = np.full((len(rows), len(WORD)), ABSENT, dtype=np.float32)
    if not len(rows):
        return WordFeatures(rows, values, np.full(0, -1, dtype=np.int64))
    ids = spelt[rows]
    before, after = (side[rows] for side in _neighbours(story, spelt))
    has_before, has_after = before >= 0, after >= 0
    before, after = np.maximum(before, 0), np.maximum(after, 0)
    near, usual = tables.neighbours, tables.usual
    at = _Places(
        ids, before, after, has_before, has_after, near.together(before, ids), near.together(ids, after)
    )  # fmt: skip
    values[:, 0] = usual[ids]
    values[:, 1] = tables.put[ids] - usual[ids]
    values[has_before, 2] = (at.left - near.expected(before, ids))[has_before]
    values[has_after, 3] = (at.right - near.expected(ids, after))[has_after]
    sides = has_before.astype(np.float32) + has_after
    there = sides > 0
    any_ = _best(at, np.arange(len(rows)), tables.first, tables.others, tables)
    values[there, 4] = any_.most[there]
    values[there, 5] = (any_.left + any_.right - sides * any_.more)[there]
    values[:, 6] = any_.number
    values[:, 7] = story.capital[rows]
    values[has_before, 8] = usual[before][has_before]
    values[has_after, 9] = usual[after][has_after]
    values[:, 10] = any_.more
    values[:, 11] = tables.put[any_.word] - usual[any_.word]
    values[:, 12] = any_.share
    values[:, 13] = tables.ending[ids]
    values[has_before, 14] = any_.left[has_before]
    values[has_after, 15] = any_.right[has_after]
    values[:, 16] = tables.aptly[ids] - usual[ids]
    values[:, 20] = tables.news[ids] - usual[ids]
    values[:, 21] = tables.first_apt[ids + 1] - tables.first_apt[ids]
    some = np.flatnonzero(values[:, 21] > 0)
    if len(some):
        apt = _best(at, some, tables.first_apt, tables.apt, tables)
        beside = some[there[some]]
        gain = apt.left + apt.right
        values[beside, 17] = gain[there[some]]
        values[beside, 18] = (gain - sides[some] * apt.more)[there[some]]
        values[some, 19] = apt.more
        values[some, 22] = tables.news[apt.word] - tables.news[ids[some]]
    return WordFeatures(rows, values, any_.word)
