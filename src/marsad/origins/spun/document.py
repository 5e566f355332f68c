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

_SAY: Final = ("mean", "half", "most", "top", "few", "some", "odds", "capped")
_SWAPPED: Final = 1.55
"""Log-odds against a word's having been swapped before anything is known of it, as the words' trees were fitted."""
_FEW: Final = 0.1
_SOME: Final = 0.25
_CAP: Final = 2.0
_REST: Final = ("kinds", "names", "pairs", "strange", "article", "says", "garbled")
DOCUMENT: Final = (
    *(f"words {name}" for name in _SAY),
    *(f"kinds {name}" for name in _SAY),
    *_REST,
    *(f"mean {name}" for name in WORD),
)
"""``words``: of the words' probabilities of having been swapped the mean, the shares above .5 and .8, and the mean
log-odds of the top fifth; ``few``, ``some``: how much likelier the words are, each by itself, if a tenth or a quarter
of them were swapped than if none was; the mean log-odds, and that of odds capped. ``kinds``: the same, a word that
stands several times counted once; alone: different words per word. ``names``: the share of words in names that seem
swapped. ``pairs``: how much more often than chance neighbours stand together, log2; ``strange``: the share of those
that do so much less. ``article``, ``says``: see ``habits.py``, per 100 words; ``garbled``: see ``names.py``, the same.
``mean``: of each measure of words."""


def _says(odds: NDArray[np.float64]) -> tuple[float, ...]:
    shares = 1.0 / (1.0 + np.exp(-odds))
    top = np.partition(odds, len(odds) - max(1, len(odds) // 5))[-max(1, len(odds) // 5) :]
    ratio = np.clip(odds + _SWAPPED, -8.0, 8.0)
    few, some = (np.log1p(share * np.expm1(ratio)).mean() for share in (_FEW, _SOME))
    capped = np.minimum(ratio, _CAP).mean()
    says = shares.mean(), (shares > 0.5).mean(), (shares > 0.8).mean(), top.mean(), few, some, odds.mean(), capped
    return tuple(map(float, says))


def document_features(
    story: Narrative, tables: Tables, found: WordFeatures, odds: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The measures in the order of ``DOCUMENT``; ``odds`` are the log-odds of each judged word."""
    out = np.zeros(len(DOCUMENT))
    capital = story.capital[found.rows]
    plain = odds[~capital]
    if not len(plain):
        return out
    many = len(_SAY)
    out[:many] = _says(plain)
    _, kind = np.unique(story.ids[found.rows][~capital], return_inverse=True)
    each = np.bincount(kind, plain) / np.bincount(kind)
    out[many : 2 * many] = _says(each)
    rest = np.zeros(len(_REST))
    rest[0] = len(each) / len(plain)
    rest[1] = (odds[capital] > -0.5).sum() / (capital.sum() + 5.0)
    joined = story.joined[:-1] & (story.ids[:-1] >= 0) & (story.ids[1:] >= 0)
    joined &= ~story.capital[:-1] & ~story.capital[1:]
    first, second = tables.spelt[story.ids[:-1][joined]], tables.spelt[story.ids[1:][joined]]
    if len(first):
        tie = tables.neighbours.together(first, second) - tables.neighbours.expected(first, second)
        rest[2] = np.clip(tie, -6, 6).mean()
        rest[3] = (tie < -2).mean()
    rest[4] = len(article_errors(story, tables)) * 100.0 / len(plain)
    rest[5] = len(odd_says(story, tables)) * 100.0 / len(plain)
    rest[6] = min(len(garbled(story, tables)), 5) * 100.0 / (len(plain) + 20.0)
    out[2 * many : 2 * many + len(rest)] = rest
    values = found.values[~capital]
    there = values != ABSENT
    means = np.where(there, np.clip(values, -8.0, 40.0), 0.0).sum(0) / np.maximum(there.sum(0), 1)
    out[2 * many + len(rest) :] = means
    return out
