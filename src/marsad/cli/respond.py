"""``marsad respond``: did anything change after a date?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.choosing import choice_options, watched_options
from marsad.cli.dayoption import day_option
from marsad.cli.eventsource import open_events, say_limits
from marsad.cli.figures import FigureFiles, figure_options, write_figures, write_folder
from marsad.cli.results import OutFile, write_rows, write_text
from marsad.cli.terminal import emit, print_table
from marsad.cli.threads import one_thread
from marsad.cli.waiting import waiting

if TYPE_CHECKING:
    from marsad.analysis.events import Choose
    from marsad.analysis.response import Response
    from marsad.analysis.series import Series
    from marsad.analysis.verdict import Verdict

__all__ = ["command"]


@click.command(
    "respond",
    short_help="Say whether anything changed after a date, by how much, and whether it could be chance.",
    epilog="""\b
Examples:
  marsad respond rockets.csv --turning-point 2020-06-26
  marsad respond syria.casebook --turning-point 2018-04-14 --type ASSAULT --place Douma
  marsad respond acled.csv --turning-point 2012-11-21 --actor Hamas --until 2013-05-31 --json
  marsad respond ged.csv --turning-point 2014-06-10 --turning-point 2014-08-08 --party IS
  marsad respond rockets.csv --turning-point 2020-06-26 --report answer.html --placebos dates.csv
  marsad respond rockets.csv --turning-point 2020-06-26 --figures figures/ --figure silence=silence.svg
  marsad respond levant.csv --turning-point 2005-02-08 --actor "PAL*" --recipient "ISR*" --echo-of counterpart
  marsad respond rockets.csv

\b
EVENTS as CSV (or XLSX) needs a column 'date'; it may have count, actor,
recipient, type, place, precision (day, week, month), end and effort. Say with
--until how long was watched where that is longer than to the last event.""",
)
@click.argument("events", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--turning-point", "points", metavar="DATE", multiple=True, callback=day_option,
    help="The day whose effect is asked about. With several, each is asked with the others taken into account. Without "
    "one, the dates at which the series changes are listed, and its bursts and lulls.",
)  # fmt: skip
@watched_options
@click.option(
    "--after", metavar="DAYS", type=click.IntRange(min=5, max=900),
    help="How long an effect is looked for (182 days; a pulse 14).",
)  # fmt: skip
@choice_options
@click.option(
    "--shape", type=click.Choice(("step", "pulse", "decay")), default="step", show_default=True,
    help="A change that may last, one that is over after --after, or one that fades (see --half-life).",
)  # fmt: skip
@click.option(
    "--half-life", metavar="DAYS", type=click.FloatRange(min=1, max=365), default=30.0, show_default=True,
    help="In how many days a fading effect halves.",
)  # fmt: skip
@click.option(
    "--echo-of", "echo_of", metavar="WHOSE", multiple=True,
    help="Whose events these may answer: 'counterpart' (what the recipient does to the actor), ACTOR, ACTOR>RECIPIENT, "
    "or type=TYPE,place=NAME. What answers them is told apart from the change. May be given three times.",
)  # fmt: skip
@click.option(
    "--coarse", type=click.Choice(("spread", "impute", "first", "last", "drop")), default="spread", show_default=True,
    help="Where events go whose day is not known exactly: 'impute' draws a day for each, --draws times.",
)  # fmt: skip
@click.option("--draws", metavar="N", type=click.IntRange(2, 500), default=20, show_default=True,
              help="Draws of multiple imputation.")  # fmt: skip
@click.option("--rule", "rules", metavar="FIELD=RULE", multiple=True, help="Of a casebook: see 'marsad incidents'.")
@click.option("--chosen", metavar="NAME", multiple=True, help="A source for the rule chosen-source-first.")
@click.option("--what", metavar="WORDS", help="How the events are called in the answer.")
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="For what is drawn at random.")
@click.option(
    "--json", "as_json", is_flag=True,
    help="Write JSON lines, one object for each turning point. Without one: a summary, then an object for each change, "
    "burst and lull.",
)  # fmt: skip
@click.option("--placebos", metavar="FILE", type=OutFile(),
              help="Write the change at every date that was compared, as CSV.")  # fmt: skip
@click.option("--series", "series_out", metavar="FILE", type=OutFile(),
              help="Write the daily series that was counted, as CSV.")  # fmt: skip
@figure_options("change", "placebos", "silence", "intensity")
@click.option("--report", metavar="FILE", type=OutFile(),
              help="Write a page with the answer, its pictures and its tables.")  # fmt: skip
def command(
    events: Path, points: tuple[int, ...], since: int | None, until: int | None, after: int | None, shape: Any,
    half_life: float, echo_of: tuple[str, ...], coarse: Any, draws: int, rules: tuple[str, ...],
    chosen: tuple[str, ...], what: str | None, seed: int,
    as_json: bool, placebos: Path | None, series_out: Path | None, figure: FigureFiles, figures: Path | None,
    report: Path | None, **choice: str | None,
) -> None:  # fmt: skip
    """Did anything change after a date: an arrest, a strike, a truce?

    EVENTS is a casebook, records that 'marsad code' wrote, a table of events (CSV,
    XLSX), or an export of ACLED or UCDP GED. The rate of events after the date is
    held against what it would have been, and the change against the same
    change at all other dates. The answer may be that it cannot be told.
    """
    one_thread()
    from marsad.analysis.asking import ask
    from marsad.analysis.events import Choose
    from marsad.analysis.response import respond
    from marsad.analysis.telling import response_json
    from marsad.analysis.verdict import judge
    from marsad.cli.export import parsed_rules
    from marsad.exchange.jsonl import line

    choose, name = Choose(**choice), what or "events"
    given = parsed_rules(rules, chosen)
    with waiting(f"reading {events}") as told:
        table, others = open_events(events, given, variants=True)
        told("counting")
        asked = ask(
            table, choose, others=others, since=since, until=until, coarse=coarse, echo_of=echo_of, draws=draws,
            seed=seed, name=name,
        )  # fmt: skip
    series = asked.series
    say_limits(table)
    if not points:
        if placebos or figure or figures or report:
            raise click.UsageError("--placebos, --figure, --figures and --report are about a --turning-point: give one")
        _list_changes(series, as_json)
        _write([], series, None, series_out, (), None, None)
        return
    with waiting("fitting the model") as told:
        found = respond(
            series, points, after=after, shape=shape, half_life=half_life, variants=asked.variants, seed=seed,
            imputed=asked.imputed, told=told,
        )  # fmt: skip
    judged = [(one, judge(one, _named(name, choose))) for one in found]
    for number, (one, verdict) in enumerate(judged):
        if as_json:
            emit(line(response_json(one, verdict)) + "\n")
        else:
            _tell(one, verdict, number)
    _write(judged, series, placebos, series_out, figure, figures, report)


def _named(what: str, choose: Choose) -> str:
    return f"{what} {choose.words}" if choose.words else what


def _tell(one: Response, verdict: Verdict, number: int) -> None:
    from marsad.analysis.telling import assumptions, facts, ranged
    from marsad.analysis.wording import ratio_words

    emit(("\n" if number else "") + verdict.sentence + "\n\n")
    print_table(("", ""), facts(one))
    emit("\n")
    if one.variants:
        print_table(
            ("with another choice", "ratio", "95 % interval", "p"),
            [(row.name, ratio_words(row.ratio), ranged(row.low, row.high), f"{row.p:.3f}") for row in one.variants],
        )
        emit("\n")
    emit("Assumed:\n" + "".join(f"  {said}\n" for said in assumptions(one)))


def _list_changes(series: Series, as_json: bool) -> None:
    """Where the level changes, and bursts and lulls, when no turning point is given."""
    from dataclasses import asdict

    from marsad.analysis.changepoints import change_points, spells
    from marsad.analysis.wording import number_words, ratio_words
    from marsad.exchange.jsonl import line

    with waiting("looking for changes"):
        changes, found = change_points(series), spells(series)
    bursts = sum(one.kind == "burst" for one in found)
    since, until = series.at(0), series.at(len(series) - 1)
    level = f"{_many(len(changes), 'change')} of level from {since} to {until}"
    spelled = f"{_many(bursts, 'burst')} and {_many(len(found) - bursts, 'lull')}"
    if as_json:
        # The first line says what was looked at and how much was found, also where that is nothing.
        emit(line({
            "kind": "summary", "since": since, "until": until, "events": series.events, "changes": len(changes),
            "bursts": bursts, "lulls": len(found) - bursts, "sentence": f"{level}; {spelled}.",
        }) + "\n")  # fmt: skip
        for change in changes:
            ratio = change.ratio if change.before else None
            emit(line({"kind": "change", **asdict(change), "ratio": ratio}) + "\n")
        for spell in found:
            emit(line(asdict(spell)) + "\n")
        return
    emit(f"{level}\n")
    if changes:
        print_table(
            ("from", "events a day before", "after", "ratio"),
            [(one.date, number_words(one.before), number_words(one.after), ratio_words(one.ratio)) for one in changes],
        )
    emit(f"{spelled}\n")
    if found:
        print_table(
            ("what", "from", "to", "days", "events", "usual"),
            [
                (one.kind, one.since, one.until, one.days, number_words(one.events), number_words(one.usual))
                for one in found
            ],
        )


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def _write(
    judged: list[tuple[Response, Verdict]], series: Series, placebos: Path | None, series_out: Path | None,
    figure: FigureFiles, figures: Path | None, report: Path | None,
) -> None:  # fmt: skip
    from marsad.analysis.series import DayRow
    from marsad.analysis.telling import PlaceboRow, placebo_rows

    if placebos is not None:
        write_rows(placebos, PlaceboRow, (row for one, _ in judged for row in placebo_rows(one)))
    if series_out is not None:
        write_rows(series_out, DayRow, series.rows())
    if figure or figures is not None:
        from marsad.analysis.picture import picture, response_figures

        first = judged[0][0]
        write_figures(response_figures(first), lambda: picture(first), figure)
        if figures is not None:
            for one, _ in judged:
                write_folder(response_figures(one), figures, f"{one.turning_point}-" if len(judged) > 1 else "")
    if report is not None:
        from marsad.analysis.answerpage import answer_page

        write_text(report, answer_page(judged))
