"""Is a piece of JSON a well-formed marsad-record/1? Everything wrong with it, in words.

The check works on plain data and trusts nothing about it: any JSON value may
stand anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from marsad.vocabulary import CERTAINTIES, KINDS, MANNERS, MODES, RELATIONS, STATUSES

__all__ = ["problems"]

_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z", re.ASCII)
_LISTS: Final = ("actors", "relations", "statements", "events", "times", "places")
Say = Callable[[str], None]


def problems(record: object) -> list[str]:
    """What is wrong with ``record``, one line each; empty when it is well formed."""
    found: list[str] = []
    if not isinstance(record, Mapping):
        return ["a record must be a JSON object"]
    if record.get("format") != "marsad-record/1":
        found.append(f"format is {record.get('format')!r}, not 'marsad-record/1'")
    if not isinstance(record.get("id"), str) or not record["id"]:
        found.append("id must be a string that is not empty")
    text = record.get("text")
    if not isinstance(text, str):
        return [*found, "text must be a string"]
    for key in ("title", "published"):
        if not isinstance(record.get(key), str | None):
            found.append(f"{key} must be a string or null")
    if isinstance(record.get("published"), str) and not _DATE.match(record["published"]):
        found.append(f"published is {record['published']!r}, not an ISO date")
    source = record.get("source")
    if source is not None and not isinstance(source, Mapping):
        found.append("source must be an object")
    for key in _LISTS:
        value = record.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            found.append(f"{key} must be a list of objects")
            return found
    check = _Check(text, found)
    check.actors(record.get("actors", []))
    check.relations(record.get("relations", []))
    check.statements(record.get("statements", []))
    check.events(record.get("events", []))
    for key in ("times", "places"):
        for number, item in enumerate(record.get(key, [])):
            where = f"{key} {number}"
            check.span(item.get("span"), where)
            if key == "times":
                check.kind(item.get("value"), str | None, f"{where} value")
            else:
                check.kind(item.get("name"), str, f"{where} name")
                check.kind(item.get("country"), str | None, f"{where} country")
                check.point(item, where)
    return found


class _Check:
    """Collects what is wrong with the parts of one record into ``found``."""

    def __init__(self, text: str, found: list[str]) -> None:
        self.text = text
        self.found = found
        self.ids: set[str] = set()

    def kind(self, value: object, wanted: Any, where: str) -> bool:
        if isinstance(value, wanted) and not (isinstance(value, bool) and wanted is not bool):
            return True
        self.found.append(f"{where} has the wrong type: {str(value)[:60]!r}")
        return False

    def one_of(self, value: object, vocabulary: Any, where: str) -> None:
        if not isinstance(value, str) or value not in vocabulary:
            self.found.append(f"{where}: {str(value)[:60]!r} is not one of its values")

    def span(self, value: object, where: str, optional: bool = False) -> None:
        if value is None:
            if not optional:
                self.found.append(f"{where}: no span")
            return
        if not (
            isinstance(value, list)
            and len(value) == 2
            and all(isinstance(end, int) and not isinstance(end, bool) for end in value)
            and 0 <= value[0] < value[1] <= len(self.text)
        ):
            self.found.append(f"{where}: bad span {str(value)[:60]}")
            return
        words = self.text[value[0] : value[1]]
        if words != words.strip():
            self.found.append(f"{where}: span has outer white space: {words[:60]!r}")

    def spans(self, value: object, where: str, least: int = 0) -> None:
        if not isinstance(value, list) or len(value) < least:
            self.found.append(f"{where} must be a list of at least {least} spans")
            return
        for item in value:
            self.span(item, where)

    def who(self, value: object, vocabulary: set[str], where: str, least: int = 0) -> None:
        if not isinstance(value, list) or len(value) < least:
            self.found.append(f"{where} must be a list of at least {least} ids")
            return
        for item in value:
            self.one_of(item, vocabulary, where)

    def point(self, value: Mapping[str, Any], where: str) -> None:
        for key, bound in (("latitude", 90), ("longitude", 180)):
            degrees = value.get(key)
            if (
                self.kind(degrees, int | float | None, f"{where} {key}")
                and degrees is not None
                and not abs(degrees) <= bound
            ):
                self.found.append(f"{where} {key}: {degrees} is out of range")

    def actors(self, actors: list[Mapping[str, Any]]) -> None:
        for actor in actors:
            where = f"actor {str(actor.get('id'))[:40]}"
            if self.kind(actor.get("id"), str, f"{where} id"):
                if actor["id"] in self.ids or actor["id"] == "author":
                    self.found.append(f"{where}: the id is taken")
                self.ids.add(actor["id"])
            self.kind(actor.get("name"), str, f"{where} name")
            self.one_of(actor.get("kind"), KINDS, f"{where} kind")
            self.spans(actor.get("mentions"), f"{where} mentions", least=1)

    def relations(self, relations: list[Mapping[str, Any]]) -> None:
        for number, relation in enumerate(relations):
            where = f"relation {number}"
            self.one_of(relation.get("relation"), RELATIONS, f"{where} relation")
            for end in ("subject", "object"):
                self.one_of(relation.get(end), self.ids, f"{where} {end}")
            self.span(relation.get("evidence"), f"{where} evidence")
            self.who(relation.get("according_to", ["author"]), self.ids | {"author"}, f"{where} according_to", least=1)

    def statements(self, statements: list[Mapping[str, Any]]) -> None:
        for statement in statements:
            where = f"statement {str(statement.get('id'))[:40]}"
            self.kind(statement.get("id"), str, f"{where} id")
            self.one_of(statement.get("manner"), MANNERS, f"{where} manner")
            self.spans(statement.get("content"), f"{where} content", least=1)
            self.span(statement.get("cue"), f"{where} cue", optional=True)
            self.span(statement.get("speaker_span"), f"{where} speaker_span", optional=True)
            if statement.get("speaker") is not None:
                self.one_of(statement["speaker"], self.ids, f"{where} speaker")
            self.kind(statement.get("anonymous", False), bool, f"{where} anonymous")

    def events(self, events: list[Mapping[str, Any]]) -> None:
        everyone = self.ids | {"author"}
        for event in events:
            where = f"event {str(event.get('id'))[:40]}"
            self.kind(event.get("id"), str, f"{where} id")
            self.span(event.get("span"), where)
            self.spans(event.get("also", []), f"{where} also")
            self.one_of(event.get("type"), MODES, f"{where} type")
            if event.get("mode") is not None:
                kind = event.get("type")
                self.one_of(
                    event["mode"], MODES.get(kind, ()) if isinstance(kind, str) else (), f"{where} mode of {kind}"
                )
            self.who(event.get("actors", []), self.ids, f"{where} actors")
            self.who(event.get("recipients", []), self.ids, f"{where} recipients")
            self.who(event.get("according_to"), everyone, f"{where} according_to", least=1)
            self.one_of(event.get("status"), STATUSES, f"{where} status")
            self.one_of(event.get("certainty"), CERTAINTIES, f"{where} certainty")
            self.kind(event.get("scored", True), bool, f"{where} scored")
            self._time(event.get("time"), f"{where} time")
            self._place(event.get("place"), f"{where} place")
            for toll in ("killed", "injured"):
                self._toll(event.get(toll), f"{where} {toll}")

    def _time(self, time: object, where: str) -> None:
        if time is None or not self.kind(time, Mapping, where) or not isinstance(time, Mapping):
            return
        self.span(time.get("span"), where, optional=True)
        for end in ("start", "end"):
            value = time.get(end)
            if value is not None and not (isinstance(value, str) and _DATE.match(value)):
                self.found.append(f"{where} {end}: {str(value)[:60]!r} is not an ISO date")

    def _place(self, place: object, where: str) -> None:
        if place is None or not self.kind(place, Mapping, where) or not isinstance(place, Mapping):
            return
        self.span(place.get("span"), where, optional=True)
        self.kind(place.get("name"), str | None, f"{where} name")
        self.point(place, where)

    def _toll(self, toll: object, where: str) -> None:
        if toll is None or not self.kind(toll, Mapping, where) or not isinstance(toll, Mapping):
            return
        for key in ("low", "best", "high"):
            self.kind(toll.get(key), int | None, f"{where} {key}")
