"""What is measured over a whole text."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.origins.spun.features import ABSENT, WORD, WordFeatures
from marsad.origins.spun.habits import article_errors, odd_says
from marsad.origins.spun.names import garbled
from marsad.origins.spun.narrative import Narrative
from marsad.origins.spun.tables import Tables

__all__ = ["DOCUMENT", "document_features"]

_SAY: Final = ("mean", "half", "most", "top")
DOCUMENT: Final = (
    *(f"words {name}" for name in _SAY),
    *(f"kinds {name}" for name in _SAY),
    "kinds",
    "names",
    "pairs",
    "strange",
    "article",
    "says",
    "garbled",
    *(f"mean {name}" for name in WORD),
)
"""``words``: of the words' probabilities of having been swapped the mean, the shares above .5 and .8, and the mean
log-odds of the top fifth. ``kinds``: the same, a word that stands several times counted once; alone: different words
per word. ``names``: the share of words in names that seem swapped. ``pairs``: how much more often than chance
neighbours stand together, log2; ``strange``: the share of those that do so much less. ``article``, ``says``: see
``habits.py``, per 100 words; ``garbled``: see ``names.py``, the same. ``mean``: of each measure of words."""


def _says(odds: NDArray[np.float64]) -> tuple[float, float, float, float]:
    shares = 1.0 / (1.0 + np.exp(-odds))
    top = np.partition(odds, len(odds) - max(1, len(odds) // 5))[-max(1, len(odds) // 5) :]
    return float(shares.mean()), float((shares > 0.5).mean()), float((shares > 0.8).mean()), float(top.mean())


def document_features(
    story: Narrative, tables: Tables, found: WordFeatures, odds: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The measures in the order of ``DOCUMENT``; ``odds`` are the log-odds of each judged word."""
    out = np.zeros(len(DOCUMENT))
    capital = story.capital[found.rows]
    plain = odds[~capital]
    if not len(plain):
        return out
    out[0:4] = _says(plain)
    _, kind = np.unique(story.ids[found.rows][~capital], return_inverse=True)
    each = np.bincount(kind, plain) / np.bincount(kind)
    out[4:8] = _says(each)
    out[8] = len(each) / len(plain)
    out[9] = (odds[capital] > -0.5).sum() / (capital.sum() + 5.0)
    joined = story.joined[:-1] & (story.ids[:-1] >= 0) & (story.ids[1:] >= 0)
    joined &= ~story.capital[:-1] & ~story.capital[1:]
    first, second = story.ids[:-1][joined], story.ids[1:][joined]
    if len(first):
        tie = tables.together(first, second) - tables.expected(first, second)
        out[10] = np.clip(tie, -6, 6).mean()
        out[11] = (tie < -2).mean()
    out[12] = len(article_errors(story, tables)) * 100.0 / len(plain)
    out[13] = len(odd_says(story, tables)) * 100.0 / len(plain)
    values = found.values[~capital]
    there = values != ABSENT
    out[14] = min(len(garbled(story, tables)), 5) * 100.0 / (len(plain) + 20.0)
    out[15:] = np.where(there, np.clip(values, -8.0, 40.0), 0.0).sum(0) / np.maximum(there.sum(0), 1)
    return out
