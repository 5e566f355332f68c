"""What the comparison needs of a record, read once from plain data and checked on the way.

A system's record may lack what other tools do not write (its text, statuses,
sources); a gap then counts as a wrong answer, not as an error. What is there
must have the shape that ``marsad-record/1`` gives it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marsad.errors import EvaluationError

__all__ = ["Event", "Mention", "Place", "Quote", "Spans", "Time", "View", "read_view"]

Spans = tuple[tuple[int, int], ...]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mention:
    """One span that refers to an actor."""

    span: tuple[int, int]
    actor: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its words and its point, either of which may be missing."""

    span: tuple[int, int] | None
    point: Point | None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and its ISO value."""

    span: tuple[int, int]
    value: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``tolls`` holds the best figure of each toll that is given at all."""

    triggers: Spans
    type: str
    mode: str | None
    roles: Mapping[str, tuple[str, ...]]
    status: str | None
    certainty: str | None
    sources: frozenset[str]
    start: str | None
    place: Place | None
    tolls: Mapping[str, int | None]
    scored: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement."""

    content: Spans
    manner: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class View:
    """One record as the comparison sees it. ``mentions`` keeps the order of the record's actors."""

    id: str
    text: str | None
    actors: Mapping[str, int]
    mentions: tuple[Mention, ...]
    relations: tuple[tuple[str, str, str], ...]
    quotes: tuple[Quote, ...]
    events: tuple[Event, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]


def read_view(record: Mapping[str, Any]) -> View:
    """The view of one record. Raises EvaluationError where a part has not the format's shape."""
    name = str(record.get("id"))[:80]  # for messages: shown with its escapes
    try:
        actors = [(_word(a["id"]), [_span(m) for m in a["mentions"]]) for a in _items(record, "actors")]
        return View(
            id=name,
            text=None if record.get("text") is None else _word(record["text"]),
            actors={actor: len(mentions) for actor, mentions in actors},
            mentions=tuple(Mention(span, actor) for actor, mentions in actors for span in mentions),
            relations=tuple(
                (_word(r["subject"]), _word(r["relation"]), _word(r["object"])) for r in _items(record, "relations")
            ),
            quotes=tuple(
                Quote(tuple(_span(c) for c in s["content"]), str(s.get("manner")), _optional(s.get("speaker")))
                for s in _items(record, "statements")
            ),
            events=tuple(_event(e) for e in _items(record, "events")),
            times=tuple(Time(_span(t["span"]), _optional(t.get("value"))) for t in _items(record, "times")),
            places=tuple(Place(_span(p["span"]), _point(p)) for p in _items(record, "places")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
        raise EvaluationError(
            f"{name!r}: not a marsad-record/1 ({reason}); the format is in docs/record-format.md"
        ) from None


def _items(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    items = record.get(key, [])
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise ValueError(f"{key} must be a list of objects")
    return items


def _span(value: Any) -> tuple[int, int]:
    start, end = value
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
        raise ValueError(f"bad span {str(value)[:40]}")
    return start, end


def _point(place: Mapping[str, Any]) -> Point | None:
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is None or longitude is None:
        return None
    point = float(latitude), float(longitude)
    if not all(math.isfinite(degrees) for degrees in point):
        raise ValueError(f"bad point {point}")
    return point


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{str(value)[:40]!r} must be a string")
    return value


def _optional(value: Any) -> str | None:
    return None if value is None else _word(value)


def _ids(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{str(value)[:40]!r} must be a list of ids")
    return tuple(_word(item) for item in value)


def _event(data: Mapping[str, Any]) -> Event:
    place = data.get("place") or None
    return Event(
        triggers=(_span(data["span"]), *(_span(a) for a in data.get("also", ()))),
        type=_word(data["type"]),
        mode=_optional(data.get("mode")),
        roles={role: _ids(data.get(role, ())) for role in ("actors", "recipients")},
        status=_optional(data.get("status")),
        certainty=_optional(data.get("certainty")),
        sources=frozenset(_ids(data.get("according_to") or ("author",))),
        start=_optional((data.get("time") or {}).get("start")),
        place=place and Place(_span(place["span"]) if place.get("span") else None, _point(place)),
        tolls={toll: data[toll].get("best") for toll in ("killed", "injured") if data.get(toll)},
        scored=bool(data.get("scored", True)),
    )
