"""Incidents with decisions applied: what a person put together or took apart stays so, whatever is joined later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from marsad.decisions.decision import Decision
from marsad.decisions.finding import likeness
from marsad.decisions.forces import in_force
from marsad.errors import DecisionError, IncidentError
from marsad.incidents import FIELDS as RULED
from marsad.incidents import Grade, Incident, Rules, Summary, Telling, overridden, summary
from marsad.records import Passage

__all__ = ["INCIDENT_FIELDS", "Settled", "checked_incident", "settled"]

INCIDENT_FIELDS: Final = ("grade", *RULED)
"""What can be corrected of an incident: its grade, and by which rule each field is taken."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An incident as reviewers settled it: its tellings, its decisions, and whether they rejected it."""

    incident: Incident
    decisions: tuple[Decision, ...] = ()
    rejected: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    grade: Grade | None = None

    def summary(self, rules: Rules | None = None) -> Summary:
        """It by some rules, and by those that were chosen for it before these."""
        return summary(self.incident, (rules or Rules()).changed(self.chosen), self.grade)


def settled(
    incidents: Iterable[Incident], decisions: Iterable[Decision]
) -> tuple[list[Settled], list[tuple[Decision, str]]]:
    """The incidents with the decisions in force applied; and the decisions that no longer fit, and why.

    In the order of their numbers: a merge makes one incident of all those that its claims are in by then; a split
    makes one of its own of its claims. A claim that the coder no longer has is passed over.
    """
    state = _State(incidents)
    for one in in_force(decisions):
        if one.target.part == "incident":
            state.apply(one)
    return state.result(), state.unfitting


def checked_incident(decision: Decision) -> Decision:
    """A decision about an incident, if its value makes sense. Raises DecisionError."""
    if decision.kind != "correct":
        return decision
    name, value = decision.target.field, decision.value
    for key in ("value", "rule", "grade"):
        if isinstance(value, Mapping) and set(value) == {key}:
            value = value[key]
    if name not in INCIDENT_FIELDS:
        raise DecisionError(f"incident has no field {str(name)[:40]!r}: {', '.join(INCIDENT_FIELDS)}")
    try:
        if name == "grade":
            overridden(value, decision.why, decision.who)
        else:
            Rules({name: value})
    except (IncidentError, TypeError) as error:
        raise DecisionError(str(error)) from None
    return replace(decision, value=value)


class _State:
    def __init__(self, incidents: Iterable[Incident]) -> None:
        self.unfitting: list[tuple[Decision, str]] = []
        self._groups: dict[int, list[Telling]] = {n: list(one.tellings) for n, one in enumerate(incidents)}
        self._of = {telling.id: n for n, tellings in self._groups.items() for telling in tellings}
        self._order = {telling_id: at for at, telling_id in enumerate(self._of)}
        self._by_report: dict[str, list[Telling]] = {}
        for tellings in self._groups.values():
            for telling in tellings:
                self._by_report.setdefault(telling.report, []).append(telling)
        self._said: list[tuple[Decision, list[str]]] = []

    def apply(self, decision: Decision) -> None:
        located = [self._located(report, passage) for report, passage in decision.target.claims]
        found = [one for one in located if one is not None]
        ids = list(dict.fromkeys(one.id for one in found))
        if len(ids) < (2 if decision.kind == "merge" else 1):
            self.unfitting.append((decision, "its claims are no longer there"))
            return
        if len(found) < len(located):
            gone = len(located) - len(found)
            self.unfitting.append((decision, f"{gone} of its claims {'is' if gone == 1 else 'are'} no longer there"))
        if decision.kind == "merge":
            self._merge(ids)
        elif decision.kind == "split":
            self._split(ids)
        self._said.append((decision, ids))

    def _located(self, report: str, passage: Passage) -> Telling | None:
        marked = [(likeness(one.passage, passage), one) for one in self._by_report.get(report, ())]
        best = max((mark for mark, _ in marked), default=0.0)
        return next((one for mark, one in marked if mark == best), None) if best else None

    def _merge(self, ids: list[str]) -> None:
        kept, *gone = sorted({self._of[one] for one in ids})
        for group in gone:
            self._groups[kept] += self._groups.pop(group)
        for telling in self._groups[kept]:
            self._of[telling.id] = kept

    def _split(self, ids: list[str]) -> None:
        taken: list[Telling] = []
        for group in dict.fromkeys(self._of[one] for one in ids):
            taken += [one for one in self._groups[group] if one.id in ids]
            self._groups[group] = [one for one in self._groups[group] if one.id not in ids]
            if not self._groups[group]:
                del self._groups[group]
        new = max(self._groups, default=0) + 1
        self._groups[new] = taken
        for telling in taken:
            self._of[telling.id] = new

    def result(self) -> list[Settled]:
        about: dict[int, list[Decision]] = {}
        for decision, ids in self._said:
            groups = dict.fromkeys(self._of[one] for one in ids)
            if len(groups) > 1 and decision.kind != "split":
                self.unfitting.append((decision, f"its claims are in {len(groups)} incidents now"))
            for group in groups:
                about.setdefault(group, []).append(decision)
        listed = []
        for group, tellings in self._groups.items():
            tellings.sort(key=lambda one: self._order[one.id])
            listed.append(_settled(Incident(tellings[0].id, tuple(tellings)), about.get(group, [])))
        return sorted(listed, key=lambda one: self._order[one.incident.id])


def _settled(incident: Incident, decisions: list[Decision]) -> Settled:
    rejected, chosen, grade = False, {}, None
    for one in decisions:
        value: Any = one.value
        if one.kind in ("accept", "reject"):
            rejected = one.kind == "reject"
        elif one.kind == "correct" and one.target.field == "grade":
            grade = overridden(value, one.why, one.who)
        elif one.kind == "correct" and one.target.field is not None:
            chosen[one.target.field] = value
    return Settled(incident, tuple(decisions), rejected, chosen, grade)
