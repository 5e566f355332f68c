"""What a data set labels of one passage of text, and which of that may be learned from.

All offsets are half-open and count Unicode code points of ``text``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from marsad.vocabulary import CERTAINTIES, EVENT_TYPES, KINDS, MANNERS, RELATIONS, STATUSES

__all__ = [
    "AT_LAYERS",
    "WHOLE_LAYERS",
    "Mention",
    "PartialEvent",
    "PartialRecord",
    "PartialStatement",
    "Span",
    "faults",
]

Span = tuple[int, int]
Mention = tuple[int, int, str | None, str | None]
"""Start, end, kind of actor or None, id of the entity or None; equal ids in one record mean one actor."""

WHOLE_LAYERS: Final = frozenset(
    {
        "mentions", "kinds", "coref", "events", "types", "roles", "status", "statements", "relations",
        "places", "eventcoref",
    }
)  # fmt: skip
"""Layers labelled exhaustively in a record's text: what is not labelled there is not there."""

AT_LAYERS: Final = frozenset(
    {
        "kinds-at", "coref-at", "types-at", "roles-at", "status-at", "certainty-at", "speakers-at", "relations-at",
        "places-at", "statements-at", "role-negatives-at",
    }
)  # fmt: skip
"""Layers labelled only at the items that a record lists; nothing follows about the rest of the text.

``roles-at``: the listed roles of a listed event are right; nothing follows about other mentions, nor about events
without any. ``role-negatives-at``: of the record's other mentions *in the trigger's sentence*, those that are no
further mention of a listed actor or recipient play no role in an event that has roles. ``coref-at``: mentions with
equal ids corefer; nothing follows from different ids. ``speakers-at``: the speakers of the listed statements are right,
and a speaker of None is not known. ``statements-at``: the listed statements are right and there are others.
"""


@dataclass(frozen=True, slots=True)
class PartialEvent:
    """One trigger; events of one id (where ids are given) are one happening."""

    start: int
    end: int
    type: str | None = None
    """A PLOVER type, or None where the set's own type has no sound counterpart."""
    roles: tuple[tuple[str, int, int], ...] = ()
    """``actor`` or ``recipient``, and the span of a mention of the record."""
    status: str | None = None
    certainty: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class PartialStatement:
    """Words or content put in somebody's mouth; the quotation marks are not part of it."""

    content: tuple[Span, ...]
    cue: Span | None = None
    """The word that reports it; None where there is none, or under ``statements-at`` alone, where none is known."""
    speaker: Span | None = None
    manner: str | None = None


@dataclass(frozen=True, slots=True)
class PartialRecord:
    """One passage of a data set with those layers of marsad-record/1 that the set labels."""

    id: str
    text: str
    layers: frozenset[str]
    """Names out of WHOLE_LAYERS and AT_LAYERS; a layer that is not named must not be learned from."""
    mentions: tuple[Mention, ...] = ()
    events: tuple[PartialEvent, ...] = ()
    statements: tuple[PartialStatement, ...] = ()
    relations: tuple[tuple[int, str, int], ...] = ()
    """Place of the subject in ``mentions``, relation, place of the object."""
    places: tuple[Span, ...] = ()
    licence: str = ""
    set: str = ""
    unsure: tuple[Span, ...] = ()
    """Passages about which the whole layers of mentions, places and statements say neither yes nor no."""


def faults(record: PartialRecord) -> Iterator[str]:
    """What is wrong with a record, one line each; nothing when it may be used."""
    size = len(record.text)
    if not record.text.strip():
        yield "the text is empty"
    for layer in sorted(record.layers - WHOLE_LAYERS - AT_LAYERS):
        yield f"there is no layer {layer!r}"
    if not record.licence or not record.set:
        yield "the licence or the set is not named"
    for name, span in _spans(record):
        start, end = span
        if not 0 <= start < end <= size:
            yield f"{name} {span} does not lie in the text"
        elif record.text[start:end] != record.text[start:end].strip():
            yield f"{name} {record.text[start:end]!r} begins or ends in white space"
    yield from _words(record)
    spans = {mention[:2] for mention in record.mentions}
    if len(spans) != len(record.mentions):
        yield "two mentions have one span"
    for event in record.events:
        for _, start, end in event.roles:
            if (start, end) not in spans:
                yield f"a role of {record.text[event.start : event.end]!r} is no mention"
    for subject, _, target in record.relations:
        if not (0 <= subject < len(record.mentions) and 0 <= target < len(record.mentions)):
            yield "a relation names a mention that there is not"


def _spans(record: PartialRecord) -> Iterator[tuple[str, Span]]:
    """Every span of a record with what it is."""
    for mention in record.mentions:
        yield "mention", mention[:2]
    for event in record.events:
        yield "trigger", (event.start, event.end)
    for statement in record.statements:
        for piece in statement.content:
            yield "content", piece
        if statement.cue:
            yield "cue", statement.cue
        if statement.speaker:
            yield "speaker", statement.speaker
    for place in record.places:
        yield "place", place


def _words(record: PartialRecord) -> Iterator[str]:
    """Labels outside the closed vocabularies."""
    for event in record.events:
        known = (
            (event.type, EVENT_TYPES),
            (event.status, STATUSES),
            (event.certainty, CERTAINTIES),
            *((role, ("actor", "recipient")) for role, _, _ in event.roles),
        )
        yield from (f"there is no label {word!r}" for word, words in known if word is not None and word not in words)
    for statement in record.statements:
        if not statement.content:
            yield "a statement has no content"
        if statement.manner not in (None, *MANNERS):
            yield f"there is no manner {statement.manner!r}"
    yield from (f"there is no kind {kind!r}" for *_, kind, _ in record.mentions if kind not in (None, *KINDS))
    yield from (f"there is no relation {name!r}" for _, name, _ in record.relations if name not in RELATIONS)
