"""The incidents of a casebook as event tables, by named rules: one for the answer, others for its sensitivity.

An incident counts once, on the days that its reports give by the rule for time; one whose reports give no time is
spread over the week that ends with the first report's date. What is rejected, denied, planned or only asked for is
left out. The reports that came out on a day, one for each independent account, are the reporting effort of that day;
the casebook was kept from its first report to its last. Where no report has a day of publication the effort is not
known, and the casebook was kept from the first incident whose own day is known to the last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from marsad.analysis.events import Event, EventTable
from marsad.errors import AnalysisError
from marsad.incidents import Rules
from marsad.incidents.timing import of_dates

if TYPE_CHECKING:
    from marsad.casebook import Casebook
    from marsad.decisions.grouping import Settled
    from marsad.incidents import Summary

__all__ = ["casebook_events", "casebook_variants"]

_UNTIMED: Final = 7
_GRADES: Final = {
    "only confirmed and fair incidents": frozenset({"confirmed", "fair"}),
    "only confirmed incidents": frozenset({"confirmed"}),
}
"""Which grades a variant takes; the others take all."""
_COARSEST: Final = 366
"""Days that an incident's time may span; a longer one says nothing on when it was."""


def casebook_events(casebook: Casebook, rules: Rules | None = None) -> EventTable:
    """The incidents of a casebook, one event each. Raises AnalysisError where it has none with a date."""
    rules = rules or Rules()
    return _tables(casebook, {"incidents": rules}, rules)["incidents"]


def casebook_variants(casebook: Casebook, rules: Rules | None = None) -> Mapping[str, EventTable]:
    """The same by other rules: counted by account, report and claim, sure ones only, other rules for the time."""
    rules = rules or Rules()
    asked = {
        "each independent account counted": rules,
        "each report counted, copies too": rules,
        "each claim counted": rules,
        "only confirmed and fair incidents": rules,
        "only confirmed incidents": rules,
        "times by the latest report": rules.changed({"time": "latest"}),
        "times by the most certain report": rules.changed({"time": "most-certain"}),
    }
    return _tables(casebook, asked, rules)


def _tables(casebook: Casebook, asked: Mapping[str, Rules], rules: Rules) -> dict[str, EventTable]:
    """Tables by the rules that are ``asked``, all over the same days, whose ends may be by ``rules``."""
    effort, kept = _effort(casebook)
    if not kept and not any(True for _ in casebook.reports()):
        raise AnalysisError("there is no report to count events of: the casebook is empty, or no record came in")
    incidents = [one for one in casebook.incidents() if not one.rejected]
    days = effort or {one.first for one in _events(incidents, "incidents", rules, kept)[0] if one.exact}
    if not days:
        raise AnalysisError(
            "no report of the casebook has a day of publication, and no incident a day of its own: code the reports "
            "with --published DATE, or with a date in their heads"
        )
    first, last = min(days), max(days)
    found = {}
    for name, chosen in asked.items():
        events, undated = _events(incidents, name, chosen, kept)
        inside = [one for one in events if one.last >= first and one.first <= last]
        found[name] = EventTable(
            tuple(inside), first, last, frozenset(), effort, undated + len(events) - len(inside), "incidents",
            "casebook",
        )  # fmt: skip
    if not any(table.events for table in found.values()):
        raise AnalysisError("the casebook has no incident that happened within the time of its reports")
    return found


def _effort(casebook: Casebook) -> tuple[dict[int, float], dict[str, int]]:
    """Independent accounts that came out on each day, and the last day on which each report can have come out."""
    origins: dict[int, set[str]] = defaultdict(set)
    days = {}
    for row in casebook.reports():
        span = of_dates(row.published, row.published) if row.published else None
        if span is not None:
            days[row.report] = span.last
            if span.exact:
                origins[span.first].add(row.origin or row.report)
    return {day: float(len(names)) for day, names in origins.items()}, days


def _events(
    incidents: Iterable[Settled], name: str, rules: Rules, published: Mapping[str, int]
) -> tuple[list[Event], int]:
    found, undated = [], 0
    for number, settled in enumerate(incidents, 1):
        summary = settled.summary(rules)
        if summary.value("status") not in ("happened", "") or summary.grade.name == "discounted":
            continue
        if summary.grade.name not in _GRADES.get(name, {summary.grade.name}):
            continue
        days = _days(summary, published)
        if days is None:
            undated += 1
            continue
        told = [one for one in settled.incident.tellings if one.status == "happened"]
        count = 1
        if name.startswith("each independent"):
            count = len({one.origin for one in told})
        elif name.startswith("each report"):
            count = len({one.report for one in told})
        elif name.startswith("each claim"):
            count = len(told)
        kind = summary.figures.get("type")
        found.append(Event(
            *days, float(max(1, count)),
            tuple(dict.fromkeys(party.name for one in told for party in one.actors)),
            tuple(dict.fromkeys(party.name for one in told for party in one.recipients)),
            str(kind.data["type"]) if kind is not None else "",
            tuple(dict.fromkeys(one.spot.name for one in told if one.spot is not None)),
            row=number,
        ))  # fmt: skip
    return found, undated


def _days(summary: Summary, published: Mapping[str, int]) -> tuple[int, int] | None:
    time = summary.figures.get("time")
    span = of_dates(time.data["start"], time.data["end"]) if time is not None else None
    if span is not None and span.last - span.first < _COARSEST:
        return span.first, span.last
    told = [published[one.report] for one in summary.incident.tellings if one.report in published]
    return (min(told) - _UNTIMED + 1, min(told)) if told and span is None else None
