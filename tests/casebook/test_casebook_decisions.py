"""Decisions of reviewers: kept, applied, undone, refused, and in force after a re-coding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import apsw
import pytest
from casebook_making import NEW, OLD, TEXT, at, record, report
from deciding import LONG, SLOTS, about, coder, coding, decided, filled, said

from marsad.casebook import Casebook, Filters
from marsad.decisions import Decision, Target, applied
from marsad.errors import CasebookError, DecisionError
from marsad.records import Claim, Passage, Record


def event(of: Record, words: str, text: str = TEXT) -> Claim:
    """The event with a trigger that overlaps these words."""
    place = at(text, words)
    found = [one for one in of.events if any(t.start < place.end and place.start < t.end for t in one.triggers)]
    assert len(found) == 1, (words, found)
    return found[0]


def test_a_correction_replaces_one_field_and_nothing_else() -> None:
    with filled() as casebook:
        before = casebook.record("r1")
        number = decided(casebook, "correct", about("raided", "killed"), {"low": 4, "best": 5, "high": None})
        after = casebook.reviewed("r1")
        assert (event(after.record, "raided").killed or 0) != event(before, "raided").killed
        changed = replace(event(after.record, "raided"), killed=event(before, "raided").killed)
        assert changed == event(before, "raided")
        assert after.record.events[1:] == before.events[1:]
        assert after.record.actors == before.actors
        assert after.said == {("event", "e1"): (number,)}
        assert after.unfitting == ()
        assert after.record.extra["decisions"] == [number]


def test_every_field_can_be_corrected() -> None:
    values: dict[str, Any] = {
        "type": "ASSAULT", "mode": "restrict", "actors": ["a2"], "recipients": [], "status": "planned",
        "time": {"span": None, "start": "2020-07", "end": "2020-07"}, "place": None, "injured": {"best": 2},
        "killed": None, "certainty": "possible", "according_to": ["a2", "author"], "span": list(at(TEXT, "Rebels")),
        "also": [list(at(TEXT, "took"))],
    }  # fmt: skip
    with filled() as casebook:
        for field, value in values.items():
            number = decided(casebook, "correct", about("raided", field), value)
            shown = casebook.reviewed("r1").record.to_json()["events"][0][field]
            given = value if field != "injured" else {"low": None, "best": 2, "high": None}
            assert shown == given, field
            casebook.undo(number, "Ann")
        for part, words, field, value in (
            ("statement", "We took it,", "manner", "mixed"),
            ("statement", "We took it,", "speaker", "a3"),
            ("statement", "We took it,", "anonymous", False),
            ("actor", "Beta", "name", "Beta"),
            ("actor", "Beta", "kind", "state"),
            ("relation", "their spokesman", "relation", "leads"),
            ("relation", "their spokesman", "object", "a3"),
        ):
            number = decided(casebook, "correct", about(words, field, part), value)  # type: ignore[arg-type]
            listed = casebook.reviewed("r1").record.to_json()[f"{part}s"]
            assert value in [item[field] for item in listed]
            casebook.undo(number, "Ann")
        for field, words in (("title", "Another"), ("published", "2020-07")):
            decided(casebook, "correct", Target("report", "r1", None, field), words)
            assert getattr(casebook.reviewed("r1").record, field) == words


def test_the_value_may_come_in_an_object() -> None:
    with filled() as casebook:
        decided(casebook, "correct", about("raided", "type"), {"value": "ASSAULT"})
        assert event(casebook.record("r1"), "raided").type == "ASSAULT"


def test_another_type_takes_the_mode_away() -> None:
    with filled() as casebook:
        assert event(casebook.record("r1"), "raided").mode == "seize"
        decided(casebook, "correct", about("raided", "type"), "ASSAULT")
        assert event(casebook.record("r1"), "raided").mode is None
        decided(casebook, "correct", about("raided", "mode"), "firearms")
        assert event(casebook.record("r1"), "raided").mode == "firearms"


def test_a_rejected_event_is_gone_and_comes_back() -> None:
    with filled() as casebook:
        number = decided(casebook, "reject", about("took"), why="boast")
        reviewed = casebook.reviewed("r1")
        assert [one.id for one in reviewed.record.events] == ["e1", "e3"]
        assert [one.id for one in reviewed.rejected if isinstance(one, Claim)] == ["e2"]
        assert [row.event for row in casebook.events()] == ["e1", "e3"]
        undo = casebook.undo(number, "Bob", "not a boast")
        assert [row.event for row in casebook.events()] == ["e1", "e2", "e3"]
        casebook.undo(undo.number or 0, "Ann")
        assert [row.event for row in casebook.events()] == ["e1", "e3"]
        decided(casebook, "accept", about("took"))
        assert [row.event for row in casebook.events()] == ["e1", "e2", "e3"]
        assert [one.kind for one in casebook.decisions()] == ["reject", "undo", "undo", "accept"]


def test_a_rejected_value_is_empty_until_the_coder_reads_another() -> None:
    with filled() as casebook:
        decided(casebook, "reject", about("raided", "place"))
        assert event(casebook.record("r1"), "raided").place is None
        other = record(report())
        moved = replace(other.events[0], place=replace(other.events[0].place, name="Beta"))  # type: ignore[type-var]
        casebook.add(report(), replace(other, events=(moved, *other.events[1:])), NEW)
        reviewed = casebook.reviewed("r1")
        place = event(reviewed.record, "raided").place
        assert place is not None
        assert place.name == "Beta"
        assert ["reads another place" in words for _, words in reviewed.unfitting] == [True]


def test_a_rejected_actor_has_no_part_in_anything() -> None:
    with filled() as casebook:
        decided(casebook, "reject", about("their spokesman", None, "actor"))
        of = casebook.record("r1")
        assert [actor.id for actor in of.actors] == ["a1", "a3"]
        assert of.relations == ()
        assert of.statements[0].speaker is None
        assert event(of, "took").according_to == ("author",)
        assert Record.from_json(of.to_json()) == of


def test_an_added_event_with_an_actor_nobody_had() -> None:
    value = {"type": "CONSULT", "actors": [{"name": "Alpha", "kind": "state", "mention": list(at(TEXT, "Alpha"))}]}
    with filled() as casebook:
        decided(casebook, "add", about("said"), value)
        of = casebook.record("r1")
        added = event(of, "said")
        assert (added.type, added.status, added.according_to) == ("CONSULT", "happened", ("author",))
        assert [of.actor(one).name for one in added.actors] == ["Alpha"]
        assert [row.actors for row in casebook.events(Filters(type="CONSULT"))] == [("Alpha",)]
        assert Record.from_json(of.to_json()) == of


def test_additions_of_other_parts() -> None:
    with filled() as casebook:
        decided(casebook, "add", about("Beta denied it", None, "statement"), {"manner": "indirect", "speaker": "a3"})
        decided(casebook, "add", about("Alpha", None, "actor"), {"name": "Alpha", "kind": "state"})
        tie = {"subject": "Alpha", "relation": "fights", "object": "a1"}
        decided(casebook, "add", about("raided", None, "relation"), tie)
        of = casebook.record("r1")
        assert [one.speaker for one in of.statements] == ["a2", "a3"]
        assert of.actors[-1].name == "Alpha"
        assert [(one.subject, one.relation) for one in of.relations] == [
            ("a2", "works-for"),
            (of.actors[-1].id, "fights"),
        ]


def test_how_sure_the_coder_was_of_what_is_decided_is_gone() -> None:
    whole = record(report())
    unsure = replace(whole.events[0], extra={"confidence": {"event": 0.5, "type": 0.4, "status": 0.9}, "codes": []})
    with Casebook.temporary() as casebook:
        casebook.add(report(), replace(whole, events=(unsure, *whole.events[1:])), OLD)
        decided(casebook, "correct", about("raided", "type"), "ASSAULT")
        assert event(casebook.record("r1"), "raided").extra == {"confidence": {"status": 0.9}, "codes": []}
        decided(casebook, "accept", about("raided"))
        assert event(casebook.record("r1"), "raided").extra == {"confidence": {}, "codes": []}


def test_a_rejected_report_tells_of_nothing() -> None:
    with filled() as casebook:
        decided(casebook, "reject", Target("report", "r1"), why="off topic")
        of = casebook.record("r1")
        assert (of.events, of.statements, of.relations) == ((), (), ())
        assert list(casebook.events()) == []


def test_a_correction_of_a_rejected_event_waits() -> None:
    with filled() as casebook:
        rejected = decided(casebook, "reject", about("took"))
        decided(casebook, "correct", about("took", "type"), "ACCUSE", who="Bob")
        reviewed = casebook.reviewed("r1")
        assert [words for _, words in reviewed.unfitting] == [f"rejected: decision {rejected}"]
        assert len(reviewed.record.events) == 2
        casebook.undo(rejected, "Ann")
        assert event(casebook.record("r1"), "took").type == "ACCUSE"


def test_a_redone_decision_is_in_its_old_place() -> None:
    with filled() as casebook:
        first = decided(casebook, "correct", about("raided", "status"), "planned")
        decided(casebook, "correct", about("raided", "status"), "requested")
        undo = casebook.undo(first, "Ann").number or 0
        casebook.undo(undo, "Ann")
        assert event(casebook.record("r1"), "raided").status == "requested"


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (said("correct", about("raided", "type"), "WAR"), "not one of its values"),
        (said("correct", about("raided", "mode"), "aerial"), "'aerial' is not one of its values"),
        (said("correct", about("raided", "colour"), "red"), "no field 'colour'"),
        (said("correct", about("raided"), "red"), "must name the field"),
        (said("correct", about("raided", "killed"), "many"), "wrong type"),
        (said("correct", about("raided", "killed"), {"best": float("nan")}), "must be plain data"),
        (said("correct", about("raided", "actors"), ["nobody here"]), "does not name 'nobody here'"),
        (said("correct", about("raided", "actors"), [7]), "an actor must be given"),
        (said("correct", about("raided", "actors"), [{"name": "X", "mentions": [[5, 2]]}]), "bad span"),
        (said("correct", about("raided", "time"), {"start": "June"}), "not an ISO date"),
        (said("correct", Target("report", "r1", None, "published"), "June"), "not an ISO date"),
        (said("reject", about("raided", "type")), "cannot be left empty"),
        (said("accept", about("Alpha")), "there is no event at 'Alpha'"),
        (said("accept", Target("event", "r1", Passage(5, 9_000))), "beyond the report's"),
        (said("accept", Target("event", "r1")), "names no passage"),
        (said("accept", Target("event", None, Passage(1, 2))), "names no report"),
        (said("add", about("raided"), {"type": "ASSAULT"}), "an event stands on 'raided' already"),
        (said("add", about("said"), {}), "say its type"),
        (said("add", about("said"), {"type": "ASSAULT", "colour": 1}), "no field 'colour'"),
        (said("add", about("said"), "ASSAULT"), "give its fields"),
        (said("merge", about("raided")), "merge is nothing for event"),
        (said("accept", about("raided"), who=" "), "say who decides"),
        (said("accept", about("raided"), who="x" * 101), "say who decides"),
        (said("accept", about("raided"), why="x" * 10_001), "more than 10,000"),
        (Decision("note", about("raided"), "Ann"), "a note must say something"),
        (said("undo", about("raided"), {"number": 99}), "there is no decision 99"),
        (said("undo", about("raided"), {"number": True}), "must give the number"),
        (said("undo", about("raided"), {"number": 2**70}), "there is no decision"),
        (said("merge", Target("incident", claims=(("r1", Passage(24, 30)),))), "at least two"),
        (said("split", Target("incident", claims=(("r1", Passage(0, 6)),))), "there is no event at"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(decision: Decision, words: str) -> None:
    with filled() as casebook:
        with pytest.raises(DecisionError, match=words) as raised:
            casebook.decide(decision)
        assert "\n" not in str(raised.value)
        assert casebook.decisions() == []
        assert casebook.record("r1") == record(report())


def test_other_refusals() -> None:
    with filled() as casebook:
        with pytest.raises(CasebookError, match="no record"):
            decided(casebook, "accept", about("raided", of="none"))
        with pytest.raises(CasebookError, match="lone surrogate"):
            casebook.decide(said("accept", about("raided", of="\ud800")))
        number = decided(casebook, "note", about("raided"), why="half \ud800")
        assert casebook.decision(number).why == "half \ud800"
        undo = casebook.undo(number, "Ann").number
        with pytest.raises(DecisionError, match=f"undone already, by {undo}"):
            casebook.undo(number, "Ann")
        with pytest.raises(DecisionError, match="there is no event"):
            casebook.decide_all([said("reject", about("took")), said("reject", about("Alpha"))])
        assert len(casebook.decisions()) == 2
        assert casebook.check() == []


def test_several_at_once() -> None:
    with filled() as casebook:
        kept = casebook.decide_all([said("reject", about(words)) for words in ("raided", "took")])
        assert [one.number for one in kept] == [1, 2]
        assert [row.event for row in casebook.events()] == ["e3"]


def test_which_of_two_on_one_passage() -> None:
    whole = record(report())
    twin = replace(whole.events[0], id="e9", type="THREATEN", mode=None)
    with Casebook.temporary() as casebook:
        casebook.add(report(), replace(whole, events=(*whole.events, twin)), OLD)
        casebook.decide(said("reject", replace(about("raided"), nth=1)))
        assert [one.id for one in casebook.record("r1").events] == ["e1", "e2", "e3"]
        with pytest.raises(DecisionError, match="there is no event"):
            casebook.decide(said("reject", replace(about("raided"), nth=5)))
        # Another coder has the other one only: that was not rejected.
        casebook.add(report(), whole, NEW)
        assert [one.id for one in casebook.record("r1").events] == ["e1", "e2", "e3"]


def test_what_is_kept_says_who_when_what_and_why() -> None:
    with filled() as casebook:
        kept = casebook.decide(said("correct", about("raided", "type"), "ASSAULT", who="  Ann  B. ", why="shots"))
        (found,) = casebook.decisions("r1")
        assert found == kept
        assert (found.number, found.who, found.why, found.value) == (1, "Ann B.", "shots", "ASSAULT")
        assert len(found.at) == 20
        assert found.at.endswith("Z")
        assert found.basis["seen"]["type"] == found.basis["coded"]["type"] == "COERCE"
        assert casebook.decisions("other") == []
        row = casebook._db.execute("SELECT who, kind, part, field FROM decisions").fetchone()
        assert row == ("Ann B.", "correct", "event", "type")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE decisions SET data = replace(data, 'ASSAULT', 'THREATEN') WHERE number = 2", "decision 2 is not as"),
        ("UPDATE decisions SET data = replace(data, 'Ann', 'Eve')", "decision 1 is not as"),
        ("UPDATE decisions SET hash = (SELECT hash FROM decisions WHERE number = 1)", "decision 2 is not as"),
        ("DELETE FROM decided; DELETE FROM decisions WHERE number = 2", "decision 2 is missing"),
        ("UPDATE decisions SET data = 'x' WHERE number = 3", "decision 3 cannot be read"),
        ("UPDATE decisions SET data = '[]' WHERE number = 3", "decision 3 cannot be read"),
    ],
)
def test_what_was_tampered_with_shows(tmp_path: Path, change: str, words: str) -> None:
    path = tmp_path / "a.casebook"
    with Casebook(path, create=True) as casebook:
        casebook.add(report(), record(report()), OLD)
        for kind in ("ASSAULT", "ASSAULT", "THREATEN"):
            decided(casebook, "correct", about("raided", "type"), kind)
        assert casebook.check() == []
    db = apsw.Connection(str(path))
    db.execute(change)
    db.close()
    with Casebook(path) as casebook:
        wrong = casebook.check()
        assert any(words in line for line in wrong), wrong


def test_a_decision_survives_a_hundred_codings_by_changed_coders(tmp_path: Path) -> None:
    one = report(text=LONG)
    path = tmp_path / "long.casebook"
    with Casebook(path, create=True) as casebook:
        first = coding(0)
        by = (first.actors[0].id,)
        events = tuple(Claim(f"e{n}", at(LONG, words), "ASSAULT", actors=by) for n, words in enumerate(SLOTS[:6]))
        full = replace(first, events=events)
        casebook.add(one, full, OLD)
        who = first.actors[0].name
        decided(casebook, "accept", about("shelled", text=LONG))
        decided(casebook, "correct", about("attacked", "type", text=LONG), "THREATEN")
        decided(casebook, "correct", about("attacked", "killed", text=LONG), {"low": 1, "best": 2, "high": 7})
        decided(casebook, "correct", about("attacked", "actors", text=LONG), ["Red Front", "Beta"])
        decided(casebook, "reject", about("met", text=LONG))
        decided(casebook, "accept", about("marched", "status", text=LONG))
        decided(casebook, "add", about("killing", text=LONG), {"type": "ASSAULT", "status": "did-not-happen"})
        survived = 0
        for seed in range(1, 101):
            assert casebook.add(one, coding(seed), coder(seed)).change == "recoded"
            reviewed = casebook.reviewed("r1")
            of = reviewed.record
            shelled, attacked = event(of, "shelled", LONG), event(of, "attacked", LONG)
            assert (shelled.type, shelled.status, shelled.killed) == ("ASSAULT", "happened", None)
            assert [of.actor(a).name for a in shelled.actors] == [who]
            assert attacked.type == "THREATEN"
            assert (attacked.killed and (attacked.killed.low, attacked.killed.best, attacked.killed.high)) == (1, 2, 7)
            assert {of.actor(a).name for a in attacked.actors} == {"Red Front", "Beta"}
            assert not any(
                t.start < e and s < t.end for s, e in [at(LONG, "met")] for c in of.events for t in c.triggers
            )
            assert event(of, "marched", LONG).status == "happened"
            killing = event(of, "killing", LONG)
            assert (killing.type, killing.status) == ("ASSAULT", "did-not-happen")
            assert {one.number for one in reviewed.applied} == set(range(1, 8))
            # What the coder reads otherwise is listed, and only that.
            mine = coding(seed)
            for decision, words in reviewed.unfitting:
                assert "no longer finds" in words or "now reads" in words
                place = decision.target.passage
                assert place is not None
                meets = [c for c in mine.events if c.span.start < place.end and place.start < c.span.end]
                assert bool(meets) == ("now reads" in words)
            assert casebook.record("r1") == of
            assert Record.from_json(of.to_json()) == of
            survived += 1
        assert survived == 100
        assert casebook.check() == []
        assert len(casebook.runs()) == 101


def test_a_new_run_changes_nothing_that_a_person_rejected_or_added() -> None:
    with filled() as casebook:
        decided(casebook, "reject", about("took"))
        decided(casebook, "add", about("said"), {"type": "ACCUSE", "actors": ["a2"]})
        whole = record(report())
        wider = replace(whole.events[1], id="z", span=Passage(whole.events[1].span.start, whole.events[1].span.end + 3))
        found = Claim("new", at(TEXT, "said"), "REQUEST", status="planned")
        casebook.add(report(), replace(whole, events=(wider, found)), NEW)
        reviewed = casebook.reviewed("r1")
        assert [(one.id, one.type, one.status) for one in reviewed.record.events] == [("new", "ACCUSE", "happened")]
        assert [words for _, words in reviewed.unfitting] == [
            "the coder now reads type 'REQUEST', actors nothing, status 'planned'"
        ]


def test_a_rejected_event_that_becomes_a_mention_of_another() -> None:
    with filled() as casebook:
        decided(casebook, "reject", about("took"))
        whole = record(report())
        joined = replace(whole.events[0], also=(at(TEXT, "took"),))
        casebook.add(report(), replace(whole, events=(joined,)), NEW)
        reviewed = casebook.reviewed("r1")
        assert [one.also for one in reviewed.record.events] == [()]
        assert "mention of the event e1" in reviewed.unfitting[0][1]


def test_a_mode_that_fits_again_comes_back() -> None:
    with filled() as casebook:
        decided(casebook, "correct", about("raided", "mode"), "arrest")
        whole = record(report())
        other = replace(whole.events[0], type="ASSAULT", mode=None)
        casebook.add(report(), replace(whole, events=(other,)), NEW)
        assert casebook.record("r1").events[0].mode is None
        assert any("arrest" in words for _, words in casebook.reviewed("r1").unfitting)
        decided(casebook, "correct", about("raided", "type"), "COERCE")
        assert casebook.record("r1").events[0].mode == "arrest"


def test_the_coders_own_records_stay_as_they_are() -> None:
    with filled() as casebook:
        decided(casebook, "reject", about("took"))
        (run,) = casebook.runs()
        assert casebook.coded("r1") == casebook.record("r1", run=run.id) == record(report())
        assert len(list(casebook.events(Filters(run=run.id)))) == 3
        assert casebook.reports()[0].events == 2
        assert casebook.kept(report(), OLD) == ("ok", None)
        assert len(list(casebook.records())) == 1


def test_applying_to_a_record_of_another_report_does_nothing() -> None:
    with filled() as casebook:
        decided(casebook, "reject", about("took"))
        other = replace(record(report()), id="r2")
        assert applied(other, casebook.decisions()).record == other


def test_decisions_and_data_read_only(tmp_path: Path) -> None:
    path = tmp_path / "a.casebook"
    with Casebook(path, create=True) as casebook:
        casebook.add(report(), record(report()), OLD)
        decided(casebook, "reject", about("took"))
    with Casebook(path, write=False) as casebook:
        assert len(casebook.reviewed("r1").record.events) == 2
        assert casebook.check() == []
        with pytest.raises(CasebookError, match="read-only"):
            decided(casebook, "reject", about("raided"))


def test_a_decision_as_plain_data_and_back() -> None:
    with filled() as casebook:
        kept = casebook.decide(said("correct", about("raided", "type"), "ASSAULT"))
        assert Decision.from_json(kept.to_json()) == kept
        for broken in ({}, {"kind": "x"}, {"kind": "note", "who": 1, "target": {}}, {"kind": "note", "who": "A"},
                       {"kind": "note", "who": "A", "target": {"part": "moon"}},
                       {"kind": "note", "who": "A", "target": {"part": "event", "passage": [3, 1]}},
                       {"kind": "note", "who": "A", "target": {"part": "event", "report": 7}}):  # fmt: skip
            with pytest.raises(DecisionError):
                Decision.from_json(broken)
