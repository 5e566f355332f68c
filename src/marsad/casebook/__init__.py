"""The casebook: one SQLite file that holds the reports and records of a project."""

from __future__ import annotations

from marsad.casebook.filters import Filters
from marsad.casebook.outcome import outcome_of
from marsad.casebook.rows import ActorRow, EventRow, RelationRow, ReportRow, StatementRow
from marsad.casebook.runs import Added, Failure, Run
from marsad.casebook.searching import Found
from marsad.casebook.store import Casebook

__all__ = [
    "ActorRow",
    "Added",
    "Casebook",
    "EventRow",
    "Failure",
    "Filters",
    "Found",
    "RelationRow",
    "ReportRow",
    "Run",
    "StatementRow",
    "outcome_of",
]
