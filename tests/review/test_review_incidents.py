"""Incidents at the page: joined in the background, listed, opened, and decided on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import review_making as making
from review_making import JSON, at, mill, said
from starlette.testclient import TestClient

from marsad.casebook import Casebook
from marsad.incidents import Question
from marsad.records import Record, Source, Toll
from marsad.review import review_app

OTHER = (
    "On 3 May 2020 fighters of the Reem Brigade shelled the mill at Ark. Six people died.\n"
    "A spokesman said that nothing else was hit."
)
"""A second account, in its own words, of what the first report begins with."""


def other() -> Record:
    """The same shelling by another source, with another toll."""
    first = mill()
    event = replace(
        first.events[0],
        span=at(OTHER, "shelled"),
        time=replace(first.events[0].time, span=at(OTHER, "3 May 2020")),  # type: ignore[type-var]
        place=replace(first.events[0].place, span=at(OTHER, "Ark")),  # type: ignore[type-var]
        killed=Toll(6, 6, 6),
    )
    brigade = replace(first.actors[0], mentions=(at(OTHER, "Reem Brigade"),))
    return Record(
        id="other", text=OTHER, title="Six die at Ark", published="2020-05-05", source=Source(name="Reem Monitor"),
        actors=(brigade,), events=(event,),
    )  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    path = tmp_path / "ark.casebook"
    making.add(path, [mill(), other()])
    with TestClient(review_app(path, token="t", hosts=[making.HOST]), base_url=making.OWN) as client:
        client.get("/", params={"token": "t"})
        yield client


def incidents(client: TestClient, **parameters: Any) -> Any:
    """The list, once it is that of now."""
    end = time.monotonic() + 30
    while True:
        answer = client.get("/api/incidents", params=parameters)
        assert answer.status_code == 200, answer.text
        data = answer.json()
        assert data["wrong"] is None, data["wrong"]
        if data["fresh"]:
            return data
        assert time.monotonic() < end
        time.sleep(0.05)


def claims(incident: Any) -> list[list[Any]]:
    return [[one["report"], *one["passage"]] for one in incident["claims"]]


def decide(client: TestClient, kind: str, where: list[list[Any]], field: str | None = None, **more: Any) -> int:
    value, why = more.get("value"), more.get("why", "")
    target = {"part": "incident", "claims": where, "field": field}
    answer = client.post(
        "/api/decisions", json=said({"kind": kind, "target": target, "value": value}, why=why), headers=JSON
    )
    assert answer.status_code == 200, answer.text
    return int(answer.json()["decisions"][0]["number"])


def shelling(client: TestClient) -> Any:
    [row] = incidents(client)["items"]
    return client.get("/api/incident", params={"id": row["incident"]}).json()


def test_claims_of_two_reports_are_one_incident(client: TestClient) -> None:
    listed = incidents(client)
    assert listed["views"]["several"] == listed["total"] == 1
    [row] = listed["items"]
    assert (row["reports"], row["origins"], row["type"]) == (2, 2, "ASSAULT heavy-weapons")
    assert row["time"] == "2020-05-03"
    told = client.get("/api/incident", params={"id": row["incident"]}).json()
    assert {(one["report"], one["origin"], one["words"], one["killed"]) for one in told["claims"]} == {
        ("mill", "mill", "shelled", "4"), ("other", "other", "shelled", "6"),
    }  # fmt: skip
    [killed] = [one for one in told["figures"] if one["field"] == "killed"]
    assert {killed["value"], *(one["value"] for one in killed["moves"])} == {"4", "6"}
    assert "lowest" in {one["rule"] for one in killed["rules"]}


def test_the_incident_of_any_claim(client: TestClient) -> None:
    told = shelling(client)
    for one in told["claims"]:
        again = client.get("/api/incident", params={"id": f"{one['report']}:{one['event']}"}).json()
        assert again["incident"] == told["incident"]
    assert client.get("/api/incident", params={"id": "nothing"}).status_code == 404
    assert client.get("/api/incident").status_code == 400


def test_filters_of_incidents(client: TestClient) -> None:
    assert incidents(client, actor="reem brigade", place="ark", since="2020-05", until="2020-05")["total"] == 1
    assert incidents(client, actor="zebra")["total"] == 0
    assert incidents(client, view="all", type="COERCE")["total"] == 1
    for wrong in ({"view": "moon"}, {"type": "PICNIC"}, {"since": "soon"}, {"grade": "superb"}, {"moon": "1"}):
        assert client.get("/api/incidents", params=wrong).status_code == 400


def test_split_merge_and_undo(client: TestClient) -> None:
    told = shelling(client)
    number = decide(client, "split", claims(told)[1:])
    assert incidents(client)["total"] == 0
    rows = [row for row in incidents(client, view="all", type="ASSAULT")["items"] if row["killed"]]
    assert len(rows) == 2
    both = [claims(client.get("/api/incident", params={"id": row["incident"]}).json())[0] for row in rows]
    decide(client, "merge", both)
    assert incidents(client)["total"] == 1
    assert [one["kind"] for one in shelling(client)["decisions"]] == ["split", "merge"]
    assert client.post("/api/undo", json={"number": number + 1, "who": "Ana"}, headers=JSON).status_code == 200
    assert incidents(client)["total"] == 0


def test_rule_grade_and_rejection(client: TestClient, tmp_path: Path) -> None:
    where = claims(shelling(client))
    for rule, figure in (("highest", "6"), ("lowest", "4")):
        decide(client, "correct", where, "killed", value=rule)
        assert incidents(client)["items"][0]["killed"] == figure
    decide(client, "correct", where, "grade", value="weak", why="one source copied the other")
    told = shelling(client)
    assert (told["grade"], told["by"], told["why"]) == ("weak", "Ana", "one source copied the other")
    decide(client, "reject", where)
    assert incidents(client)["total"] == 0
    with Casebook(tmp_path / "ark.casebook") as casebook:
        assert casebook.check() == []
    decide(client, "accept", where)
    assert incidents(client)["total"] == 1


def test_a_rejected_event_leaves_its_incident(client: TestClient) -> None:
    shelling(client)
    target = {"part": "event", "report": "other", "passage": list(other().events[0].span)}
    answer = client.post("/api/decisions", json=said({"kind": "reject", "target": target}), headers=JSON)
    assert answer.status_code == 200
    assert incidents(client)["total"] == 0


def questions(client: TestClient) -> list[Any]:
    incidents(client)
    found: list[Any] = client.get("/api/questions").json()["items"]
    return found


@pytest.mark.parametrize(("kind", "both"), [("merge", True), ("note", True), ("split", False)])
def test_a_question_is_asked_until_it_is_answered(client: TestClient, monkeypatch: Any, kind: str, both: bool) -> None:
    asked = Question("mill:e1", "other:e1", 0.52, True, "Is the shelling of 4 that of 6?", ("the same day",))
    monkeypatch.setattr(Casebook, "questions", lambda *_, **__: [asked])
    [one] = questions(client)
    assert (one["text"], one["joined"], one["probability"]) == ("Is the shelling of 4 that of 6?", True, 0.52)
    assert [claim["passage"] for claim in one["claims"]] == ["shelled", "shelled"]
    places = [[claim["report"], *claim["span"]] for claim in one["claims"]]
    described = client.get("/openapi.json").json()
    schema = described["paths"]["/api/questions"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(making.wrong(client.get("/api/questions").json(), schema, described)) == []
    number = decide(client, kind, places if both else places[1:], why="two mills")
    assert questions(client) == []
    client.post("/api/undo", json={"number": number, "who": "Ana"}, headers=JSON)
    assert len(questions(client)) == 1


def test_answers_are_as_described(client: TestClient) -> None:
    told = shelling(client)
    decide(client, "correct", claims(told), "killed", value="lowest")
    described = client.get("/openapi.json").json()
    for address, answer in (("/api/incidents", incidents(client)), ("/api/incident", shelling(client))):
        schema = described["paths"][address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert list(making.wrong(answer, schema, described)) == []


def test_what_goes_wrong_is_said(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        from marsad.errors import ModelError

        raise ModelError("the tables of weights are missing")

    monkeypatch.setattr(Casebook, "join_incidents", broken)
    end = time.monotonic() + 10
    while client.get("/api/incidents").json()["wrong"] != "the tables of weights are missing":
        assert time.monotonic() < end
        time.sleep(0.05)
