"""An incident for a listing or a line of JSON: its fields by their rules, its grade, its tellings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marsad.incidents.aggregation import Figure, aggregate
from marsad.incidents.grades import Grade, grade
from marsad.incidents.index import Incident
from marsad.incidents.rules import Rules
from marsad.incidents.tellings import Telling
from marsad.records import Json

__all__ = ["Summary", "summary"]


@dataclass(frozen=True, slots=True)
class Summary:
    """An incident, its fields and its grade."""

    incident: Incident
    figures: Mapping[str, Figure]
    grade: Grade

    def value(self, field: str) -> str:
        """A field as it is shown; empty where nothing is said of it."""
        figure = self.figures.get(field)
        return figure.value if figure else ""

    def to_json(self) -> Json:
        """As plain data: the line that ``marsad incidents --json`` writes."""
        return {
            "incident": self.incident.id, "reports": self.incident.reports, "origins": self.incident.origins,
            **self.grade.to_json(),
            **{field: self.figures[field].to_json() if field in self.figures else None for field in (
                "type", "actors", "recipients", "time", "place", "killed", "injured", "status")},
            "claims": [_claim(one) for one in self.incident.tellings],
        }  # fmt: skip


def _claim(one: Telling) -> Json:
    return {
        "report": one.report, "event": one.claim, "origin": one.origin, "source": one.source,
        "published": one.published.told[0] if one.published else None, "type": one.type, "mode": one.mode,
        "status": one.status, "certainty": one.certainty, "according_to": list(one.says) or ["author"],
        "actors": [party.name for party in one.actors], "recipients": [party.name for party in one.recipients],
        "passage": list(one.passage),
    }  # fmt: skip


def summary(incident: Incident, rules: Rules | None = None, set_grade: Grade | None = None) -> Summary:
    """An incident by some rules; ``set_grade`` stands before the computed one."""
    return Summary(incident, aggregate(incident, rules), set_grade or grade(incident))
