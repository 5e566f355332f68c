"""A question about a table of events, made ready: the series, what it may answer, and the same counted otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from marsad.analysis.counterpart import Others, counterpart, others_of
from marsad.analysis.events import Choose, EventTable
from marsad.analysis.series import Coarse, Series, daily, imputed
from marsad.errors import AnalysisError

__all__ = ["Asked", "Treatment", "ask"]

Treatment = Literal["spread", "impute", "first", "last", "drop"]
"""What becomes of events whose day is not known: ``impute`` draws a day for each again and again."""

_FEWEST: Final = 20
"""Events that another series must have for anything to be said of answers to it."""
_WAYS: Final[Mapping[Coarse, str]] = {
    "first": "coarse dates at their beginning", "last": "coarse dates at their end",
    "drop": "coarse dates left out", "spread": "coarse dates spread",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What ``respond`` takes: the series, other countings of it by name, and its imputed draws (perhaps none)."""

    series: Series
    variants: Mapping[str, Series]
    imputed: tuple[Series, ...] = ()


def ask(
    table: EventTable, choose: Choose, *, others: Mapping[str, EventTable] | None = None, since: int | None = None,
    until: int | None = None, coarse: Treatment = "spread", echo_of: Sequence[str] = (), draws: int = 20, seed: int = 1,
    name: str = "events",
) -> Asked:  # fmt: skip
    """The series of the chosen events, and all that its sensitivity table needs.

    ``others`` are the same events by other rules (``casebook_variants``). ``echo_of`` names whose events may be
    answered, as ``counterpart.others_of`` reads it: they enter the model. Where it names none, and actor and
    recipient are both chosen, the counterpart enters the sensitivity table only.

    Raises AnalysisError where no day or no event is left, or too few are of those to be answered.
    """
    first = table.first if since is None else since
    last = table.last if until is None else until
    heard = [others_of(text, choose) for text in echo_of]

    def counted(one: EventTable, way: Coarse) -> Series:
        own = daily(one, choose, since=since, until=until, coarse=way, name=name)
        told = [_heard(one, other, way, first, last) for other in heard]
        return own.echoing(*(other for other in told if other.events > 0))

    way: Coarse = "spread" if coarse == "impute" else coarse
    series = counted(table, way)
    _check_heard(table, heard, way, first, last)
    variants = {called: counted(other, way) for called, other in (others or {}).items()}
    if series.coarse:
        variants |= {words: counted(table, other) for other, words in _WAYS.items() if coarse != other}
    variants |= {words: counted(other, way) for words, other in _tables(table).items()}
    if series.effort is not None:
        # Reports come with events: that there were fewer may be the change itself.
        variants["reporting effort left out"] = replace(series, effort=None)
    other_side = counterpart(choose) if choose.recipient is not None and not heard else None
    if other_side is not None:
        listened = _heard(table, other_side, way, first, last)
        if listened.events >= _FEWEST:
            variants[f"answers to {listened.name} set apart"] = series.echoing(listened)
    drawn: list[Series] = []
    if coarse == "impute":
        if not series.coarse:
            raise AnalysisError("the day of every event is known: there is nothing to impute")
        drawn = imputed(table, choose, draws=draws, seed=seed, since=since, until=until, name=name)
        told = [
            imputed(table, other, draws=draws, seed=seed + at, since=since, until=until, name=other.words)
            for at, other in enumerate(heard, 1)
        ]
        drawn = [one.echoing(*(other[at] for other in told)) for at, one in enumerate(drawn)]
    return Asked(series, variants, tuple(drawn))


def _heard(table: EventTable, other: Others, way: Coarse, first: int, last: int) -> Series:
    return daily(table, other, since=first, until=last, coarse=way, name=other.words)


def _check_heard(table: EventTable, heard: Sequence[Others], way: Coarse, first: int, last: int) -> None:
    for other in heard:
        if (found := _heard(table, other, way, first, last).events) < _FEWEST:
            raise AnalysisError(
                f"only {found:.3g} {other.words}: {_FEWEST} are needed to say anything of answers to them"
            )


def _tables(table: EventTable) -> Mapping[str, EventTable]:
    """Other tables of the same events: without copies, and without what is reported unsurely."""
    found: dict[str, EventTable] = {}
    if table.kind == "casebook":
        return found  # its incidents are without copies already, and have variants of their own
    single = tuple({
        (one.first, one.last, one.moment, one.actors, one.recipients, one.type, one.places): one
        for one in table.events
    }.values())  # fmt: skip
    if len(single) < len(table.events):
        found["equal rows counted once"] = replace(table, events=single)
    sure = tuple(one for one in table.events if one.sure)
    if sure and len(sure) < len(table.events):
        found["only events that are surely reported"] = replace(table, events=sure)
    return found
