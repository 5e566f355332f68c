"""Long documents in pieces of a few paragraphs, each with all that is labelled inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from .partial import PartialEvent, PartialRecord, PartialStatement, Span

__all__ = ["LIMIT", "cut", "sentence_ends"]

LIMIT: Final = 2500
"""Longest piece wanted, in code points; a text without a border to cut at stays longer."""

SENTENCE_END: Final = re.compile(r"""(?<![A-Z])[.!?]["'”’)\]]*\s+(?=["'“‘(\[]?[A-Z])""")
PARAGRAPH_END: Final = re.compile(r"\n\s*")
ABBREVIATION: Final = re.compile(r"(?:^|\W)(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|St|Jr|No|vs)\.\s+$")


def sentence_ends(text: str) -> list[int]:
    """Where a sentence is taken to begin after another has ended, by marks and capitals alone."""
    return [m.end() for m in SENTENCE_END.finditer(text) if not ABBREVIATION.search(text[: m.end()][-12:])]


def cut(record: PartialRecord, limit: int = LIMIT) -> Iterator[PartialRecord]:
    """The record, or pieces of it of at most ``limit`` code points where its borders allow.

    Never cuts through a mention, trigger, place or statement. A role or relation between two pieces
    is lost; a statement is cut off from nothing, because its cue and speaker keep its border shut.
    """
    if len(record.text) <= limit:
        yield record
        return
    shut = sorted(_shut(record))
    paragraphs = [m.end() for m in PARAGRAPH_END.finditer(record.text)]
    sentences = sentence_ends(record.text)
    free = [[b for b in borders if not any(s < b < e for s, e in shut)] for borders in (paragraphs, sentences)]
    start, number = 0, 0
    while start < len(record.text):
        end = _next_border(start, len(record.text), free, limit)
        piece = _piece(record, start, end, number)
        if piece is not None:
            yield piece
        start, number = end, number + 1


def _next_border(start: int, size: int, free: list[list[int]], limit: int) -> int:
    """The last paragraph border within the limit, else sentence border, else the first border after it."""
    if size - start <= limit:
        return size
    for borders, least in zip(free, (limit // 3, 1), strict=True):
        within = [b for b in borders if start + least <= b <= start + limit]
        if within:
            return max(within)
    return min((b for borders in free for b in borders if b > start + limit), default=size)


def _shut(record: PartialRecord) -> Iterator[Span]:
    """Stretches that no border may cut."""
    yield from (mention[:2] for mention in record.mentions)
    yield from record.places
    yield from ((event.start, event.end) for event in record.events)
    for statement in record.statements:
        spans = [*statement.content, *(s for s in (statement.cue, statement.speaker) if s is not None)]
        yield min(s for s, _ in spans), max(e for _, e in spans)


def _piece(record: PartialRecord, start: int, end: int, number: int) -> PartialRecord | None:
    """What lies between two borders, or None when that is only white space."""
    text = record.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return None
    end = start + len(text)

    def inside(span: Span) -> bool:
        return start <= span[0] and span[1] <= end

    def moved(span: Span) -> Span:
        return span[0] - start, span[1] - start

    kept = [i for i, mention in enumerate(record.mentions) if inside(mention[:2])]
    place_of = {i: place for place, i in enumerate(kept)}
    return replace(
        record,
        id=f"{record.id}#{number}",
        text=text,
        mentions=tuple((*moved(m[:2]), m[2], m[3]) for m in (record.mentions[i] for i in kept)),
        events=tuple(_event(e, inside, start) for e in record.events if inside((e.start, e.end))),
        statements=tuple(_statement(s, start) for s in record.statements if inside(s.content[0])),
        relations=tuple(
            (place_of[s], name, place_of[t]) for s, name, t in record.relations if s in place_of and t in place_of
        ),
        places=tuple(moved(p) for p in record.places if inside(p)),
        unsure=tuple(moved((max(s, start), min(e, end))) for s, e in record.unsure if s < end and start < e),
    )


def _event(event: PartialEvent, inside: object, start: int) -> PartialEvent:
    assert callable(inside)
    return replace(
        event,
        start=event.start - start,
        end=event.end - start,
        roles=tuple((role, s - start, e - start) for role, s, e in event.roles if inside((s, e))),
    )


def _statement(statement: PartialStatement, start: int) -> PartialStatement:
    def moved(span: Span | None) -> Span | None:
        return None if span is None else (span[0] - start, span[1] - start)

    return replace(
        statement,
        content=tuple((s - start, e - start) for s, e in statement.content),
        cue=moved(statement.cue),
        speaker=moved(statement.speaker),
    )
