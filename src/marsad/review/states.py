"""What was decided about each event of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from marsad.decisions import Decision, Reviewed, undone_by
from marsad.decisions.finding import passages_of
from marsad.records import Actor, Claim, Json, Passage, Record, Relation, Statement
from marsad.review.conflicts import differ

__all__ = ["OTHERS", "EventState", "State", "decision_data", "others_of", "states_of"]

State = Literal["new", "accepted", "corrected", "rejected", "added"]

OTHERS: Final = {"statement": "statements", "actor": "actors", "relation": "relations"}
"""What is decided on beside events, and the list of a record in which each is."""

_KINDS: Final[dict[str, type]] = {"statement": Statement, "actor": Actor, "relation": Relation}

_TOLD: Final = ("correct", "undo")
"""Decisions whose value is shown. An acceptance's is the whole event, which is on the page already."""


@dataclass(frozen=True, slots=True)
class EventState:
    """What holds for one event, and the numbers of the decisions about it."""

    state: State = "new"
    decisions: tuple[int, ...] = ()
    disputed: bool = False
    """Whether reviewers differ about it."""


def states_of(reviewed: Reviewed, decisions: Iterable[Decision]) -> tuple[Record, dict[str, EventState]]:
    """The record with rejected events put back in their places, and by event id what was decided.

    ``decisions`` are all about the report.
    """
    by_number = {one.number: one for one in decisions}
    rejected = [fact for fact in reviewed.rejected if isinstance(fact, Claim)]
    events = sorted((*reviewed.record.events, *rejected), key=lambda event: event.span)
    gone = {event.id for event in rejected}
    found = {}
    for event in events:
        numbers = reviewed.said.get(("event", event.id), ())
        about = [by_number[number] for number in numbers if number in by_number]
        found[event.id] = EventState("rejected" if event.id in gone else _state(about), numbers, differ(about))
    return replace(reviewed.record, events=tuple(events)), found


def others_of(
    record: Record, reviewed: Reviewed, decisions: Iterable[Decision]
) -> tuple[Record, dict[str, list[EventState]]]:
    """``record`` with rejected statements, actors and relations put back at the ends of their lists; and by part what
    was decided about each, in the order of the list."""
    by_number = {one.number: one for one in decisions}
    found: dict[str, list[EventState]] = {}
    for part, name in OTHERS.items():
        states = []
        for at, fact in enumerate(getattr(record, name)):
            numbers = reviewed.said.get((part, str(at) if isinstance(fact, Relation) else fact.id), ())
            about = [by_number[one] for one in numbers if one in by_number]
            states.append(EventState(_state(about), numbers, differ(about)))
        gone = [fact for fact in reviewed.rejected if isinstance(fact, _KINDS[part])]
        for fact in gone:
            key = "" if isinstance(fact, Relation) else fact.id
            numbers = reviewed.said.get((part, key), ()) or tuple(
                one.number or 0 for one in by_number.values()
                if one.target.part == part and one.kind == "reject" and one.target.passage in passages_of(fact)
            )  # fmt: skip
            states.append(
                EventState("rejected", numbers, differ(by_number[one] for one in numbers if one in by_number))
            )
        found[part] = states
        changes: dict[str, Any] = {name: (*getattr(record, name), *gone)}
        record = replace(record, **changes)
    return record, found


def _state(about: Iterable[Decision]) -> State:
    said = {(one.kind, one.target.field is not None) for one in about}
    if ("add", False) in said:
        return "added"
    if ("correct", True) in said or ("reject", True) in said:
        return "corrected"
    return "accepted" if ("accept", False) in said else "new"


def decision_data(
    decisions: Iterable[Decision], all_of_them: Iterable[Decision], words: Mapping[tuple[str, Passage], str]
) -> list[Json]:
    """Decisions as the page reads them: ``undone`` is the number of the undo that holds against one, ``was`` what a
    corrected field was before; ``words`` are those of passages, where they are known."""
    undone = undone_by(list(all_of_them))
    found = []
    for one in decisions:
        target, seen = one.target, (one.basis or {}).get("seen") if isinstance(one.basis, Mapping) else None
        report, passage = target.report, target.passage
        known = words.get((report, passage)) if report is not None and passage is not None else None
        found.append({
            "number": one.number, "at": one.at, "who": one.who, "kind": one.kind, "why": one.why,
            "step": one.step,
            "target": target.to_json(), "undone": undone.get(one.number or 0), "words": known,
            "value": one.value if one.kind in _TOLD else None,
            "was": seen.get(target.field) if isinstance(seen, Mapping) and one.kind == "correct" else None,
        })  # fmt: skip
    return found
