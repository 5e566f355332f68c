"""``marsad export``: a whole table, or the records themselves, to a file."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from marsad.cli.inputs import refuse_to_overwrite
from marsad.cli.listings import filter_options
from marsad.cli.sources import open_source
from marsad.cli.terminal import emit

__all__ = ["command"]


@click.command(
    "export",
    short_help="Write a table for other programs.",
    epilog="""\b
Examples:
  marsad export syria.casebook --table events --format csv --out events.csv
  marsad export syria.casebook --table relations --format jsonl > relations.jsonl
  marsad export syria.casebook --table records > records.jsonl""",
)
@click.argument("source", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--table",
    type=click.Choice(["records", "reports", "events", "statements", "actors", "relations"]),
    default="records",
    show_default=True,
    help="What to write; 'records' is marsad-record/1, JSON lines only.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv"]),
    default="jsonl",
    show_default=True,
    help="JSON lines, or CSV that is safe to open in a spreadsheet.",
)
@filter_options("since", "until", "report")
@click.option(
    "--out", "-o", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="Write here instead of to stdout; the file appears once it is complete.",
)  # fmt: skip
def command(source: Path, table: str, form: str, out: Path | None, **filters: Any) -> None:
    """Write a table of SOURCE (a casebook or records) for other programs."""
    from marsad.atomic import whole_file
    from marsad.exchange.casebook import lines

    if table == "records" and form == "csv":
        raise click.UsageError("records do not fit into CSV: choose another --table, or --format jsonl")
    refuse_to_overwrite(out, [source])
    from marsad.casebook import Filters

    with open_source(source) as casebook, whole_file(out) if out else nullcontext(sys.stdout) as target:
        for text in lines(casebook, table, form, Filters(**filters)):
            if out:
                target.write(text)
            else:
                emit(text)
