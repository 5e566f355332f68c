"""Rows of what reviewers decided: what holds, and the whole trail with its chain of hashes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marsad.casebook import Casebook, Filters
from marsad.casebook.filters import first_day, last_day
from marsad.decisions import START, Decision, digest, undone_by
from marsad.exchange.jsonl import line

__all__ = ["AuditRow", "DecisionRow", "audit_rows", "decision_rows"]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision that is in force."""

    number: int
    at: str
    who: str
    step: int | None
    kind: str
    part: str
    report: str | None
    start: int | None
    end: int | None
    words: str | None
    claims: tuple[str, ...]
    field: str | None
    value: str | None
    was: str | None
    why: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the trail; ``entry`` is what was hashed, to the letter."""

    number: int
    at: str
    who: str
    step: int | None
    kind: str
    part: str
    report: str | None
    start: int | None
    end: int | None
    words: str | None
    claims: tuple[str, ...]
    field: str | None
    why: str
    undoes: int | None
    undone_by: int | None
    in_force: bool
    previous: str
    hash: str
    chained: bool
    entry: str


def decision_rows(casebook: Casebook, filters: Filters) -> Iterator[DecisionRow]:
    """The decisions in force that meet ``filters`` (report, since, until: when it was decided), in their order."""
    undone = _undone(casebook)
    for one in casebook.each_decision():
        if one.kind != "undo" and (one.number or 0) not in undone and _fits(one, filters):
            value = None if one.value is None else line(one.value)
            yield DecisionRow(**_about(casebook, one), value=value, was=_was(one))


def audit_rows(casebook: Casebook, filters: Filters) -> Iterator[AuditRow]:
    """Every entry that meets ``filters``, in order. Whether one is chained is found out over all of them."""
    undone, before = _undone(casebook), START
    for one in casebook.each_decision():
        entry, number, previous, kept = one.canonical(), one.number or 0, before, one.hash or ""
        before = kept
        if _fits(one, filters):
            yield AuditRow(
                **_about(casebook, one), undoes=one.undoes, undone_by=undone.get(number),
                in_force=one.kind != "undo" and number not in undone, previous=previous, hash=kept,
                chained=digest(previous, entry) == kept, entry=entry,
            )  # fmt: skip


def _undone(casebook: Casebook) -> dict[int, int]:
    """Which decisions hold no longer; only the undos need to be looked at."""
    return undone_by([one for one in casebook.each_decision() if one.kind == "undo"])


def _fits(one: Decision, filters: Filters) -> bool:
    return (
        (filters.report is None or filters.report in one.target.reports)
        and (filters.since is None or one.at >= first_day(filters.since))
        and (filters.until is None or one.at[:10] <= last_day(filters.until))
    )


def _about(casebook: Casebook, one: Decision) -> dict[str, Any]:
    """The columns that both tables have."""
    target = one.target
    passage = target.passage
    words = casebook.words(target.report, passage) if target.report is not None and passage is not None else None
    return {
        "number": one.number or 0, "at": one.at, "who": one.who, "step": one.step, "kind": one.kind,
        "part": target.part, "report": target.report, "start": passage.start if passage else None,
        "end": passage.end if passage else None, "words": words,
        "claims": tuple(f"{report}:{at.start}-{at.end}" for report, at in target.claims),
        "field": target.field, "why": one.why,
    }  # fmt: skip


def _was(one: Decision) -> str | None:
    seen = one.basis.get("seen") if isinstance(one.basis, Mapping) else None
    if one.kind != "correct" or not isinstance(seen, Mapping) or one.target.field not in seen:
        return None
    return line(seen[one.target.field])
