"""``marsad reports``: what came in, and how it went."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.listings import listing, show
from marsad.cli.sources import open_source

if TYPE_CHECKING:
    from marsad.casebook import Casebook, Filters, ReportRow

__all__ = ["command"]

_HEADS = (
    "report", "origin", "kind", "of", "published", "source", "outcome", "events", "statements", "actors", "title",
    "reason",
)  # fmt: skip


@click.command(
    "reports",
    short_help="List reports and how each went.",
    epilog="""\b
Examples:
  marsad reports syria.casebook
  marsad reports syria.casebook --since 2014-08 --until 2014-08 --csv > august.csv""",
)
@listing("since", "until", "report", "limit")
def command(source: Path, as_json: bool, as_csv: bool, **filters: Any) -> None:
    """List reports and how each went: ok, partial or failed, and why.

    SOURCE is a casebook, or records that 'marsad code' wrote: a file, a folder of
    files, or - for standard input. Inputs from which no record came stand at the
    end.

    'origin' is the report at the root of a report's family, 'kind' how it is made
    from the report 'of': see 'marsad origins'.
    """
    from marsad.casebook import Filters, ReportRow

    with open_source(source) as casebook:
        show(ReportRow, _rows(casebook, Filters(**filters)), _brief, _HEADS, as_json, as_csv, "", filters)


def _rows(casebook: Casebook, filters: Filters) -> Iterator[ReportRow]:
    from marsad.casebook import ReportRow

    yield from casebook.reports(filters)
    if filters.report or filters.since or filters.until or filters.limit:
        return
    for failure in casebook.failures():
        yield ReportRow(
            failure.name, None, None, None, None, None, "failed", failure.reason, failure.failed_at, 0, 0, 0
        )


def _brief(row: Any) -> tuple[object, ...]:
    return (
        row.report, row.origin, row.kind, row.of, row.published, row.source, row.outcome, row.events, row.statements,
        row.actors, row.title, row.reason,
    )  # fmt: skip
