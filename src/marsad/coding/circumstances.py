"""When and where: ties an event to the expressions of time and place that belong to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter
from typing import Final, TypeVar

from marsad.coding.document import Document
from marsad.coding.paths import path

__all__ = ["nearest"]

T = TypeVar("T")

_FARTHEST: Final = 80
"""Words from the trigger beyond which nothing belongs to it."""


def nearest(document: Document, trigger: int, found: Sequence[tuple[int, T]]) -> T | None:
    """Of (word, thing) pairs in order of words, the thing whose word hangs nearest to a trigger in its sentence.

    Preferred is what hangs below the trigger itself: a step up costs more than a
    step down, and a step up out of a clause the most.
    """
    words = document.words
    sentence = words[trigger].sent
    best: T | None = None
    least = 9.0
    begin = bisect_left(found, max(document.sentences[sentence].first, trigger - _FARTHEST), key=itemgetter(0))
    for index, thing in found[begin:]:
        if words[index].sent != sentence or index > trigger + _FARTHEST:
            break
        way = path(document, trigger, index)
        if way is None:
            continue
        up, down = way
        cost = float(len(down))
        for step in up:
            cost += 2.5 if words[step].dep in ("ccomp", "advcl", "relcl", "parataxis") else 1.2
        cost += abs(index - trigger) * 0.02
        if cost < least:
            best, least = thing, cost
    return best
