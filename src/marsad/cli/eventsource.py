"""EVENTS arguments: a casebook, records, or an event table, as one table of events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marsad.cli.sources import is_casebook, open_source
from marsad.cli.terminal import say

if TYPE_CHECKING:
    from marsad.analysis.events import EventTable
    from marsad.incidents import Rules

__all__ = ["open_events", "say_limits"]

_RECORDS = frozenset({".jsonl", ".ndjson", ".json"})


def open_events(
    path: Path, rules: Rules | None = None, *, variants: bool = False
) -> tuple[EventTable, Mapping[str, EventTable]]:
    """The events at ``path`` and, of a casebook or records, the same by other rules where ``variants`` are asked for.

    Raises AnalysisError, CasebookError or RecordError where it is none of these, UsageError where it is not there.
    """
    from marsad.analysis.fromcasebook import casebook_events, casebook_variants
    from marsad.analysis.tables import read_events

    if str(path) == "-" or is_casebook(path) or path.is_dir() or path.suffix.lower() in _RECORDS:
        from marsad.cli.export import join_first

        join_first(path)
        with open_source(path) as casebook:
            return casebook_events(casebook, rules), casebook_variants(casebook, rules) if variants else {}
    if not path.exists():
        raise click.UsageError(f"{path}: no such casebook or table of events")
    return read_events(path), {}


def say_limits(table: EventTable) -> None:
    """Say on stderr what is left out of a table, and what is not known of a casebook: not while ``waiting`` shows."""
    casebook = table.kind == "casebook"
    if casebook and not table.effort:
        say(
            "no report has a day of publication: counted from the first incident with a day of its own, "
            f"{date.fromordinal(table.first)}, to the last, {date.fromordinal(table.last)} (or from --since to "
            "--until); how much was reported each day is not known"
        )
    if table.undated:
        say(f"{table.undated:,} {table.what if casebook else 'rows'} without a usable date left out")
