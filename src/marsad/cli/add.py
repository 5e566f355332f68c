"""``marsad add``: reports into a casebook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.inputs import Coded, Coding, Tally, coded, input_options, outcomes
from marsad.cli.sources import is_casebook
from marsad.cli.terminal import emit, say

if TYPE_CHECKING:
    from marsad.casebook import Casebook, Run

__all__ = ["command"]


@click.command(
    "add",
    short_help="Code reports and keep them in a casebook.",
    epilog="""\b
Examples:
  marsad add syria.casebook reports/
  marsad add syria.casebook statement.pdf --published 2014-09-23""",
)
@click.argument("book", metavar="CASEBOOK", type=click.Path(path_type=Path, dir_okay=False))
@input_options
@click.option("--json", "as_json", is_flag=True, help="Write a JSON line for each input, once it is on disk.")
@click.pass_context
def command(
    ctx: click.Context, /, book: Path, paths: tuple[Path, ...], published: str | None, packs: tuple[Path, ...],
    codebooks: tuple[Path, ...], jobs: int | None, quiet: bool, as_json: bool, **fields: Any,
) -> None:  # fmt: skip
    """Code reports and keep them in CASEBOOK, which is made if it is not there.

    PATH is what 'marsad code' takes.

    A report that is there already, coded by the same coder, is left as it is and
    not coded again; a newer coder's record becomes the current one and the
    earlier one is kept. Each report is on disk before the next is added.
    """
    from marsad.casebook import Casebook
    from marsad.exchange.jsonl import line

    if book.is_file() and book.stat().st_size and not is_casebook(book):
        raise click.UsageError(f"{book} is not a casebook: the casebook comes first, then the reports to add")
    found, tally = outcomes(paths, published, fields), Tally()
    coding = Coding(packs, jobs, codebooks, paths)
    run, changes = coding.run, {"new": 0, "recoded": 0, "unchanged": 0}
    with Casebook(book, create=True) as casebook:
        try:
            with coded(found, coding, tally, quiet, lambda report: casebook.kept(report, run)) as items:
                for one in items:
                    report_id, change = _keep(casebook, one, run)
                    if change in changes:
                        changes[change] += 1
                    if as_json:
                        done = {"input": one.name, "outcome": one.status, "reason": one.reason}
                        emit(line({**done, "report": report_id, "change": change}) + "\n")
                        sys.stdout.flush()
        finally:
            if not quiet:
                say(", ".join(f"{number} {change}" for change, number in changes.items()))
            tally.tell(quiet)
    ctx.exit(tally.exit_code)


def _keep(casebook: Casebook, one: Coded, run: Run) -> tuple[str | None, str]:
    """The id of the report in the casebook, and what became of it there."""
    if one.report and one.record:
        added = casebook.add(one.report, one.record, run, name=one.name)
        return added.report_id, added.change
    if one.report and one.status != "failed":
        return one.report.id, "unchanged"
    casebook.fail(one.name, one.reason or "no reason given")
    return None, "failed"
