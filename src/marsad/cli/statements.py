"""``marsad statements``: who said what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from marsad.cli.listings import listing, show
from marsad.cli.sources import open_source

__all__ = ["command"]

_HEADS = ("report", "published", "speaker", "manner", "cue", "content")


@click.command(
    "statements",
    short_help="List statements: who says what, and how.",
    epilog="""\b
Examples:
  marsad statements syria.casebook --speaker Kirby
  marsad statements records.jsonl --since 2014-08 --csv > statements.csv""",
)
@listing("speaker", "since", "until", "report", "limit")
def command(source: Path, as_json: bool, as_csv: bool, **filters: Any) -> None:
    """List statements: words or content put in somebody's mouth.

    SOURCE is a casebook, or records that 'marsad code' wrote: a file, a folder of
    files, or - for standard input.
    """
    from marsad.casebook import Filters, StatementRow

    with open_source(source) as casebook:
        found = casebook.statements(Filters(**filters))
        show(StatementRow, found, _brief, _HEADS, as_json, as_csv, "statement", filters)


def _brief(row: Any) -> tuple[object, ...]:
    speaker = f"{row.speaker or '?'} (anonymous)" if row.anonymous else row.speaker
    return row.report, row.published, speaker, row.manner, row.cue, row.content
