"""How an event was done: the PLOVER mode within its type."""

from __future__ import annotations

from marsad.coding.document import Document
from marsad.coding.eventlinks import EventDraft
from marsad.coding.triggers import features
from marsad.coding.weights import Weights

__all__ = ["mode_of"]


def mode_of(document: Document, event: EventDraft) -> str | None:
    """The mode for which an event's triggers speak most, or None; by the table ``mode``."""
    weights = Weights.load("mode")
    kind = event.type
    mine = [(i, label.split("/")[1]) for i, label in enumerate(weights.labels) if label.startswith(kind + "/")]
    if len(mine) < 2:
        return None
    sums: dict[str, float] = {}
    for trigger in event.triggers:
        scores = weights.scores(features(document, document.words[trigger.word]))
        for number, mode in mine:
            sums[mode] = max(sums.get(mode, -99.0), scores[number])
    best = max(sums, key=sums.__getitem__)
    return None if best == "-" else best
