"""Several decisions in one go: kept together, undone together."""

from __future__ import annotations

import time

import pytest
from casebook_making import NEW, report
from deciding import LONG, about, coding, filled, said

from marsad.casebook import Casebook
from marsad.decisions import Target
from marsad.errors import DecisionError
from marsad.records import Claim, Passage, Record


def shown(casebook: Casebook) -> list[str]:
    return [event.id for event in casebook.record("r1").events]


def test_what_is_decided_in_one_go_is_undone_in_one_go() -> None:
    with filled() as casebook:
        before = casebook.record("r1")
        kept = casebook.decide_all([said("reject", about(words)) for words in ("raided", "took")])
        alone = casebook.decide(said("note", about("raided")))
        assert [one.step for one in (*kept, alone)] == [1, 1, None]
        undone = casebook.undo_step(2, "Bob")
        assert [(one.kind, one.value["number"], one.step) for one in undone] == [("undo", 1, 4), ("undo", 2, 4)]
        assert casebook.record("r1") == before
        # An undo is taken back as it was made.
        assert [one.value["number"] for one in casebook.undo_step(5, "Ann")] == [4, 5]
        assert shown(casebook) == ["e3"]
        assert casebook.check() == []


def test_what_is_undone_already_is_left_out() -> None:
    with filled() as casebook:
        casebook.decide_all([said("reject", about(words)) for words in ("raided", "took")])
        casebook.undo(1, "Ann")
        assert [one.value["number"] for one in casebook.undo_step(1, "Ann")] == [2]
        with pytest.raises(DecisionError, match="undone already"):
            casebook.undo_step(1, "Ann")
        with pytest.raises(DecisionError, match="undone already"):
            casebook.undo_all([1, 2], "Ann")
        with pytest.raises(DecisionError, match="there is no decision 99"):
            casebook.undo_step(99, "Ann")
        assert len(casebook.decisions()) == 4


def test_later_decisions_of_one_go_see_the_earlier() -> None:
    with filled() as casebook:
        casebook.decide_all([
            said("correct", about("raided", "type"), "ASSAULT"),
            said("correct", about("raided", "mode"), "drone"),
            said("accept", about("raided")),
        ])  # fmt: skip
        event = casebook.record("r1").events[0]
        assert (event.type, event.mode) == ("ASSAULT", "drone")
        [_, _, accepted] = casebook.decisions("r1")
        assert (accepted.value["type"], accepted.basis["coded"]["type"]) == ("ASSAULT", "COERCE")


def test_one_go_is_as_one_by_one() -> None:
    of = report(text=LONG)
    made = coding(3, of)
    told = [said("accept" if n % 2 else "reject", Target("event", "r1", one.span)) for n, one in enumerate(made.events)]
    views = []
    for together in (True, False):
        with Casebook.temporary() as casebook:
            casebook.add(of, made, NEW)
            if together:
                casebook.decide_all(told)
            else:
                for one in told:
                    casebook.decide(one)
            views.append((casebook.record("r1"), [event.event for event in casebook.events()]))
    assert views[0] == views[1]


def test_a_thousand_in_one_go_take_seconds() -> None:
    text = "The army attacked the town. " * 500
    events = tuple(Claim(f"e{n}", Passage(28 * n + 9, 28 * n + 17), "ASSAULT") for n in range(500))
    of = report(text=text)
    with Casebook.temporary() as casebook:
        casebook.add(
            of,
            Record("r1", text, events=events, extra={"spun": {"probability": 0.0, "passages": [], "signs": []}}),
            NEW,
        )
        start = time.monotonic()
        kept = casebook.decide_all([said("accept", Target("event", "r1", one.span)) for one in events])
        casebook.undo_step(kept[7].number or 0, "Ann")
        assert time.monotonic() - start < 30
        assert len(casebook.decisions()) == 1000
