"""A casebook's tables as lines of text, ready to be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from marsad.casebook import (
    ActorRow,
    Casebook,
    EventRow,
    Filters,
    RelationRow,
    ReportRow,
    StatementRow,
)  # fmt: skip
from marsad.exchange.jsonl import line
from marsad.exchange.table import csv_lines, row_object

__all__ = ["lines"]


def lines(casebook: Casebook, table: str, form: str, filters: Filters) -> Iterator[str]:
    """The lines, with their line ends, of one table of ``casebook`` as ``jsonl`` or ``csv``.

    ``table`` is ``reports``, ``events``, ``statements``, ``actors``, ``relations``
    or ``records``; the last is always JSON lines, one marsad-record/1 each.
    """
    if table == "records":
        for report in casebook.reports(filters):
            yield line(casebook.record(report.report, filters.run).to_json()) + "\n"
        return
    kinds: dict[str, tuple[type, Iterable[Any]]] = {
        "reports": (ReportRow, casebook.reports(filters)),
        "events": (EventRow, casebook.events(filters)),
        "statements": (StatementRow, casebook.statements(filters)),
        "actors": (ActorRow, casebook.actors(filters)),
        "relations": (RelationRow, casebook.relations(filters)),
    }
    kind, rows = kinds[table]
    if form == "csv":
        yield from csv_lines(kind, rows)
    else:
        for row in rows:
            yield line(row_object(row)) + "\n"
