"""Making a decision ready to be kept: checked against what there is, in words that outlive the coding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from marsad.decisions.applying import Applying, Reviewed
from marsad.decisions.decision import KINDS, PARTS, Decision, Target
from marsad.decisions.finding import at_passage, passages_of
from marsad.decisions.forces import in_force
from marsad.decisions.portable import FIELDS, WHO, empty, reference
from marsad.decisions.possible import refuse_impossible
from marsad.decisions.working import Slot, Working
from marsad.errors import DecisionError
from marsad.records import AUTHOR, Claim, Json, Record

__all__ = ["MOST_WORDS", "Preparing", "checked", "prepared"]

MOST_WORDS: Final = 10_000
"""Characters of a reason or note; of a name, a hundredth of it."""

_ON: Final = {
    "event": ("accept", "correct", "reject", "add", "note"),
    "statement": ("accept", "correct", "reject", "add", "note"),
    "actor": ("accept", "correct", "reject", "add", "note"),
    "relation": ("accept", "correct", "reject", "add", "note"),
    "report": ("accept", "correct", "reject", "note"),
    "incident": ("accept", "correct", "reject", "merge", "split", "note"),
}
_DEFAULTS: Final[dict[str, Json]] = {
    "event": {
        "mode": None, "actors": [], "recipients": [], "time": None, "place": None, "killed": None, "injured": None,
        "status": "happened", "certainty": "certain", "according_to": [AUTHOR], "also": [],
    },
    "statement": {"cue": None, "speaker": None, "speaker_span": None, "anonymous": False},
    "actor": {},
    "relation": {"according_to": [AUTHOR]},
}  # fmt: skip
_PLACE: Final = {"event": "span", "relation": "evidence", "statement": "content", "actor": "mentions"}


def checked(decision: Decision) -> Decision:
    """The decision, if it makes sense by itself. Raises DecisionError, saying what does not."""
    target, who = decision.target, " ".join(decision.who.split())
    if decision.kind not in KINDS or target.part not in PARTS:
        raise DecisionError(f"there is no such decision: {decision.kind} {target.part}")
    decision.canonical()  # these raise where it could not be written, or not be read again
    Target.from_json(target.to_json())
    if not who or len(who) > MOST_WORDS // 100:
        raise DecisionError("say who decides, in 1 to 100 characters")
    if len(decision.why) > MOST_WORDS:
        raise DecisionError(f"the reason has more than {MOST_WORDS:,} characters")
    if decision.kind == "undo":
        if decision.undoes is None:
            raise DecisionError("an undo must give the number of what it undoes")
        return replace(decision, who=who)
    if decision.kind not in _ON[target.part]:
        raise DecisionError(f"{decision.kind} is nothing for {target.part}: {', '.join(_ON[target.part])}")
    if decision.kind == "note" and not decision.why.strip():
        raise DecisionError("a note must say something")
    if target.nth < 0:
        raise DecisionError(f"nth counts from 0: {target.nth}")
    if decision.kind == "correct" and target.field is None:
        raise DecisionError("a correction must name the field")
    if target.part == "incident":
        if len(set(target.claims)) < (2 if decision.kind == "merge" else 1):
            raise DecisionError("name the claims: at least two to merge, one for anything else")
    elif target.report is None:
        raise DecisionError("the decision names no report")
    elif target.field is not None and target.field not in FIELDS[target.part]:
        raise DecisionError(f"{target.part} has no field {target.field[:40]!r}: {', '.join(FIELDS[target.part])}")
    elif target.part != "report" and target.passage is None:
        raise DecisionError("the decision names no passage")
    return replace(decision, who=who)


def prepared(decision: Decision, record: Record, decisions: Iterable[Decision]) -> tuple[Decision, Reviewed]:
    """The decision with value and basis as they are kept, and the record with it and those before it applied.

    ``record`` is the coder's, ``decisions`` are those about its report, ``decision`` has its number already.
    Raises DecisionError where what it is about is not there, or the value cannot stand there.
    """
    preparing = Preparing(record, decisions)
    return preparing.ready(decision), preparing.reviewed()


class Preparing:
    """Decisions about one report, made ready one after another: each sees what those before it have done."""

    def __init__(self, record: Record, decisions: Iterable[Decision]) -> None:
        self._applying = Applying(record)
        for one in in_force(decisions):
            self._applying.apply(one)

    def ready(self, decision: Decision) -> Decision:
        """The decision as it is kept, applied from now on. Raises as :func:`prepared` does, and is of no use then."""
        applying = self._applying
        ready = _ready(checked(decision), applying.working)
        before = len(applying.unfitting)
        applying.apply(ready)
        applying.fit(ready)
        wrong = [words for one, words in applying.unfitting[before:] if one is ready]
        if wrong and ready not in applying.applied[-1:]:
            raise DecisionError(wrong[0])
        return ready

    def reviewed(self) -> Reviewed:
        """The record with all of them applied; nothing is made ready after that."""
        return self._applying.reviewed()


def _ready(decision: Decision, working: Working) -> Decision:
    target, text = decision.target, working.record.text
    if target.part == "report":
        return _of_report(decision, working.record)
    assert target.passage is not None
    if target.passage.end > len(text):
        raise DecisionError(f"the passage ends beyond the report's {len(text):,} characters")
    if decision.kind == "add":
        return _addition(decision, working)
    slot, among = _slot(decision, working)
    seen, coded = working.plain(target.part, slot), working.plain_coded(target.part, slot)
    value: Any = None
    if decision.kind == "accept":
        value = seen if target.field is None else seen[target.field]
    elif decision.kind == "correct" and target.field is not None:
        value = _named(_given(decision.value), target.field, working)
        both = ("subject", "object")
        ends: dict[str, Any] = {name: seen[name] for name in both if target.field in both}
        refuse_impossible({**ends, target.field: value})
    elif decision.kind == "reject" and target.field is not None:
        empty(target.part, target.field)
    basis = {"seen": seen, "coded": coded, "among": among}
    return replace(decision, value=value, basis=basis, target=replace(target, nth=0))


def _of_report(decision: Decision, record: Record) -> Decision:
    name = decision.target.field
    basis = {"coded": {"title": record.title, "published": record.published}}
    if name is None:
        return replace(decision, value=None, basis=basis)
    value = _given(decision.value) if decision.kind == "correct" else getattr(record, name)
    if decision.kind == "correct":
        refuse_impossible({name: value})
    try:
        Record.from_json({**Record(record.id, "").to_json(), name: value})
    except Exception as error:
        raise DecisionError(f"{name}: {str(error).partition(': ')[2] or error}") from None
    return replace(decision, value=value, basis=basis)


def _slot(decision: Decision, working: Working) -> tuple[Slot, int]:
    """What the decision is about, and how many stand on its passage."""
    target = decision.target
    assert target.passage is not None
    nth, counted = target.nth, set[int]()
    for slots in working.tiers(target.part, target.passage):
        at = at_passage([slot.fact for slot in slots], target.passage)
        found = [slots[one] for one in at if id(slots[one]) not in counted]
        if nth < len(found):
            slot = found[nth]
            return (slot if target.field == "same_as" else working.meant(slot)), len(found)
        nth -= len(found)  # those that are rejected are counted after those that are not
        counted.update(map(id, found))
    words = " ".join(target.passage.of(working.record.text).split())[:60]
    raise DecisionError(f"there is no {target.part} at {words!r}")


def _addition(decision: Decision, working: Working) -> Decision:
    part, passage = decision.target.part, decision.target.passage
    assert passage is not None
    if not isinstance(decision.value, Mapping):
        raise DecisionError(f"to add {part}, give its fields as an object")
    place = _PLACE[part]
    own = list(passage) if place in ("span", "evidence") else [list(passage)]
    given = {key: value for key, value in decision.value.items() if key != "id"}
    data = {**_DEFAULTS[part], place: own, **given}
    data = {name: _named(value, name, working) for name, value in data.items()}
    spans = [slot.fact.span for slot in working.live("event") if isinstance(slot.fact, Claim)]
    if part == "event" and any(one.start < passage.end and passage.start < one.end for one in spans):
        words = passage.of(working.record.text)[:60]
        raise DecisionError(f"an event stands on {words!r} already: correct that one, or choose other words")
    live = [slot.fact for slot in working.live(part)]
    beside = [list(one) for at in at_passage(live, passage) for one in passages_of(live[at])]
    refuse_impossible(data)
    missing = [name for name in FIELDS[part] if name not in data and name != "same_as"]
    if missing:
        raise DecisionError(f"to add {part}, say its {', '.join(missing)}")
    return replace(decision, value=data, basis={"beside": beside})


def _given(value: Any) -> Any:
    """A value, which may come as the only one of an object."""
    return value["value"] if isinstance(value, Mapping) and set(value) == {"value"} else value


def _named(value: Any, field: str, working: Working) -> Any:
    """A value with every actor by name and mentions."""
    if field not in WHO or value is None:
        return value
    if isinstance(value, list | tuple):
        return [_actor(one, working) for one in value]
    return _actor(value, working)


def _actor(given: Any, working: Working) -> Any:
    if given == AUTHOR:
        return AUTHOR
    known = working.actors()
    if isinstance(given, str):
        if given in known:
            return reference(known[given])
        named = [actor for actor in known.values() if actor.name.casefold() == given.casefold()]
        if len(named) > 1:
            ids = ", ".join(actor.id for actor in named[:9])
            raise DecisionError(f"{len(named)} actors are called {given[:60]!r}: give the id of one ({ids[:90]})")
        if named:
            return reference(named[0])
        given = {"name": given}
    if not isinstance(given, Mapping) or not isinstance(given.get("name"), str) or not given["name"].strip():
        raise DecisionError("an actor must be given by id, or by name with mentions")
    mentions = given.get("mentions") or ([given["mention"]] if given.get("mention") else None)
    if mentions is None:
        # As a word of its own, where it is one anywhere: what stands before a name may be written in one with it.
        name, text = re.escape(given["name"]), working.record.text
        named_at = re.search(rf"(?<!\w){name}(?!\w)", text) or re.search(name, text)
        if named_at is None:
            raise DecisionError(f"the report does not name {given['name'][:60]!r}: mark the words that do")
        mentions = [list(named_at.span())]
    if not isinstance(mentions, list | tuple) or not all(isinstance(one, list | tuple) for one in mentions):
        raise DecisionError("the mentions of an actor must be a list of [start, end]")
    return {"name": given["name"], "kind": given.get("kind") or "other", "mentions": [list(one) for one in mentions]}
