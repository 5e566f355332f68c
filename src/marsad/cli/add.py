"""``marsad add``: reports into a casebook."""

from __future__ import annotations

import sys
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.ending import ended_in_order
from marsad.cli.inputs import Coded, Coding, Tally, coded, input_options, outcomes
from marsad.cli.sources import is_casebook
from marsad.cli.terminal import emit, progress, say

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
@ended_in_order()
def command(
    ctx: click.Context, /, book: Path, paths: tuple[Path, ...], published: str | None, packs: tuple[Path, ...],
    codebooks: tuple[Path, ...], restore: bool, jobs: int | None, quiet: bool, as_json: bool, **fields: Any,
) -> None:  # fmt: skip
    """Code reports and keep them in CASEBOOK, which is made if it is not there.

    PATH is what 'marsad code' takes.

    A report that is there already, coded by the same coder, is left as it is and
    not coded again; a newer coder's record becomes the current one and the
    earlier one is kept. Each report is on disk before the next is added, with the
    origin that it goes back to: see 'marsad origins'. Machine-spun copies are read
    with the words of a cleaner copy, once there is one.
    """
    from marsad.casebook import Casebook
    from marsad.exchange.jsonl import line

    if book.is_file() and book.stat().st_size and not is_casebook(book):
        raise click.UsageError(f"{book} is not a casebook: the casebook comes first, then the reports to add")
    found, tally = outcomes(paths, published, fields), Tally()
    coding = Coding(packs, jobs, codebooks, paths, restore=restore)
    run, changes = coding.run, {"new": 0, "recoded": 0, "unchanged": 0}
    with Casebook(book, create=True) as casebook:
        try:
            if waiting := casebook.waiting:
                with progress(casebook.join_origins(), waiting, quiet, "origins") as joined:
                    deque(joined, 0)
            with coded(found, coding, tally, quiet, lambda report: casebook.kept(report, run)) as items:
                for one in items:
                    report_id, change = _keep(casebook, one, run)
                    if change in changes:
                        changes[change] += 1
                    if as_json:
                        done = {"input": one.name, "outcome": one.status, "reason": one.reason}
                        emit(line({**done, "report": report_id, "change": change}) + "\n")
                        sys.stdout.flush()
            _restore(casebook, coding, quiet)
        finally:
            if not quiet:
                say(", ".join(f"{number} {change}" for change, number in changes.items()))
            tally.tell(quiet)
        if not quiet:
            say(casebook.count)
    ctx.exit(tally.exit_code)


def _restore(casebook: Casebook, coding: Coding, quiet: bool) -> None:
    """Code machine-spun reports anew whose cleaner copy is in the casebook, whichever of the two came first."""
    from marsad.errors import CodingError

    waiting = list(casebook.restorable(coding.run))
    with progress(iter(waiting), len(waiting), quiet or not waiting, "restoring") as pairs:
        for report, cleaner in pairs:
            with suppress(CodingError):  # its record stays as it is
                record = coding.again(report, cleaner)
                if record is not None:
                    casebook.renew(record, coding.run)


def _keep(casebook: Casebook, one: Coded, run: Run) -> tuple[str | None, str]:
    """The id of the report in the casebook, and what became of it there."""
    if one.report and one.record:
        added = casebook.add(one.report, one.record, run, name=one.name)
        return added.report_id, added.change
    if one.report and one.status != "failed":
        return one.report.id, "unchanged"
    casebook.fail(one.name, one.reason or "no reason given")
    return None, "failed"
