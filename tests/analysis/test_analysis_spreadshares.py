"""No share of an event that is spread over days begets another share of it, in whatif, provoke and excitation."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from marsad.analysis.dyads import several
from marsad.analysis.events import Event, EventTable
from marsad.analysis.excitation import fit
from marsad.analysis.provocation import provoke
from marsad.analysis.scenarios import Scenario, read_scenario
from marsad.analysis.selfexcitation import self_excitation
from marsad.analysis.series import Series, daily
from marsad.analysis.whatif import whatif
from marsad.errors import AnalysisError

FIRST, DAYS = date(2020, 1, 1).toordinal(), 600


def table(seed: int, width: int, vaguely: float = 0.5) -> EventTable:
    """Events of two actors that come by themselves; of a share of them only a range of so many days is known."""
    generator = np.random.default_rng(seed)
    events = []
    for actor in ("A", "B"):
        for day in generator.integers(0, DAYS, 500).tolist():
            vague = generator.random() < vaguely
            begin = max(0, day - int(generator.integers(0, width))) if vague else day
            end = min(DAYS - 1, begin + width - 1) if vague else day
            events.append(Event(FIRST + begin, FIRST + end, 1.0, (actor,), ()))
    return EventTable(tuple(events), FIRST, FIRST + DAYS - 1)


def test_shares_are_not_taken_for_echoes() -> None:
    known = table(1, 7, 0.9)
    series = daily(known, lambda event: event.actors == ("A",))
    assert series.whole is not None
    assert series.whole.sum() == pytest.approx(series.counts.sum())
    as_parents = fit(series.counts, decay=2.0)
    as_events = fit(series.counts, decay=2.0, causes=series.whole)
    assert as_parents.branching().ratio.value > 0.5  # what was wrong: shares look like echoes of each other
    assert as_events.branching().ratio.value < 0.2


def test_all_three_count_causes_so() -> None:
    known = table(2, 7)
    series = daily(known, lambda event: event.actors == ("A",))
    assert self_excitation(series).ratio.value < 0.3
    assert whatif(series, [], [read("as before", series)], days=28, paths=100).fitted.branching().ratio.value < 0.3
    both = several(known, by="actor")
    assert both.whole is not None
    assert all(own.value < 0.3 for own in provoke(both, draws=200).own)


def read(words: str, series: Series) -> Scenario:
    return read_scenario(words, [], series.first, series.last, 28)


def test_where_all_days_are_known_nothing_changes() -> None:
    series = daily(EventTable(tuple(Event(FIRST + k, FIRST + k) for k in range(0, 90, 3)), FIRST, FIRST + 99))
    assert series.whole is None
    alike = fit(series.counts, causes=series.counts), fit(series.counts)
    assert alike[0].estimate == pytest.approx(alike[1].estimate)
    with pytest.raises(AnalysisError, match="causes must be"):
        fit(series.counts, causes=-series.counts)
