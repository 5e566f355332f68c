"""Which incidents to show: conditions that must all hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from marsad.errors import IncidentError
from marsad.incidents.grades import GRADES
from marsad.incidents.summary import Summary
from marsad.incidents.timing import of_dates
from marsad.knowledge.names import fold
from marsad.vocabulary import EVENT_TYPES, STATUSES

__all__ = ["Choice"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Conditions for incidents; None sets none. ``type`` and ``status`` are of the incident's own field.

    ``actor`` and ``place`` match whole words of any name in any of its claims, without regard to case and accents;
    ``since`` and ``until`` are ISO dates of any precision, both inclusive: the incident's time, else the dates of its
    reports; ``report`` is one that tells of it. Raises IncidentError for a value that nothing could match.
    """

    type: str | None = None
    status: str | None = None
    grade: str | None = None
    actor: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    report: str | None = None

    def __post_init__(self) -> None:
        for name, known in (("type", EVENT_TYPES), ("status", STATUSES), ("grade", GRADES)):
            value = getattr(self, name)
            if value is not None and value not in known:
                raise IncidentError(f"{name} {value!r} is none of: {', '.join(known)}")
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and of_dates(value, value) is None:
                raise IncidentError(f"{name} {value!r} is not a date such as 2020-07-04, 2020-07 or 2020")

    def __call__(self, found: Summary) -> bool:
        """Whether an incident meets all conditions."""
        tellings = found.incident.tellings
        kind, status = found.figures.get("type"), found.figures.get("status")
        return (
            (self.type is None or (kind is not None and kind.data["type"] == self.type))
            and (self.status is None or (status is not None and status.data == self.status))
            and (self.grade is None or found.grade.name == self.grade)
            and (self.report is None or any(one.report == self.report for one in tellings))
            and _has(self.actor, (party.name for one in tellings for party in (*one.actors, *one.recipients)))
            and _has(self.place, (one.spot.name for one in tellings if one.spot is not None))
            and self._in_time(found)
        )

    def _in_time(self, found: Summary) -> bool:
        if self.since is None and self.until is None:
            return True
        time = found.figures.get("time")
        days = of_dates(time.data["start"], time.data["end"]) if time is not None else None
        known = [days] if days else [one.published for one in found.incident.tellings if one.published]
        since = of_dates(self.since, self.since) if self.since else None
        until = of_dates(self.until, self.until) if self.until else None
        return any((since is None or day.last >= since.first) and (until is None or day.first <= until.last)
                   for day in known)  # fmt: skip


_fold = lru_cache(1 << 16)(fold)
"""Most names come again and again."""


def _has(wanted: str | None, names: Iterable[str]) -> bool:
    if wanted is None:
        return True
    needle = f" {fold(wanted)} "
    return any(needle in f" {_fold(name)} " for name in names)
