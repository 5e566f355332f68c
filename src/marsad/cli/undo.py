"""``marsad undo``: a decision holds no longer."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.decide import described, reviewer
from marsad.cli.terminal import emit

__all__ = ["command"]


@click.command(
    "undo",
    short_help="Take a decision back, or an undo itself.",
    epilog="""\b
Examples:
  marsad undo syria.casebook
  marsad undo syria.casebook 12 --why "the wrong raid"
  marsad undo syria.casebook 13""",
)
@click.argument("source", metavar="CASEBOOK", type=click.Path(path_type=Path))
@click.argument("number", type=click.IntRange(min=1), required=False)
@reviewer
@click.option("--json", "as_json", is_flag=True, help="Write the undo as a line of JSON.")
def command(source: Path, number: int | None, who: str, why: str, as_json: bool) -> None:
    """Take back decision NUMBER; without it, your own last one that holds.

    The undo is kept as a decision of its own. To let the first one hold again, undo the undo.
    """
    from marsad.casebook import Casebook
    from marsad.decisions import in_force
    from marsad.exchange.jsonl import line

    with Casebook(source) as casebook:
        if number is None:
            mine = [one.number for one in in_force(casebook.decisions()) if one.who == " ".join(who.split())]
            if not mine:
                raise click.UsageError(f"{who} has decided nothing here that holds; give a NUMBER")
            number = mine[-1]
        kept = casebook.undo(number or 0, who, why)
        emit(line(kept.to_json()) + "\n" if as_json else described(casebook, kept) + "\n")
