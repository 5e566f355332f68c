"""``marsad export``: a whole table, the records themselves, or passages as annotations, to a file."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.ending import ended_in_order
from marsad.cli.inputs import refuse_to_overwrite
from marsad.cli.listings import filter_options
from marsad.cli.sources import is_casebook, open_source
from marsad.cli.terminal import emit, say

if TYPE_CHECKING:
    from marsad.incidents import Rules

__all__ = ["command", "join_first", "parsed_rules"]

_WHAT = (
    "records", "reports", "events", "statements", "actors", "relations", "incidents", "claims", "decisions", "audit",
    "annotations",
)  # fmt: skip


@click.command(
    "export",
    short_help="Write events, incidents, decisions ... for other programs: CSV, JSON lines, Excel, Parquet.",
    epilog="""\b
Examples:
  marsad export syria.casebook --what incidents --to incidents.xlsx
  marsad export syria.casebook --what events --type ASSAULT --since 2014-06 --to events.csv
  marsad export syria.casebook --what claims --grade contested --rule killed=lowest --to claims.parquet
  marsad export syria.casebook --what audit --to audit.jsonl
  marsad export syria.casebook --what annotations --to passages.jsonld
  marsad export syria.casebook --what statements --format csv --to - | head
  marsad export syria.casebook > records.jsonl""",
)
@click.argument("source", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--what", "--table", "what",
    type=click.Choice(_WHAT),
    default="records",
    show_default=True,
    help="What to write. 'events' are the claims of reports, 'claims' those of incidents; 'decisions' are in force, "
    "'audit' is every entry with its hash; 'records' are marsad-record/1, 'annotations' W3C Web Annotations.",
)  # fmt: skip
@click.option(
    "--to", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write here, in the format that the name ends with: .csv, .jsonl, .xlsx, .parquet, .jsonld. - is stdout. "
    "The file appears once it is complete.",
)  # fmt: skip
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "xlsx", "parquet", "jsonld"]),
    help="The format, where no name tells it (jsonl if neither does). CSV and XLSX are safe to open in a spreadsheet.",
)
@filter_options("type", "status", "certainty", "actor", "speaker", "place", "since", "until", "report", "limit")
@click.option("--grade", metavar="GRADE", help="Only incidents of this grade, and their claims.")
@click.option(
    "--rule", "rules", metavar="FIELD=RULE", multiple=True,
    help="By which rule a field of incidents is taken: see 'marsad incidents --help'.",
)  # fmt: skip
@click.option("--chosen", metavar="NAME", multiple=True, help="A source for the rule chosen-source-first.")
@click.option("--as-coded", is_flag=True, help="As the coder has it, without what reviewers decided.")
@click.option(
    "--out", "-o", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="As --to, in the format of --format, whatever the name ends with.",
)  # fmt: skip
@ended_in_order()
def command(
    source: Path, what: str, to: Path | None, form: str | None, out: Path | None, grade: str | None,
    rules: tuple[str, ...], chosen: tuple[str, ...], **filters: Any,
) -> None:  # fmt: skip
    """Write what is in SOURCE (a casebook or records) for other programs, with what reviewers decided applied.

    Filters are those of 'marsad events'; one that means nothing for what is
    written is refused. docs/exports.md tells what each column means.
    """
    from marsad.casebook import Filters
    from marsad.exchange.wanted import Wanted
    from marsad.exchange.writing import TEXT, checked_form, form_of, text_lines, write_file

    if to is not None and out is not None:
        raise click.UsageError("give --to or --out, not both")
    if form is None:
        form = form_of(str(to)) if to is not None and str(to) != "-" else "jsonl"
    path = out if out is not None else None if to is None or str(to) == "-" else to
    if what == "records" and form == "csv":
        raise click.UsageError("records do not fit into CSV: choose another --what, or --format jsonl")
    if path is None and form not in TEXT:
        raise click.UsageError(f"{form} does not go to standard output: name a file, --to {what}.{form}")
    checked_form(what, form)
    wanted = Wanted(what, Filters(**filters), grade, parsed_rules(rules, chosen))
    refuse_to_overwrite(path, [source])
    if what in ("incidents", "claims") and not filters["as_coded"]:
        join_first(source)
    with open_source(source) as casebook, casebook.as_of_now() if is_casebook(source) else nullcontext():
        if path is None:
            for text in text_lines(casebook, wanted, form):
                emit(text)
        else:
            count = write_file(casebook, wanted, form, path)
            if to is not None:
                say(f"{count:,} {what[:-1] if count == 1 and what.endswith('s') else what} in {path}")
        broken = casebook.broken_chain() if what in ("decisions", "audit") else None
    if broken:
        say(f"the chain of decisions is broken: {broken}")
        sys.stdout.flush()
        click.get_current_context().exit(1)


def parsed_rules(rules: tuple[str, ...], chosen: tuple[str, ...]) -> Rules | None:
    """The rules that the options --rule and --chosen give; None where neither is given."""
    from marsad.incidents import Rules

    for rule in rules:
        if "=" not in rule:
            raise click.UsageError(f"--rule {rule}: write FIELD=RULE, such as killed=lowest")
    return Rules(dict(rule.split("=", 1) for rule in rules), chosen) if rules or chosen else None


def join_first(source: Path) -> None:
    """Let the reports of a casebook that wait join their incidents: while it is read as of one moment they cannot.

    Raises CasebookError where some wait and the casebook cannot be written.
    """
    from marsad.casebook import Casebook
    from marsad.errors import CasebookError

    if not is_casebook(source):
        return
    try:
        with Casebook(source) as casebook:
            for _ in casebook.join_incidents():
                pass
    except CasebookError:
        with Casebook(source, write=False) as casebook:
            if casebook.untold:
                raise
