"""``marsad whatif``: days to come under scenarios, drawn from a fitted model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marsad.cli.choosing import choice_options, choose_of, watched_options
from marsad.cli.eventsource import open_events, say_limits
from marsad.cli.figures import FigureFiles, figure_options, write_figures, write_folder
from marsad.cli.results import OutFile, write_rows
from marsad.cli.terminal import emit, print_table
from marsad.cli.threads import one_thread
from marsad.cli.waiting import waiting

if TYPE_CHECKING:
    from marsad.analysis.events import EventTable
    from marsad.analysis.scenarios import Cause
    from marsad.analysis.whatif import WhatIf

__all__ = ["command"]


@click.command(
    "whatif",
    short_help="Draw days to come under scenarios, from a fitted model.",
    epilog="""\b
Examples:
  marsad whatif rockets.csv --cause raid=2020-01-12,2020-03-02,2020-05-20
  marsad whatif syria.casebook --type ASSAULT --cause "arrest=type:COERCE" \\
      --scenario "as before" --scenario "no arrest"
  marsad whatif acled.csv --actor Hamas --cause "raid=actor:Israel+type:Air/drone strike" \\
      --scenario "as before" --scenario "no raid" --scenario "raid every 30" --figure fan.svg

\b
A scenario is 'as before', 'no CAUSE', 'CAUSE every DAYS' or 'CAUSE on DAY,DAY'
(day 1 is the first to come); several parts are set apart by ';'. Causes that it
does not name happen as often as before. All are held against the first.""",
)
@click.argument("events", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--cause", "causes", metavar="NAME=WHEN", multiple=True,
    help="What may have an effect, and when it was: days such as 2020-01-12,2020-03-02, or which events of EVENTS it "
    "is: FIELD:VALUE, several with + between them. Fields: actor, recipient, party, type, place.",
)  # fmt: skip
@click.option("--scenario", "scenarios", metavar="WORDS", multiple=True,
              help="What is compared (as before, no CAUSE, CAUSE every 30).")  # fmt: skip
@click.option("--days", metavar="N", type=click.IntRange(7, 1000), default=182, show_default=True,
              help="How many days to come.")  # fmt: skip
@watched_options
@choice_options
@click.option("--what", metavar="WORDS", default="events", help="How the events are called in the answer.")
@click.option("--paths", metavar="N", type=click.IntRange(100, 20_000), default=2000, show_default=True,
              help="How many futures are drawn for each scenario.")  # fmt: skip
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="For what is drawn at random.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.option("--table", metavar="FILE", type=OutFile(),
              help="Write the bands of all weeks, as CSV.")  # fmt: skip
@figure_options("fan", "totals")
def command(
    events: Path, causes: tuple[str, ...], scenarios: tuple[str, ...], days: int, since: int | None, until: int | None,
    what: str, paths: int, seed: int, as_json: bool, table: Path | None, figure: FigureFiles,
    figures: Path | None, **choice: str | None,
) -> None:  # fmt: skip
    """What if: how many events to come, if raids stop, or come every month?

    EVENTS is a casebook, records that 'marsad code' wrote, a table of events (CSV,
    XLSX), or an export of ACLED or UCDP GED. The answer is conditional on a model
    fitted to the past, and no forecast.
    """
    one_thread()
    from marsad.analysis.events import Choose
    from marsad.analysis.scenarios import read_scenario
    from marsad.analysis.series import daily
    from marsad.analysis.whatif import usual_scenarios, whatif
    from marsad.exchange.jsonl import line

    with waiting(f"reading {events}"):
        found_table, _ = open_events(events)
        series = daily(found_table, Choose(**choice), since=since, until=until, name=what)
    known = [_cause(text, found_table) for text in causes]
    words = scenarios or usual_scenarios(known)
    asked = [read_scenario(text, known, series.first, series.last, days) for text in words]
    with waiting("fitting the model, and drawing days to come"):
        found = whatif(series, known, asked, days=days, paths=paths, seed=seed)
    say_limits(found_table)
    _write(found, table, figure, figures)
    if as_json:
        emit(line(found.to_json()) + "\n")
        return
    _tell(found)


def _cause(text: str, table: EventTable) -> Cause:
    """A cause from ``NAME=WHEN``."""
    from marsad.analysis.events import day_number
    from marsad.analysis.scenarios import Cause

    name, _, when = (part.strip() for part in text.partition("="))
    if not name or not when:
        raise click.UsageError(f"--cause {text}: write NAME=DAY,DAY or NAME=FIELD:VALUE")
    if ":" not in when:
        return Cause(name, tuple(sorted({day_number(day.strip(), "a cause's day") for day in when.split(",")})))
    choose = choose_of(when, f"--cause {name} =")
    return Cause(name, tuple(sorted({event.first for event in table.events if event.exact and choose(event)})))


def _tell(found: WhatIf) -> None:
    first = found.outlooks[0]
    rows: Sequence[Sequence[str]] = [
        (one.scenario.name, f"{one.total.value:,.0f}", f"{one.total.low:,.0f} to {one.total.high:,.0f}",
         "" if one is first else f"{one.ratio.value:.2f}",
         "" if one is first else f"{one.ratio.low:.2f} to {one.ratio.high:.2f}")
        for one in found.outlooks
    ]  # fmt: skip
    print_table(
        ("scenario", f"{found.series.name} in {found.days} days", "95 %", f"against '{first.scenario.name}'", "95 %"),
        rows,
    )
    emit("\n")
    for effect in found.effects:
        said = ", ".join(
            f"{factor.value:.2f} ({factor.low:.2f} to {factor.high:.2f}) {day} day{'s' * (day > 1)} after"
            for day, factor in zip(effect.after, effect.factors, strict=True)
        )
        emit(f"{effect.cause}, seen on {effect.seen} days, times the background by {said}\n")
    for one in found.outlooks:
        if one.beyond:
            emit(f"'{one.scenario.name}': {', '.join(one.beyond)} oftener than was ever seen; the model is stretched\n")
    for one in found.runaway:
        emit(
            f"'{one.scenario.name}': up to {one.total.high:,.0f}, where no {found.days} days of the series had more "
            f"than {found.most_seen:,.0f}: it says too little of how far its rate can drift; ask with a longer series, "
            "or for fewer --days\n"
        )
    emit(f"This is {found.conditional}.\n")


def _write(found: WhatIf, table: Path | None, figure: FigureFiles, figures: Path | None) -> None:
    if table is not None:
        from marsad.analysis.whatif import BandRow

        write_rows(table, BandRow, (row for one in found.outlooks for row in one.bands))
    if figure or figures is not None:
        from marsad.analysis.whatifpicture import whatif_figures, whatif_picture

        drawn = whatif_figures(found)
        write_figures(drawn, lambda: whatif_picture(found), figure)
        if figures is not None:
            write_folder(drawn, figures)
