"""The last weights: how far a passage's own words and the whole text count for whether the passage is spun.

They are fitted on texts of which some passages are spun and others are not: a clean text and the spun copy of another
one of the same set, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from examples import Example
from numpy.typing import NDArray

from marsad.origins.spun.document import document_features
from marsad.origins.spun.features import WordFeatures
from marsad.origins.spun.narrative import Narrative
from marsad.origins.spun.passages import LEAST, cut
from marsad.origins.spun.tables import tables

__all__ = ["passage_rows"]

MIXED: Final = 60
"""For each fold so many times the texts of ``KINDS``."""
KINDS: Final = ((False, False), (False, False), (False, False), (True, True), (True, True), (False, True))
"""Whether either half of a text is spun: few spun texts have halves that are not."""


def joined(first: Example, second: Example) -> tuple[Narrative, WordFeatures, NDArray[np.bool_]]:
    """One text of two, and of each judged word whether it stands in the spun one."""
    a, b = first.story, second.story
    story = Narrative(
        *(
            np.concatenate([getattr(a, name), getattr(b, name)])
            for name in ("starts", "ends", "ids", "capital", "joined", "paragraph", "after_quote")
        )
    )
    f, g = first.found, second.found
    found = WordFeatures(
        np.concatenate([f.rows, g.rows + len(a.ids)]),
        np.concatenate([f.values, g.values]),
        np.concatenate([f.best, g.best]),
    )
    return story, found, np.repeat([first.spun, second.spun], [len(f.rows), len(g.rows)])


def passage_rows(
    given: Sequence[Example], model: Any, of_document: Callable[[NDArray[np.float64], int], float], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(log-odds of a passage's own words, of its text) and whether the passage is spun."""
    rng = np.random.default_rng(seed)
    known = tables()
    news = [e for e in given if e.group not in ("litbank", "learner") and len(e.found.rows) >= LEAST]
    kinds = {spun: [e for e in news if e.spun == spun] for spun in (False, True)}
    x: list[tuple[float, float]] = []
    y: list[float] = []
    for number in range(MIXED * len(KINDS)):
        wanted = KINDS[number % len(KINDS)]
        first, second = (kinds[spun][int(rng.integers(len(kinds[spun])))] for spun in wanted)
        story, found, spun_words = joined(first, second)
        odds = model.decision_function(found.values)
        whole = of_document(document_features(story, known, found, odds), len(found.rows))
        border = len(first.story.ids)
        for low, high in ((0, border), (border, len(story.ids))):
            end = min(high, low + int(rng.integers(2 * LEAST, 8 * LEAST)))
            part, here, own = cut(story, found, odds, low, end)
            if len(here.rows) >= LEAST // 2:
                x.append((of_document(document_features(part, known, here, own), len(here.rows)), whole))
                y.append(float(spun_words[np.searchsorted(found.rows, low)]))
    return np.array(x), np.array(y)
