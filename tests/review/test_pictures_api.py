"""Pictures of the whole casebook: what the server answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import review_making as making
from review_making import at, mill
from starlette.testclient import TestClient

from marsad.records import Actor, Claim, EventPlace, EventTime, Record, Relation, Source
from marsad.review import pictures_timeline, review_app

RAID = (
    "The Reem Brigade raided the port of Salm in June 2020, and Orvania condemned the raid.\n"
    "The Ark Council, part of the Reem Brigade, met Orvania in 2019. Since July 2020 the brigade has besieged Tarn.\n"
    "The Ark Council was shelled somewhere in Orvania by gunmen."
)
"""A fictional report: dates of all precisions, a country, a town without coordinates, a tie, a description."""


def raid() -> Record:
    """The record of that report."""
    return Record(
        id="raid", text=RAID, title="A raid", published="2020-08-01", source=Source(name="Ark Post"),
        actors=(
            Actor("a1", "Reem Brigade", "armed-group", (at(RAID, "Reem Brigade"),)),
            Actor("a2", "Orvania", "state", (at(RAID, "Orvania"),)),
            Actor("a3", "Ark Council", "civil-society", (at(RAID, "Ark Council"),)),
            Actor("a4", "gunmen", "armed-group", (at(RAID, "gunmen"),)),
        ),
        relations=(Relation("a3", "part-of", "a1", at(RAID, "The Ark Council, part of the Reem Brigade")),),
        events=(
            Claim("e1", at(RAID, "raided"), "COERCE", actors=("a1",), recipients=("a3",),
                  time=EventTime(at(RAID, "June 2020"), "2020-06", "2020-06"),
                  place=EventPlace(at(RAID, "port of Salm"), "Salm")),
            Claim("e2", at(RAID, "condemned"), "ACCUSE", actors=("a2",), recipients=("a1",)),
            Claim("e3", at(RAID, "met"), "CONSULT", actors=("a3",), recipients=("a2",),
                  time=EventTime(at(RAID, "2019"), "2019", "2019")),
            Claim("e4", at(RAID, "besieged"), "COERCE", actors=("a1",),
                  time=EventTime(at(RAID, "Since July 2020"), "2020-07", None),
                  place=EventPlace(at(RAID, "Tarn"), "Tarn", 33.1, 36.2)),
            Claim("e5", at(RAID, "shelled"), "ASSAULT", actors=("a4",), recipients=("a3",),
                  place=EventPlace(at(RAID, "in Orvania"), "Iraq", 33.0, 44.0)),
        ),
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ark.casebook"
    making.add(made, [mill(), raid()])
    return made


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    with TestClient(review_app(path, token="t", hosts=[making.HOST]), base_url=making.OWN) as client:
        client.get("/", params={"token": "t"})
        yield client


def drawn(client: TestClient, what: str, **given: Any) -> Any:
    """A picture, once it is that of now."""
    end = time.monotonic() + 30
    while True:
        answer = client.get(f"/api/{what}", params=given)
        assert answer.status_code == 200, answer.text
        data = answer.json()
        assert data["wrong"] is None, data["wrong"]
        if data["fresh"]:
            return data
        assert time.monotonic() < end
        time.sleep(0.05)


def test_marks_bear_their_precision_and_their_open_ends(client: TestClient) -> None:
    found = drawn(client, "timeline")
    marks = {one["incident"]: one for one in found["marks"]}
    assert (found["total"], found["dated"], found["undated"]) == (8, 4, 4)
    assert found["span"] == ["2019-01-01", "2020-07-31"]
    assert (marks["mill:e1"]["start"], marks["mill:e1"]["end"], marks["mill:e1"]["open"]) == (
        "2020-05-03", "2020-05-03", "",
    )  # fmt: skip
    assert marks["raid:e1"]["start"] == marks["raid:e1"]["end"] == "2020-06"
    assert (marks["raid:e4"]["start"], marks["raid:e4"]["open"]) == ("2020-07", "after")
    assert [one["key"] for one in found["lanes"]] == ["CONSULT", "COERCE", "ASSAULT"]
    assert marks["raid:e1"]["lanes"] == [1]


def test_lanes_by_actor_and_a_window(client: TestClient) -> None:
    found = drawn(client, "timeline", lanes="actor", **{"from": "2020-05-01", "to": "2020-06-15"})
    assert found["window"] == ["2020-05-01", "2020-06-15"]
    assert [one["name"] for one in found["lanes"]] == ["Reem Brigade", "Ark Council"]
    assert [one["incident"] for one in found["marks"]] == ["mill:e1", "raid:e1"]
    assert (found["earlier"], found["later"]) == (1, 1)


def test_many_are_counted_and_broad_dates_are_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures_timeline, "MOST_MARKS", 12)
    path = tmp_path / "many.casebook"
    words = "Sailors of Orvania marched to the harbour in 2020."
    march = Claim("e1", at(words, "marched"), "PROTEST", time=EventTime(at(words, "2020"), "2020", "2020"))
    records = [Record(id="march", text=words, published="2021-01-01", events=(march,))]
    for number in range(40):
        text = f"Report {number}: the Reem Brigade shelled town {number} on a day of 2020."
        day = f"2020-{number % 12 + 1:02}-{number % 28 + 1:02}"
        brigade = Actor("a1", "Reem Brigade", "armed-group", (at(text, "Reem Brigade"),))
        shelling = Claim(
            "e1", at(text, "shelled"), "ASSAULT", actors=("a1",), time=EventTime(None, day, day),
            place=EventPlace(None, f"Town{number}"),
        )  # fmt: skip
        records.append(
            Record(id=f"r{number}", text=text, published="2021-01-01", actors=(brigade,), events=(shelling,))
        )  # fmt: skip
    making.add(path, records)
    with TestClient(review_app(path, token="t", hosts=[making.HOST]), base_url=making.OWN) as client:
        client.get("/", params={"token": "t"})
        found = drawn(client, "timeline", columns=60)
        total = found["total"]
        assert total > 30
        assert found["marks"] == []
        assert found["step"] == "week"
        [broad] = found["broad"]
        assert (broad["start"], broad["end"]) == ("2020-01-01", "2020-12-31")
        assert sum(sum(one["counts"].values()) for one in found["columns"]) + broad["number"] == total
        near = drawn(client, "timeline", columns=60, **{"from": "2020-03-01", "to": "2020-03-31"})
        assert near["step"] is None
        assert all(one["start"] == "2020" or one["start"].startswith("2020-03") for one in near["marks"])
        over = found["overview"]
        assert sum(one["exact"] + one["broad"] for one in over["columns"]) == total
        # The overview is of all days, whichever are chosen: it is there to choose others.
        chosen = drawn(client, "timeline", since="2020-03-01", until="2020-03-31")
        assert chosen["overview"] == {**over}
        assert chosen["total"] < total


def test_the_map_never_puts_a_dot_where_only_a_country_is_known(client: TestClient) -> None:
    found = drawn(client, "map")
    levels = {one["name"]: (one["level"], one["point"]) for one in found["places"]}
    assert levels == {"Ark": ("town", [36.3, 33.5]), "Tarn": ("town", [36.2, 33.1]), "Iraq": ("country", [44.0, 33.0])}
    assert [(one["name"], one["number"]) for one in found["unplaced"]] == [("Salm", 1)]
    assert found["nowhere"] == 4
    key = next(one["key"] for one in found["places"] if one["name"] == "Tarn")
    assert [one["incident"] for one in drawn(client, "pictured", spot=key)["items"]] == ["raid:e4"]
    assert drawn(client, "pictured", spot="none")["total"] == 4
    assert [one["name"] for one in drawn(client, "map", incident="raid:e4")["places"]] == ["Tarn"]


def test_the_network_is_directed_and_its_edges_lead_to_incidents(client: TestClient) -> None:
    found = drawn(client, "network")
    names = [one["name"] for one in found["parties"]]
    edges = {(names[one["from"]], names[one["to"]], one["kind"]): one["incidents"] for one in found["edges"]}
    assert edges == {
        ("Reem Brigade", "Ark Council", "force"): 1,
        ("Orvania", "Reem Brigade", "words"): 1,
        ("Ark Council", "Orvania", "together"): 1,
    }
    assert found["hidden"] == 1
    assert [(names[one["from"]], one["relation"], names[one["to"]]) for one in found["ties"]] == [
        ("Ark Council", "part-of", "Reem Brigade")
    ]
    keys = {one["name"]: one["key"] for one in found["parties"]}
    behind = drawn(client, "pictured", who=keys["Orvania"], whom=keys["Reem Brigade"], kind="words")
    assert [one["incident"] for one in behind["items"]] == ["raid:e2"]
    described = drawn(client, "network", described=1)
    assert "gunmen" in " ".join(one["key"] + one["name"] for one in described["parties"]) or described["hidden"] == 0
    assert len(described["edges"]) == 4
    around = drawn(client, "network", focus=keys["Orvania"])
    assert {(around["parties"][one["from"]]["name"], one["kind"]) for one in around["edges"]} == {
        ("Orvania", "words"), ("Ark Council", "together"),
    }  # fmt: skip


def test_an_actor_with_its_ties_and_their_passages(client: TestClient) -> None:
    key = next(one["key"] for one in drawn(client, "network")["parties"] if one["name"] == "Ark Council")
    found = drawn(client, "actor", key=key)
    assert (found["name"], found["did"]["incidents"], found["had"]["incidents"]) == ("Ark Council", 1, 2)
    [tie] = found["ties"]
    assert (tie["relation"], tie["object"]["name"], tie["reports"]) == ("part-of", "Reem Brigade", 1)
    assert tie["passages"][0]["passage"] == "The Ark Council, part of the Reem Brigade"
    assert tie["passages"][0]["according_to"] == ["author"]
    assert client.get("/api/actor", params={"key": "name:nobody"}).status_code == 404


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({"type": "COERCE"}, {"mill:e2", "raid:e1", "raid:e4"}),
        ({"status": "did-not-happen"}, {"mill:e3"}),
        ({"actor": "ark council"}, {"raid:e1", "raid:e3", "raid:e5"}),
        ({"place": "tarn"}, {"raid:e4"}),
        ({"since": "2020-06", "until": "2020-07"}, {"raid:e1", "raid:e4"}),
        ({"until": "2019"}, {"raid:e3"}),
        ({"q": "besieged"}, {"raid:e1", "raid:e2", "raid:e3", "raid:e4", "raid:e5"}),
        ({"grade": "confirmed"}, set()),
    ],
)
def test_filters_mean_what_they_mean_in_the_list_of_incidents(
    client: TestClient, given: dict[str, str], ids: set[str]
) -> None:
    assert {one["incident"] for one in drawn(client, "pictured", **given)["items"]} == ids
    listed = client.get("/api/incidents", params={"view": "all", **given}).json()
    assert {one["incident"] for one in listed["items"]} == ids


@pytest.mark.parametrize(
    "address",
    [
        "/api/timeline?lanes=x", "/api/timeline?signs=x", "/api/timeline?from=2020", "/api/timeline?from=x&to=y",
        "/api/network?weight=reports", "/api/network?kinds=love", "/api/pictured?order=x",
        "/api/pictured?kind=x", "/api/actor", "/api/map?type=X", "/api/map?since=1x", "/api/map?nothing=1",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_answers_are_as_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    key = next(one["key"] for one in drawn(client, "network")["parties"] if one["name"] == "Ark Council")
    for what, given in (
        ("timeline", {}), ("timeline", {"since": "2031"}), ("map", {}), ("network", {"described": 1}),
        ("actor", {"key": key}), ("pictured", {}),
    ):  # fmt: skip
        answer = drawn(client, what, **given)
        schema = described["paths"][f"/api/{what}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert list(making.wrong(answer, schema, described)) == [], what


def test_an_empty_casebook_has_empty_pictures(tmp_path: Path) -> None:
    path = tmp_path / "empty.casebook"
    making.add(path, [replace(mill(), events=(), actors=())])
    with TestClient(review_app(path, token="t", hosts=[making.HOST]), base_url=making.OWN) as client:
        client.get("/", params={"token": "t"})
        assert drawn(client, "timeline")["span"] is None
        assert drawn(client, "map")["places"] == []
        assert drawn(client, "network")["parties"] == []
        assert drawn(client, "pictured")["items"] == []


def test_the_page_opens_with_filters_in_its_address(client: TestClient) -> None:
    assert client.get("/", params={"type": "ASSAULT", "since": "2020"}).status_code == 200
    assert client.get("/", params={"other": "x"}).status_code == 400
