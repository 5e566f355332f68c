"""Passages as W3C Web Annotations (JSON-LD): what stands where in which report's text, who says so, and since when.

Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017. Positions are code points, as there.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from marsad import __version__
from marsad.casebook import Casebook, Run
from marsad.decisions import Decision
from marsad.exchange.jsonl import line
from marsad.exchange.wanted import Wanted
from marsad.records import AUTHOR, Actor, Claim, Json, Passage, Record, Relation, Statement, Toll

__all__ = ["CONTEXT", "annotation_lines", "each_annotation"]

CONTEXT: Final = ["http://www.w3.org/ns/anno.jsonld", {"marsad": "urn:x-marsad:"}]
"""``marsad:part``, ``marsad:fact`` and ``marsad:field`` say which field of which fact of the record a body is."""

_AROUND: Final = 32
"""Code points of ``prefix`` and ``suffix``."""
_ROOT: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:x-marsad:annotations")
_GENERATOR: Final = {"type": "Software", "name": "Marsad", "marsad:version": __version__}
_SAYS: Final[dict[str, tuple[str, str]]] = {
    "accept": ("assessing", "accepted"), "reject": ("assessing", "rejected"), "note": ("commenting", ""),
}  # fmt: skip


class Said(NamedTuple):
    """Somebody who said something, and when (UTC)."""

    creator: tuple[tuple[str, str], ...]
    created: str


class Field(NamedTuple):
    """One field of a fact: the passages that it stands on, its value in words, and as data where there is more."""

    name: str
    passages: tuple[Passage, ...]
    value: str
    format: str = "text/plain"
    purpose: str = "classifying"


def annotation_lines(casebook: Casebook, wanted: Wanted, form: str) -> Iterator[str]:
    """The annotations as lines: one each (``jsonl``), or in an AnnotationCollection with one page (``jsonld``)."""
    if form == "jsonl":
        for one in each_annotation(casebook, wanted):
            yield line({"@context": CONTEXT, **one}) + "\n"
        return
    collection, page = _urn(casebook.path, "collection"), _urn(casebook.path, "page")
    head = {
        "@context": CONTEXT, "id": collection, "type": "AnnotationCollection", "generator": _GENERATOR,
        "label": "Passages of a Marsad casebook", "last": page,
        "first": {"id": page, "type": "AnnotationPage", "partOf": collection, "startIndex": 0, "items": []},
    }  # fmt: skip
    yield line(head).removesuffix("]}}") + "\n"
    total = 0
    for total, one in enumerate(each_annotation(casebook, wanted), 1):
        yield (",\n" if total > 1 else "") + line(one)
    yield f'\n]}},"total":{total}}}\n'


def each_annotation(casebook: Casebook, wanted: Wanted) -> Iterator[Json]:
    """The annotations of every report that meets the conditions: of each fact, and of what reviewers said of it.

    What a reviewer corrected or added is theirs, with the time of the decision; all else is the coder's, with the time
    of the coding.
    """
    for row in casebook.each_report(wanted.filters):
        run, at = casebook.made(row.report)
        coder = Said((("Software", _named(run)),), at)
        if wanted.filters.as_coded:
            record, said, decisions = casebook.coded(row.report), {}, {}
        else:
            reviewed = casebook.reviewed(row.report)
            record, said = reviewed.record, dict(reviewed.said)
            decisions = {one.number or 0: one for one in reviewed.applied}
        source = _source(record, row.language)
        for part, fact_id, fields in _facts(record):
            about = [decisions[number] for number in said.get((part, fact_id), ()) if number in decisions]
            fact = fact_id if part != "relation" else f"r{int(fact_id) + 1}"
            yield from _of_fact(record, source, part, fact, fields, coder, about)
        yield from _remarks(record, source, decisions.values())


def _of_fact(
    record: Record, source: Json, part: str, fact: str, fields: Iterable[Field], coder: Said, about: list[Decision]
) -> Iterator[Json]:  # fmt: skip
    """One annotation for the fields that stand on the same passages and are from the same person or program."""
    groups: dict[tuple[tuple[Passage, ...], Said], list[Field]] = {}
    for field in fields:
        groups.setdefault((field.passages, _by(field.name, coder, about)), []).append(field)
    for (passages, by), own in groups.items():
        bodies = [
            {
                "type": "TextualBody", "value": one.value, "format": one.format, "purpose": one.purpose,
                "marsad:field": one.name,
            }
            for one in own
        ]  # fmt: skip
        yield _annotation(record, source, part, fact, passages, own[0].purpose, bodies, by)


def _by(name: str, coder: Said, about: list[Decision]) -> Said:
    found = coder
    for one in about:
        whole = one.kind == "add" and one.target.field is None
        if whole or (one.kind == "correct" and one.target.field == name):
            found = Said((("Person", one.who),), one.at)
    return found


def _remarks(record: Record, source: Json, decisions: Iterable[Decision]) -> Iterator[Json]:
    """What reviewers said of a passage without putting anything in its place."""
    for one in decisions:
        passage, remark = one.target.passage, _SAYS.get(one.kind)
        if remark is None or passage is None or not 0 <= passage.start < passage.end <= len(record.text):
            continue
        purpose, word = remark
        words = ": ".join(part for part in (word, one.why) if part)
        body: Json = {"type": "TextualBody", "value": words, "format": "text/plain", "purpose": purpose}
        if one.target.field is not None:
            body["marsad:field"] = one.target.field
        by = Said((("Person", one.who),), one.at)
        yield _annotation(record, source, one.target.part, f"decision {one.number}", (passage,), purpose, [body], by)


def _annotation(
    record: Record, source: Json, part: str, fact: str, passages: tuple[Passage, ...], motivation: str,
    bodies: list[Json], by: Said,
) -> Json:  # fmt: skip
    targets = [_target(record.text, source, passage) for passage in passages]
    creators = [
        {"type": kind, "name": name, **({"id": _urn("coder", name)} if kind == "Software" else {})}
        for kind, name in by.creator
    ]
    return {
        "id": _urn(source["id"], part, fact, line([[*map(list, passages)], bodies]), *by.creator[0], by.created),
        "type": "Annotation",
        "motivation": motivation,
        "creator": creators[0] if len(creators) == 1 else creators,
        "created": by.created,
        "generator": _GENERATOR,
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
        "marsad:part": part,
        "marsad:fact": f"{record.id}:{fact}",
    }


def _target(text: str, source: Json, passage: Passage) -> Json:
    start, end = passage
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
        ],
    }


def _source(record: Record, language: str | None) -> Json:
    """The report's text, as the casebook keeps it: a web page at its address has other characters."""
    mark = hashlib.sha256(record.text.encode("utf-8", "surrogatepass")).hexdigest()
    found: Json = {"id": _urn("report", record.id, mark), "type": "Text", "format": "text/plain"}
    if language:
        found["language"] = language
    about = {
        "dcterms:identifier": record.id, "dcterms:title": record.title, "dcterms:issued": record.published,
        "dcterms:publisher": record.source.name, "dcterms:source": record.source.url,
    }  # fmt: skip
    return {**found, **{key: value for key, value in about.items() if value}}


def _facts(record: Record) -> Iterator[tuple[str, str, list[Field]]]:
    names = {actor.id: actor.name for actor in record.actors} | {AUTHOR: AUTHOR}
    for event in record.events:
        yield "event", event.id, list(_event(event, names))
    for statement in record.statements:
        yield "statement", statement.id, list(_statement(statement, names))
    for actor in record.actors:
        yield "actor", actor.id, list(_actor(actor))
    for number, relation in enumerate(record.relations):
        yield "relation", str(number), [_relation(relation, names)]


def _event(event: Claim, names: Mapping[str, str]) -> Iterator[Field]:
    at = (event.span, *event.also)
    yield Field("type", at, event.type)
    if event.mode:
        yield Field("mode", at, event.mode)
    yield Field("status", at, event.status)
    yield Field("certainty", at, event.certainty)
    for name, ids in (
        ("actors", event.actors), ("recipients", event.recipients), ("according_to", event.according_to)
    ):  # fmt: skip
        if ids:
            yield Field(name, at, "; ".join(names.get(one, one) for one in ids))
    for name, toll in (("killed", event.killed), ("injured", event.injured)):
        if toll is not None:
            yield Field(name, at, _toll(toll), "application/json")
    time, place = event.time, event.place
    if time is not None and (time.start or time.end):
        start, end = time.start or "..", time.end or ".."
        value = start if start == end else f"{start}/{end}"
        yield Field("time", (time.span,) if time.span else at, value, purpose="identifying")
    if place is not None and place.name:
        where = (place.span,) if place.span else at
        yield Field("place", where, place.name, purpose="identifying")
        if place.latitude is not None and place.longitude is not None:
            point = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
            yield Field("place", where, line(point), "application/geo+json", "identifying")


def _statement(statement: Statement, names: Mapping[str, str]) -> Iterator[Field]:
    at = statement.content
    yield Field("manner", at, statement.manner)
    if statement.anonymous:
        yield Field("anonymous", at, "true")
    if statement.speaker is not None:
        where = (statement.speaker_span,) if statement.speaker_span else at
        yield Field("speaker", where, names.get(statement.speaker, statement.speaker), purpose="identifying")
    if statement.cue is not None:
        yield Field("cue", (statement.cue,), "cue", purpose="describing")


def _actor(actor: Actor) -> Iterator[Field]:
    yield Field("name", actor.mentions, actor.name, purpose="identifying")
    yield Field("kind", actor.mentions, actor.kind, purpose="identifying")


def _relation(relation: Relation, names: Mapping[str, str]) -> Field:
    subject, object_ = (names.get(one, one) for one in (relation.subject, relation.object))
    return Field("relation", (relation.evidence,), f"{subject} {relation.relation} {object_}", purpose="describing")


def _toll(toll: Toll) -> str:
    return line({"low": toll.low, "best": toll.best, "high": toll.high})


def _named(run: Run) -> str:
    return " ".join(part for part in (run.coder, run.version, f"({run.fingerprint[:12]})") if part)


def _urn(*parts: str) -> str:
    words = "\n".join(parts).encode("utf-8", "backslashreplace").decode("utf-8")
    return uuid.uuid5(_ROOT, words).urn
