"""``marsad series``: counts in time, by day, week, month or moment, of each actor, dyad, type or place."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from marsad.cli.choosing import choice_options, watched_options
from marsad.cli.eventsource import open_events, say_limits
from marsad.cli.results import OutFile, write_rows
from marsad.cli.terminal import emit, print_table, say
from marsad.cli.waiting import waiting

__all__ = ["command"]


@click.command(
    "series",
    short_help="Count events by day, week or month, of each actor, dyad, type or place.",
    epilog="""\b
Examples:
  marsad series syria.casebook --by week --split type --out weekly.csv
  marsad series acled.csv --by month --split dyad --most 10 > dyads.csv
  marsad series levant.csv --actor "ISR*" --recipient "PAL*" --type "19*" --by day --json
  marsad series sigacts.csv --by moment --split type --out times.csv

\b
Columns: series, date, end (the first and last day), count, watched, effort.
'watched' is how many of the days somebody looked; where it is 0, the count is
empty: missing, which is not zero. 'effort' is how much reporting there was.""",
)
@click.argument("events", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--by", type=click.Choice(("day", "week", "month", "moment")), default="week", show_default=True,
    help="What a row is: a day, a week from Monday, a month, or one event at its time.",
)  # fmt: skip
@click.option(
    "--split", type=click.Choice(("all", "actor", "recipient", "dyad", "type", "place")), default="all",
    show_default=True, help="What a series is of. An event with two actors is in both their series.",
)  # fmt: skip
@click.option("--most", metavar="N", type=click.IntRange(1, 100_000), default=100, show_default=True,
              help="No more series than this, the fullest.")  # fmt: skip
@click.option("--least", metavar="N", type=click.FloatRange(min=0), default=1, show_default=True,
              help="Events that a series must have.")  # fmt: skip
@watched_options
@choice_options
@click.option("--coarse", type=click.Choice(("spread", "first", "last", "drop")), default="spread", show_default=True,
              help="Where events go whose day is not known exactly.")  # fmt: skip
@click.option("--rule", "rules", metavar="FIELD=RULE", multiple=True, help="Of a casebook: see 'marsad incidents'.")
@click.option("--chosen", metavar="NAME", multiple=True, help="A source for the rule chosen-source-first.")
@click.option("--seed", metavar="N", type=int, default=1, show_default=True,
              help="For times of day that are drawn (--by moment).")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines instead of CSV.")
@click.option("--out", metavar="FILE", type=OutFile(),
              help="Write the rows there as CSV, and say here what series there are.")  # fmt: skip
def command(
    events: Path, by: Any, split: Any, most: int, least: float, since: int | None, until: int | None,
    coarse: Any, rules: tuple[str, ...], chosen: tuple[str, ...], seed: int, as_json: bool, out: Path | None,
    **choice: str | None,
) -> None:  # fmt: skip
    """Count events in time: by day, week, month or moment; of each actor, dyad, type or place.

    EVENTS is a casebook, records that 'marsad code' wrote, a table of events (CSV,
    XLSX), or an export of ACLED or UCDP GED.
    """
    from marsad.analysis import splitting
    from marsad.analysis.events import Choose
    from marsad.cli.export import parsed_rules

    if as_json and out is not None:
        raise click.UsageError("--json goes to standard output, --out writes CSV: take one of them")
    given = parsed_rules(rules, chosen)
    with waiting(f"reading {events}"):
        table, _ = open_events(events, given)
    choose = Choose(**choice)
    say_limits(table)
    if by == "moment":
        if since is not None or until is not None or coarse != "spread" or least != 1:
            raise click.UsageError(
                "--since, --until, --coarse and --least are for counts: with --by moment all events are listed"
            )
        with waiting("counting"):
            moments = splitting.split_times(table, split, choose, most=most, seed=seed)
        _rows(splitting.TimeRow, moments.rows(), as_json, out)
        if out is not None:
            say(f"{len(moments.times):,} events; of {int(moments.drawn.sum()):,} the time is not known, and drawn")
        return
    with waiting("counting"):
        found = splitting.split(table, split, choose, most=most, least=least, since=since, until=until, coarse=coarse)
    rows = (row for one in found.values() for row in splitting.periods(one, by))
    _rows(splitting.PeriodRow, rows, as_json, out)
    if out is not None:
        first = next(iter(found.values()))
        missing = int((~first.observed).sum())
        emit(f"{first.at(0)} to {first.at(len(first) - 1)}, {missing:,} of {len(first):,} days missing\n")
        print_table(
            ("series", "events", "of them without an exact day"),
            [(name, f"{one.events:,.6g}", f"{one.coarse:,.6g}") for name, one in found.items()],
        )


def _rows(kind: type[Any], rows: Iterable[Any], as_json: bool, out: Path | None) -> None:
    from marsad.exchange.jsonl import line
    from marsad.exchange.table import csv_lines, row_object

    if out is not None:
        write_rows(out, kind, rows)
    elif as_json:
        for row in rows:
            emit(line(row_object(row)) + "\n")
    else:
        sys.stdout.writelines(csv_lines(kind, rows))
