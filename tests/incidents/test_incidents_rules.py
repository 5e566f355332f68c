"""Aggregation by named rules, how far figures move, and grades with their sentences."""

from __future__ import annotations

from typing import Any

import pytest
from incidents_making import told

from marsad.errors import IncidentError
from marsad.incidents import (
    DEFAULTS,
    FIELDS,
    GRADES,
    RULES,
    Choice,
    Incident,
    Rules,
    aggregate,
    grade,
    overridden,
    rules_for,
    summary,
)  # fmt: skip
from marsad.incidents.tellings import Telling

TEXT = (
    "The bomb in Tal Marez killed people of Ketra; the Red Dawn Front, the Talun Hawks and gunmen, the ministry said."
)


def tell(report: str, origin: str | None = None, **fields: Any) -> Telling:
    return told(report, TEXT, "bomb", origin, **fields)


def incident(*tellings: Telling) -> Incident:
    return Incident(tellings[0].id, tellings)


TOLLS = incident(
    tell("a", killed=12, published="2031-03-04"),
    tell("b", "a", killed=12, published="2031-03-05"),
    tell("c", killed=15, published="2031-03-06"),
    tell("d", killed=15, published="2031-03-06", source="Oram Herald"),
    tell("e", killed=(20, 20, None), published="2031-03-07", certainty="possible"),
    tell("f", killed=9, published="2031-03-05", says="ministry"),
)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("most-independent-origins", "15"), ("latest", "at least 20"), ("most-certain", "15"), ("lowest", "9"),
        ("median", "15"), ("highest", "at least 20"),
    ],
)  # fmt: skip
def test_each_rule_gives_its_figure(rule: str, value: str) -> None:
    assert aggregate(TOLLS, Rules({"killed": rule}))["killed"].value == value


def test_copies_do_not_outvote() -> None:
    copied = incident(
        tell("a", killed=12), tell("b", "a", killed=12), tell("c", "a", killed=12), tell("d", killed=15),
        tell("e", killed=15),
    )  # fmt: skip
    figure = aggregate(copied)["killed"]
    assert figure.value == "15"
    assert figure.counted == "2 reports, 2 origins, of 5 reports, 3 origins"


def test_a_figure_says_how_far_it_moves_and_keeps_every_answer() -> None:
    figure = aggregate(TOLLS)["killed"]
    assert figure.rule == "most-independent-origins"
    assert figure.counted == "2 reports, 2 origins, of 6 reports, 5 origins"
    assert figure.moves == {"at least 20": ("latest", "highest"), "9": ("lowest",)}
    assert [answer.value for answer in figure.answers] == ["15", "12", "at least 20", "9"]
    assert figure.answers[-1].says == ("ministry",)
    assert "chosen-source-first" not in figure.under


def test_a_chosen_source_goes_first_publisher_or_speaker() -> None:
    rules = {"killed": "chosen-source-first"}
    assert aggregate(TOLLS, Rules(rules, ("oram herald",)))["killed"].value == "15"
    assert aggregate(TOLLS, Rules(rules, ("Ministry", "Oram Herald")))["killed"].value == "9"
    figure = aggregate(TOLLS, Rules(rules, ("Nobody",)))["killed"]
    assert figure.value == "15"
    assert figure.under["chosen-source-first"] == "15"


def test_who_did_it_stays_disputed() -> None:
    disputed = incident(
        tell("a", actors=("Red Dawn Front",)), tell("b", actors=("Red Dawn Front",)),
        tell("c", actors=("Talun Hawks",)), tell("d", actors=("gunmen",)), tell("e", actors=("gunmen",)),
        tell("f", actors=("gunmen",)),
    )  # fmt: skip
    figure = aggregate(disputed)["actors"]
    assert figure.value == "Red Dawn Front"  # a name before "gunmen", and the one with more accounts
    assert {answer.value for answer in figure.answers} == {"Red Dawn Front", "Talun Hawks", "gunmen"}


def test_who_denies_it_is_not_who_did_it() -> None:
    denied = incident(tell("a"), tell("b", actors=("Red Dawn Front",), status="did-not-happen", says="Red Dawn Front"))
    figures = aggregate(denied)
    assert "actors" not in figures
    assert figures["status"].value == "happened"
    assert [answer.value for answer in figures["status"].answers] == ["happened", "did-not-happen"]


def test_dates_and_places_keep_their_precision() -> None:
    figures = aggregate(
        incident(tell("a", day="2031-03", town="Talun province"), tell("b", day="2031-03-04", town="Tal Marez"))
    )
    assert (figures["time"].value, figures["place"].value) == ("2031-03-04", "Tal Marez")
    assert [answer.value for answer in figures["time"].answers] == ["2031-03-04", "2031-03"]
    assert figures["place"].data["exact_to"] == "town"


def test_the_rules_of_one_incident_stand_over_those_of_the_casebook() -> None:
    rules = Rules({"killed": "lowest"}).changed({"killed": "highest"})
    assert rules["killed"] == "highest"
    assert rules["type"] == DEFAULTS["type"] == "most-independent-origins"


def test_rules_that_are_not_there() -> None:
    with pytest.raises(IncidentError, match="'lowest' is no rule for type: choose one of most-independent-origins"):
        Rules({"type": "lowest"})
    with pytest.raises(IncidentError, match="'colour' is no field"):
        Rules({"colour": "latest"})
    assert rules_for("killed") == tuple(RULES)
    assert {field for field in FIELDS if "median" in rules_for(field)} == {"killed", "injured"}


@pytest.mark.parametrize(
    ("tellings", "wanted", "why"),
    [
        ([tell("a"), tell("b")], "confirmed", "2 independent accounts say firmly that it happened, 2 in"),
        ([tell("a", says="ministry"), tell("b", says="gunmen"), tell("c", says="ministry")], "confirmed", "3 indep"),
        ([tell("a", says="ministry"), tell("b", says="ministry")], "fair", "all of them by the word of ministry"),
        ([tell("a", certainty="probable"), tell("b", certainty="possible")], "fair", "0 of them firmly"),
        ([tell("a")], "fair", "One independent account says firmly, in its own voice"),
        ([tell("a"), tell("b", "a"), tell("c", "a")], "fair", "One independent account says firmly"),
        ([tell("a", says="ministry")], "weak", "by the word of ministry"),
        ([tell("a", certainty="possible")], "weak", "and not as certain"),
        ([tell("a", status="planned"), tell("b", status="conditional")], "weak", "Nobody says that it happened"),
        ([tell("a"), tell("b", status="did-not-happen", says="ministry")], "contested", "ministry denies it"),
        (
            [tell("a"), tell("b", status="did-not-happen", says="ministry"), tell("c", status="did-not-happen")],
            "discounted", "2 independent accounts deny it (ministry, report c), 1 independent account say",
        ),
        ([tell("a", status="did-not-happen", says="gunmen")], "discounted", "did not happen (gunmen)"),
    ],
)  # fmt: skip
def test_grades(tellings: list[Telling], wanted: str, why: str) -> None:
    found = grade(incident(*tellings))
    assert found.name == wanted
    assert found.name in GRADES
    assert why in found.why
    assert found.why.endswith(".")


def test_a_grade_by_hand_stands_before_the_computed_one() -> None:
    set_by_hand = overridden("weak", "The village does not exist.", "Noor")
    assert summary(TOLLS, set_grade=set_by_hand).grade == set_by_hand
    with pytest.raises(IncidentError, match="'sure' is no grade"):
        overridden("sure", "", "Noor")


def test_the_line_of_json_has_every_field() -> None:
    line = summary(TOLLS).to_json()
    assert set(FIELDS) <= set(line)
    assert line["killed"]["value"] == {"low": 15, "best": 15, "high": 15}
    assert line["injured"] is None
    assert [claim["origin"] for claim in line["claims"]] == ["a", "a", "c", "d", "e", "f"]


@pytest.mark.parametrize(
    ("choice", "fits"),
    [
        ({"type": "ASSAULT", "status": "happened"}, True), ({"type": "AID"}, False), ({"place": "tal marez"}, True),
        ({"place": "Marez Tal"}, False), ({"actor": "hawks"}, False), ({"since": "2031-03", "until": "2031-03"}, True),
        ({"since": "2031-03-05"}, False), ({"report": "c", "grade": "confirmed"}, True), ({"report": "x"}, False),
    ],
)  # fmt: skip
def test_choosing(choice: dict[str, str], fits: bool) -> None:
    assert Choice(**choice)(summary(TOLLS)) == fits


@pytest.mark.parametrize("choice", [{"type": "WAR"}, {"since": "soon"}, {"grade": "good"}, {"status": "maybe"}])
def test_choices_that_nothing_could_meet(choice: dict[str, str]) -> None:
    with pytest.raises(IncidentError):
        Choice(**choice)
