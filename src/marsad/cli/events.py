"""``marsad events``: the events of a casebook or a file of records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from marsad.cli.listings import listing, show
from marsad.cli.sources import open_source

__all__ = ["command"]

_HEADS = ("report", "origin", "when", "type", "who", "to whom", "where", "killed", "status", "according to", "passage")


@click.command(
    "events",
    short_help="List events: who did what to whom, and who says so.",
    epilog="""\b
Examples:
  marsad events syria.casebook
  marsad events syria.casebook --type ASSAULT --actor "Islamic State" --since 2014-06 --until 2014-08
  marsad code article.html | marsad events -
  marsad events records.jsonl --speaker author --certainty certain --json
  marsad events syria.casebook --place Diyala --csv > diyala.csv""",
)
@listing("type", "status", "certainty", "actor", "speaker", "place", "since", "until", "report", "limit")
def command(source: Path, as_json: bool, as_csv: bool, **filters: Any) -> None:
    """List events: who did what to whom, when, where, and who says so.

    SOURCE is a casebook, or records that 'marsad code' wrote: a file, a folder of
    files, or - for standard input.

    An event that copies of one report tell stands once for each: 'origin' is the
    report that they go back to. How many there are is said below the list.
    """
    from marsad.casebook import EventRow, Filters

    with open_source(source) as casebook:
        show(EventRow, casebook.events(Filters(**filters)), _brief, _HEADS, as_json, as_csv, "event", filters)


def _brief(row: Any) -> tuple[object, ...]:
    when = row.time_start if row.time_start == row.time_end else f"{row.time_start or ''}/{row.time_end or ''}"
    status = row.status if row.certainty == "certain" else f"{row.status} ({row.certainty})"
    return (
        row.report, row.origin, when, f"{row.type} {row.mode}" if row.mode else row.type,
        "; ".join(row.actors), "; ".join(row.recipients), row.place, row.killed_best, status,
        "; ".join(row.according_to), row.passage,
    )  # fmt: skip
