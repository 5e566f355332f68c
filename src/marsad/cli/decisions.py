"""``marsad decisions``: what reviewers decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marsad.cli.decide import described
from marsad.cli.terminal import emit, emit_lines, say

if TYPE_CHECKING:
    from marsad.casebook import Casebook

__all__ = ["command"]


@click.command(
    "decisions",
    short_help="List what reviewers decided, what no longer fits, and how far they agree.",
    epilog="""\b
Examples:
  marsad decisions syria.casebook
  marsad decisions syria.casebook --report raid --json
  marsad decisions syria.casebook --unfitting
  marsad decisions syria.casebook --agreement""",
)
@click.argument("source", metavar="CASEBOOK", type=click.Path(path_type=Path))
@click.option("--report", metavar="ID", help="Only about this report.")
@click.option("--unfitting", is_flag=True, help="Only those that the present coding no longer fits, and why.")
@click.option("--agreement", is_flag=True, help="Instead, how far reviewers agree with each other and with the coder.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines.")
def command(source: Path, report: str | None, unfitting: bool, agreement: bool, as_json: bool) -> None:
    """List all that was decided, in order: number, time, who, what, why; also what was undone, and by which number.

    Nothing decided is ever removed or changed; each entry carries a hash of itself and the one before it, and the chain
    is checked first.
    """
    from marsad.casebook import Casebook

    if agreement and (unfitting or report):
        raise click.UsageError("give --agreement alone")
    with Casebook(source, write=False) as casebook:
        broken = casebook.broken_chain()
        if broken:
            say(f"the chain of decisions is broken: {broken}")
        if agreement:
            text = _agreement(casebook, as_json)
        elif unfitting:
            text = _unfitting(casebook, report, as_json)
        else:
            text = _all(casebook, report, as_json)
        found = False
        for one in text:
            found = True
            emit(one + "\n") if as_json else emit_lines([one])
        if not (found or as_json):
            say(_nothing(report, unfitting, agreement))
    if broken:
        click.get_current_context().exit(1)


def _nothing(report: str | None, unfitting: bool, agreement: bool) -> str:
    if agreement:
        return "nothing to compare: as soon as somebody accepts, corrects or rejects, it is compared with the coder"
    about = f" about {report} ('marsad reports' lists the ids)" if report else ""
    return f"no decision{about} that the coding no longer fits" if unfitting else f"no decisions{about}"


def _all(casebook: Casebook, report: str | None, as_json: bool) -> Iterator[str]:
    from marsad.decisions import undone_by
    from marsad.exchange.jsonl import line

    listed = casebook.decisions(report)
    undone = undone_by(listed)
    for one in listed:
        by = undone.get(one.number or 0)
        if as_json:
            yield line({**one.to_json(), "undone_by": by})
        else:
            yield described(casebook, one) + (f" [undone by {by}]" if by else "")


def _unfitting(casebook: Casebook, report: str | None, as_json: bool) -> Iterator[str]:
    from marsad.exchange.jsonl import line

    for one, reason in casebook.unfitting(report):
        if as_json:
            yield line({**one.to_json(), "unfitting": reason})
        else:
            yield f"{described(casebook, one)} [{reason}]"


def _agreement(casebook: Casebook, as_json: bool) -> Iterator[str]:
    from marsad.exchange.jsonl import line

    for one in casebook.reviewer_agreement():
        if as_json:
            yield line(one.to_json())
            continue
        yield f"{one.one} and {one.other or 'the coder'}"
        for name, of in one.fields.items():
            kappa, alpha = ("-" if each is None else f"{each:.2f}" for each in (of.kappa, of.alpha))
            yield f"  {name}: {of.same:.0%} of {of.n} alike; kappa {kappa}, alpha {alpha}"
