"""What is put together, what is not, what is asked, and that the order of arrival keeps the promises."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from incidents_making import KNOWLEDGE, made, together, told

from marsad.incidents import Incidents, summary
from marsad.incidents.comparing import compare, conflict
from marsad.incidents.tables import likely
from marsad.incidents.tellings import tellings
from marsad.records import Claim, Passage

BOMB = "A car bomb killed 12 people in the market of Tal Marez on Tuesday, police said."
BLAST = "Twelve people died when a car bomb exploded in the market of Tal Marez, killing shoppers."
RAID = "Soldiers raided a house in Hadun and arrested two men of the Red Dawn Front."


def test_two_reports_of_one_bombing_are_one_incident_with_reasons() -> None:
    incidents = together(
        made("a", BOMB, "killed", mode="explosives", killed=12),
        made("b", BLAST, "killing", mode="explosives", killed=12),
    )
    [incident] = incidents
    assert [one.id for one in incident.tellings] == ["a:e1", "b:e1"]
    assert incident.id == "a:e1"
    assert incident.count == "2 reports, 2 origins"
    [join] = incidents.joins("a:e1")
    assert (join.one, join.other) == ("b:e1", "a:e1")
    assert join.probability > 0.65
    assert "both ASSAULT, explosives" in join.reasons
    assert "both say 'kill'" in join.reasons
    assert "the same day" in join.reasons
    assert "both in Tal Marez" in join.reasons
    assert "the same number killed" in join.reasons


def test_copies_are_one_origin() -> None:
    incidents = together(
        made("a", BOMB, "killed"), made("b", BOMB, "killed"), made("c", BLAST, "killing"), origins={"b": "a"}
    )
    assert [incident.count for incident in incidents] == ["3 reports, 2 origins"]


def test_a_report_may_turn_out_to_be_a_copy_later() -> None:
    incidents = together(made("a", BOMB, "killed"), made("b", BLAST, "killing"))
    incidents.moved("b", "a")
    assert [incident.origins for incident in incidents] == [1]


def test_another_act_in_another_town_is_another_incident() -> None:
    incidents = together(
        made("a", BOMB, "killed"), made("b", RAID, "raided", type="COERCE", mode="arrest", town="Hadun")
    )
    assert len(incidents) == 2


def test_the_same_words_of_another_day_in_another_town_are_never_joined() -> None:
    other = BOMB.replace("Tal Marez", "Sennar")
    one, two = told("a", BOMB, "killed"), told("b", other, "killed", day="2031-03-05", town="Sennar")
    assert conflict(one, two)
    incidents = Incidents(KNOWLEDGE)
    incidents.add_tellings([one])
    placed = incidents.add_tellings([two])
    assert placed.incidents == ("b:e1",)
    assert len(incidents) == 2


def test_no_third_report_ties_two_that_differ_in_day_and_town() -> None:
    """A report without day and town is like both; it may join one of them, and never brings the two together."""
    other = BOMB.replace("Tal Marez", "Sennar")
    plain = BOMB.replace(" of Tal Marez", "")
    found = [
        made("a", BOMB, "killed"), made("b", other, "killed", day="2031-03-06", town="Sennar"),
        made("c", plain, "killed", day=None, town=None),
    ]  # fmt: skip
    for order in permutations(found):
        for incident in together(*order):
            assert not {"a", "b"} <= {one.report for one in incident.tellings}


def test_day_of_one_report_and_town_of_another_keep_a_third_apart() -> None:
    """What the reports of an incident say between them counts, not only what one says alone."""
    found = [
        made("a", BOMB, "killed", day="2031-03-04", town=None), made("b", BOMB, "killed", day=None, town="Tal Marez"),
        made("c", BOMB, "killed", day="2031-03-06", town="Sennar", published="2031-03-07"),
    ]  # fmt: skip
    for first, second in permutations(found[:2]):
        incidents = together(first, second, found[2])
        assert [{one.report for one in incident.tellings} for incident in incidents] == [{"a", "b"}, {"c"}]


def test_strikes_on_three_days_in_one_country_are_three_incidents() -> None:
    """What is told of a whole country, in the same words, has nothing but its day to tell it by."""
    text = "Coalition aircraft conducted nine strikes against the Red Dawn Front on Tuesday, and killed 12 fighters."
    found = [
        made(name, text, "strikes", day=day, town=town, published=day)
        for name, day, town in (
            ("a", "2031-03-04", "Talun province"), ("b", "2031-03-07", "Talun province"), ("c", "2031-04-11", None),
        )
    ]  # fmt: skip
    for order in permutations(found):
        assert len(together(*order)) == 3
    near = made("d", text, "strikes", day="2031-03-05", town="Talun province", published="2031-03-05")
    assert len(together(found[0], near)) == 1  # a day's difference may be the clock's


def test_what_is_undated_is_not_one_with_another_town_months_later() -> None:
    one = told("a", BOMB, "killed", day=None, published="2031-03-04")
    two = told("b", BOMB.replace("Tal Marez", "Sennar"), "killed", day=None, town="Sennar", published="2031-05-04")
    three = told("c", BOMB, "killed", day=None, published="2031-03-04", town="Sennar")
    assert compare(one, two).probability == 0.0
    assert compare(one, three).probability > 0.0


Row = tuple[str | None, str | None, str]
DAYS = st.sampled_from([None, "2031-03-04", "2031-03-05", "2031-03-09", "2031-03"])
TOWNS = st.sampled_from([None, "Tal Marez", "Sennar", "Hadun", "Talun province"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DAYS, TOWNS, st.sampled_from([BOMB, BLAST])), min_size=2, max_size=9))
def test_whatever_comes_in_no_incident_has_two_days_and_two_towns(
    rows: list[Row],
) -> None:
    incidents = Incidents(KNOWLEDGE)
    for number, (day, town, text) in enumerate(rows):
        incidents.add_tellings([told(f"r{number}", text, "kill", day=day, town=town)])
    for incident in incidents:
        for one in incident.tellings:
            assert not any(conflict(one, other) for other in incident.tellings)


def test_a_denial_stands_beside_what_it_denies() -> None:
    incidents = together(
        made("a", "The army shelled the village of Ketra on Tuesday.", "shelled", actors=("The army",), town="Ketra"),
        made(
            "b", "An army spokesman denied that soldiers shelled the village of Ketra on Tuesday.", "shelled",
            town="Ketra", status="did-not-happen", says="army spokesman",
        ),
    )  # fmt: skip
    [incident] = incidents
    assert {one.status for one in incident.tellings} == {"happened", "did-not-happen"}
    [join] = incidents.joins(incident.id)
    assert "one says that it happened, the other that it did not" in join.reasons


def test_what_is_doubtful_becomes_a_question() -> None:
    one = made(
        "a", "Gunmen attacked a post near Hadun on Tuesday and killed two men.", "attacked", killed=2, town="Hadun"
    )
    chances = {}
    for other in (
        made("b", "Two guards were shot near Hadun.", "shot", town=None, killed=2),
        made("b", "Rebels raided the Hadun area and two men died.", "raided", town="Hadun", day="2031-03-05", killed=2),
        made("b", "Two people were killed by fire near Hadun.", "killed", day=None, town="Hadun"),
        made("b", "Clashes were reported around Hadun, with two dead.", "Clashes", day=None, town="Hadun"),
    ):
        incidents = together(one, other)
        first, second = (tellings(*found, found[0].id, KNOWLEDGE, None)[0] for found in (one, other))
        chances[other[1].text] = likely(compare(first, second).probability)
        asked = list(incidents.questions())
        assert bool(asked) == (0.35 <= chances[other[1].text] < 0.65)
        for question in asked:
            assert question.text.startswith("Is the '")
            assert question.text.endswith("in report a?")
            assert question.joined == (len(incidents) == 1)
            assert question.reasons
    assert any(0.35 <= chance < 0.65 for chance in chances.values()), chances


def test_claims_of_one_report_rarely_join() -> None:
    one, first = made("a", BOMB, "killed")
    second = Claim("e2", Passage(len(first.text) + 8, len(first.text) + 16), "COERCE")
    record = replace(first, text=first.text + " Police arrested four men.", events=(*first.events, second))
    incidents = Incidents(KNOWLEDGE)
    incidents.add(one, record)
    assert len(incidents) == 2


def test_a_report_comes_in_once() -> None:
    incidents = together(made("a", BOMB, "killed"))
    with pytest.raises(KeyError):
        incidents.add(*made("a", BOMB, "killed"))
    with pytest.raises(KeyError):
        incidents["nothing:e1"]


def test_adding_says_what_it_did() -> None:
    incidents = together(made("a", BOMB, "killed", mode="explosives"))
    placed = incidents.add(*made("b", BLAST, "killing", mode="explosives"))
    assert placed.incidents == ("a:e1",)
    assert [join.one for join in placed.joins] == ["b:e1"]
    assert incidents["b:e1"] == incidents["a:e1"]


def test_a_report_without_events_changes_nothing() -> None:
    report, record = made("a", BOMB, "killed")
    incidents = Incidents(KNOWLEDGE)
    placed = incidents.add(report, type(record)("a", record.text))
    assert placed == type(placed)((), (), ())
    assert len(incidents) == 0


@pytest.mark.parametrize("day", ["0000-01-01", "2031-13", "20310304", "9999-12-31", "", "soon", "2031-03-04T10:00"])
def test_odd_dates_and_triggers_do_no_harm(day: str) -> None:
    text = "— … \u202e 🚀🚀 ¡! \u0301 nothing"
    odd = made("a", text, "🚀🚀 ¡!", day=day, town="\u202e,,,", published=None)
    other = made("b", text, "—", day=None, town=" ", published="9999")
    incidents = together(odd, other)
    assert sum(len(incident.tellings) for incident in incidents) == 2
    for asked in incidents.questions():
        assert asked.text
    for incident in incidents:
        assert summary(incident).to_json()["incident"] == incident.id
