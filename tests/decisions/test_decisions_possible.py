"""Values that cannot be are refused, in one line; what can be is kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.decisions import Decision, Part, Preparing, Target, applied
from marsad.decisions.possible import refuse_impossible
from marsad.errors import DecisionError
from marsad.records import Actor, Claim, Passage, Record, Relation, Toll

TEXT = "The Red Front shelled Alpha, and Beta backs the Red Front."
FRONT, BETA = Passage(4, 13), Passage(33, 37)
RECORD = Record(
    "r", TEXT,
    actors=(Actor("a1", "Red Front", "armed-group", (FRONT,)), Actor("a2", "Beta", "state", (BETA,))),
    relations=(Relation("a1", "backed-by", "a2", Passage(33, 57)),),
    events=(Claim("e1", Passage(14, 21), "ASSAULT", actors=("a1",)),),
)  # fmt: skip
WHERE: dict[str, Passage | None] = {
    "event": Passage(14, 21), "actor": FRONT, "relation": Passage(33, 57), "report": None,
}  # fmt: skip


def correct(part: Part, field: str, value: Any) -> Decision:
    target = Target(part, "r", WHERE[part], field)
    return Preparing(RECORD, ()).ready(Decision("correct", target, "Ann", value, number=1))


@pytest.mark.parametrize(
    ("part", "field", "value", "words"),
    [
        ("event", "killed", {"low": 5, "best": 4}, "killed: low 5 is more than best 4"),
        ("event", "killed", {"low": 9, "best": 9, "high": 3}, "killed: best 9 is more than high 3"),
        ("event", "injured", {"low": 9, "high": 3}, "injured: low 9 is more than high 3"),
        ("event", "injured", {"low": -5}, "injured: low -5 is no count of people"),
        ("event", "killed", {"best": 10**30}, "killed: best 10000000000000000000 is no count of people"),
        ("event", "killed", {"lowest": 5}, "killed has no 'lowest': low, best, high"),
        ("event", "killed", {"best": 2.5}, "killed best has the wrong type"),
        ("event", "killed", 4, "killed has the wrong type"),
        ("event", "time", {"start": "2020-07-04", "end": "2020-07-01"},
         "time: the end 2020-07-01 is before the start 2020-07-04"),
        ("event", "time", {"start": "2020-07-04", "end": "2020-06"},
         "time: the end 2020-06 is before the start 2020-07-04"),
        ("event", "time", {"start": "2019-02-29"}, "time: '2019-02-29' is not an ISO date: no calendar has it"),
        ("event", "time", {"end": "2019-13"}, "time: '2019-13' is not an ISO date: no calendar has it"),
        ("event", "time", {"from": "2019"}, "time has no 'from': span, start, end"),
        ("event", "place", {"name": "Alpha", "latitude": 4.0}, "place: give latitude and longitude, or neither"),
        ("event", "place", {"name": " "}, "place: a name must have a letter or figure"),
        ("event", "place", {"name": "Alpha", "latitude": 91, "longitude": 0}, "place latitude: 91 is out of range"),
        ("actor", "name", "  ", "name: a name must have a letter or figure"),
        ("relation", "object", "a1", "object: a tie is between two actors, and this is the subject"),
        ("report", "published", "2020-02-30", "published: '2020-02-30' is not an ISO date: no calendar has it"),
        ("report", "published", "30 June", "published"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(part: Part, field: str, value: Any, words: str) -> None:
    with pytest.raises(DecisionError) as error:
        correct(part, field, value)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_so_it_is_where_something_is_added() -> None:
    target = Target("event", "r", Passage(38, 43))
    value = {"type": "SUPPORT", "killed": {"low": 2, "best": 1}}
    with pytest.raises(DecisionError, match="killed: low 2 is more than best 1"):
        Preparing(RECORD, ()).ready(Decision("add", target, "Ann", value))
    tie = {"subject": "a1", "relation": "part-of", "object": "Red Front"}
    with pytest.raises(DecisionError, match="between two actors"):
        Preparing(RECORD, ()).ready(Decision("add", Target("relation", "r", FRONT), "Ann", tie))


@given(low=st.none() | st.integers(0, 9), best=st.none() | st.integers(0, 9), high=st.none() | st.integers(0, 9))
def test_tolls_in_order_are_kept_and_no_others(low: int | None, best: int | None, high: int | None) -> None:
    known = [one for one in (low, best, high) if one is not None]
    value = {"low": low, "best": best, "high": high}
    if known == sorted(known):
        assert correct("event", "killed", value).value == value
    else:
        with pytest.raises(DecisionError, match="is more than"):
            correct("event", "killed", value)


@pytest.mark.parametrize(
    "time",
    [
        {"start": "2020-07-04", "end": "2020-07"}, {"start": "2020-07", "end": "2020-07-01"}, {"start": "2020"},
        {"start": "2020", "end": "2020-02-29"}, {"start": None, "end": "2020-07-01"}, None,
    ],
)  # fmt: skip
def test_times_that_can_be_are_kept(time: Any) -> None:
    assert correct("event", "time", time).value == time


def test_what_the_coder_read_is_not_judged() -> None:
    odd = replace(RECORD, events=(replace(RECORD.events[0], killed=Toll(5, 4, None)),))
    kept = Preparing(odd, ()).ready(Decision("accept", Target("event", "r", Passage(14, 21)), "Ann", number=1))
    assert applied(odd, [kept]).record.events[0].killed == Toll(5, 4, None)
    itself = replace(RECORD, relations=(replace(RECORD.relations[0], object="a1"),))
    by = Decision("correct", Target("relation", "r", Passage(33, 57), "relation"), "Ann", "part-of", number=1)
    assert applied(itself, [Preparing(itself, ()).ready(by)]).record.relations[0].relation == "part-of"
    status = Decision("correct", Target("event", "r", Passage(14, 21), "status"), "Ann", "planned", number=1)
    assert applied(odd, [Preparing(odd, ()).ready(status)]).record.events[0].killed == Toll(5, 4, None)


@pytest.mark.parametrize("value", [None, [], {}, 3, "x", {"low": "3"}, {"start": 5, "end": []}, {"name": 4}, True])
def test_anything_may_be_given(value: Any) -> None:
    for name in ("killed", "time", "place", "published", "actors"):
        with suppress(DecisionError):
            refuse_impossible({name: value})
        with suppress(DecisionError):
            correct("report" if name == "published" else "event", name, value)
