"""Applying decisions to what a coder found: the person's word stays, and what no longer fits is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from marsad.decisions.decision import Decision
from marsad.decisions.finding import passages_of
from marsad.decisions.forces import in_force
from marsad.decisions.overlap import likeness
from marsad.decisions.portable import FIELDS, Fact, empty, same
from marsad.decisions.working import Slot, Working
from marsad.errors import DecisionError
from marsad.records import Claim, Passage, Record, Relation

__all__ = ["Applying", "Reviewed", "applied"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record with decisions applied to it; their numbers are in its ``extra["decisions"]``.

    ``applied`` are the decisions that hold; ``unfitting`` those about which there is something to be said: what they
    are about is gone, or the coder now reads otherwise than when it was decided. A decision can be in both: the
    person's word stays, and the difference is listed. ``rejected`` are facts that are not in the record any more;
    ``said`` has, for each fact by part and id (a relation's is its place in the list), the numbers of the decisions
    about it.
    """

    record: Record
    applied: tuple[Decision, ...] = ()
    unfitting: tuple[tuple[Decision, str], ...] = ()
    rejected: tuple[Fact, ...] = ()
    said: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)


def applied(record: Record, decisions: Iterable[Decision]) -> Reviewed:
    """The record with those of the decisions that are in force applied, in the order of their numbers."""
    applying = Applying(record)
    for one in in_force(decisions):
        applying.apply(one)
    return applying.reviewed()


class Applying:
    """Decisions applied one after another to a record."""

    def __init__(self, record: Record) -> None:
        self.working = Working(record)
        self.applied: list[Decision] = []
        self.unfitting: list[tuple[Decision, str]] = []
        self._late: list[tuple[Slot, Decision]] = []

    def apply(self, decision: Decision) -> None:
        """Apply one; what does not fit is noted."""
        target, working = decision.target, self.working
        if target.report != working.record.id or target.part == "incident":
            return
        try:
            if target.part == "report":
                self._report(decision)
            elif decision.kind == "add":
                self._add(decision)
            else:
                self._fact(decision)
        except DecisionError as error:
            self.unfitting.append((decision, str(error)))

    def fit(self, decision: Decision) -> None:
        """Do at once what would wait for a later decision. Raises DecisionError where it cannot be done."""
        for slot, one in self._late:
            if one is decision:
                self.working.set("event", slot, {"mode": one.value})

    def reviewed(self) -> Reviewed:
        """What came of it."""
        self._retry()
        working, said = self.working, {}
        record = working.result()
        numbers = [one.number for one in self.applied if one.kind != "note"]
        if numbers:
            record = replace(record, extra={**record.extra, "decisions": numbers})
        for part, slots in working.slots.items():
            for at, slot in enumerate(working.ties() if part == "relation" else slots):
                if slot.decisions:
                    key = str(at) if part == "relation" else slot.fact.id  # type: ignore[union-attr]
                    said[part, key] = tuple(one.number or 0 for one in slot.decisions)
        rejected = tuple(slot.fact for slots in working.slots.values() for slot in slots if slot.rejected is not None)
        return Reviewed(record, tuple(self.applied), tuple(self.unfitting), rejected, said)

    # By what it is about

    def _report(self, decision: Decision) -> None:
        working, name = self.working, decision.target.field
        if decision.kind == "correct" and name is not None:
            self._compare(decision, name, getattr(working.record, name), decision.value)
            working.record = replace(working.record, **{name: decision.value})
        elif decision.kind == "reject" and name is None:
            for part in ("event", "statement", "relation"):
                for slot in working.live(part):
                    slot.rejected = decision
        self.applied.append(decision)

    def _add(self, decision: Decision) -> None:
        part, passage = decision.target.part, decision.target.passage
        if passage is None:
            raise DecisionError("it does not say where in the text it stands")
        at = self._live_at(part, passage, decision)
        if at is None:
            slot = self.working.add(part, decision.value)
        else:
            slot = at
            self._differences(decision, slot, decision.value)
            self.working.set(part, slot, decision.value)
        slot.decisions.append(decision)
        self.applied.append(decision)

    def _live_at(self, part: str, passage: Passage, decision: Decision) -> Slot | None:
        """What the coder has by now found itself where a person added something, or what an earlier word kept there."""
        working = self.working
        slot = working.find(part, passage, decision.value, _among(decision))
        if slot is None or slot.rejected is not None or any(one.kind == "add" for one in slot.decisions):
            return None
        if isinstance(slot.fact, Claim) and not _touch(slot.fact.span, passage):
            return None
        if isinstance(slot.fact, Relation):
            return slot if _one_tie(working.plain(part, slot), decision.value) else None
        # What stood beside it when it was added is something else still.
        beside = decision.basis.get("beside", []) if isinstance(decision.basis, Mapping) else []
        near = max(likeness(one, passage) for one in passages_of(slot.fact))
        other = [likeness(one, Passage(*there)) for one in passages_of(slot.fact) for there in beside]
        return None if max(other, default=0.0) >= near else slot

    def _fact(self, decision: Decision) -> None:
        target, working = decision.target, self.working
        if target.passage is None:
            raise DecisionError("it does not say where in the text it stands")
        seen = _seen(decision)
        slot = working.find(target.part, target.passage, seen, _among(decision))
        if slot is None:
            slot = self._gone(decision, seen)
            if slot is None:
                return
        if target.part == "actor" and target.field != "same_as":
            slot = working.meant(slot)
        slot.decisions.append(decision)
        if decision.kind == "note":
            self.applied.append(decision)
        elif decision.kind == "reject":
            self._reject(decision, slot)
        else:
            self._word(decision, slot)

    def _gone(self, decision: Decision, seen: Mapping[str, Any] | None) -> Slot | None:
        """The coder no longer finds what was decided on: a person who kept it keeps it."""
        part = decision.target.part
        if decision.kind == "reject" and decision.target.field is None:
            self.applied.append(decision)
            if seen:
                # Kept among the rejected ones: what else is said about it does not bring it back.
                slot = self.working.add(part, seen)
                slot.rejected = decision
                slot.decisions.append(decision)
            return None
        if decision.kind not in ("accept", "correct") or not seen:
            self.unfitting.append((decision, f"the coder no longer finds this {part}"))
            return None
        slot = self.working.add(part, seen)
        self.unfitting.append((decision, f"the coder no longer finds this {part}; it stays as it was decided on"))
        return slot

    def _reject(self, decision: Decision, slot: Slot) -> None:
        target, working = decision.target, self.working
        name = target.field
        if name is None:
            fact, passage = slot.fact, target.passage
            if isinstance(fact, Claim) and passage is not None and not _touch(fact.span, passage):
                # Rejected as an event of its own; the coder now takes the words for one more mention of another.
                left = [list(one) for one in fact.also if not _touch(one, passage)]
                working.set("event", slot, {"also": left})
                self.unfitting.append((decision, f"the coder now takes it for a mention of the event {fact.id}"))
            else:
                slot.rejected = decision
        else:
            now, then = working.plain(target.part, slot)[name], (_seen(decision) or {}).get(name)
            if same(name, now, then):
                working.set(target.part, slot, {name: empty(target.part, name)})
            elif not same(name, now, empty(target.part, name)):
                self.unfitting.append((decision, f"the coder now reads another {name}, which was not rejected"))
                return
        self.applied.append(decision)

    def _word(self, decision: Decision, slot: Slot) -> None:
        """An acceptance or correction: the person's value stands."""
        target, name = decision.target, decision.target.field
        if slot.rejected is not None:
            if decision.kind == "accept" and name is None:
                slot.rejected = None
            else:
                self.unfitting.append((decision, f"rejected: decision {slot.rejected.number}"))
        changes = dict(decision.value) if name is None else {name: decision.value}
        self._differences(decision, slot, changes)
        try:
            self.working.set(target.part, slot, changes)
        except DecisionError:
            if name != "mode":
                raise
            self._late.append((slot, decision))
            return
        if name in (None, "mode", "type"):
            self._late = [(late, one) for late, one in self._late if late is not slot or name == "type"]
        self.applied.append(decision)

    def _retry(self) -> None:
        """Modes that did not fit the type: a later decision may have changed it."""
        for slot, decision in self._late:
            try:
                self.working.set("event", slot, {"mode": decision.value})
                self.applied.append(decision)
            except DecisionError as error:
                self.unfitting.append((decision, str(error)))
        self._late = []

    # What the coder says now

    def _differences(self, decision: Decision, slot: Slot, word: Mapping[str, Any]) -> None:
        """Note each field that the coder reads otherwise than it did when it was decided, and than the person."""
        part = decision.target.part
        now = self.working.plain_coded(part, slot)
        then = decision.basis.get("coded") if isinstance(decision.basis, Mapping) else None
        if now is None:
            return
        other = [
            name for name in FIELDS[part]
            if name in word and not same(name, now[name], word[name])
            and not (then and same(name, now[name], then.get(name)))
        ]  # fmt: skip
        if other:
            readings = ", ".join(f"{name} {_words(now[name])}" for name in other)
            self.unfitting.append((decision, f"the coder now reads {readings}"))

    def _compare(self, decision: Decision, name: str, now: Any, word: Any) -> None:
        then = decision.basis.get("coded", {}) if isinstance(decision.basis, Mapping) else {}
        if now not in (word, then.get(name)):
            self.unfitting.append((decision, f"the coder now reads {name} {_words(now)}"))


def _seen(decision: Decision) -> Mapping[str, Any] | None:
    """What was to be seen when it was decided."""
    if not isinstance(decision.basis, Mapping):
        return None
    seen = decision.basis.get("seen")
    return seen if isinstance(seen, Mapping) else None


def _among(decision: Decision) -> int:
    among = decision.basis.get("among", 1) if isinstance(decision.basis, Mapping) else 1
    return among if isinstance(among, int) else 1


def _touch(one: Passage, other: Passage) -> bool:
    return one.start < other.end and other.start < one.end


def _one_tie(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two relations say the same of the same two."""
    return all(same(name, one[name], other[name]) for name in ("subject", "relation", "object"))


def _words(value: Any) -> str:
    """A plain value in a few words."""
    if value is None or value == []:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, Mapping):
        shown = [value[key] for key in ("name", "start", "best", "low", "high") if value.get(key) is not None]
        return str(shown[0]) if shown else "nothing"
    return repr(value)
