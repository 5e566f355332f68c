"""Which paragraphs of a text are spun: each is judged by its own words and by the whole text.

Paragraphs with few judged words are taken together with the next ones, for a few words show nothing.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.origins.spun.features import WordFeatures
from marsad.origins.spun.narrative import Narrative

__all__ = ["LEAST", "cut", "stretches"]

LEAST: Final = 40
"""So many judged words a passage has at least, where the text has so many."""


def stretches(story: Narrative, found: WordFeatures) -> list[tuple[int, int]]:
    """Half-open runs of rows of the narrative: whole paragraphs with at least ``LEAST`` judged words each."""
    if not len(story.ids):
        return []
    bounds = np.flatnonzero(np.diff(story.paragraph)) + 1
    runs: list[tuple[int, int]] = []
    start = 0
    for end in [*bounds.tolist(), len(story.ids)]:
        judged = np.searchsorted(found.rows, end) - np.searchsorted(found.rows, start)
        if judged >= LEAST:
            runs.append((start, end))
            start = end
    if start < len(story.ids):
        first = runs.pop()[0] if runs else 0
        runs.append((first, len(story.ids)))
    return runs


def cut(
    story: Narrative, found: WordFeatures, odds: NDArray[np.float64], start: int, end: int
) -> tuple[Narrative, WordFeatures, NDArray[np.float64]]:
    """The rows ``start`` to ``end`` of a narrative, with what was found there."""
    low, high = np.searchsorted(found.rows, (start, end))
    joined = story.joined[start:end].copy()
    joined[-1:] = False
    return (
        Narrative(
            story.starts[start:end],
            story.ends[start:end],
            story.ids[start:end],
            story.capital[start:end],
            joined,
            story.paragraph[start:end],
            story.after_quote[start:end],
        ),
        WordFeatures(found.rows[low:high] - start, found.values[low:high], found.best[low:high]),
        odds[low:high],
    )
