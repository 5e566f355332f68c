"""``marsad add``: reports into a casebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from marsad.cli.inputs import Tally, coded, input_options, outcomes, start_coder
from marsad.cli.terminal import say

__all__ = ["command"]


@click.command(
    "add",
    epilog="""\b
Examples:
  marsad add syria.casebook reports/
  marsad add syria.casebook statement.pdf --published 2014-09-23""",
)
@click.argument("book", metavar="CASEBOOK", type=click.Path(path_type=Path, dir_okay=False))
@input_options
@click.pass_context
def command(
    ctx: click.Context, /, book: Path, paths: tuple[Path, ...], published: str | None, packs: tuple[Path, ...],
    quiet: bool, **fields: Any,
) -> None:  # fmt: skip
    """Code reports and keep them in CASEBOOK, which is made if it is not there.

    PATH is what 'marsad code' takes.

    A report that is there already, coded by the same coder, is left as it is and
    not coded again; a newer coder's record becomes the current one and the
    earlier one is kept. Each report is on disk before the next is begun.
    """
    from marsad.casebook import Casebook, Run

    found, tally = outcomes(paths, published, fields), Tally()
    coder = start_coder(packs)
    run, changes = Run.of(coder), {"new": 0, "recoded": 0, "unchanged": 0}
    with Casebook(book, create=True) as casebook:
        try:
            for outcome, record, reason in coded(found, coder, tally, quiet, lambda r: casebook.kept(r, run)):
                if outcome.report and record:
                    changes[casebook.add(outcome.report, record, run, name=outcome.name).change] += 1
                elif reason:
                    casebook.fail(outcome.name, reason)
                else:
                    changes["unchanged"] += 1
        finally:
            if not quiet:
                say(", ".join(f"{number} {change}" for change, number in changes.items()))
            tally.tell(quiet)
    ctx.exit(tally.exit_code)
