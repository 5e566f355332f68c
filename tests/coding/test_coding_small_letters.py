"""Reports without capitals: names, places and days are found in them too."""

from __future__ import annotations

import pytest
from coding_making import record, valued

from marsad.coding.aliases import as_listed
from marsad.knowledge import Knowledge

TEXT = (
    "Rebels bombed the city of Aleppo on Monday, killing nine people. Fighters in Mosul, Iraq, were killed by ISIL in "
    "September, the Syrian Observatory for Human Rights said. Ruth Amsal of the Defence Ministry told us that she was "
    "in Kirkuk."
).lower()


def test_names_are_actors() -> None:
    mentions = {TEXT[m.start : m.end] for actor in record(TEXT).actors for m in actor.mentions}
    assert {"isil", "syrian observatory for human rights", "ruth amsal"} <= mentions


def test_a_known_name_has_its_name() -> None:
    assert "Islamic State" in {actor.name for actor in record(TEXT).actors}


def test_places_are_on_the_map() -> None:
    found = {place.name: place.country for place in record(TEXT).places}
    assert {"aleppo": "SY", "mosul": "IQ"}.items() <= found.items()
    assert all(place.latitude is not None for place in record(TEXT).places if place.name in ("aleppo", "mosul"))


def test_a_pronoun_is_no_state() -> None:
    assert "United States" not in {actor.name for actor in record(TEXT).actors}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the army left on monday.", {"monday": "2017-04-03"}),
        ("the army left on 3 april 2017.", {"3 april 2017": "2017-04-03"}),
        ("the army left on 20 may, and came back in march.", {"20 may": "2016-05-20", "march": "2017-03"}),
        ("of 30 men 20 may have died; others march to the town.", {}),
    ],
)
def test_days_and_months(text: str, values: dict[str, str]) -> None:
    assert {words: value for words, value in valued(text, "2017-04-05").items() if value} == values


def test_a_name_gets_its_capitals_only_in_such_a_report() -> None:
    knowledge = Knowledge.load(())
    assert as_listed(knowledge, "islamic state", True) == "Islamic State"
    assert as_listed(knowledge, "islamic state", False) == "islamic state"
