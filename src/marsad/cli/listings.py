"""What the listing verbs share: their options, and rows as a table, JSON lines or CSV."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from marsad.cli.terminal import emit, print_table, say
from marsad.vocabulary import CERTAINTIES, EVENT_TYPES, STATUSES

__all__ = ["filter_options", "listing", "show"]

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Any], Any]


def _date(context: click.Context, _: click.Parameter, value: str | None) -> str | None:
    from marsad.reading.dates import is_iso

    if value is not None and not is_iso(value):
        raise click.BadParameter(f"{value!r} is not a date such as 2020-07-04, 2020-07 or 2020", context)
    return value


_FILTERS: Final[dict[str, Option]] = {
    "type": click.option(
        "--type", type=click.Choice(EVENT_TYPES, case_sensitive=False), metavar="TYPE",
        help=f"Only events of this PLOVER type: {', '.join(EVENT_TYPES)}.",
    ),
    "status": click.option("--status", type=click.Choice(STATUSES), help="Only events of this status."),
    "certainty": click.option("--certainty", type=click.Choice(CERTAINTIES), help="Only events of this certainty."),
    "actor": click.option("--actor", metavar="NAME", help="Only where this name has a part; whole words, any case."),
    "speaker": click.option(
        "--speaker", metavar="NAME", help="Only what this name says; 'author' is a report's own voice (events)."
    ),
    "place": click.option("--place", metavar="NAME", help="Only events at this place; whole words, any case."),
    "since": click.option(
        "--since", metavar="DATE", callback=_date,
        help="Only from this date on: for events their time, else the report's date.",
    ),
    "until": click.option("--until", metavar="DATE", callback=_date, help="Only up to this date, itself included."),
    "report": click.option("--report", metavar="ID", help="Only of this report."),
    "limit": click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most this many rows."),
}  # fmt: skip


def filter_options(*names: str) -> Callable[[Command], Command]:
    """Give a command the filters of these names, which it hands to ``Filters(**filters)``."""

    def decorate(command: Command) -> Command:
        for name in reversed(names):
            command = _FILTERS[name](command)
        return command

    return decorate


def listing(*filters: str) -> Callable[[Command], Command]:
    """Give a command the argument SOURCE, these filters, and the choice of output."""

    def decorate(command: Command) -> Command:
        for option in (
            click.option("--csv", "as_csv", is_flag=True, help="Write CSV, safe to open in a spreadsheet."),
            click.option("--json", "as_json", is_flag=True, help="Write JSON lines."),
        ):
            command = option(command)
        command = filter_options(*filters)(command)
        return click.argument("source", type=click.Path(path_type=Path, allow_dash=True))(command)

    return decorate


def show(
    kind: type, rows: Iterable[Any], brief: Callable[[Any], Sequence[object]], heads: Sequence[str],
    as_json: bool, as_csv: bool, noun: str = "",
) -> None:  # fmt: skip
    """Print rows (dataclasses of class ``kind``); ``brief`` makes a row into the cells of the table for people.

    Below the table, on stderr, stands of how many reports and origins they are, and how many: ``noun`` names one.
    """
    from marsad.exchange.jsonl import line
    from marsad.exchange.table import csv_lines, row_object

    if as_json and as_csv:
        raise click.UsageError("give --json or --csv, not both")
    if as_json:
        for row in rows:
            emit(line(row_object(row)) + "\n")
    elif as_csv:
        for text in csv_lines(kind, rows):
            emit(text)
    else:
        listed = list(rows)
        print_table(heads, [brief(row) for row in listed])
        if listed:
            say(_counted(listed, noun))
        elif sys.stdout.isatty():
            say("nothing fits")


def _counted(rows: Sequence[Any], noun: str) -> str:
    """ "31 events: 9 reports, 3 origins"; without a noun only what follows the colon."""
    from marsad.vocabulary import count_words

    kept = [row for row in rows if getattr(row, "outcome", "ok") != "failed"]
    waiting = sum(row.origin is None for row in kept)
    words = count_words(len({row.report for row in kept}), len({row.origin for row in kept if row.origin}))
    if waiting:
        words = f"{words}; {waiting:,} without one yet, which 'marsad origins' finds"
    return f"{len(rows):,} {noun}{'s' * (len(rows) != 1)}: {words}" if noun else words
