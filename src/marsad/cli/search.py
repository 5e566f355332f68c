"""``marsad search``: full text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from marsad.cli.listings import show
from marsad.cli.sources import open_source

__all__ = ["command"]

_HEADS = ("report", "origin", "published", "hits", "start", "snippet")


@click.command(
    "search",
    short_help="Find the reports that hold all words of a query.",
    epilog="""\b
Examples:
  marsad search syria.casebook "air strike" Raqqa
  marsad search syria.casebook 'bomb*' --limit 5 --json""",
)
@click.argument("source", metavar="CASEBOOK", type=click.Path(path_type=Path))
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most this many."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines, with the offsets of every hit.")
def command(source: Path, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find the reports that hold all words of QUERY, best first.

    Several words in one argument, or in quotation marks within one, stand
    together; a final * finds every word that begins so.
    """
    from marsad.casebook import Found

    query = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    with open_source(source) as casebook:
        show(Found, casebook.search(query, limit), _brief, _HEADS, as_json, False, nothing=_nothing(query))


def _nothing(query: str) -> str:
    several = len(query.split()) > 1
    return f"no report holds {'all of' if several else 'the word'} {query}: " + (
        "try fewer words, or without quotation marks" if several else "try its beginning with a *, such as bomb*"
    )


def _brief(row: Any) -> tuple[object, ...]:
    first = row.hits[0].start if row.hits else None
    return row.report, row.origin, row.published, len(row.hits), first, row.snippet
