"""One actor under two names: what a person says are one is one, in every fact, whatever is coded later."""

from __future__ import annotations

from dataclasses import replace

import pytest
from casebook_making import NEW, OLD, at, report
from deciding import said

from marsad.casebook import Casebook
from marsad.decisions import Target
from marsad.errors import DecisionError
from marsad.records import Actor, Claim, Record, Relation, Statement

TEXT = (
    'The Red Front raided Alpha. "We took it," the Front said. The militia is backed by Beta, the army of Gamma said.'
)
"""A fictional report."""


def coding(*, without: str = "") -> Record:
    actors = [
        Actor("a1", "Red Front", "armed-group", (at(TEXT, "Red Front"),)),
        Actor("a2", "the Front", "other", (at(TEXT, "the Front"),)),
        Actor("a3", "militia", "armed-group", (at(TEXT, "militia"),)),
        Actor("a4", "Beta", "state", (at(TEXT, "Beta"),)),
    ]
    return Record(
        "r1", TEXT,
        actors=tuple(one for one in actors if one.name != without),
        events=(
            Claim("e1", at(TEXT, "raided"), "COERCE", actors=("a1",)),
            Claim("e2", at(TEXT, "took"), "COERCE", actors=("a2", "a1"), according_to=("a2",)),
        ),
        statements=(Statement("s1", "direct", (at(TEXT, "We took it"),), at(TEXT, "said"), "a2"),),
        relations=(Relation("a4", "backed-by", "a3", at(TEXT, "militia is backed by Beta")),),
        extra={"spun": {"probability": 0.0, "passages": [], "signs": []}},
    )  # fmt: skip


def who(words: str, field: str | None = "same_as") -> Target:
    return Target("actor", "r1", at(TEXT, words), field)


def filled() -> Casebook:
    casebook = Casebook.temporary()
    casebook.add(report(text=TEXT), replace(coding(), title=report().title), OLD)
    return casebook


def test_two_actors_are_one_in_every_fact() -> None:
    with filled() as casebook:
        casebook.decide(said("correct", who("the Front"), "a1"))
        casebook.decide(said("correct", who("militia"), {"name": "Red Front"}))
        found = casebook.record("r1")
        assert [(one.id, one.name) for one in found.actors] == [("a1", "Red Front"), ("a4", "Beta")]
        assert found.actors[0].mentions == (at(TEXT, "Red Front"), at(TEXT, "the Front"), at(TEXT, "militia"))
        assert [(one.actors, one.according_to) for one in found.events] == [(("a1",), ("author",)), (("a1",), ("a1",))]
        assert found.statements[0].speaker == "a1"
        assert [(one.subject, one.object) for one in found.relations] == [("a4", "a1")]
        # What is said of one is said of both.
        casebook.decide(said("correct", who("the Front", "name"), "Red Front of Alpha"))
        assert [one.name for one in casebook.record("r1").actors] == ["Red Front of Alpha", "Beta"]
        casebook.undo(1, "Bob")
        assert [one.id for one in casebook.record("r1").actors] == ["a1", "a2", "a4"]
        assert casebook.check() == []


def test_it_outlives_a_new_coding() -> None:
    with filled() as casebook:
        casebook.decide(said("correct", who("the Front"), "a1"))
        new = replace(coding(), title=report().title)
        ids = {"a1": "x7", "a2": "x3", "a3": "x2", "a4": "x1"}
        others = tuple(replace(one, id=ids[one.id]) for one in reversed(new.actors))
        events = tuple(replace(one, actors=("x3",), according_to=("author",)) for one in new.events)
        casebook.add(report(text=TEXT), replace(new, actors=others, events=events, statements=(), relations=()), NEW)
        found = casebook.record("r1")
        assert [one.actors for one in found.events] == [("x7",), ("x7",)]
        assert [one.id for one in found.actors] == ["x1", "x2", "x7"]


def test_a_tie_to_itself_is_none() -> None:
    with filled() as casebook:
        casebook.decide(said("correct", who("militia"), "a4"))
        assert casebook.record("r1").relations == ()
        # What was said of relations is found where they stand by then.
        assert ("relation", "0") not in casebook.reviewed("r1").said


def test_no_one_is_the_same_as_itself() -> None:
    with filled() as casebook:
        casebook.decide(said("correct", who("the Front"), "a1"))
        for words, value in (("Red Front", "a1"), ("Red Front", "a2"), ("militia", "author"), ("militia", "nobody")):
            with pytest.raises(DecisionError):
                casebook.decide(said("correct", who(words), value))
        assert len(casebook.decisions()) == 1


def test_taken_apart_again() -> None:
    with filled() as casebook:
        casebook.decide(said("correct", who("the Front"), "a1"))
        casebook.decide(said("correct", who("the Front"), None))
        assert [one.id for one in casebook.record("r1").actors] == ["a1", "a2", "a3", "a4"]
        casebook.decide(said("correct", who("the Front"), "a1"))
        casebook.decide(said("reject", who("the Front")))
        assert [one.id for one in casebook.record("r1").actors] == ["a1", "a2", "a3", "a4"]


def test_whoever_is_rejected_takes_nobody_along() -> None:
    with filled() as casebook:
        casebook.decide(said("correct", who("the Front"), "a1"))
        casebook.decide(said("reject", Target("actor", "r1", at(TEXT, "Red Front"))))
        assert [one.id for one in casebook.record("r1").actors] == ["a2", "a3", "a4"]
