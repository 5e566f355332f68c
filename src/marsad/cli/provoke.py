"""``marsad provoke``: who answers whom?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.choosing import watched_options
from marsad.cli.eventsource import open_events, say_limits
from marsad.cli.figures import FigureFiles, figure_options, write_figures, write_folder
from marsad.cli.results import OutFile, write_rows
from marsad.cli.terminal import emit, print_table
from marsad.cli.threads import one_thread
from marsad.cli.waiting import waiting

if TYPE_CHECKING:
    from marsad.analysis.provocation import PairRow, Provocation

__all__ = ["command"]


@click.command(
    "provoke",
    short_help="Tell who answers whom: whose events are followed by whose, and how soon.",
    epilog="""\b
Examples:
  marsad provoke levant.csv --party "ISR*" --party "PAL*" --type "19*"
  marsad provoke syria.casebook --by actor --most 5
  marsad provoke acled.csv --since 2014-01-01 --figure matrix.svg --json

\b
An entry is how many further events of the one follow each event of the other,
directly, beyond what its own past, the weekday and a drifting background tell.
It is an association in time, not proof that one brought on the other.
p is adjusted for the pairs looked at (Holm): below .05, an answer is told. q is
the share of false ones among pairs that look at least as strong.""",
)
@click.argument("events", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--party", "named", metavar="NAME", multiple=True,
    help="A party to take, at least two: whole words of its name, or the beginning of it with * at the end. If not "
    "given, the most frequent ones.",
)  # fmt: skip
@click.option(
    "--by", type=click.Choice(("actor", "dyad")),
    help="Whether a series is what one did, or what one did to another (if not given, the latter where most events say "
    "against whom).",
)  # fmt: skip
@click.option("--most", metavar="N", type=click.IntRange(2, 8), default=4, show_default=True,
              help="How many series, the most frequent first.")  # fmt: skip
@watched_options
@click.option("--type", metavar="TYPE", help="Only events of this type.")
@click.option("--place", metavar="NAME", help="Only events at this place.")
@click.option("--draws", metavar="N", type=click.IntRange(100, 20_000), default=2000, show_default=True,
              help="Draws of the bootstrap.")  # fmt: skip
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="For what is drawn at random.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.option("--table", metavar="FILE", type=OutFile(),
              help="Write all pairs, as CSV.")  # fmt: skip
@figure_options("matrix", "series", "delays")
def command(
    events: Path, named: tuple[str, ...], by: Any, most: int, since: int | None, until: int | None, type: str | None,
    place: str | None, draws: int, seed: int, as_json: bool, table: Path | None, figure: FigureFiles,
    figures: Path | None,
) -> None:  # fmt: skip
    """Who answers whom: whose events are followed by whose, and how soon?

    EVENTS is a casebook, records that 'marsad code' wrote, a table of events (CSV,
    XLSX) with actors, or an export of ACLED or UCDP GED.
    """
    one_thread()
    from marsad.analysis.dyads import several
    from marsad.analysis.events import Choose
    from marsad.analysis.provocation import provoke
    from marsad.exchange.jsonl import line

    if len(named) == 1:
        raise click.UsageError("--party: give at least two")
    choose = Choose(type=type, place=place)
    with waiting(f"reading {events}") as told:
        found_table, _ = open_events(events)
        told("counting")
        series = several(found_table, choose, by=by, named=named, most=most, since=since, until=until)
        told("fitting the model, and drawing from it")
        found = provoke(series, draws=draws, seed=seed)
    say_limits(found_table)
    _write(found, table, figure, figures)
    if as_json:
        emit(line(found.to_json()) + "\n")
        return
    _tell(found)


def _tell(found: Provocation) -> None:
    for answer in sorted(found.answers, key=lambda one: one.p):
        if answer.told:
            emit(found.sentence(answer) + "\n")
    if not any(answer.told for answer in found.answers):
        emit("No association of one series with what another does later can be told.\n")
    emit("\n")
    print_table(
        ("after", "more of", "for each", "95 % interval", "p", "q", *(f"to {half.until}" if k == 0 else
         f"from {half.since}" for k, half in enumerate(found.halves))),
        [
            (row.source, row.target, f"{row.more:.2f}", f"{row.low:.2f} to {row.high:.2f}",
             "own" if row.p is None else f"{row.p:.3f}", "" if row.q is None else f"{row.q:.3f}",
             *_halves(row))
            for row in found.rows()
        ],
    )  # fmt: skip
    emit("\n")
    if found.halves:
        emit(
            "The last columns are either half of the days by itself: where they differ, what is told depends on the "
            "days that were asked for.\n"
        )
    lag, ratio = found.lag, found.ratio
    counted = ", ".join(f"{name}: {n:,.0f}" for name, n in zip(found.series.names, found.series.events, strict=True))
    emit(f"Events: {counted}\n")
    beside = f" (95 % interval {lag.range_words})" if lag.untold is None else f": {lag.untold}"
    emit(f"Mean days to what follows: {lag.words}{beside}\n")
    emit(
        f"Branching ratio of all together: {ratio.value:.2f} ({ratio.low:.2f} to {ratio.high:.2f}); "
        "at 1 events would go on without end.\n"
    )
    for check in found.checks:
        doubt = min(check.uniform, check.independent) < 0.01
        emit(
            f"Model of {check.series}: {'does not hold well' if doubt else 'nothing against it'} "
            f"(residuals uniform p {check.uniform:.3f}, independent p {check.independent:.3f})\n"
        )


def _halves(row: PairRow) -> list[str]:
    """What a pair is in either half."""
    both = (
        (row.first_half, row.first_half_low, row.first_half_high),
        (row.second_half, row.second_half_low, row.second_half_high),
    )
    return [f"{more:.2f} ({low:.2f} to {high:.2f})" for more, low, high in both if more is not None]


def _write(found: Provocation, table: Path | None, figure: FigureFiles, figures: Path | None) -> None:
    if table is not None:
        from marsad.analysis.provocation import PairRow

        write_rows(table, PairRow, found.rows())
    if figure or figures is not None:
        from marsad.analysis.provocationpicture import provocation_figures, provocation_picture

        drawn = provocation_figures(found)
        write_figures(drawn, lambda: provocation_picture(found), figure)
        if figures is not None:
            write_folder(drawn, figures)
