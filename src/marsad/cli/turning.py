"""Whether anything changed after a date, for a page of reports: asked of the reports' own incidents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from marsad.cli.choosing import CHOOSING, choose_of
from marsad.cli.dayoption import day_option
from marsad.cli.sources import temporary
from marsad.cli.threads import one_thread

if TYPE_CHECKING:
    from marsad.analysis.events import Choose
    from marsad.casebook import Casebook
    from marsad.page import Opening
    from marsad.records import Record

__all__ = ["changed_after", "could_be_asked", "counted", "turning_options"]

_FEWEST, _SHORTEST = 8, 60
"""Events with an exact day, and days from the first to the last, from which the question makes sense."""
_WHAT: Final = "incidents"


def turning_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--turning-point`` and ``--counting``: ``points``, ordinals of days, and ``counting``, words."""
    command = click.option(
        "--counting", metavar="WHICH", help=f"Of the incidents, which are counted for --turning-point: {CHOOSING}.",
    )(command)  # fmt: skip
    return click.option(
        "--turning-point", "points", metavar="DATE", multiple=True, callback=day_option,
        help="Put at the top of the page whether anything changed after this day: see 'marsad respond'.",
    )(command)  # fmt: skip


def counted(points: Sequence[int], counting: str | None) -> Choose:
    """Which incidents are counted; nothing is coded before that is known.

    Raises UsageError where ``counting`` says nothing, or no day is given.
    """
    from marsad.analysis.events import Choose

    if counting is None:
        return Choose()
    if not points:
        raise click.UsageError("--counting is about a --turning-point: give one")
    return choose_of(counting, "--counting")


def changed_after(
    points: Sequence[int], choose: Choose, records: Sequence[Record], book: Path | None
) -> Opening | None:
    """The answer as the opening part of a page; None where nothing is asked.

    The incidents are those of the casebook ``book`` where it holds all the records, else those that the records give.
    Raises AnalysisError where it cannot be answered.
    """
    if not points:
        return None
    one_thread()
    from marsad.analysis.answerpage import answer_part, answer_style, question
    from marsad.analysis.asking import ask
    from marsad.analysis.fromcasebook import casebook_events, casebook_variants
    from marsad.analysis.response import respond
    from marsad.analysis.verdict import judge
    from marsad.page import Opening

    with _casebook(records, book) as casebook:
        table, variants = casebook_events(casebook), casebook_variants(casebook)
    asked = ask(table, choose, others=variants, name=_WHAT)
    words = f"{_WHAT} {choose.words}" if choose.words else _WHAT
    judged = [(one, judge(one, words)) for one in respond(asked.series, points, variants=asked.variants)]
    return Opening(question(judged), answer_part(judged), answer_style(themed=True))


def could_be_asked(records: Sequence[Record]) -> str | None:
    """A hint that the question could be asked of these reports; None where they tell of too little."""
    days = sorted({
        event.time.start for record in records for event in record.events
        if event.status == "happened" and event.time is not None and event.time.start is not None
        and event.time.start == event.time.end and len(event.time.start) == 10
    })  # fmt: skip
    if len(days) < _FEWEST:
        return None
    span = (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days
    if span < _SHORTEST:
        return None
    return f"these reports tell of {span:,} days: --turning-point DATE adds whether anything changed after a date"


def _casebook(records: Sequence[Record], book: Path | None) -> Casebook:
    from marsad.casebook import Casebook
    from marsad.cli.export import join_first

    if book is None:
        return temporary(records)
    join_first(book)
    return Casebook(book, write=False)
