"""``marsad dossier``: all that is known of one incident, as one page to read, print and keep."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from marsad.cli.export import join_first, parsed_rules
from marsad.cli.inputs import refuse_to_overwrite
from marsad.cli.sources import is_casebook, open_source
from marsad.cli.terminal import say

__all__ = ["command"]


@click.command(
    "dossier",
    short_help="Make a page of one incident: figures, claims with their passages, decisions, sources.",
    epilog="""\b
Examples:
  marsad incidents syria.casebook --grade contested
  marsad dossier syria.casebook raid:e1 --out raid.html
  marsad dossier syria.casebook raid:e1 --rule killed=lowest --out raid.html""",
)
@click.argument("source", metavar="CASEBOOK", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("incident", metavar="INCIDENT")
@click.option(
    "--out", "-o", metavar="FILE", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="The page: one HTML file without script, which needs no network. It appears once it is complete.",
)  # fmt: skip
@click.option(
    "--rule", "rules", metavar="FIELD=RULE", multiple=True,
    help="By which rule a field is taken, where reviewers chose none: see 'marsad incidents --help'.",
)  # fmt: skip
@click.option("--chosen", metavar="NAME", multiple=True, help="A source for the rule chosen-source-first.")
def command(source: Path, incident: str, out: Path, rules: tuple[str, ...], chosen: tuple[str, ...]) -> None:
    """Make a page of INCIDENT, given by the id of any of its claims (REPORT:EVENT), with reviewers' decisions applied.

    It says what happened, when, where and who did it, each figure with its rule
    and how it moves under others, the grade with its reason, every claim by
    origin with its words in their context, where reports disagree, what was
    decided, the sources, and what is open.
    """
    from marsad.exchange.dossierpage import write_dossier

    by = parsed_rules(rules, chosen)
    refuse_to_overwrite(out, [source])
    join_first(source)
    with open_source(source) as casebook, casebook.as_of_now() if is_casebook(source) else nullcontext():
        write_dossier(casebook, incident, out, by)
    say(f"the dossier of {incident} is in {out}")
