"""``marsad evaluate``: score records against gold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from marsad.cli.terminal import emit

__all__ = ["command"]


@click.command(
    "evaluate",
    short_help="Score records against those of a gold set.",
    epilog="""\b
Examples:
  marsad evaluate gold/ system.jsonl
  marsad evaluate gold/ system.jsonl --show events
  marsad evaluate gold/ --code --floors floors.toml --table own
  marsad evaluate coder-a/ coder-b/ --agreement

Exit code 1 means that a figure is below its floor.""",
)
@click.argument("gold", type=click.Path())
@click.argument("system", type=click.Path(), required=False)
@click.option("--code", "coded", is_flag=True, help="Code the texts of GOLD now, instead of reading SYSTEM.")
@click.option("--json", "as_json", is_flag=True, help="Write the figures as JSON.")
@click.option("--per-document", is_flag=True, help="Give each document's figures too.")
@click.option("--show", type=click.Choice(["events", "statements"]), help="List each miss and each false alarm.")
@click.option("--agreement", "agree", is_flag=True, help="Take GOLD and SYSTEM as two coders: F1s, alpha and kappa.")
@click.option("--floors", type=click.Path(), help="A TOML file of the least figure of each row.")
@click.option("--table", help="The table of the floors file to use, where it has several.")
def command(
    gold: str,
    system: str | None,
    coded: bool,
    as_json: bool,
    per_document: bool,
    show: str | None,
    agree: bool,
    floors: str | None,
    table: str | None,
) -> None:
    """Score the records of SYSTEM against those of GOLD, document by document id.

    Each is a folder of .json or .jsonl files, or one such file, of records
    (marsad-record/1).
    """
    from marsad.evaluation import agreement, below_floors, evaluate, load_floors, load_records

    if coded == (system is not None):
        raise click.UsageError("give either SYSTEM or --code")
    if agree and (show or per_document or floors):
        raise click.UsageError("--agreement stands alone: no --show, --per-document or --floors with it")
    if table and not floors:
        raise click.UsageError("--table chooses among the tables of --floors: give both")
    least = load_floors(floors, table) if floors else {}
    wanted = load_records(gold)
    given = load_records(system) if system else _code(wanted)
    if agree:
        both = agreement(wanted, given)
        emit((json.dumps(both.to_json(), indent=1) if as_json else both.text()) + "\n")
        return
    scores = evaluate(wanted, given)
    lines = scores.findings(show) if show else []
    if as_json:
        findings = {"findings": lines} if show else {}
        emit(json.dumps(scores.to_json(per_document) | findings, indent=1) + "\n")
    else:
        emit("\n".join([*lines, scores.text(per_document)]) + "\n")
    low = below_floors(scores, least)
    if low:
        click.echo("\n".join(low), err=True)
        click.get_current_context().exit(1)


def _code(gold: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Code the texts of gold records, with their metadata and nothing else of them."""
    from marsad.evaluation import reports_of
    from marsad.origins.restoring import RestoringCoder

    return {record.id: record.to_json() for record in RestoringCoder().code_many(reports_of(gold))}
