"""Incidents with decisions applied: what a person put together or took apart stays so, whatever is joined later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, Protocol, TypeVar

from marsad.decisions.decision import Decision
from marsad.decisions.forces import in_force
from marsad.decisions.overlap import likeness
from marsad.errors import DecisionError, IncidentError
from marsad.incidents import FIELDS as RULED
from marsad.incidents import Grade, Incident, Rules, Summary, Telling, overridden, summary
from marsad.records import Passage

__all__ = ["INCIDENT_FIELDS", "InReport", "Listed", "Settled", "checked_incident", "listed", "settled", "whole"]


INCIDENT_FIELDS: Final = ("grade", *RULED)
"""What can be corrected of an incident: its grade, and by which rule each field is taken."""


class InReport(Protocol):
    """A claim by where it stands."""

    @property
    def id(self) -> str:
        """What tells it from all others."""
        ...

    @property
    def report(self) -> str:
        """The id of its report."""
        ...

    @property
    def passage(self) -> Passage:
        """Its trigger."""
        ...


One = TypeVar("One", bound=InReport)


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


@dataclass(frozen=True, slots=True)
class Listed(Generic[One]):
    """The same, of claims of any kind: what is quick to go through where there are many incidents."""

    claims: tuple[One, ...]
    decisions: tuple[Decision, ...] = ()
    rejected: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    grade: Grade | None = None


def listed(
    groups: Iterable[Iterable[One]], decisions: Iterable[Decision]
) -> tuple[list[Listed[One]], list[tuple[Decision, str]]]:
    """Claims by incident with the decisions in force applied; and the decisions that no longer fit, and why.

    In the order of their numbers: a merge makes one incident of all those that its claims are in by then; a split
    makes one of its own of its claims. A claim that the coder no longer has is passed over.
    """
    state = _State(groups)
    for one in in_force(decisions):
        if one.target.part == "incident":
            state.apply(one)
    return state.result(), state.unfitting


def settled(
    incidents: Iterable[Incident], decisions: Iterable[Decision]
) -> tuple[list[Settled], list[tuple[Decision, str]]]:
    """The incidents with the decisions in force applied, as :func:`listed` does; and those that no longer fit."""
    found, unfitting = listed((one.tellings for one in incidents), decisions)
    return [whole(one) for one in found], unfitting


def whole(one: Listed[Telling]) -> Settled:
    """An incident of tellings that were put together."""
    return Settled(Incident(one.claims[0].id, one.claims), one.decisions, one.rejected, one.chosen, one.grade)


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


class _State(Generic[One]):
    def __init__(self, groups: Iterable[Iterable[One]]) -> None:
        self.unfitting: list[tuple[Decision, str]] = []
        self._groups: dict[int, list[One]] = {n: list(group) for n, group in enumerate(groups)}
        self._of = {claim.id: n for n, claims in self._groups.items() for claim in claims}
        self._order = {claim_id: at for at, claim_id in enumerate(self._of)}
        self._next = len(self._groups)
        self._by_report: dict[str, list[One]] = {}
        for claims in self._groups.values():
            for claim in claims:
                self._by_report.setdefault(claim.report, []).append(claim)
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

    def _located(self, report: str, passage: Passage) -> One | None:
        marked = [(likeness(one.passage, passage), one) for one in self._by_report.get(report, ())]
        best = max((mark for mark, _ in marked), default=0.0)
        return next((one for mark, one in marked if mark == best), None) if best else None

    def _merge(self, ids: list[str]) -> None:
        kept, *gone = sorted({self._of[one] for one in ids})
        for group in gone:
            self._groups[kept] += self._groups.pop(group)
        for claim in self._groups[kept]:
            self._of[claim.id] = kept

    def _split(self, ids: list[str]) -> None:
        taken: list[One] = []
        for group in dict.fromkeys(self._of[one] for one in ids):
            taken += [one for one in self._groups[group] if one.id in ids]
            self._groups[group] = [one for one in self._groups[group] if one.id not in ids]
            if not self._groups[group]:
                del self._groups[group]
        self._groups[self._next] = taken
        for claim in taken:
            self._of[claim.id] = self._next
        self._next += 1

    def result(self) -> list[Listed[One]]:
        about: dict[int, list[Decision]] = {}
        for decision, ids in self._said:
            groups = dict.fromkeys(self._of[one] for one in ids)
            if len(groups) > 1 and decision.kind != "split":
                self.unfitting.append((decision, f"its claims are in {len(groups)} incidents now"))
            for group in groups:
                about.setdefault(group, []).append(decision)
        found = []
        for group, claims in self._groups.items():
            claims.sort(key=lambda one: self._order[one.id])
            found.append(_listed(tuple(claims), about.get(group, [])))
        return sorted(found, key=lambda one: self._order[one.claims[0].id])


def _listed(claims: tuple[One, ...], decisions: list[Decision]) -> Listed[One]:
    rejected, chosen, grade = False, {}, None
    for one in decisions:
        value: Any = one.value
        if one.kind in ("accept", "reject"):
            rejected = one.kind == "reject"
        elif one.kind == "correct" and one.target.field == "grade":
            grade = overridden(value, one.why, one.who)
        elif one.kind == "correct" and one.target.field is not None:
            chosen[one.target.field] = value
    return Listed(claims, tuple(decisions), rejected, chosen, grade)
