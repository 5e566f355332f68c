"""Rows of incidents and of their claims, with reviewers' decisions applied, one incident in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from marsad.exchange.wanted import Wanted
from marsad.records import Toll

if TYPE_CHECKING:
    from marsad.casebook import Casebook
    from marsad.casebook.incidents import ClaimAt
    from marsad.decisions.grouping import Listed, Settled
    from marsad.incidents import Figure, Join, Summary, Telling

__all__ = ["ClaimRow", "IncidentRow", "claim_rows", "incident_rows", "listed_in_turn", "told_incidents"]

_AT_ONCE: Final = 500
"""Incidents of which the claims are asked for in one go."""
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident: each field by its rule, what it rests on, and how far it moves under the other rules."""

    incident: str
    reports: int
    origins: int
    claims: int
    counted: str
    grade: str
    why: str
    grade_by: str | None
    type: str | None
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    time_start: str | None
    time_end: str | None
    time_earliest: str | None
    time_latest: str | None
    place: str | None
    exact_to: str | None
    latitude: float | None
    longitude: float | None
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    killed_least: int | None
    killed_most: int | None
    injured_low: int | None
    injured_best: int | None
    injured_high: int | None
    injured_least: int | None
    injured_most: int | None
    status: str | None
    type_rule: str | None
    type_reports: int | None
    type_origins: int | None
    type_others: tuple[str, ...]
    actors_rule: str | None
    actors_reports: int | None
    actors_origins: int | None
    actors_others: tuple[str, ...]
    recipients_rule: str | None
    recipients_reports: int | None
    recipients_origins: int | None
    recipients_others: tuple[str, ...]
    time_rule: str | None
    time_reports: int | None
    time_origins: int | None
    time_others: tuple[str, ...]
    place_rule: str | None
    place_reports: int | None
    place_origins: int | None
    place_others: tuple[str, ...]
    killed_rule: str | None
    killed_reports: int | None
    killed_origins: int | None
    killed_others: tuple[str, ...]
    injured_rule: str | None
    injured_reports: int | None
    injured_origins: int | None
    injured_others: tuple[str, ...]
    status_rule: str | None
    status_reports: int | None
    status_origins: int | None
    status_others: tuple[str, ...]
    sources: tuple[str, ...]
    first_published: str | None
    last_published: str | None
    report_ids: tuple[str, ...]
    decisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim of an incident, with the passage that it stands on, and by what it was put there."""

    incident: str
    report: str
    event: str
    origin: str
    source: str | None
    published: str | None
    type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: str
    certainty: str
    according_to: tuple[str, ...]
    time_start: str | None
    time_end: str | None
    place: str | None
    latitude: float | None
    longitude: float | None
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    injured_low: int | None
    injured_best: int | None
    injured_high: int | None
    words: str
    start: int
    end: int
    probability: float | None
    joined_to: str | None
    reasons: tuple[str, ...]


Joins = Callable[["Telling"], "Sequence[Join]"]
"""The joins of the incident that a claim was in before reviewers had their say."""


def told_incidents(casebook: Casebook, wanted: Wanted) -> Iterator[tuple[Settled, Summary, Joins]]:
    """The incidents that meet the conditions, in the order of their first claims; rejected ones are left out.

    With ``as_coded`` they are put together anew from the coder's records, in memory (8 KiB a claim): the casebook
    keeps those of the reviewed ones.
    """
    filters, fits = wanted.filters, wanted.choice()
    found = _as_coded(casebook) if filters.as_coded else _settled(casebook, filters.report)
    for one, joins in found:
        summary = one.summary(wanted.rules)
        if fits(summary):
            yield one, summary, joins


def _settled(casebook: Casebook, report: str | None) -> Iterator[tuple[Settled, Joins]]:
    def joins(claim: Telling) -> Sequence[Join]:
        return casebook.joins(claim.report, claim.claim)

    for one in listed_in_turn(casebook, report):
        if not one.rejected and (report is None or any(claim.report == report for claim in one.claims)):
            yield casebook.settled(one), joins


def listed_in_turn(casebook: Casebook, report: str | None = None) -> Iterator[Listed[ClaimAt]]:
    """As ``casebook.listed_incidents()``, some at a time; with ``report``, some of which are in none of its incidents.

    Only incidents that reviewers spoke of need to be looked at together: decisions can make one of several.
    """
    from marsad.decisions.grouping import Listed, listed

    casebook.questions(0)  # those that wait are joined, where that can be
    said = [one for one in casebook.each_decision() if one.target.part == "incident"]
    about = casebook.incidents_of({name for one in said for name in one.target.reports})
    numbers = casebook.changed_incidents(None)[1] if report is None else casebook.incidents_of({report})
    left = iter(sorted(set(numbers) - about))

    def others() -> Iterator[Listed[ClaimAt]]:
        while some := list(islice(left, _AT_ONCE)):
            yield from (Listed(tuple(claims)) for claims in casebook.incident_claims(some))

    together = listed(casebook.incident_claims(about), said)[0]
    yield from merge(together, others(), key=lambda one: one.claims[0].incident)


def _as_coded(casebook: Casebook) -> Iterator[tuple[Settled, Joins]]:
    from marsad.decisions.grouping import Settled
    from marsad.incidents import Incidents
    from marsad.knowledge import Gazetteer
    from marsad.records import Report

    joined = Incidents(gazetteer=Gazetteer.open())
    for row in casebook.each_report():
        record = casebook.coded(row.report)
        report = Report(record.id, record.text, record.title, record.published, record.source)
        joined.add(report, record, row.origin or row.report)
    for incident in joined:
        yield Settled(incident), lambda claim: joined.joins(claim.id)


def incident_rows(casebook: Casebook, wanted: Wanted) -> Iterator[IncidentRow]:
    """One row for each incident."""
    for settled, summary, _ in told_incidents(casebook, wanted):
        incident, figures = summary.incident, summary.figures
        values: dict[str, Any] = {}
        for field in ("type", "actors", "recipients", "time", "place", "killed", "injured", "status"):
            values |= _ruled(field, figures.get(field))
        time, place = _data(figures.get("time")), _data(figures.get("place"))
        dates = sorted(one.published.told[0] for one in incident.tellings if one.published)
        kind, status = _data(figures.get("type")), figures.get("status")
        yield IncidentRow(
            incident=incident.id, reports=incident.reports, origins=incident.origins, claims=len(incident.tellings),
            counted=incident.count, grade=summary.grade.name, why=summary.grade.why, grade_by=summary.grade.by,
            type=kind.get("type"), mode=kind.get("mode"), actors=_names(figures.get("actors")),
            recipients=_names(figures.get("recipients")), time_start=time.get("start"), time_end=time.get("end"),
            place=place.get("name"), exact_to=place.get("exact_to"), latitude=place.get("latitude"),
            longitude=place.get("longitude"), status=status.data if status else None,
            sources=tuple(dict.fromkeys(one.source for one in incident.tellings if one.source)),
            first_published=dates[0] if dates else None, last_published=dates[-1] if dates else None,
            report_ids=tuple(dict.fromkeys(one.report for one in incident.tellings)),
            decisions=tuple(one.number or 0 for one in settled.decisions),
            **values,
        )  # fmt: skip


def _ruled(field: str, figure: Figure | None) -> dict[str, Any]:
    """The columns that each field has of its rule; and for counts and times what they are and how far they move."""
    found: dict[str, Any] = {
        f"{field}_rule": figure.rule if figure else None,
        f"{field}_reports": figure.reports if figure else None,
        f"{field}_origins": figure.origins if figure else None,
        f"{field}_others": tuple(f"{value} ({', '.join(rules)})" for value, rules in figure.moves.items())
        if figure else (),
    }  # fmt: skip
    if field == "time":
        dates = [date for value in (figure.under.values() if figure else ()) for date in value.split("/")]
        found |= {"time_earliest": min(dates, default=None), "time_latest": max(dates, default=None)}
    elif field in ("killed", "injured"):
        toll = _data(figure)
        found |= {f"{field}_{end}": toll.get(end) for end in ("low", "best", "high")}
        under = [_count(value) for value in (figure.under.values() if figure else ())]
        counts = [count for count in under if count is not None]
        found |= {f"{field}_least": min(counts, default=None), f"{field}_most": max(counts, default=None)}
    return found


def _count(value: str) -> int | None:
    """The number in a count as it is shown: ``9``, ``at least 9``, ``9 (8-12)``, ``?-9``: the first there is."""
    found = _NUMBER.search(value)
    return int(found[0]) if found else None


def _data(figure: Figure | None) -> Mapping[str, Any]:
    return figure.data if figure is not None and isinstance(figure.data, Mapping) else {}


def _names(figure: Figure | None) -> tuple[str, ...]:
    return tuple(str(one["name"]) for one in figure.data) if figure is not None else ()


def claim_rows(casebook: Casebook, wanted: Wanted) -> Iterator[ClaimRow]:
    """One row for each claim of each incident."""
    for settled, summary, joins in told_incidents(casebook, wanted):
        incident = settled.incident
        inside = {one.id for one in incident.tellings}
        pairs: dict[str, tuple[str, Join]] = {}
        asked: set[str] = set()
        for one in incident.tellings if len(incident.tellings) > 1 else ():
            if one.id in asked:
                continue
            asked.add(one.id)
            for join in joins(one):
                asked |= {join.one, join.other}
                if join.one in inside and join.other in inside:
                    pairs.setdefault(join.one, (join.other, join))
                    pairs.setdefault(join.other, (join.one, join))
        for one in incident.tellings:
            yield _claim(casebook, summary.incident.id, one, *pairs.get(one.id, (None, None)))


def _claim(casebook: Casebook, incident: str, one: Telling, other: str | None, join: Join | None) -> ClaimRow:
    time, spot, killed, injured = one.time, one.spot, one.killed or Toll(), one.injured or Toll()
    point = spot.point if spot is not None else None
    return ClaimRow(
        incident, one.report, one.claim, one.origin, one.source, one.published.told[0] if one.published else None,
        one.type, one.mode, tuple(party.name for party in one.actors), tuple(party.name for party in one.recipients),
        one.status, one.certainty, one.says or ("author",),
        time.told[0] if time else None, time.told[1] if time else None,
        spot.name if spot is not None else None, point[0] if point else None, point[1] if point else None,
        killed.low, killed.best, killed.high, injured.low, injured.best, injured.high,
        casebook.words(one.report, one.passage), one.passage.start, one.passage.end,
        None if join is None else round(join.probability, 4), other, join.reasons if join else (),
    )  # fmt: skip
