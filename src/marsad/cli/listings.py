"""What the listing verbs share: their options, and rows as a table, JSON lines or CSV."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click

from marsad.cli.terminal import emit, print_table, say
from marsad.vocabulary import CERTAINTIES, EVENT_TYPES, STATUSES

__all__ = ["filter_options", "listing", "nothing_fits", "show"]

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
    """Give a command the filters of these names, which it hands to ``Filters(**filters)``.

    It is not called with a --since that lies after its --until, which no row could fit.
    """

    def decorate(command: Command) -> Command:
        @wraps(command)
        def checked(*args: Any, **given: Any) -> Any:
            since, until = given.get("since"), given.get("until")
            # At the precision that both have: 2020-07 up to 2020 is the rest of the year.
            if since and until and since[: len(until)] > until[: len(since)]:
                raise click.UsageError(f"--since {since} is after --until {until}: no day lies between them")
            return command(*args, **given)

        made: Any = checked
        for name in reversed(names):
            made = _FILTERS[name](made)
        return cast(Command, made)

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
    as_json: bool, as_csv: bool, noun: str = "", filters: Mapping[str, Any] | None = None, nothing: str = "",
) -> None:  # fmt: skip
    """Print rows (dataclasses of class ``kind``); ``brief`` makes a row into the cells of the table for people.

    Below the table, on stderr, stands of how many reports and origins they are, and how many: ``noun`` names one.
    Where there is none, it says so and what to try: ``nothing``, or what follows from the ``filters``.
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
        if listed or not sys.stdout.isatty():
            print_table(heads, [brief(row) for row in listed])
        say(_counted(listed, noun) if listed else nothing or nothing_fits(noun or "report", filters or {}))


def nothing_fits(noun: str, filters: Mapping[str, Any]) -> str:
    """One line for where there is no row: that it is so, and what to try."""
    given = [(name, value) for name, value in filters.items() if value is not None and name != "limit"]
    if not given:
        if noun == "report":
            return "no reports: nothing has been added"
        return f"no {noun}s: the reports that are there have none, or there are no reports"
    options = " ".join(f"--{name} {_quoted(str(value))}" for name, value in given)
    if len(given) > 1:
        return f"no {noun} fits {options} together: leave one out, or widen it"
    return f"no {noun} fits {options}: {_TRY.get(given[0][0], 'try another value, or leave it out')}"


_TRY: Final = {
    "actor": "try one word of the name, or see 'marsad actors'",
    "speaker": "try one word of the name, or see 'marsad actors'",
    "place": "try one word of the name, or a larger place",
    "since": "try an earlier date, or leave it out",
    "until": "try a later date, or leave it out",
    "report": "'marsad reports' lists the ids",
}
"""What to try where one filter leaves nothing."""


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _counted(rows: Sequence[Any], noun: str) -> str:
    """ "31 events: 9 reports, 3 origins"; without a noun only what follows the colon."""
    from marsad.vocabulary import count_words

    kept = [row for row in rows if getattr(row, "outcome", "ok") != "failed"]
    waiting = sum(row.origin is None for row in kept)
    words = count_words(len({row.report for row in kept}), len({row.origin for row in kept if row.origin}))
    if waiting:
        words = f"{words}; {waiting:,} without one yet, which 'marsad origins' finds"
    return f"{len(rows):,} {noun}{'s' * (len(rows) != 1)}: {words}" if noun else words
