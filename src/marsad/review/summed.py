"""An incident in the list: its summary, with what the list is filtered and ordered by worked out once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from marsad.incidents import Choice, Summary
from marsad.incidents.timing import of_dates
from marsad.knowledge.names import fold

__all__ = ["Row", "chosen_rows", "row_of"]

_fold = lru_cache(1 << 16)(fold)
"""Most names come again and again."""


@dataclass(frozen=True, slots=True)
class Row:
    """One incident. ``names`` and ``places`` are those of its claims, folded, each with blanks around it; ``times`` the
    first and last days of its time, or of its reports' dates where it has none."""

    summary: Summary
    reports: tuple[str, ...]
    origins: int
    type: str | None
    status: str | None
    names: str
    places: str
    times: tuple[tuple[int, int], ...]
    begin: int
    end: int
    """Before and after these days it cannot have been, as far as ``times`` say; 1 and 0 where they say nothing."""
    grade: str
    contested: bool
    order: tuple[int, int]
    """The most independent accounts first, then the most reports."""


def row_of(found: Summary) -> Row:
    """The row of an incident."""
    tellings, figures = found.incident.tellings, found.figures
    kind, status, time = figures.get("type"), figures.get("status"), figures.get("time")
    days = of_dates(time.data["start"], time.data["end"]) if time is not None else None
    known = [days] if days is not None else [one.published for one in tellings if one.published is not None]
    reports = tuple(dict.fromkeys(one.report for one in tellings))
    times = tuple(dict.fromkeys((one.first, one.last) for one in known))
    begin, end = min((first for first, _ in times), default=1), max((last for _, last in times), default=0)
    return Row(
        found, reports, found.incident.origins,
        kind.data["type"] if kind is not None else None, status.data if status is not None else None,
        _folded(party.name for one in tellings for party in (*one.actors, *one.recipients)),
        _folded(one.spot.name for one in tellings if one.spot is not None),
        times, begin, end, found.grade.name, found.grade.name in ("contested", "discounted"),
        (-found.incident.origins, -len(reports)),
    )  # fmt: skip


def _folded(names: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(f" {_fold(name)} " for name in names))


def chosen_rows(rows: Iterable[Row], choice: Choice) -> list[Row]:
    """The incidents that meet all conditions, as :class:`marsad.incidents.Choice` means them."""
    kept = list(rows)
    if choice.type is not None:
        kept = [one for one in kept if one.type == choice.type]
    if choice.status is not None:
        kept = [one for one in kept if one.status == choice.status]
    if choice.grade is not None:
        kept = [one for one in kept if one.grade == choice.grade]
    if choice.report is not None:
        kept = [one for one in kept if choice.report in one.reports]
    if choice.actor is not None:
        wanted = f" {_fold(choice.actor)} "
        kept = [one for one in kept if wanted in one.names]
    if choice.place is not None:
        wanted = f" {_fold(choice.place)} "
        kept = [one for one in kept if wanted in one.places]
    since = of_dates(choice.since, choice.since) if choice.since is not None else None
    until = of_dates(choice.until, choice.until) if choice.until is not None else None
    if since is not None or until is not None:
        first = since.first if since is not None else 0
        last = until.last if until is not None else 10**7
        kept = [
            one for one in kept
            if one.end >= first and one.begin <= last
            and (len(one.times) == 1 or any(end >= first and begin <= last for begin, end in one.times))
        ]  # fmt: skip
    return kept
