"""The rows of the listings, made from a record: flat, with names instead of ids and words beside offsets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from marsad.casebook.context import sentence_around
from marsad.records import AUTHOR, Actor, Claim, EventPlace, EventTime, Record, Relation, Statement, Toll

__all__ = [
    "ActorRow",
    "EventRow",
    "RelationRow",
    "ReportRow",
    "StatementRow",
    "actor_row",
    "event_row",
    "relation_row",
    "statement_row",
]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report: where it is from, how it went, how much its current record holds, and its origin.

    ``origin`` is the id of the report at the root of its family; ``kind`` says how
    it is made from the report ``of``; ``spun`` is the probability that it is
    machine-spun. None where that was not looked for.
    """

    report: str
    title: str | None
    published: str | None
    source: str | None
    url: str | None
    language: str | None
    outcome: str
    reason: str | None
    added_at: str | None
    events: int
    statements: int
    actors: int
    also_named: tuple[str, ...] = ()
    origin: str | None = None
    kind: str | None = None
    of: str | None = None
    spun: float | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One claim. ``start`` and ``end`` are the offsets of ``passage``; tolls are counts of people.

    ``origin``, here and in the other rows, is the id of the report that this one goes back to.
    """

    report: str
    event: str
    published: str | None
    type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: str
    certainty: str
    according_to: tuple[str, ...]
    time_start: str | None
    time_end: str | None
    place: str | None
    latitude: float | None
    longitude: float | None
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    injured_low: int | None
    injured_best: int | None
    injured_high: int | None
    passage: str
    sentence: str
    start: int
    end: int
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement. ``start`` and ``end`` reach from its first piece to its last."""

    report: str
    statement: str
    published: str | None
    speaker: str | None
    speaker_kind: str | None
    anonymous: bool
    manner: str
    cue: str | None
    content: str
    start: int
    end: int
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor of one report; ``start`` and ``end`` are its first mention."""

    report: str
    actor: str
    published: str | None
    name: str
    kind: str
    mentions: int
    called: tuple[str, ...]
    sentence: str
    start: int
    end: int
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One tie between two actors; ``start`` and ``end`` are the offsets of ``passage``."""

    report: str
    published: str | None
    subject: str
    relation: str
    object: str
    according_to: tuple[str, ...]
    passage: str
    sentence: str
    start: int
    end: int
    origin: str | None = None


def event_row(record: Record, event: Claim, origin: str | None = None) -> EventRow:
    """The row of one of the record's events."""
    time, place = event.time or EventTime(), event.place or EventPlace()
    killed, injured = event.killed or Toll(), event.injured or Toll()
    return EventRow(
        record.id, event.id, record.published, event.type, event.mode,
        _names(record, event.actors), _names(record, event.recipients),
        event.status, event.certainty, _names(record, event.according_to),
        time.start, time.end, place.name, place.latitude, place.longitude,
        killed.low, killed.best, killed.high, injured.low, injured.best, injured.high,
        event.span.of(record.text), sentence_around(record.text, *event.span), *event.span, origin,
    )  # fmt: skip


def statement_row(record: Record, statement: Statement, origin: str | None = None) -> StatementRow:
    """The row of one of the record's statements."""
    speaker = record.actor(statement.speaker) if statement.speaker is not None else None
    return StatementRow(
        record.id, statement.id, record.published,
        speaker.name if speaker else None, speaker.kind if speaker else None, statement.anonymous,
        statement.manner, statement.cue.of(record.text) if statement.cue else None,
        " … ".join(piece.of(record.text) for piece in statement.content),
        min(piece.start for piece in statement.content), max(piece.end for piece in statement.content),
        origin,
    )  # fmt: skip


def actor_row(record: Record, actor: Actor, origin: str | None = None) -> ActorRow:
    """The row of one of the record's actors."""
    first = min(actor.mentions)
    called = tuple(dict.fromkeys(mention.of(record.text) for mention in actor.mentions))
    return ActorRow(
        record.id, actor.id, record.published, actor.name, actor.kind, len(actor.mentions), called,
        sentence_around(record.text, *first), *first, origin,
    )  # fmt: skip


def relation_row(record: Record, relation: Relation, origin: str | None = None) -> RelationRow:
    """The row of one of the record's relations."""
    words, sentence = relation.evidence.of(record.text), sentence_around(record.text, *relation.evidence)
    subject, object_ = _names(record, (relation.subject, relation.object))
    return RelationRow(
        record.id, record.published, subject, relation.relation, object_, _names(record, relation.according_to),
        words, sentence, *relation.evidence, origin,
    )  # fmt: skip


def _names(record: Record, ids: Iterable[str]) -> tuple[str, ...]:
    names = {actor.id: actor.name for actor in record.actors} | {AUTHOR: AUTHOR}
    return tuple(names[actor_id] for actor_id in ids)
