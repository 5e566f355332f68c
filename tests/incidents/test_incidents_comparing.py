"""Parties, days, places and counts side by side."""

from __future__ import annotations

import pytest
from incidents_making import KNOWLEDGE

from marsad.incidents.comparing import TollMatch, match_tolls
from marsad.incidents.parties import Match, match, party
from marsad.incidents.placing import PlaceMatch, match_spots, spot
from marsad.incidents.tables import likely
from marsad.incidents.timing import TimeMatch, days, match_days
from marsad.incidents.words import alike, key, kinds, lemmas, rarity, stem, terms
from marsad.knowledge import Gazetteer
from marsad.records import Actor, EventPlace, EventTime, Passage, Toll


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (("Islamic State", "armed-group"), ("ISIS", "armed-group"), "same"),
        (("Kata'ib Hezbollah", "armed-group"), ("Kataib Hizballah", "armed-group"), "same"),
        (("Kata'ib Hezbollah", "armed-group"), ("Popular Mobilization Forces", "military"), "part"),
        (("Red Dawn Front", "armed-group"), ("RDF", "armed-group"), "same"),
        (("Talun Hawks", "armed-group"), ("Hawks", "armed-group"), "same"),
        (("Talun Hawks", "armed-group"), ("Marez Brigades", "armed-group"), "other"),
        (("Talun Hawks", "armed-group"), ("gunmen", "population"), "open"),
        (("Talun Hawks", "armed-group"), ("soldiers", "military"), "other"),
        (("four hostages", "population"), ("three hostages", "population"), "same"),
        (("two policemen", "police"), ("two children", "population"), "open"),
    ],
)
def test_parties(one: tuple[str, str], other: tuple[str, str], wanted: Match) -> None:
    first, second = (party(Actor("a1", name, kind, (Passage(0, 1),)), KNOWLEDGE) for name, kind in (one, other))
    assert match([first], [second]) == wanted
    assert match([second], [first]) == wanted


def test_a_tie_that_the_report_tells_of_makes_one_party_part_of_the_other() -> None:
    minister = party(Actor("a1", "Lena Havik", "person", (Passage(0, 1),)), KNOWLEDGE, ties=["Oram"])
    state = party(Actor("a2", "Oram", "state", (Passage(0, 1),)), KNOWLEDGE)
    assert match([minister], [state]) == "part"
    assert match([], [state]) == "none"


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (("2020-06-26", "2020-06-26"), ("2020-06-26", "2020-06-26"), "same-day"),
        (("2020-06-26", "2020-06-26"), ("2020-06-27", "2020-06-27"), "next-day"),
        (("2020-06-26", "2020-06-26"), ("2020-06", "2020-06"), "within"),
        (("2020-06-01", "2020-06-20"), ("2020-06-10", "2020-06-30"), "overlap"),
        (("2020-06-26", "2020-06-26"), ("2020-07-02", "2020-07-02"), "week"),
        (("2020-06-26", "2020-06-26"), ("2021", "2021"), "apart"),
        (("2020-02-29", None), (None, "2020-02"), "within"),
        ((None, None), ("2020-02", "2020-02"), "unknown"),
        (("2020-02-31", "2020-02-31"), ("2020-02", "2020-02"), "unknown"),
    ],
)
def test_days(one: tuple[str | None, str | None], other: tuple[str | None, str | None], wanted: TimeMatch) -> None:
    first, second = (days(EventTime(None, *pair)) for pair in (one, other))
    assert match_days(first, second) == match_days(second, first) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (("Baghdad", 33.3, 44.4), ("Baghdad", 33.3, 44.4), "same"),
        (("Baghdad", 33.3, 44.4), ("Mosul", 36.3, 43.1), "other"),
        (("Baghdad", 33.3, 44.4), ("Iraq", 33.0, 44.0), "within"),
        (("Fallujah", 33.3, 43.8), ("Anbar province", 33.0, 42.0), "maybe"),
        (("Fallujah", 33.3, 43.8), ("Baghdad", 33.3, 44.4), "other"),
        (("Tal Marez", None, None), ("Tal-Marez", None, None), "same"),
        (("Tal Marez", None, None), ("Hadun", None, None), "other"),
        (("Hadun", None, None), ("Belkat, Hadun", None, None), "within"),
        (("Hadun", None, None), ("Talun province", None, None), "maybe"),
    ],
)
def test_places(
    one: tuple[str, float | None, float | None], other: tuple[str, float | None, float | None], wanted: PlaceMatch
) -> None:
    with Gazetteer.open() as gazetteer:
        first, second = (spot(EventPlace(None, *place), gazetteer, KNOWLEDGE) for place in (one, other))
    assert match_spots(first, second) == match_spots(second, first) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (Toll(12, 12, 12), Toll(12, 12, 12), "same"),
        (Toll(12, 12, None), Toll(15, 15, 15), "fits"),
        (Toll(10, 10, 10), Toll(14, 14, 14), "fits"),
        (Toll(8, 8, 8), Toll(21, 21, 21), "differs"),
        (Toll(0, 0, 0), Toll(5, 5, 5), "differs"),
        (Toll(None, None, None), Toll(5, 5, 5), "unknown"),
        (None, Toll(5, 5, 5), "unknown"),
    ],
)
def test_tolls(one: Toll | None, other: Toll | None, wanted: TollMatch) -> None:
    assert match_tolls(one, other) == match_tolls(other, one) == wanted


def test_words() -> None:
    assert {"kill", "killing"} <= lemmas("killings")
    assert "say" in lemmas("said")
    assert key("Bombs’s") == "bomb"
    assert stem("retaliation") == stem("retaliate")
    assert kinds("kidnap") & kinds("abduct")
    assert rarity("say") < rarity("police") < rarity("kidnapping") < rarity("zzyzx")
    assert alike(terms(["bomb", "market"]), terms(["bomb", "market"])) == pytest.approx(1.0, abs=1e-3)
    assert alike(terms(["bomb"]), terms(["market"])) == 0.0
    assert terms([]) == {}
    assert set(terms(["bomb", "police", "zzyzx"], 1)) == {"zzyzx"}


def test_what_is_said_to_be_likely_is_so_as_often_and_keeps_its_order() -> None:
    chances = [0.0, 0.001, 0.05, 0.3, 0.45, 0.5, 0.6, 0.8, 0.97, 1.0]
    found = [likely(chance) for chance in chances]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0.0, 1.0)
    assert all(likely(chance) < chance for chance in (0.45, 0.5, 0.6, 0.8, 0.97))
