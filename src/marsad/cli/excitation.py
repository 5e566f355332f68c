"""``marsad excitation``: how far events beget events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.choosing import choice_options, watched_options
from marsad.cli.eventsource import open_events, say_limits
from marsad.cli.results import OutFile, write_rows
from marsad.cli.terminal import emit, print_table, say
from marsad.cli.threads import one_thread
from marsad.cli.waiting import waiting

if TYPE_CHECKING:
    from marsad.analysis.excitation.allechoes import AllEchoes
    from marsad.analysis.excitation.intervals import Interval
    from marsad.analysis.selfexcitation import ByMoments, SelfExcitation

__all__ = ["command"]


@click.command(
    "excitation",
    short_help="Tell how far events beget events: branching ratio, delay of echoes, background.",
    epilog="""\b
Examples:
  marsad excitation rockets.csv
  marsad excitation sigacts.csv --split place --most 5 --since 2006-01-01
  marsad excitation levant.csv --actor "ISR*" --recipient "PAL*" --type "19*" --json
  marsad excitation syria.casebook --split actor --days days.csv --out table.csv

\b
The branching ratio is the share of events that others begot, within hours or over
days, directly or at some remove, by a self-exciting (Hawkes) model with weekdays
and a drifting background. It is the mean of all that is likely: where the interval
is wide, it is little more than the middle of what is possible. Mean delays are
looked for from half a day to 60 days. Where times of day are known, the same is
asked of them. What is found is clustering in time, not proof that one event
brought on another.""",
)
@click.argument("events", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--split", type=click.Choice(("all", "actor", "recipient", "dyad", "type", "place")), default="all",
    show_default=True, help="What a series is of. Each is fitted by itself; 'marsad provoke' fits them together.",
)  # fmt: skip
@click.option("--most", metavar="N", type=click.IntRange(1, 50), default=5, show_default=True,
              help="No more series than this, the fullest.")  # fmt: skip
@watched_options
@choice_options
@click.option("--what", metavar="WORDS", default="events", help="How the events are called, if they are not split.")
@click.option("--only-days", is_flag=True, help="Leave times of day aside, where there are any.")
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="For what is drawn at random.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.option("--out", metavar="FILE", type=OutFile(),
              help="Write a row for each series, as CSV.")  # fmt: skip
@click.option("--days", "by_day", metavar="FILE", type=OutFile(),
              help="Write each day's events, background, echoes and residual, as CSV.")  # fmt: skip
def command(
    events: Path, split: Any, most: int, since: int | None, until: int | None, what: str, only_days: bool, seed: int,
    as_json: bool, out: Path | None, by_day: Path | None, **choice: str | None,
) -> None:  # fmt: skip
    """How far do events beget events, and how soon?

    EVENTS is a casebook, records that 'marsad code' wrote, a table of events (CSV,
    XLSX), or an export of ACLED or UCDP GED.
    """
    one_thread()
    from marsad.analysis import splitting
    from marsad.analysis.events import Choose
    from marsad.analysis.selfexcitation import FEWEST, self_excitation
    from marsad.errors import AnalysisError
    from marsad.exchange.jsonl import line

    choose = Choose(**choice)
    least = FEWEST if split != "all" else 0
    with waiting(f"reading {events}") as told:
        table, _ = open_events(events)
        told("counting")
        series = splitting.split(table, split, choose, most=most, least=least, since=since, until=until)
        moments = None if only_days else splitting.split_times(table, split, choose, most=1_000_000, seed=seed)
        found = []
        failed: dict[str, AnalysisError] = {}
        for number, (name, one) in enumerate(series.items(), 1):
            called = name if split != "all" else what
            told(f"fitting the model of {called}, {number} of {len(series)}")
            times = drawn = None
            if moments is not None:
                own = moments.marks == moments.names.index(name)
                times, drawn = moments.times[own] + (moments.first - one.first), moments.drawn[own]
            try:
                found.append(self_excitation(replace(one, name=called), times, drawn, seed=seed))
            except AnalysisError as error:
                if len(series) == 1:
                    raise
                failed[called] = error
    for name, why in failed.items():
        say(f"{name} left out: {why}")
    if not found:
        raise AnalysisError("no series could be fitted; the reasons stand above")
    say_limits(table)
    _write(found, out, by_day)
    if as_json:
        emit(line(_object(found)) + "\n")
        return
    _tell(found)


def _object(found: Sequence[SelfExcitation]) -> dict[str, object]:
    first = found[0].series
    return {
        "since": first.at(0), "until": first.at(len(first) - 1), "series": [one.to_json() for one in found],
        "meaning": "clustering in time under the model; not proof that one event brought on another",
    }  # fmt: skip


def _tell(found: Sequence[SelfExcitation]) -> None:
    from marsad.analysis.wording import number_words

    for one in found:
        emit(one.sentence + "\n")
    emit("\n")
    print_table(
        ("series", "events", "branching ratio", "95 %", "mean delay, days", "95 %", "own, a day", "against the model"),
        [
            (one.series.name, number_words(one.series.events),
             "cannot be told" if one.even else f"{one.ratio.value:.2f}",
             f"{one.ratio.low:.2f} to {one.ratio.high:.2f}", one.lag.words, one.lag.range_words,
             "" if one.even else f"{one.background:.3g}", f"{'nothing' if one.holds else 'residuals'} "
             f"(uniform p {one.p_uniform:.3f}, independent p {one.p_independent:.3f})")
            for one in found
        ],
    )  # fmt: skip
    why: dict[str, list[str]] = {}
    for one in found:
        if one.lag.untold is not None:
            why.setdefault(one.lag.untold, []).append(one.series.name)
    if why:
        emit("\n" + "".join(f"Mean delay of {', '.join(names)}: {reason}.\n" for reason, names in why.items()))
    for one in found:
        moments = one.moments
        if moments is None:
            continue
        emit(
            f"\n{one.series.name}, the same asked of times of day ({moments.known:.0%} known), on the day's clock:\n"
            f"  by times of day: branching ratio {_range(moments.echoes.total)}; {_parts(moments.echoes)}\n"
            f"  by days: branching ratio {_range(one.ratio)}; {_parts(one.echoes)}\n"
            "Of times of day alone:\n"
            f"  whether echoes of a quarter of an hour to ten days explain the waits: time rescaling p "
            f"{moments.p_rescaling:.3f}, off by {moments.distance:.1%}\n"
            f"  branching ratio with the one delay that fits best, {_hours(moments)}: {_range(moments.own_ratio)}\n"
        )


def _range(found: Interval) -> str:
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"


def _parts(echoes: AllEchoes) -> str:
    return f"within hours {echoes.quick.value:.2f}, over days {_range(echoes.slow)} of the bursts that these make"


def _hours(moments: ByMoments) -> str:
    days = moments.best.value
    return "which cannot be told" if days is None else f"{24 * days:.1f} hours"


def _write(found: Sequence[SelfExcitation], out: Path | None, by_day: Path | None) -> None:
    from marsad.analysis.selfexcitation import ExcitationDay, ExcitationRow

    if out is not None:
        write_rows(out, ExcitationRow, (one.row() for one in found))
    if by_day is not None:
        write_rows(by_day, ExcitationDay, (day for one in found for day in one.days()))
