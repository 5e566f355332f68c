from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import marsad.knowledge
from marsad.knowledge import PLACE_KINDS, Gazetteer, KnowledgeError, distance
from marsad.knowledge.placenames import readings

HOME = Path(marsad.knowledge.__file__).parent
BUILT = HOME / "gazetteer.sqlite"
built = pytest.mark.skipif(not BUILT.exists(), reason="the gazetteer is not built: run tools/build_gazetteer.py")


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    if not BUILT.exists():
        pytest.skip("the gazetteer is not built: run tools/build_gazetteer.py")
    with Gazetteer.open() as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "near", "where"),
    [
        ("Mosul", (), (36.34, 43.13)),
        ("Green Zone", ("IQ",), (33.31, 44.39)),
        ("International Zone", ("IQ",), (33.31, 44.39)),
        ("Taji", ("IQ",), (33.52, 44.26)),
        ("Jurf al-Sakhar", ("IQ",), (32.86, 44.22)),
        ("Amerli", ("IQ",), (34.73, 44.58)),
        ("Anbar province", ("IQ",), (32.9, 41.6)),
        ("western Anbar", ("IQ",), (32.9, 41.6)),
        ("Deir ez-Zor", ("SY",), (35.34, 40.14)),
        ("Dayr Az Zawr", ("SY",), (35.34, 40.14)),
        ("Mosul, Iraq", (), (36.34, 43.13)),
        ("Goma airport, DR Congo", (), (-1.68, 29.23)),
        ("northern Aleppo", ("SY",), (36.2, 37.16)),
        ("the city of Tikrit", ("IQ",), (34.6, 43.68)),
        ("Paris", ("US", "IQ"), (48.85, 2.35)),
        ("Tripoli", ("LB",), (34.43, 35.85)),
        ("Tripoli", ("LY",), (32.89, 13.19)),
        ("Georgia", (), (42.0, 43.5)),
        ("south Lebanon", ("US", "LB"), (33.3, 35.4)),
        ("الموصل", (), (36.34, 43.13)),
        ("Palmyra", ("SY", "US"), (34.56, 38.28)),
        ("Lombardy", ("IT",), (45.6, 9.8)),
        ("Morazan", ("SV",), (13.8, -88.1)),
        ("La Mar province", ("PE",), (-13.0, -73.9)),
        ("Lima department", ("PE",), (-11.8, -76.7)),
        ("Lima", ("PE",), (-12.05, -77.04)),
        ("Aleppo", ("SY",), (36.2, 37.16)),
        ("Chile", (), (-34.4, -70.9)),
        ("United States", (), (39.9, -98.8)),
    ],
)
def test_where_it_is(gazetteer: Gazetteer, name: str, near: tuple[str, ...], where: tuple[float, float]) -> None:
    place = gazetteer.locate(name, near)
    assert place is not None
    assert distance((place.latitude, place.longitude), where) < 60, place


def test_a_town_within_a_country_or_region(gazetteer: Gazetteer) -> None:
    town = gazetteer.within("San Jose", "Costa Rica", ["US"])
    assert town is not None
    assert (town.country, round(town.latitude)) == ("CR", 10)
    texan = gazetteer.within("Paris", "Texas", ["US"])
    assert texan is not None
    assert texan.country == "US"


@pytest.mark.parametrize(("name", "wider"), [("Damascus", "Beirut"), ("Vienna", "Russia"), ("Mosul", "Xqzzyplugh")])
def test_nothing_lies_within_a_town_or_where_it_does_not(gazetteer: Gazetteer, name: str, wider: str) -> None:
    assert gazetteer.within(name, wider) is None


def test_anchors_decide_between_namesakes(gazetteer: Gazetteer) -> None:
    spain = gazetteer.locate("Cordoba", anchors=[(37.39, -5.98)])
    argentina = gazetteer.locate("Cordoba", anchors=[(-32.9, -60.7)])
    assert spain is not None
    assert argentina is not None
    assert (spain.country, argentina.country) == ("ES", "AR")


@pytest.mark.parametrize("name", ["", " ", "Xqzzyplugh", "the hall", "here", "base", "x" * 5000, "'", ",,,", "\x00"])
def test_what_is_no_place_is_none(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.locate(name, ["IQ"]) is None


def test_a_far_village_is_not_meant(gazetteer: Gazetteer) -> None:
    village = min(gazetteer.candidates("Baghdad"), key=lambda place: place.population)
    assert village.country != "IQ"
    assert gazetteer.locate("Springfield", ["IQ"]) is None


def test_namesakes_without_any_hint_are_left_open(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.candidates("San Antonio")) > 20
    assert gazetteer.locate("Santa Ana Chica") is None or len(gazetteer.candidates("Santa Ana Chica")) == 1


def test_candidates_come_best_known_first(gazetteer: Gazetteer) -> None:
    first = gazetteer.candidates("paris")[0]
    assert (first.name, first.country, first.kind) == ("Paris", "FR", "city")
    assert first.source.startswith("https://www.geonames.org/")
    assert gazetteer.candidates("al-Hol")[:1] == gazetteer.candidates("AL HOL")[:1]


def test_capitals(gazetteer: Gazetteer) -> None:
    baghdad = gazetteer.capital("IQ")
    assert baghdad is not None
    assert baghdad.name == "Baghdad"
    assert gazetteer.capital("ZZ") is None


@built
def test_nearly_every_state_has_a_capital_and_a_centre(gazetteer: Gazetteer) -> None:
    with (HOME / "packs/states.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t"))
    lacking = [row["iso2"] for row in rows if gazetteer.capital(row["iso2"]) is None]
    assert len(lacking) <= 3, lacking
    for row in rows:
        place = gazetteer.locate(row["name"])
        assert place is not None, row["name"]
        assert (place.country, place.kind) == (row["iso2"], "country")


def test_no_file_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="reinstall"):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_another_file_is_no_gazetteer(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    with Gazetteer.open(path) as gazetteer, pytest.raises(KnowledgeError, match="reinstall"):
        gazetteer.candidates("Mosul")
    path.write_bytes(b"")
    with Gazetteer.open(path) as gazetteer, pytest.raises(KnowledgeError, match="reinstall"):
        gazetteer.candidates("Mosul")


@built
def test_it_opens_again_after_closing() -> None:
    gazetteer = Gazetteer.open()
    assert gazetteer.locate("Basra", ["IQ"]) is not None
    gazetteer.close()
    gazetteer.close()
    assert gazetteer.locate("Kirkuk", ["IQ"]) is not None
    gazetteer.close()


@given(st.text(max_size=80), st.lists(st.sampled_from(["IQ", "SY", "US"]), max_size=2))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_survived(gazetteer: Gazetteer, name: str, near: list[str]) -> None:
    place = gazetteer.locate(name, near)
    assert place is None or (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180)


def test_readings_go_from_the_literal_to_the_wide() -> None:
    assert [r.name for r in readings("Goma airport, DR Congo")] == ["Goma airport", "Goma", "DR Congo"]
    assert next(iter(readings("Mosul, Nineveh, Iraq"))).within == ("Iraq", "Nineveh")
    assert [r.name for r in readings("Army Public School in Peshawar")][-1] == "Peshawar"
    assert list(readings("here")) == []


def test_the_supplement_is_well_formed() -> None:
    seen: set[tuple[str, str, str]] = set()
    with (HOME / "places.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t"):
            assert -90 <= float(row["latitude"]) <= 90, row
            assert -180 <= float(row["longitude"]) <= 180, row
            assert row["kind"] in PLACE_KINDS, row
            assert row["country"] == "" or (len(row["country"]) == 2 and row["country"].isupper()), row
            assert row["source"].startswith("https://"), row
            key = (row["name"], row["country"], row["kind"])
            assert key not in seen, key
            seen.add(key)
    assert len(seen) > 800
