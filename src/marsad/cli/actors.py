"""``marsad actors``: who is in the reports, and what they are called there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from marsad.cli.listings import listing, show
from marsad.cli.sources import open_source

__all__ = ["command"]

_HEADS = ("report", "name", "kind", "mentions", "called")


@click.command(
    "actors",
    short_help="List actors, with every name used for them.",
    epilog="""\b
Examples:
  marsad actors syria.casebook
  marsad actors syria.casebook --actor ISIL --json
  marsad actors records.jsonl --report re3d-62A11A90""",
)
@listing("actor", "since", "until", "report", "limit")
def command(source: Path, as_json: bool, as_csv: bool, **filters: Any) -> None:
    """List actors, report by report, with every name and description used for them.

    SOURCE is a casebook, or records that 'marsad code' wrote: a file, a folder of
    files, or - for standard input.
    """
    from marsad.casebook import ActorRow, Filters

    with open_source(source) as casebook:
        show(ActorRow, casebook.actors(Filters(**filters)), _brief, _HEADS, as_json, as_csv, "actor", filters)


def _brief(row: Any) -> tuple[object, ...]:
    return row.report, row.name, row.kind, row.mentions, "; ".join(row.called)
