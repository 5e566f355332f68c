"""An incident's dossier: all that a casebook knows of one happening, gathered for one page."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.casebook import Casebook, Filters, ReportRow
from marsad.decisions import Decision, in_force
from marsad.errors import ExchangeError
from marsad.records import Claim, Passage, Record

if TYPE_CHECKING:
    from marsad.casebook.incidents import ClaimAt
    from marsad.decisions.grouping import Listed, Settled
    from marsad.incidents import Join, Question, Rules, Summary, Telling

__all__ = ["Dossier", "dossier"]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One incident with its reports, in the order in which they came in; the first decisions are about the incident.

    ``numbers`` are those of the reports in the list of sources. ``joins`` say by what its claims came together,
    ``questions`` what is doubtful about that and nobody has answered. ``latest`` is the last decision of the whole
    casebook, whose hash tells any later reader up to where the trail was known.
    """

    casebook: str
    settled: Settled
    summary: Summary
    reports: Mapping[str, ReportRow]
    records: Mapping[str, Record]
    numbers: Mapping[str, int]
    joins: tuple[Join, ...]
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...]
    latest: Decision | None

    @property
    def origins(self) -> dict[str, list[Telling]]:
        """The claims by the report that each goes back to."""
        found: dict[str, list[Telling]] = {}
        for one in self.settled.incident.tellings:
            found.setdefault(one.origin, []).append(one)
        return found

    def claim(self, telling: Telling) -> Claim | None:
        """The claim in its report's record; None where the record has changed since the claims were put together."""
        return next((one for one in self.records[telling.report].events if one.id == telling.claim), None)


def dossier(casebook: Casebook, incident: str, rules: Rules | None = None) -> Dossier:
    """The dossier of an incident, given by the id of any of its claims (``REPORT:EVENT``).

    Raises ExchangeError where there is none. Reports that wait to join their incidents are joined where the casebook
    can be written.
    """
    found = _found(casebook, incident)
    if found is None:
        wait = f"; {casebook.untold:,} reports wait to join their incidents" if casebook.untold else ""
        raise ExchangeError(
            f"there is no incident {incident[:80]!r} (REPORT:EVENT of any of its claims){wait}; "
            "'marsad incidents' lists them"
        )
    settled = casebook.settled(found)
    ids = list(dict.fromkeys(one.report for one in settled.incident.tellings))
    origins = [one.origin for one in settled.incident.tellings]
    rows = {name: casebook.reports(Filters(report=name))[0] for name in dict.fromkeys([*ids, *origins])}
    records = {name: casebook.record(name) for name in ids}
    questions = _unanswered(casebook, casebook.questions(about=[one.number for one in found.claims]))
    latest = None
    for latest in casebook.each_decision():  # noqa: B007
        pass
    return Dossier(
        os.path.basename(casebook.path) or "records", settled, settled.summary(rules), rows, records,
        {name: number for number, name in enumerate(records, 1)},
        tuple(_joins(casebook, settled)), questions, tuple(_decisions(casebook, settled, records)), latest,
    )  # fmt: skip


def _found(casebook: Casebook, incident: str) -> Listed[ClaimAt] | None:
    """The incident that a claim is in, from those in its report and those that reviewers spoke of: not all of them."""
    from marsad.decisions.grouping import listed

    casebook.questions(0)  # those that wait are joined, where that can be
    said = [one for one in casebook.each_decision() if one.target.part == "incident"]
    reports = _reports(incident) | {report for one in said for report in one.target.reports}
    groups = casebook.incident_claims(casebook.incidents_of(reports))
    return next((one for one in listed(groups, said)[0] if any(claim.id == incident for claim in one.claims)), None)


def _reports(claim: str) -> set[str]:
    """The reports that a claim's id (``REPORT:EVENT``) may name: either part may have a colon in it."""
    return {claim[:at] for at, character in enumerate(claim) if character == ":"}


def _unanswered(casebook: Casebook, questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions that no reviewer answered: by a merge, an acceptance or a note that names both claims, or by a
    split that names one of them."""
    names = {name for one in questions for claim in (one.one, one.other) for name in _reports(claim)}
    near = casebook.incident_claims(casebook.incidents_of(names)) if questions else []
    places = {claim.id: (claim.report, claim.passage) for group in near for claim in group}
    said = [
        (one.kind, set(one.target.claims))
        for one in in_force(one for one in casebook.each_decision() if one.target.part == "incident")
    ]

    def answered(kind: str, claims: set[tuple[str, Passage]], question: Question) -> bool:
        first, second = places.get(question.one) in claims, places.get(question.other) in claims
        return first != second if kind == "split" else kind in ("merge", "accept", "note") and first and second

    return tuple(one for one in questions if not any(answered(kind, claims, one) for kind, claims in said))


def _joins(casebook: Casebook, settled: Settled) -> Iterator[Join]:
    claims = {one.id for one in settled.incident.tellings}
    asked: set[str] = set()
    for one in settled.incident.tellings if len(claims) > 1 else ():
        if one.id not in asked:
            joins = casebook.joins(one.report, one.claim)
            asked |= {one.id, *(name for join in joins for name in (join.one, join.other))}
            yield from (join for join in joins if join.one in claims and join.other in claims)


def _decisions(casebook: Casebook, settled: Settled, records: Mapping[str, Record]) -> Iterator[Decision]:
    """Those in force about the incident, then those about its claims."""
    yield from settled.decisions
    for report in records:
        reviewed = casebook.reviewed(report)
        by_number = {one.number or 0: one for one in (*reviewed.applied, *(one for one, _ in reviewed.unfitting))}
        for one in settled.incident.tellings:
            if one.report == report:
                for number in reviewed.said.get(("event", one.claim), ()):
                    if number in by_number:
                        yield by_number[number]
