"""What is measured at a word to say that it is to be left as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from marsad.origins.restoring.candidates import Words
from marsad.origins.restoring.vectors import Vectors
from marsad.origins.spun.features import word_features
from marsad.origins.spun.narrative import narrative
from marsad.origins.spun.tables import Tables
from marsad.origins.spun.weights import weights

__all__ = ["LEAVING", "leaving"]

LEAVING: Final = (
    "one", "usual", "known", "odd", "frequent", "swapped", "judged", "capital", "seen", "not seen",
)  # fmt: skip
"""``one``: 1. ``usual``: how much oftener than by chance it stands beside a neighbour (log2; 0 where that was not
recorded), ``known``: whether it was. ``odd``: how much oftener spinners put it than people do (log2). ``frequent``: how
often it is used (log2 over 20). ``swapped``: its log-odds of having been swapped, by the spun check; ``judged``:
whether that looked at it. ``capital``: it has one. ``seen``, ``not seen``: of its neighbours on
either side, how many news has it beside, and how many not."""


def leaving(words: Words, vectors: Vectors, tables: Tables) -> list[tuple[float, ...]]:
    """The measures of each word of a text. Raises ModelError when a shipped table is missing."""
    odds = _swapped(words.text, tables)
    ids = [tables.number.get(word, -1) for word in words.lower]
    found: list[tuple[float, ...]] = []
    for at, number in enumerate(ids):
        before = ids[at - 1] if at and words.joined[at - 1] else -1
        after = ids[at + 1] if words.joined[at] else -1
        usual = [_usual(tables, *pair) for pair in ((before, number), (number, after)) if min(pair) >= 0]
        recorded = [value for value in usual if value is not None]
        put = float(tables.put[number]) if number >= 0 else 0.0
        count = float(tables.count[number]) if number >= 0 else 14.0
        pairs = [words.lower[k : k + 2] for k in (at - 1, at) if k >= 0 and words.joined[k]]
        seen = sum(vectors.seen(*pair) for pair in pairs)
        capital = float(words.capital[at] and not words.opens[at])
        swapped = odds.get(words.spans[at][0])
        found.append(
            (
                1.0, max(recorded, default=0.0), float(bool(recorded)), put - count if put else 0.0, count - 20.0,
                swapped or 0.0, float(swapped is not None), capital, float(seen), float(len(pairs) - seen),
            )
        )  # fmt: skip
    return found


def _swapped(text: str, tables: Tables) -> dict[int, float]:
    story = narrative(text, tables)
    judged = word_features(story, tables)
    if not len(judged.rows):
        return {}
    odds: Sequence[float] = weights().of_words(judged.values).tolist()
    return dict(zip(story.starts[judged.rows].tolist(), odds, strict=True))


def _usual(tables: Tables, first: int, second: int) -> float | None:
    if not tables.recorded(first, second):
        return None
    one, two = np.array([first], dtype=np.int64), np.array([second], dtype=np.int64)
    return float(tables.together(one, two)[0] - tables.expected(one, two)[0])
