"""Several series at once from one table: by who acts, or by who acts against whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from marsad.analysis.events import Event, EventTable
from marsad.analysis.latent import Bools, Floats
from marsad.analysis.series import Series, daily
from marsad.analysis.wording import number_words
from marsad.errors import AnalysisError
from marsad.knowledge.names import fold

__all__ = ["By", "Several", "arrow", "several", "sides"]

By = Literal["actor", "dyad"]

_SAME: Final = 0.9
"""Series that share so much are one: tables name one side in several ways, and nobody answers himself."""

_FEWEST: Final = 20
"""A series of fewer events says nothing of who answers whom, and is not taken by itself."""


@dataclass(frozen=True, slots=True)
class Several:
    """Daily counts of several series over the same days.

    Attributes:
        names: One a series.
        counts: Days by series.
        observed: Which days are known.
        first: The ordinal of the first day.
        events: How many events each series has.
        coarse: How many of all are spread over several days, because their day is not known.
        by: Whether a series is what one did, or what one did to another.
        whole: The counts with all of a spread event on the last of its days, None where none is spread: no share of an
            event begets another share of it.
    """

    names: tuple[str, ...]
    counts: Floats
    observed: Bools
    first: int
    events: tuple[float, ...]
    coarse: float
    by: By
    whole: Floats | None = None


def several(
    table: EventTable, choose: Callable[[Event], bool] | None = None, *, by: By | None = None,
    named: Sequence[str] = (), most: int = 4, since: int | None = None, until: int | None = None,
) -> Several:  # fmt: skip
    """The series of the most frequent actors or directed dyads, or of those that are named.

    Args:
        table: The events.
        choose: Which of them.
        by: Actors or dyads; by default dyads where most events say against whom.
        named: Actors (whole words, or the beginning of a name with ``*`` after it), at least two; for dyads,
            all pairs of them that have enough events.
        most: How many series where none are named.
        since: First day, an ordinal; by default the table's.
        until: Last day.

    Raises:
        AnalysisError: Fewer than two series have enough events.
    """
    events = [event for event in table.events if choose is None or choose(event)]
    if by is None:
        both = sum(event.count for event in events if event.actors and event.recipients)
        by = "dyad" if 2 * both > sum(event.count for event in events) else "actor"
    found: defaultdict[tuple[str, str], float] = defaultdict(float)
    for event in events:
        for key in set(_keys(event, by, named)):
            found[key] += event.count
    order = sorted(found, key=lambda key: (-found[key], sum(map(len, key)), key))
    enough = [key for key in order if found[key] >= _FEWEST]
    limit = max(most, 12) if named else most
    taken: dict[tuple[str, str], Series] = {}
    for key in enough[: 6 * limit]:
        one = daily(table, _Only(key, by, named, choose), since=since, until=until)
        if one.events >= _FEWEST and not any(_same(one.counts, other.counts) for other in taken.values()):
            taken[key] = one
        if len(taken) == limit:
            break
    kept = sorted(taken)
    chosen = [taken[key] for key in kept]
    if events and not any(event.actors for event in events):
        raise AnalysisError("the events tell no actors: give a table with a column for who acts, and best to whom")
    if len(kept) < 2:
        had = "".join(f", only {arrow(*key)}, {number_words(one.events)}" for key, one in taken.items()) or ", none"
        other = ", or ask --by actor" if by == "dyad" else ""
        raise AnalysisError(
            f"fewer than two {by}s have {_FEWEST} events or more{had}: give more days, name others with --party{other}"
        )
    whole = None
    if any(one.whole is not None for one in chosen):
        whole = np.column_stack([one.counts if one.whole is None else one.whole for one in chosen])
    return Several(
        tuple(arrow(*key) for key in kept), np.column_stack([one.counts for one in chosen]), chosen[0].observed,
        chosen[0].first, tuple(one.events for one in chosen), sum(one.coarse for one in chosen), by, whole,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Only:
    """Whether an event belongs to one series."""

    key: tuple[str, str]
    by: By
    named: Sequence[str]
    choose: Callable[[Event], bool] | None

    def __call__(self, event: Event) -> bool:
        return (self.choose is None or self.choose(event)) and self.key in _keys(event, self.by, self.named)


def _same(one: Floats, other: Floats) -> bool:
    """Whether two series are the same events under two names, or nearly so."""
    return float(np.minimum(one, other).sum()) > _SAME * float(np.maximum(one, other).sum())


def arrow(actor: str, recipient: str) -> str:
    """How a series is called: ``A``, or ``A → B``."""
    return f"{actor} → {recipient}" if recipient else actor


def sides(name: str) -> tuple[str, str]:
    """Actor and recipient of a series' name; the recipient is empty for an actor's series."""
    actor, _, recipient = name.partition(" → ")
    return actor, recipient


def _keys(event: Event, by: By, named: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Which series an event belongs to."""
    actors = _called(event.actors, named)
    if by == "actor":
        yield from ((actor, "") for actor in actors)
        return
    recipients = _called(event.recipients, named)
    yield from ((actor, recipient) for actor in actors for recipient in recipients if actor != recipient)


def _called(names: tuple[str, ...], named: Sequence[str]) -> list[str]:
    """The names as they are, or which of the named they are."""
    if not named:
        return list(dict.fromkeys(names))
    return [wanted for wanted in named if any(_is(wanted, name) for name in names)]


def _is(wanted: str, name: str) -> bool:
    if wanted.endswith("*"):
        return fold(name).startswith(fold(wanted[:-1]))
    return f" {fold(wanted)} " in f" {fold(name)} "
