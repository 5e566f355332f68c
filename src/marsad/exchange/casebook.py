"""A casebook's tables row by row, and as lines of text: never more than a little of it in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from marsad.casebook import ActorRow, Casebook, EventRow, RelationRow, ReportRow, StatementRow
from marsad.exchange.decided import AuditRow, DecisionRow, audit_rows, decision_rows
from marsad.exchange.happened import ClaimRow, IncidentRow, claim_rows, incident_rows
from marsad.exchange.jsonl import line
from marsad.exchange.table import csv_lines, row_object
from marsad.exchange.wanted import Wanted

__all__ = ["ROWS", "lines", "table_rows"]

Rows = Callable[[Casebook, Wanted], Iterator[Any]]

_TABLES: Final[dict[str, tuple[type, Rows]]] = {
    "reports": (ReportRow, lambda casebook, wanted: casebook.each_report(wanted.filters)),
    "events": (EventRow, lambda casebook, wanted: casebook.events(wanted.filters)),
    "statements": (StatementRow, lambda casebook, wanted: casebook.statements(wanted.filters)),
    "actors": (ActorRow, lambda casebook, wanted: casebook.actors(wanted.filters)),
    "relations": (RelationRow, lambda casebook, wanted: casebook.relations(wanted.filters)),
    "incidents": (IncidentRow, incident_rows),
    "claims": (ClaimRow, claim_rows),
    "decisions": (DecisionRow, lambda casebook, wanted: decision_rows(casebook, wanted.filters)),
    "audit": (AuditRow, lambda casebook, wanted: audit_rows(casebook, wanted.filters)),
}

ROWS: Final[dict[str, type]] = {name: kind for name, (kind, _) in _TABLES.items()}
"""The tables and the class of each one's rows."""


def table_rows(casebook: Casebook, wanted: Wanted) -> Iterator[Any]:
    """The rows of a table of :data:`ROWS`, as reviewers have it, or as coded where that is asked for."""
    return islice(_TABLES[wanted.what][1](casebook, wanted), wanted.filters.limit)


def lines(casebook: Casebook, wanted: Wanted, form: str) -> Iterator[str]:
    """The lines, with their line ends, of what is wanted as ``jsonl`` or ``csv``.

    ``records`` are JSON lines always, one marsad-record/1 each.
    """
    if wanted.what == "records":
        yield from _records(casebook, wanted)
    elif form == "csv":
        yield from csv_lines(ROWS[wanted.what], table_rows(casebook, wanted))
    else:
        for row in table_rows(casebook, wanted):
            yield line(row_object(row)) + "\n"


def _records(casebook: Casebook, wanted: Wanted) -> Iterator[str]:
    filters = wanted.filters
    for row in casebook.each_report(filters):
        if filters.as_coded:
            record = casebook.coded(row.report, filters.run)
        else:
            record = casebook.record(row.report, filters.run)
        yield line(record.to_json()) + "\n"
