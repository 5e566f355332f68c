"""Merging and splitting incidents, and what else is decided about them. The tellings are fictional."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from marsad.decisions import Claims, Decision, Kind, Target
from marsad.decisions.grouping import Settled, checked_incident, settled
from marsad.errors import DecisionError
from marsad.incidents import Incident, Rules, Telling
from marsad.incidents.wording import Wording
from marsad.records import Passage, Toll

NOWHERE: Any = Wording.__new__(Wording)


def telling(report: str, claim: str, at: int, killed: int = 3) -> Telling:
    """One report's claim, with nothing that joining needs."""
    return Telling(
        report, claim, report, None, None, "ASSAULT", None, "happened", "certain", (), (), (), None, None,
        Toll(killed, killed, killed), None, Passage(at, at + 6), NOWHERE,
    )  # fmt: skip


A1, A2, B1, C1, C2 = (
    telling("a", "e1", 10), telling("a", "e2", 50), telling("b", "e1", 10, 5), telling("c", "e1", 10, 9),
    telling("c", "e2", 70),
)  # fmt: skip


def incidents(*groups: Sequence[Telling]) -> list[Incident]:
    """Incidents of these tellings."""
    return [Incident(group[0].id, tuple(group)) for group in groups]


def claims(*tellings: Telling) -> Claims:
    """Claims by passage; what marks them is a little off, as after another coding."""
    return tuple((one.report, Passage(one.passage.start - 3, one.passage.end)) for one in tellings)


def said(
    number: int, kind: Kind, of: Sequence[Telling], field: str | None = None, value: Any = None, why: str = ""
) -> Decision:
    """A decision about claims of incidents."""
    return checked_incident(
        Decision(kind, Target("incident", claims=claims(*of), field=field), "Ann", value, why, number)
    )


def shape(found: list[Settled]) -> list[list[str]]:
    """The ids of each incident's tellings."""
    return [[one.id for one in each.incident.tellings] for each in found]


def test_merge_joins_the_incidents_of_its_claims() -> None:
    found, unfitting = settled(incidents([A1], [A2, B1], [C1]), [said(1, "merge", [A1, B1])])
    assert shape(found) == [["a:e1", "a:e2", "b:e1"], ["c:e1"]]
    assert [one.incident.id for one in found] == ["a:e1", "c:e1"]
    assert [one.number for one in found[0].decisions] == [1]
    assert unfitting == []


def test_split_takes_its_claims_out() -> None:
    found, unfitting = settled(incidents([A1, B1, C1], [C2]), [said(1, "split", [B1, C1])])
    assert shape(found) == [["a:e1"], ["b:e1", "c:e1"], ["c:e2"]]
    assert unfitting == []
    found, _ = settled(incidents([A1, B1]), [said(1, "split", [A1, B1])])
    assert shape(found) == [["a:e1", "b:e1"]]


def test_in_the_order_of_their_numbers_and_undone() -> None:
    merge, split = said(1, "merge", [A1, B1]), said(2, "split", [B1])
    assert shape(settled(incidents([A1], [B1]), [split, merge])[0]) == [["a:e1"], ["b:e1"]]
    undo = Decision("undo", split.target, "Ann", {"number": 2}, number=3)
    assert shape(settled(incidents([A1], [B1]), [merge, split, undo])[0]) == [["a:e1", "b:e1"]]


def test_a_split_holds_when_more_is_joined_later() -> None:
    split = said(1, "split", [B1])
    assert shape(settled(incidents([A1, B1, C1]), [split])[0]) == [["a:e1", "c:e1"], ["b:e1"]]


def test_claims_that_are_gone() -> None:
    merge = said(1, "merge", [A1, B1, C1])
    found, unfitting = settled(incidents([A1], [C1]), [merge])
    assert shape(found) == [["a:e1", "c:e1"]]
    assert [words for _, words in unfitting] == ["1 of its claims is no longer there"]
    found, unfitting = settled(incidents([A1]), [merge])
    assert shape(found) == [["a:e1"]]
    assert [words for _, words in unfitting] == ["its claims are no longer there"]
    elsewhere = telling("b", "e1", 400)
    assert settled(incidents([elsewhere]), [said(1, "split", [B1])])[1][0][1] == "its claims are no longer there"


def test_grade_rule_and_rejection() -> None:
    decisions = [
        said(1, "correct", [A1], "grade", {"grade": "contested"}, "disputed by the ministry"),
        said(2, "correct", [A1], "killed", "highest"),
        said(3, "reject", [C2]),
        said(4, "note", [A1], why="see the mail"),
    ]
    found, _ = settled(incidents([A1, B1, C1], [C2]), decisions)
    first = found[0].summary(Rules({"killed": "lowest"}))
    assert (first.grade.name, first.grade.by, first.grade.why) == ("contested", "Ann", "disputed by the ministry")
    assert first.value("killed") == "9"
    assert [one.rejected for one in found] == [False, True]
    assert [one.number for one in found[0].decisions] == [1, 2, 4]
    accepted = [*decisions, said(5, "accept", [C2])]
    assert [one.rejected for one in settled(incidents([A1], [C2]), accepted)[0]] == [False, False]


def test_what_is_said_of_claims_that_came_apart_is_listed() -> None:
    _, unfitting = settled(incidents([A1], [B1]), [said(1, "correct", [A1, B1], "grade", "weak")])
    assert [words for _, words in unfitting] == ["its claims are in 2 incidents now"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("grade", "sure"), ("killed", "mean"), ("time", "lowest"), ("x", "latest"), ("grade", None),
        ("grade", ["weak"]), ("killed", {"a": 1}),
    ],
)  # fmt: skip
def test_what_cannot_be_corrected(field: str, value: Any) -> None:
    with pytest.raises(DecisionError):
        said(1, "correct", [A1], field, value)
