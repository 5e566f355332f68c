"""Facts as plain data that outlive a coding: actors by name and mentions instead of by ids, which change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from marsad.decisions.overlap import named_alike
from marsad.errors import DecisionError, RecordError
from marsad.records import AUTHOR, Actor, Claim, Json, Passage, Record, Relation, Statement

__all__ = ["FIELDS", "LISTS", "WHO", "Fact", "built", "empty", "passages", "plain", "reference", "same"]

Fact = Actor | Relation | Statement | Claim

LISTS: Final = {"event": "events", "statement": "statements", "actor": "actors", "relation": "relations"}
"""The list of a record in which each part is."""

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "event": (
        "type", "mode", "actors", "recipients", "time", "place", "killed", "injured", "status", "certainty",
        "according_to", "span", "also",
    ),
    "statement": ("manner", "content", "cue", "speaker", "speaker_span", "anonymous"),
    "actor": ("name", "kind", "mentions", "same_as"),
    "relation": ("subject", "relation", "object", "evidence", "according_to"),
    "report": ("title", "published"),
}  # fmt: skip
"""The fields of each part that can be decided on."""

WHO: Final = frozenset({"actors", "recipients", "according_to", "speaker", "subject", "object", "same_as"})
"""Fields that name actors."""
_EMPTY: Final[Json] = {
    "mode": None, "actors": [], "recipients": [], "time": None, "place": None, "killed": None, "injured": None,
    "also": [], "cue": None, "speaker": None, "speaker_span": None, "title": None, "published": None,
    "same_as": None,
}  # fmt: skip
_MENTIONS: Final = 12
"""Mentions by which an actor is known again."""


def empty(part: str, field: str) -> Any:
    """What a field holds when nothing is in it. DecisionError for one that cannot be empty."""
    if field not in _EMPTY:
        raise DecisionError(f"the {field} of {_article(part)} cannot be left empty: correct it instead")
    return _EMPTY[field]


def reference(actor: Actor) -> Json:
    """An actor as it is named in decisions."""
    return {"name": actor.name, "kind": actor.kind, "mentions": [list(one) for one in actor.mentions[:_MENTIONS]]}


def plain(part: str, fact: Fact, actors: Mapping[str, Actor]) -> Json:
    """A fact as plain data, by the fields that can be decided on; ``actors`` are those of its record by id."""
    alone: dict[str, Any] = {LISTS[part]: (fact,)}
    data = Record("-", "", **alone).to_json()[LISTS[part]][0]
    # Whether an actor is another one is not in the format: it is done to the record.
    return {name: _named(name, data.get(name), actors) for name in FIELDS[part]}


def _named(field: str, value: Any, actors: Mapping[str, Actor]) -> Any:
    if field not in WHO or value is None:
        return value
    if isinstance(value, str):
        return value if value == AUTHOR else reference(actors[value])
    return [one if one == AUTHOR else reference(actors[one]) for one in value]


def built(
    part: str, fact_id: str, data: Mapping[str, Any], text: str, actors: Callable[[], Mapping[str, Actor]],
    resolve: Callable[[Any], str],
) -> Fact:  # fmt: skip
    """The fact that plain data are of. ``resolve`` gives the id of an actor named there; ``actors`` are then asked for.

    Raises DecisionError where a value cannot stand there.
    """
    unknown = [name for name in data if name not in FIELDS[part]]
    if unknown:
        raise DecisionError(f"{_article(part)} has no field {str(unknown[0])[:40]!r}: {', '.join(FIELDS[part])}")
    resolved = {"id": fact_id, **{name: _resolved(name, value, resolve) for name, value in data.items()}}
    resolved.pop("same_as", None)
    # Only those who are named: what else is in the record has nothing to do with whether this is well formed.
    named = {one for name in WHO & set(resolved) for one in _listed(resolved[name])}
    known = [replace(one, mentions=one.mentions[:1]) for actor_id, one in actors().items() if actor_id in named]
    around = Record("-", text, actors=tuple(known)).to_json()
    around[LISTS[part]] = [resolved]
    try:
        found: Fact = getattr(Record.from_json(around), LISTS[part])[-1]
    except (RecordError, TypeError, KeyError, ValueError, AttributeError) as error:
        words = str(error).removeprefix("record '-': ").replace(f" {fact_id}", "", 1)
        raise DecisionError(" ".join(words.split()) or "this cannot stand there") from None
    if isinstance(found, Claim):
        return replace(found, extra={})
    return found


def _resolved(field: str, value: Any, resolve: Callable[[Any], str]) -> Any:
    if field not in WHO or value is None:
        return value
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(resolve(one) for one in value))
    return resolve(value)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value or () if isinstance(one, str)]


def same(field: str, one: Any, other: Any) -> bool:
    """Whether two plain values of a field say the same, wherever in the text it is said."""
    if field in ("actors", "recipients", "according_to") and isinstance(one, list) and isinstance(other, list):
        return all(any(_one_actor(a, b) for b in other) for a in one) and all(
            any(_one_actor(a, b) for b in one) for a in other
        )
    if field in ("speaker", "subject", "object", "same_as") and one is not None and other is not None:
        return _one_actor(one, other)
    if isinstance(one, Mapping) and isinstance(other, Mapping) and field in ("time", "place"):
        return all(one.get(key) == other.get(key) for key in {*one, *other} - {"span"})
    if field in ("span", "also", "content", "cue", "speaker_span", "mentions", "evidence"):
        return True  # where it stands: what is said there is what counts
    return bool(one == other)


def _one_actor(one: Any, other: Any) -> bool:
    """Whether two references may be to one actor: a name or a mention in common."""
    if not (isinstance(one, Mapping) and isinstance(other, Mapping)):
        return bool(one == other)
    if str(one.get("name")).casefold() == str(other.get("name")).casefold():
        return True
    theirs = passages(other.get("mentions"))
    return any(named_alike(a, b) for a in passages(one.get("mentions")) for b in theirs)


def passages(value: Any) -> list[Passage]:
    """The passages among what was given as such; anything may have been."""
    if not isinstance(value, list | tuple):
        return []
    return [
        Passage(*one) for one in value
        if isinstance(one, list | tuple) and len(one) == 2 and all(isinstance(end, int) for end in one)
    ]  # fmt: skip


def _article(part: str) -> str:
    return f"{'an' if part[0] in 'aei' else 'a'} {part}"
