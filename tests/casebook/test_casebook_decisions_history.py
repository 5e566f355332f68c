"""Any history of adding, coding anew, deciding, undoing and exporting gives what a simple model says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from casebook_making import at, report
from deciding import LONG, SLOTS, about, coder, coding, said
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from marsad.casebook import Casebook
from marsad.decisions import Target
from marsad.errors import DecisionError
from marsad.exchange.casebook import lines
from marsad.exchange.wanted import Wanted
from marsad.records import Claim, Record
from marsad.vocabulary import CERTAINTIES, STATUSES

View = dict[str, dict[str, Any]]
"""Events by the word that they stand on."""

FIELDS = ("type", "status", "certainty", "killed", "actors")
VALUES: dict[str, list[Any]] = {
    "type": ["ASSAULT", "CONSULT", "PROTEST"],
    "status": list(STATUSES),
    "certainty": list(CERTAINTIES),
    "killed": [None, {"low": 1, "best": 2, "high": None}, {"low": 9, "best": 9, "high": 9}],
    "actors": [[], ["Red Front"], ["Beta"], ["Red Front", "Beta"]],
}


def view_of(record: Record) -> View:
    """The events of a record."""
    found: View = {}
    data = record.to_json()
    names = {actor.id: actor.name for actor in record.actors}
    for event in data["events"]:
        start, end = event["span"]
        (words,) = [
            w for w in SLOTS if min(end, at(LONG, w).end) - max(start, at(LONG, w).start) > 3 or w in LONG[start:end]
        ]
        assert words not in found
        found[words] = {name: event[name] for name in FIELDS} | {"actors": sorted(names[a] for a in event["actors"])}
    return found


@dataclass
class Said:
    """A decision as the model has it: ``seen`` is the event as it was then."""

    number: int
    kind: str
    slot: str = ""
    field: str | None = None
    value: Any = None
    seen: dict[str, Any] | None = None
    undoes: int | None = None


@dataclass
class Model:
    """One report: what the coder has now, and what was said."""

    coded: View
    said: list[Said] = field(default_factory=list)

    def holding(self) -> list[Said]:
        """What holds: nothing that a holding undo undoes."""
        undone: set[int] = set()
        for one in reversed(self.said):
            if one.undoes is not None and one.number not in undone:
                undone.add(one.undoes)
        return [one for one in self.said if one.undoes is None and one.number not in undone]

    def view(self) -> tuple[View, View]:
        """The events that are shown, and those that are rejected."""
        shown: View = {slot: dict(event) for slot, event in self.coded.items()}
        rejected: View = {}
        for one in self.holding():
            if one.kind == "note":
                continue
            if one.kind == "add":
                shown[one.slot] = dict(one.value)
                rejected.pop(one.slot, None)
                continue
            place = shown if one.slot in shown else rejected
            if one.slot not in place:
                assert one.seen is not None
                place = rejected if one.kind == "reject" else shown
                place[one.slot] = dict(one.seen)
            if one.kind == "reject":
                rejected[one.slot] = place.pop(one.slot)
            elif one.field is None:
                place.pop(one.slot)
                shown[one.slot] = dict(one.value)
            else:
                place[one.slot][one.field] = one.value
        return shown, rejected


class History(RuleBasedStateMachine):
    """Two reports in one casebook."""

    @initialize(first=st.integers(0, 400), second=st.integers(0, 400))
    def begin(self, first: int, second: int) -> None:
        self.casebook = Casebook.temporary()
        self.models: dict[str, Model] = {}
        for name, seed in (("r1", first), ("r2", second)):
            self.code(name, seed)

    def teardown(self) -> None:
        if hasattr(self, "casebook"):
            assert self.casebook.check() == []
            self.casebook.close()

    def code(self, name: str, seed: int) -> None:
        one = report(name, LONG, title=name)
        record = coding(seed, one)
        self.casebook.add(one, record, coder(seed))
        self.models.setdefault(name, Model({})).coded = view_of(record)

    @rule(name=st.sampled_from(["r1", "r2"]), seed=st.integers(0, 400))
    def code_anew(self, name: str, seed: int) -> None:
        self.code(name, seed)

    @rule(
        name=st.sampled_from(["r1", "r2"]), slot=st.sampled_from(SLOTS),
        kind=st.sampled_from(["accept", "correct", "reject", "add", "note"]),
        field=st.sampled_from(FIELDS), whole=st.booleans(), pick=st.integers(0, 11),
        who=st.sampled_from(["Ann", "Bob"]),
    )  # fmt: skip
    def decide(self, name: str, slot: str, kind: str, field: str, whole: bool, pick: int, who: str) -> None:
        model = self.models[name]
        shown, rejected = model.view()
        target: Target = about(slot, text=LONG, of=name)
        value: Any = None
        kept = Said(0, kind, slot)
        if kind == "add":
            value = {key: values[pick % len(values)] for key, values in VALUES.items()}
            kept.value = value
            fits = slot not in shown
        else:
            kept.seen = shown.get(slot) or rejected.get(slot)
            fits = kept.seen is not None
            if kind == "correct" or (kind == "accept" and not whole):
                target, kept.field = replace(target, field=field), field
            if kind == "correct":
                value = kept.value = VALUES[field][pick % len(VALUES[field])]
            elif kind == "accept" and fits and kept.seen:
                kept.value = kept.seen if whole else kept.seen[field]
        try:
            number = self.casebook.decide(said(kind, target, value, who)).number  # type: ignore[arg-type]
        except DecisionError:
            assert not fits
            return
        assert fits
        kept.number = number or 0
        if isinstance(kept.value, list):
            kept.value = sorted(kept.value)
        if kind == "add":
            kept.value = {**value, "actors": sorted(value["actors"])}
        model.said.append(kept)

    @precondition(lambda self: any(model.said for model in self.models.values()))
    @rule(pick=st.integers(0, 1_000), who=st.sampled_from(["Ann", "Bob"]))
    def undo(self, pick: int, who: str) -> None:
        said_so_far = sorted((one.number, name) for name, model in self.models.items() for one in model.said)
        number, name = said_so_far[pick % len(said_so_far)]
        model = self.models[name]
        undone: set[int] = set()
        for one in reversed(model.said):
            if one.undoes is not None and one.number not in undone:
                undone.add(one.undoes)
        try:
            made = self.casebook.undo(number, who).number or 0
        except DecisionError:
            assert number in undone
            return
        assert number not in undone
        model.said.append(Said(made, "undo", undoes=number))

    @invariant()
    def the_view_is_the_models(self) -> None:
        if not hasattr(self, "casebook"):
            return
        exported = {}
        for text in lines(self.casebook, Wanted("records"), "jsonl"):
            record = Record.loads(text)
            exported[record.id] = view_of(record)
        for name, model in self.models.items():
            shown, rejected = model.view()
            reviewed = self.casebook.reviewed(name)
            assert view_of(reviewed.record) == shown == exported[name]
            gone = {one.span for one in reviewed.rejected if isinstance(one, Claim)}
            assert all(any(s < at(LONG, slot).end and at(LONG, slot).start < e for s, e in gone) for slot in rejected)
            assert {one.number for one in reviewed.applied} | {one.number for one, _ in reviewed.unfitting} == {
                one.number for one in model.holding()
            }
            rows = [json.loads(text) for text in lines(self.casebook, Wanted("events"), "jsonl")]
            assert sorted(row["type"] for row in rows if row["report"] == name) == sorted(
                event["type"] for event in shown.values()
            )
        held = {json.loads(text)["number"] for text in lines(self.casebook, Wanted("decisions"), "jsonl")}
        assert held == {one.number for model in self.models.values() for one in model.holding()}
        trail = [json.loads(text) for text in lines(self.casebook, Wanted("audit"), "jsonl")]
        assert {one["number"] for one in trail if one["in_force"]} == held
        assert all(one["chained"] for one in trail)


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


def test_an_event_added_where_a_kept_one_comes_back_is_that_one() -> None:
    """Accepted, no longer found, undone, added by hand, and the acceptance redone: still one event on the word."""
    history = History()
    history.begin(first=262, second=33)
    history.decide(field="type", kind="accept", name="r2", pick=0, slot="killing", who="Ann", whole=True)
    history.undo(pick=0, who="Ann")
    history.code_anew(name="r2", seed=231)
    history.decide(field="type", kind="add", name="r2", pick=0, slot="killing", who="Ann", whole=False)
    assert [one.kind for one in history.models["r2"].said] == ["accept", "undo", "add"]
    history.undo(pick=1, who="Ann")
    history.the_view_is_the_models()
    assert history.models["r2"].view()[0]["killing"]["type"] == "ASSAULT"
    history.teardown()
