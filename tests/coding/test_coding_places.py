from __future__ import annotations

import math

import pytest
from coding_making import record

from marsad.records import PlaceMention


def placed(text: str) -> dict[str, PlaceMention]:
    return {p.name: p for p in record(text).places}


@pytest.mark.parametrize(
    ("text", "name", "country", "latitude", "longitude"),
    [
        ("Rebels attacked the army in Mosul on Monday.", "Mosul", "IQ", 36.34, 43.13),
        ("The army shelled Donetsk.", "Donetsk", "UA", 48.0, 37.8),
        ("Fighting went on in Aleppo, Syria.", "Aleppo", "SY", 36.2, 37.16),
        ("They met in Ankara.", "Ankara", "TR", 39.93, 32.86),
        ("A bomb went off in Kabul, Afghanistan.", "Kabul", "AF", 34.53, 69.17),
        ("Fighting went on in Deir ez-Zor.", "Deir ez-Zor", "SY", 35.33, 40.14),
        ("Police shot at a crowd in Diyarbakir.", "Diyarbakir", "TR", 37.91, 40.24),
    ],
)
def test_towns_lie_where_they_are(text: str, name: str, country: str, latitude: float, longitude: float) -> None:
    place = placed(text)[name]
    assert place.country == country
    assert place.latitude is not None
    assert place.longitude is not None
    assert math.dist((place.latitude, place.longitude), (latitude, longitude)) < 0.3


def test_a_part_of_a_country_has_no_point() -> None:
    place = placed("A drone strike killed ten men in northern Iraq.")["northern Iraq"]
    assert (place.country, place.latitude, place.longitude) == ("IQ", None, None)


def test_a_country_in_which_something_happens_is_a_place() -> None:
    place = placed("A drone strike killed ten men in Yemen.")["Yemen"]
    assert place.country == "YE"


@pytest.mark.parametrize(
    "text", ["Russia condemned the attack.", "Iran urged the rebels to leave.", "Ruth Amsal left."]
)
def test_a_state_that_acts_is_no_place(text: str) -> None:
    assert placed(text) == {}


def test_a_name_that_no_gazetteer_knows_has_no_point() -> None:
    place = placed("Rebels attacked the army in the town of Qwxzborg on Monday.").get("Qwxzborg")
    assert place is None or (place.country, place.latitude, place.longitude) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Pirates attacked a ship in the Gulf of Aden on Monday.", "Gulf of Aden", None),
        ("The army attacked rebels on Qeshm Island, Iran.", "Qeshm Island", "IR"),
        ("Troops arrested ten men in northern Honduras.", "northern Honduras", "HN"),
    ],
)
def test_a_name_is_whole(text: str, name: str, country: str | None) -> None:
    assert placed(text)[name].country == country


def test_the_country_behind_a_town_tells_where_it_lies() -> None:
    places = placed(
        "U.S. and Soviet envoys met in San Jose, Costa Rica, on Monday. The U.S. envoy later left San Jose."
    )
    assert places["San Jose"].country == "CR"


def test_towns_of_a_list_lie_each_in_its_own_country() -> None:
    text = "The junta arrested three men and closed its embassies in Paris, Washington and London on Monday."
    assert placed(text)["Paris"].country == "FR"


def test_a_department_lies_in_its_country() -> None:
    text = "Salvadoran troops attacked guerrillas in Morazan department, El Salvador, on Monday."
    place = placed(text)["Morazan"]
    assert place.latitude is not None
    assert round(place.latitude, 1) == 13.7
