"""A record of a restored reading, with every passage led back to the words of the original."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from marsad.origins.restoring.change import Reading
from marsad.records import Actor, Claim, Passage, Record, Relation, Statement

__all__ = ["led_back"]


def led_back(record: Record, reading: Reading) -> Record:
    """The record over ``reading.original``: names and values stay as they were read, passages are the original's.

    A record whose reading has no change comes back as it is, but for the text.
    """
    if not reading.changes:
        return replace(record, text=reading.original)
    way = _Way(reading)
    return replace(
        record,
        text=reading.original,
        actors=tuple(Actor(a.id, a.name, a.kind, reading.all_back(a.mentions)) for a in record.actors),
        relations=tuple(way.relation(r) for r in record.relations),
        statements=tuple(way.statement(s) for s in record.statements),
        events=tuple(way.claim(e) for e in record.events),
        times=tuple(replace(t, span=reading.back(t.span)) for t in record.times),
        places=tuple(replace(p, span=reading.back(p.span)) for p in record.places),
        extra={key: way.extra(key, value) for key, value in record.extra.items()},
    )


class _Way:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def optional(self, passage: Passage | None) -> Passage | None:
        return None if passage is None else self.reading.back(passage)

    def relation(self, r: Relation) -> Relation:
        return replace(r, evidence=self.reading.back(r.evidence))

    def statement(self, s: Statement) -> Statement:
        return replace(
            s,
            content=self.reading.all_back(s.content),
            cue=self.optional(s.cue),
            speaker_span=self.optional(s.speaker_span),
        )

    def claim(self, e: Claim) -> Claim:
        span = self.reading.back(e.span)
        return replace(
            e,
            span=span,
            also=tuple(p for p in self.reading.all_back(e.also) if p != span),
            time=e.time and replace(e.time, span=self.optional(e.time.span)),
            place=e.place and replace(e.place, span=self.optional(e.place.span)),
        )

    def extra(self, key: str, value: Any) -> Any:
        """Passages that were left out, and those of codebooks, lie in the original too."""
        if key not in ("skipped", "codebook_only") or not isinstance(value, list):
            return value
        return [self._spanned(item) for item in value]

    def _spanned(self, item: Mapping[str, Any]) -> dict[str, Any]:
        span = item.get("span")
        return {**item, "span": list(self.reading.back(Passage(*span))) if span else span}
