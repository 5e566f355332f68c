"""Known names and set phrases of which a spinner has swapped one word ("Islamic Condition", "key minister").

``phrases.tsv`` has a phrase, whether it is a name, the place of the word that may give way, and the words that could
stand for it, on each line. A phrase is only taken for another one garbled where its words are no usual neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.origins.spun.narrative import Narrative
from marsad.origins.spun.tables import Tables, shipped, tables

__all__ = ["Garbled", "Phrases", "garbled", "phrases"]

_SMALL: Final = 31.5
"""A word with a higher log2 count ("of", "the") is no evidence for a phrase of two words."""


@dataclass(frozen=True, slots=True)
class Garbled:
    """Rows ``[first, last)`` of a narrative that seem to be a phrase with the word of ``row`` swapped for ``was``."""

    first: int
    last: int
    row: int
    was: int
    phrase: str


class Phrases:
    """The table of phrases. Raises ValueError or LookupError where it is malformed."""

    def __init__(self, table: str, known: Tables) -> None:
        number = known.number
        self.holes: Final[dict[tuple[int, ...], tuple[str, bool, int, str]]] = {}
        """A phrase with -1 for one word -> the phrase, whether it is a name, that word, what may stand for it."""
        kept: set[int] = set()
        for line in table.split("\n")[1:]:
            if not line:
                continue
            phrase, kind, place, put = line.split("\t")
            ids = [number[word] for word in phrase.split(" ")]
            was, ids[int(place)] = ids[int(place)], -1
            self.holes[tuple(ids)] = (phrase, kind == "name", was, put)
            kept.update(ids)
        self.within: Final[NDArray[np.bool_]] = np.zeros(known.size, dtype=np.bool_)
        self.within[list(kept - {-1})] = True


@cache
def phrases() -> Phrases:
    """The shipped table, read once. Raises ModelError when it is missing or malformed."""
    return shipped(partial(Phrases, known=tables()), "phrases.tsv")


def garbled(story: Narrative, known: Tables) -> list[Garbled]:
    """Phrases with one word swapped, in order."""
    table = phrases()
    ids = story.ids
    if len(ids) < 2:
        return []
    within = np.where(ids >= 0, table.within[np.maximum(ids, 0)], False)
    telling = within & (known.count[np.maximum(ids, 0)] < _SMALL)
    found: list[Garbled] = []
    for size in (4, 3, 2):
        if len(ids) < size:
            continue
        run = np.ones(len(ids) - size + 1, dtype=np.bool_)
        inside = np.zeros(len(run), dtype=np.int64)
        tells = np.zeros(len(run), dtype=np.bool_)
        for k in range(size):
            part = slice(k, k + len(run))
            run &= story.joined[part] if k < size - 1 else ids[part] >= 0
            run &= ids[part] >= 0
            inside += within[part]
            tells |= telling[part]
        for start in np.flatnonzero(run & tells & (inside >= size - 1)).tolist():
            window = tuple(ids[start : start + size].tolist())
            for place in range(size):
                hit = table.holes.get((*window[:place], -1, *window[place + 1 :]))
                if hit is None or (hit[1] and not story.capital[start + place]):
                    continue
                if known.words[window[place]] not in hit[3].split(" "):
                    continue
                if any(g.first < start + size and start < g.last for g in found):
                    continue
                if not _usual(known, window, place):
                    found.append(Garbled(start, start + size, start + place, hit[2], hit[0]))
    return sorted(found, key=lambda g: g.first)


def _usual(known: Tables, window: tuple[int, ...], place: int) -> bool:
    """Whether the word at ``place`` is known to stand beside one of its neighbours there."""
    sides = [(place - 1, place), (place, place + 1)]
    return any(known.recorded(window[a], window[b]) for a, b in sides if a >= 0 and b < len(window))
