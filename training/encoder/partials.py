"""Records of public data sets, which label some layers only, as targets of the encoder."""

from __future__ import annotations

import sys
from pathlib import Path

from examples import Target

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sets.partial import PartialRecord

__all__ = ["target_of_partial"]


def target_of_partial(record: PartialRecord, weight: float) -> Target:
    """What a record of a public set says; layers that it does not label are left open."""
    layers = record.layers
    target = Target(record.text, weight, record.id, unsure=list(record.unsure))
    tokens, at = target.tokens, target.at
    target.mentions = [
        (start, end, entity or f"single {number}") for number, (start, end, _, entity) in enumerate(record.mentions)
    ]
    if "mentions" in layers:
        tokens["mention"] = [(start, end, "m") for start, end, *_ in record.mentions]
    if layers & {"kinds", "kinds-at"}:
        at["kind"] = [(start, end, kind) for start, end, kind, _ in record.mentions if kind]
    if "places" in layers:
        tokens["place"] = [(start, end, "m") for start, end in record.places]
    if "statements" in layers:
        tokens["cue"] = [(*s.cue, "cue") for s in record.statements if s.cue]
        tokens["content"] = [
            (*piece, "direct" if s.manner == "direct" else "indirect") for s in record.statements for piece in s.content
        ]
        tokens["opens"] = [(s.content[0][0], s.content[0][0] + 1, "opens") for s in record.statements]
    if {"events", "types"} <= layers:
        tokens["trigger"] = [(e.start, e.end, e.type) for e in record.events if e.type]
        at["trigger"] = [(e.start, e.end, None) for e in record.events if not e.type]
    elif "types-at" in layers:
        at["trigger"] = [(e.start, e.end, e.type) for e in record.events if e.type]
    if layers & {"status", "status-at"}:
        at["status"] = [(e.start, e.end, e.status) for e in record.events if e.status]
    if "certainty-at" in layers:
        at["certainty"] = [(e.start, e.end, e.certainty) for e in record.events if e.certainty]
    target.coref = "coref" in layers
    target.same_event = "eventcoref" in layers
    target.all_roles = "roles" in layers
    target.role_negatives = "role-negatives-at" in layers
    if layers & {"roles", "roles-at"} or target.same_event:
        target.triggers = [(e.start, e.end, e.id) for e in record.events]
    if layers & {"roles", "roles-at"}:
        _roles(record, target)
    if "relations" in layers:
        target.relations = {}
        for one, relation, other in record.relations:
            pair = (one, other) if record.mentions[one][:2] < record.mentions[other][:2] else (other, one)
            target.relations[pair] = f"{relation}{'>' if pair == (one, other) else '<'}"
    if layers & {"statements", "speakers-at"}:
        place = {(start, end): number for number, (start, end, *_) in enumerate(record.mentions)}
        for s in record.statements:
            if s.cue and s.speaker in place:
                target.cues.append((*s.cue, [place[s.speaker]]))
    return target


def _roles(record: PartialRecord, target: Target) -> None:
    """Who takes part: every mention of an entity that a role names."""
    place = {(start, end): number for number, (start, end, *_) in enumerate(record.mentions)}
    for number, event in enumerate(record.events):
        sides: tuple[set[int], set[int]] = (set(), set())
        for role, start, end in event.roles:
            named = place[start, end]
            entity = record.mentions[named][3]
            same = {m for m, mention in enumerate(record.mentions) if entity is not None and mention[3] == entity}
            sides[role == "recipient"].update(same | {named})
        for mention in sides[0] | sides[1]:
            target.roles[number, mention] = (mention in sides[0], mention in sides[1])
