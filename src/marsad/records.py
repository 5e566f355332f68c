"""What Marsad holds: reports as they came in, and records of what they say.

All classes are frozen and slotted. A :class:`Record` reads and writes the
format ``marsad-record/1``; see ``docs/record-format.md``. Offsets are half-open
``[start, end)`` pairs in Unicode code points of the report's text, which is
what Python's own string indices are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from marsad.errors import RecordError
from marsad.wellformed import problems

__all__ = [
    "AUTHOR",
    "FORMAT",
    "Actor",
    "Claim",
    "EventPlace",
    "EventTime",
    "Json",
    "Passage",
    "PlaceMention",
    "Record",
    "Relation",
    "Report",
    "Source",
    "Statement",
    "TimeExpression",
    "Toll",
]

FORMAT: Final = "marsad-record/1"
AUTHOR: Final = "author"
"""The source id that stands for the report's own voice in ``according_to``."""

Json = dict[str, Any]
"""A JSON object as plain data."""


class Passage(NamedTuple):
    """A half-open range ``[start, end)`` of code points of a report's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this passage."""
        return text[self.start : self.end]

    def meets(self, other: Passage) -> bool:
        """Have the two a code point in common?"""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Source:
    """Who published a report and under which licence; ``extra`` keeps further keys as they came."""

    name: str | None = None
    url: str | None = None
    licence: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """One document as it came in. ``text`` is never changed after reading.

    ``published`` is an ISO date at the precision known (``2020-07-04``,
    ``2020-07`` or ``2020``). ``language`` is an ISO 639-1 code, or None where it
    was not recognised. ``partial`` says why only part of the input could be
    read, and is None for a whole report.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: Source = field(default_factory=Source)
    author: str | None = None
    language: str | None = None
    partial: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, is acted upon, speaks or is spoken for, with every mention of them."""

    id: str
    name: str
    kind: str
    mentions: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A lasting tie between two actors, with the passage that says it."""

    subject: str
    relation: str
    object: str
    evidence: Passage
    according_to: tuple[str, ...] = (AUTHOR,)


@dataclass(frozen=True, slots=True)
class Statement:
    """Words or content put in somebody's mouth: speaker, cue, content, manner, anonymity."""

    id: str
    manner: str
    content: tuple[Passage, ...]
    cue: Passage | None = None
    speaker: str | None = None
    speaker_span: Passage | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class EventTime:
    """When a claim says that its event took place; ISO dates at the precision given."""

    span: Passage | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where a claim says that its event took place; degrees, WGS 84."""

    span: Passage | None = None
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """A count of people; "at least 43" is low 43, best 43, high None."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One report's account of one event (an entry of ``events`` in the format).

    ``extra`` holds keys beyond the format's own, such as ``codes`` (what users'
    own codebooks say of the event); they are written back as they are.
    """

    id: str
    span: Passage
    type: str
    also: tuple[Passage, ...] = ()
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    time: EventTime | None = None
    place: EventPlace | None = None
    killed: Toll | None = None
    injured: Toll | None = None
    status: str = "happened"
    certainty: str = "certain"
    according_to: tuple[str, ...] = (AUTHOR,)
    scored: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def triggers(self) -> tuple[Passage, ...]:
        """The most informative trigger first, then the others."""
        return (self.span, *self.also)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a date or period, and its ISO value (None when it cannot be resolved)."""

    span: Passage
    value: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A named place used as a place; ``country`` is ISO 3166-1 alpha-2."""

    span: Passage
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """All that one coding found in one report; the unit of ``marsad-record/1``.

    ``extra`` holds top-level keys beyond the format's own, such as ``coder``,
    ``language``, ``outcome`` and ``skipped``; they are written back as they are.
    """

    id: str
    text: str
    source: Source = field(default_factory=Source)
    title: str | None = None
    published: str | None = None
    actors: tuple[Actor, ...] = ()
    relations: tuple[Relation, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Claim, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        """The report that it was made from, as far as it tells."""
        language = self.extra.get("language")
        return Report(
            self.id, self.text, self.title, self.published, self.source,
            language=language if isinstance(language, str) else None,
        )  # fmt: skip

    def actor(self, actor_id: str) -> Actor:
        """The actor of this id; KeyError when there is none."""
        for actor in self.actors:
            if actor.id == actor_id:
                return actor
        raise KeyError(actor_id)

    def passages(self) -> Iterator[Passage]:
        """Every passage that a fact of this record stands on, in no set order."""
        for actor in self.actors:
            yield from actor.mentions
        for relation in self.relations:
            yield relation.evidence
        for statement in self.statements:
            yield from statement.content
            yield from (p for p in (statement.cue, statement.speaker_span) if p)
        for event in self.events:
            yield from event.triggers
            yield from (p for p in (event.time and event.time.span, event.place and event.place.span) if p)
        yield from (t.span for t in self.times)
        yield from (p.span for p in self.places)

    def to_json(self) -> Json:
        """This record as plain data in the format's key order."""
        return {
            "format": FORMAT,
            "id": self.id,
            "source": {
                "name": self.source.name,
                "url": self.source.url,
                "licence": self.source.licence,
                **self.source.extra,
            },
            "title": self.title,
            "published": self.published,
            **self.extra,
            "text": self.text,
            "actors": [
                {"id": a.id, "name": a.name, "kind": a.kind, "mentions": [list(m) for m in a.mentions]}
                for a in self.actors
            ],
            "relations": [
                {
                    "subject": r.subject,
                    "relation": r.relation,
                    "object": r.object,
                    "evidence": list(r.evidence),
                    "according_to": list(r.according_to),
                }
                for r in self.relations
            ],
            "statements": [_statement_json(s) for s in self.statements],
            "events": [_claim_json(e) for e in self.events],
            "times": [{"span": list(t.span), "value": t.value} for t in self.times],
            "places": [
                {
                    "span": list(p.span),
                    "name": p.name,
                    "country": p.country,
                    "latitude": p.latitude,
                    "longitude": p.longitude,
                }
                for p in self.places
            ],
        }

    def dumps(self) -> str:
        """This record as one line of JSON, without a line end."""
        return json.dumps(self.to_json(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Record:
        """Read one record. Raises RecordError, naming the first thing that is wrong."""
        wrong = problems(data)
        if wrong:
            more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
            raise RecordError(f"record {str(data.get('id'))[:80]!r}: {wrong[0]}{more}")
        own = {
            "format", "id", "source", "title", "published", "text",
            "actors", "relations", "statements", "events", "times", "places",
        }  # fmt: skip
        source = dict(data.get("source") or {})
        return cls(
            id=data["id"],
            text=data["text"],
            source=Source(source.pop("name", None), source.pop("url", None), source.pop("licence", None), extra=source),
            title=data.get("title"),
            published=data.get("published"),
            actors=tuple(
                Actor(a["id"], a["name"], a["kind"], _passages(a["mentions"])) for a in data.get("actors", ())
            ),
            relations=tuple(
                Relation(
                    r["subject"],
                    r["relation"],
                    r["object"],
                    Passage(*r["evidence"]),
                    tuple(r.get("according_to", (AUTHOR,))),
                )
                for r in data.get("relations", ())
            ),
            statements=tuple(_statement(s) for s in data.get("statements", ())),
            events=tuple(_claim(e) for e in data.get("events", ())),
            times=tuple(TimeExpression(Passage(*t["span"]), t.get("value")) for t in data.get("times", ())),
            places=tuple(
                PlaceMention(Passage(*p["span"]), p["name"], p.get("country"), p.get("latitude"), p.get("longitude"))
                for p in data.get("places", ())
            ),
            extra={k: v for k, v in data.items() if k not in own},
        )

    @classmethod
    def loads(cls, line: str) -> Record:
        """Read one record from JSON text. Raises RecordError."""
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise RecordError(f"not JSON: {error}") from None
        if not isinstance(data, dict):
            raise RecordError("a record must be a JSON object")
        return cls.from_json(data)


def _passages(pairs: Sequence[Sequence[int]]) -> tuple[Passage, ...]:
    return tuple(Passage(*pair) for pair in pairs)


def _optional(pair: Sequence[int] | None) -> Passage | None:
    return None if pair is None else Passage(*pair)


def _pair(passage: Passage | None) -> list[int] | None:
    return None if passage is None else list(passage)


def _statement(data: Mapping[str, Any]) -> Statement:
    return Statement(
        id=data["id"],
        manner=data["manner"],
        content=_passages(data["content"]),
        cue=_optional(data.get("cue")),
        speaker=data.get("speaker"),
        speaker_span=_optional(data.get("speaker_span")),
        anonymous=data.get("anonymous", False),
    )


def _statement_json(s: Statement) -> Json:
    return {
        "id": s.id,
        "manner": s.manner,
        "content": [list(c) for c in s.content],
        "cue": _pair(s.cue),
        "speaker": s.speaker,
        "speaker_span": _pair(s.speaker_span),
        "anonymous": s.anonymous,
    }


_CLAIM: Final = frozenset(
    "id span also type mode actors recipients time place killed injured status certainty according_to scored".split()
)


def _toll(data: Mapping[str, Any] | None) -> Toll | None:
    return None if data is None else Toll(data.get("low"), data.get("best"), data.get("high"))


def _toll_json(toll: Toll | None) -> Json | None:
    return None if toll is None else {"low": toll.low, "best": toll.best, "high": toll.high}


def _claim(data: Mapping[str, Any]) -> Claim:
    time, place = data.get("time"), data.get("place")
    return Claim(
        id=data["id"],
        span=Passage(*data["span"]),
        also=_passages(data.get("also", ())),
        type=data["type"],
        mode=data.get("mode"),
        actors=tuple(data.get("actors", ())),
        recipients=tuple(data.get("recipients", ())),
        time=EventTime(_optional(time.get("span")), time.get("start"), time.get("end")) if time else None,
        place=(
            EventPlace(_optional(place.get("span")), place.get("name"), place.get("latitude"), place.get("longitude"))
            if place
            else None
        ),
        killed=_toll(data.get("killed")),
        injured=_toll(data.get("injured")),
        status=data["status"],
        certainty=data["certainty"],
        according_to=tuple(data["according_to"]),
        scored=data.get("scored", True),
        extra={k: v for k, v in data.items() if k not in _CLAIM},
    )


def _claim_json(e: Claim) -> Json:
    time = e.time and {"span": _pair(e.time.span), "start": e.time.start, "end": e.time.end}
    place = e.place and {
        "span": _pair(e.place.span),
        "name": e.place.name,
        "latitude": e.place.latitude,
        "longitude": e.place.longitude,
    }
    return {
        "id": e.id,
        "span": list(e.span),
        "also": [list(a) for a in e.also],
        "type": e.type,
        "mode": e.mode,
        "actors": list(e.actors),
        "recipients": list(e.recipients),
        "time": time,
        "place": place,
        "killed": _toll_json(e.killed),
        "injured": _toll_json(e.injured),
        "status": e.status,
        "certainty": e.certainty,
        "according_to": list(e.according_to),
        "scored": e.scored,
        **e.extra,
    }
