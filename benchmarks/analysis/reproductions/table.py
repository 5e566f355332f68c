"""The table that every reproduction prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from marsad.analysis.events import Event, EventTable, day_number
from marsad.analysis.response import respond
from marsad.analysis.series import daily
from marsad.analysis.verdict import judge

__all__ = ["DATA", "Known", "Question", "show"]

DATA: Final = Path(__file__).resolve().parents[3].parent / "shared/data/events_series"


class Known(NamedTuple):
    """What is published of a date, and where it was read; no source where it is remembered and was not verified."""

    text: str
    source: str = ""


class Question(NamedTuple):
    """What is asked of which events, and what is known of it."""

    name: str
    choose: Callable[[Event], bool] | None
    points: Sequence[str]
    known: Sequence[Known]
    after: int = 182


def show(title: str, table: EventTable, questions: Sequence[Question]) -> None:
    """Print the answers beside what is known."""
    print(title)
    print(f"{'events':34}{'date':12}{'ratio':>7}{'95 % interval':>17}{'p':>8}{'silence p':>11}{'power':>7}  answer")
    for one in questions:
        series = daily(table, one.choose)
        days = [day_number(point) for point in one.points]
        for found, known in zip(respond(series, days, after=one.after), one.known, strict=True):
            effect, verdict = found.effect, judge(found)
            span = f"{effect.low:.2f} to {effect.high:.2f}"
            print(f"{one.name:34}{found.turning_point:12}{effect.ratio:7.2f}{span:>17}{effect.p:8.3f}"
                  f"{found.silence.p:11.3f}{effect.power(0.5):7.0%}  {verdict.answer} ({verdict.strength})"
                  )  # fmt: skip
            print(f"{'':34}published: {known.text} [{known.source or 'as remembered; not verified'}]")
    print()
