"""To accept is to change nothing: over coded documents, and over records made to mislead."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.decisions import Decision, Preparing, Reviewed, Target, applied, at_passage
from marsad.decisions.finding import passages_of
from marsad.decisions.portable import LISTS, Fact
from marsad.errors import DecisionError
from marsad.records import AUTHOR, Actor, Claim, Passage, Record, Relation, Report, Statement

HERE = Path(__file__).resolve().parents[2]
GOLD = HERE.parent / "shared" / "gold" / "train"
TEXT = (
    "A Kataib Hezbollah commander said Kataib Hezbollah shelled the base. Relatives of the colonel blamed the colonel. "
    "A coalition spokesman said the coalition had not struck. A spokesman said nothing."
)


def place(words: str, nth: int = 0) -> Passage:
    """Where these words stand in TEXT, for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Passage(start, start + len(words))


def accepting(record: Record) -> list[Decision]:
    """An acceptance of every fact of a record, as the lists name them."""
    found = []
    for part, name in LISTS.items():
        facts: tuple[Fact, ...] = getattr(record, name)
        for at, fact in enumerate(facts):
            passage = passages_of(fact)[0]
            nth = at_passage(facts, passage).index(at)
            found.append(Decision("accept", Target(part, record.id, passage, nth=nth), "Ann"))  # type: ignore[arg-type]
    return found


def decided(record: Record, decisions: Iterable[Decision]) -> tuple[list[Decision], Reviewed]:
    """Decisions made ready one after another, and what they make of the record."""
    preparing = Preparing(record, ())
    kept = [preparing.ready(replace(one, number=n)) for n, one in enumerate(decisions, 1)]
    return kept, preparing.reviewed()


def fields(record: Record) -> object:
    """All that a record says, but for how sure the coder was and which decisions were applied."""
    data = json.loads(record.dumps())
    data.pop("decisions", None)
    for event in data["events"]:
        event.pop("confidence", None)
    return data


def nothing_changes(record: Record) -> int:
    """Accept everything, at once and when it is read again; how many there were."""
    wanted = accepting(record)
    kept, reviewed = decided(record, wanted)
    assert fields(reviewed.record) == fields(record)
    again = applied(record, kept)
    assert fields(again.record) == fields(record)
    assert not again.unfitting
    return len(wanted)


def misleading() -> Record:
    """Actors within the names of others, the inner one first; two of one name; two events on one word."""
    actors = (
        Actor("a1", "Kataib Hezbollah", "armed-group", (place("Kataib Hezbollah"), place("Kataib Hezbollah", 1))),
        Actor("a2", "colonel", "military", (place("colonel"), place("the colonel", 1))),
        Actor("a3", "the coalition", "international-organisation", (place("coalition"), place("the coalition"))),
        Actor("a4", "A Kataib Hezbollah commander", "armed-group", (place("A Kataib Hezbollah commander"),)),
        Actor("a5", "Relatives of the colonel", "population", (place("Relatives of the colonel"),)),
        Actor("a6", "A coalition spokesman", "international-organisation", (place("A coalition spokesman"),)),
        Actor("a7", "A spokesman", "other", (place("A spokesman"),)),
        Actor("a8", "A spokesman", "other", (place("spokesman", 1),)),
    )
    events = (
        Claim("e1", place("shelled"), "ASSAULT", actors=("a1",), recipients=("a6",), according_to=("a4",)),
        Claim("e2", place("shelled"), "ASSAULT", actors=("a4",), according_to=("a8", AUTHOR), certainty="possible"),
        Claim("e3", place("blamed"), "ACCUSE", actors=("a5",), recipients=("a2",), according_to=(AUTHOR,)),
        Claim("e4", place("struck"), "ASSAULT", actors=("a3", "a6"), according_to=("a6",), status="did-not-happen"),
    )
    statements = (
        Statement("s1", "indirect", (place("Kataib Hezbollah shelled the base"),), speaker="a4"),
        Statement("s2", "indirect", (place("the coalition had not struck"),), speaker="a6"),
        Statement("s3", "indirect", (place("nothing"),), speaker="a8"),
    )
    relations = (
        Relation("a4", "member-of", "a1", place("Kataib Hezbollah commander"), ("a7",)),
        Relation("a6", "works-for", "a3", place("coalition spokesman"), (AUTHOR,)),
    )
    return Record("r", TEXT, actors=actors, relations=relations, statements=statements, events=events)


def test_an_actor_within_another_is_not_taken_for_it() -> None:
    assert nothing_changes(misleading()) == 17


@given(st.permutations(range(8)))
@settings(max_examples=40, deadline=None)
def test_whatever_the_order_of_the_actors(order: list[int]) -> None:
    record = misleading()
    nothing_changes(replace(record, actors=tuple(record.actors[at] for at in order)))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_corrected_actor_is_the_one_that_was_named(data: st.DataObject) -> None:
    record = misleading()
    one = data.draw(st.sampled_from(record.actors))
    part, name = data.draw(
        st.sampled_from([
            ("event", "actors"), ("event", "recipients"), ("event", "according_to"), ("statement", "speaker"),
            ("relation", "according_to"),
        ])
    )  # fmt: skip
    by = data.draw(st.sampled_from(["id", "mentions"]))
    fact: Fact = data.draw(st.sampled_from(getattr(record, LISTS[part])[-2:]))
    given_as = one.id if by == "id" else {"name": one.name, "mentions": [list(mention) for mention in one.mentions]}
    value = given_as if name == "speaker" else [given_as]
    target = Target(part, "r", passages_of(fact)[0], name)  # type: ignore[arg-type]
    kept, reviewed = decided(record, [Decision("correct", target, "Ann", value)])
    at = getattr(record, LISTS[part]).index(fact)
    for made in (reviewed.record, applied(record, kept).record):
        found = getattr(getattr(made, LISTS[part])[at], name)
        assert found == (one.id if name == "speaker" else (one.id,))
        assert made.actors == record.actors


def test_one_who_is_gone_after_a_coding_is_entered_and_not_the_one_within() -> None:
    record = misleading()
    kept, _ = decided(record, accepting(record)[:1])
    gone = {"a4", "a6"}
    event = replace(record.events[0], recipients=(), according_to=("a1",))
    other = replace(
        record, actors=tuple(one for one in record.actors if one.id not in gone), events=(event,), statements=(),
        relations=(),
    )  # fmt: skip
    made = applied(other, kept).record
    names = {one.id: one.name for one in made.actors}
    assert [names[one] for one in made.events[0].according_to] == ["A Kataib Hezbollah commander"]
    assert [names[one] for one in made.events[0].recipients] == ["A coalition spokesman"]


def test_what_is_said_of_one_who_is_gone_is_not_said_of_the_one_within() -> None:
    record = misleading()
    target = Target("actor", "r", place("A Kataib Hezbollah commander"), "name")
    kept, _ = decided(record, [Decision("correct", target, "Ann", "Abu Hussein")])
    other = Record("r", TEXT, actors=record.actors[:1])
    reviewed = applied(other, kept)
    assert [one.name for one in reviewed.record.actors] == ["Kataib Hezbollah", "Abu Hussein"]
    assert len(reviewed.unfitting) == 1


def test_an_actor_is_known_by_another_mention_where_one_is_gone() -> None:
    record = misleading()
    kept, _ = decided(record, [Decision("correct", Target("actor", "r", place("coalition"), "kind"), "Ann", "state")])
    later = replace(record.actors[2], id="x9", name="coalition forces", mentions=(place("the coalition"),))
    reviewed = applied(Record("r", TEXT, actors=(later,)), kept)
    assert [(one.id, one.kind) for one in reviewed.record.actors] == [("x9", "state")]


def test_an_accepted_event_does_not_bring_a_rejected_actor_back() -> None:
    record = misleading()
    wanted = [Decision("reject", Target("actor", "r", place("Relatives of the colonel")), "Ann")]
    wanted.append(Decision("accept", Target("event", "r", place("blamed")), "Ann"))
    kept, reviewed = decided(record, wanted)
    renamed = replace(record, actors=tuple(replace(one, id=f"n{one.id}") for one in record.actors), events=(
        replace(record.events[2], actors=("na5",), recipients=("na2",)),
    ), statements=(), relations=())  # fmt: skip
    for made in (reviewed.record, applied(renamed, kept).record):
        assert "Relatives of the colonel" not in {one.name for one in made.actors}
        assert len(made.actors) == 7
        (event,) = (one for one in made.events if one.span == place("blamed"))
        assert (event.actors, len(event.recipients)) == ((), 1)


def test_a_rejected_actor_is_accepted_and_not_the_one_around_it() -> None:
    record = misleading()
    own = Target("actor", "r", place("spokesman", 1))
    around = Target("actor", "r", place("A spokesman"))
    _, reviewed = decided(record, [Decision("reject", own, "Ann"), Decision("reject", around, "Ann"),
                                   Decision("accept", own, "Ann")])  # fmt: skip
    assert [one.id for one in reviewed.rejected if isinstance(one, Actor)] == ["a7"]


@pytest.mark.parametrize("name", sorted(path.name for path in (HERE / "examples").glob("*.md")))
def test_accepting_all_that_the_coder_finds_changes_no_field(name: str) -> None:
    from marsad.coding import Coder

    text = (HERE / "examples" / name).read_text(encoding="utf-8")
    assert nothing_changes(Coder().code(Report("example", text, published="2021-03-04"))) > 20


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold records are not here")
def test_accepting_all_of_the_gold_records_changes_no_field() -> None:
    records = [Record.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]
    assert sum(nothing_changes(one) for one in records[::4]) > 500


def test_there_is_no_such_actor() -> None:
    target = Target("event", "r", place("blamed"), "actors")
    with pytest.raises(DecisionError, match="does not name"):
        decided(misleading(), [Decision("correct", target, "Ann", ["Nobody here"])])


def test_a_rejected_event_is_brought_back_beside_another_on_its_word() -> None:
    record = misleading()
    word = place("shelled")
    wanted = [Decision("reject", Target("event", "r", word, nth=1), "Ann"),
              Decision("accept", Target("event", "r", word, nth=1), "Ann")]  # fmt: skip
    kept, reviewed = decided(record, wanted)
    assert fields(reviewed.record) == fields(record)
    assert fields(applied(record, kept).record) == fields(record)


@pytest.mark.parametrize(("words", "nth"), [("shelled", 2), ("blamed", 1)])
def test_one_more_than_stand_on_a_word_is_none_of_them(words: str, nth: int) -> None:
    target = Target("event", "r", place(words), nth=nth)
    with pytest.raises(DecisionError, match=f"there is no event at '{words}'"):
        decided(misleading(), [Decision("accept", target, "Ann")])


def test_of_two_actors_with_one_name_the_id_is_asked_for() -> None:
    target = Target("event", "r", place("blamed"), "actors")
    with pytest.raises(DecisionError, match=r"2 actors are called 'a spokesman': give the id of one \(a7, a8\)"):
        decided(misleading(), [Decision("correct", target, "Ann", ["a spokesman"])])


def test_a_name_is_found_as_a_word_of_its_own() -> None:
    record = Record("r", "Iranian troops met envoys of Iran.", events=(Claim("e1", Passage(15, 18), "CONSULT"),))
    target = Target("event", "r", Passage(15, 18), "actors")
    _, reviewed = decided(record, [Decision("correct", target, "Ann", ["Iran"])])
    assert [one.mentions for one in reviewed.record.actors] == [(Passage(29, 33),)]
