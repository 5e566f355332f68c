"""Two reviewers who differ: both words are there, side by side, and nobody decides over what they have not seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import review_making as making
from review_making import JSON, mill, said, target
from starlette.testclient import TestClient

from marsad.casebook import Casebook
from marsad.records import Actor, Passage
from marsad.review import review_app


def post(client: TestClient, who: str, kind: str, event: str, field: str | None = None, **more: Any) -> Any:
    sent = said({"kind": kind, "target": target(mill(), event, field), "value": more.get("value")}, who=who)
    return client.post(
        "/api/decisions", json=sent | {"seen": more.get("seen"), "why": more.get("why", "")}, headers=JSON
    )


def differing(client: TestClient, event: str) -> list[Any]:
    answer = client.get("/api/report", params={"id": "mill"}).json()
    [found] = [one["conflicts"] for one in answer["events"] if one["event"] == event]
    return list(found)


def disputed(client: TestClient) -> list[str]:
    found = client.get("/api/queue", params={"view": "disputed"}).json()
    assert found["views"]["disputed"] == found["total"]
    return [item["event"] for item in found["items"]]


def test_both_words_stand_side_by_side(client: TestClient) -> None:
    assert post(client, "Ana", "accept", "e2").status_code == 200
    assert (differing(client, "e2"), disputed(client)) == ([], [])
    assert post(client, "Ben", "correct", "e2", "type", value="ASSAULT").status_code == 200
    [one] = differing(client, "e2")
    assert one == {
        "field": "type",
        "said": [
            {"who": "Ana", "number": 1, "value": "COERCE", "holds": False},
            {"who": "Ben", "number": 2, "value": "ASSAULT", "holds": True},
        ],
    }
    assert disputed(client) == ["e2"]
    # Ana comes round: what each said last counts.
    assert post(client, "Ana", "accept", "e2", "type").status_code == 200
    assert (differing(client, "e2"), disputed(client)) == ([], [])


def test_whether_there_is_such_an_event(client: TestClient) -> None:
    post(client, "Ana", "accept", "e1")
    post(client, "Ben", "reject", "e1")
    [one] = differing(client, "e1")
    assert one["field"] == "is"
    assert [(word["who"], word["value"], word["holds"]) for word in one["said"]] == [
        ("Ana", "yes", False),
        ("Ben", "no", True),
    ]
    client.post("/api/undo", json={"number": 2, "who": "Ben"}, headers=JSON)
    assert differing(client, "e1") == []


def test_nobody_decides_over_what_they_have_not_seen(client: TestClient) -> None:
    assert post(client, "Ben", "reject", "e1", seen=0).status_code == 200
    refused = post(client, "Ana", "accept", "e1", seen=0)
    assert refused.status_code == 409
    assert "Ben has just decided on the same (decision 1)" in refused.json()["error"]
    # Another event is no matter of that; nor is what one has said oneself; nor a note.
    assert post(client, "Ana", "accept", "e2", seen=0).status_code == 200
    assert post(client, "Ben", "accept", "e1", seen=0).status_code == 200
    assert post(client, "Ana", "note", "e1", seen=0, why="hm").status_code == 200
    # Having seen it, it can be said.
    latest = client.get("/api/casebook").json()["latest"]
    assert post(client, "Ana", "reject", "e1", seen=latest).status_code == 200
    assert [one["field"] for one in differing(client, "e1")] == ["is"]


def test_one_within_the_name_of_another_is_another(tmp_path: Path) -> None:
    text = mill().text + " A Reem Brigade commander spoke."
    commander = Actor("a9", "A Reem Brigade commander", "person", (making.at(text, "A Reem Brigade commander"),))
    start = text.rindex("Reem Brigade")
    inner = Actor("a8", "Reem Brigade", "armed-group", (Passage(start, start + 12),))
    one = replace(mill(text=text), actors=(*mill().actors, inner, commander))
    with Casebook(tmp_path / "x.casebook", create=True) as casebook:
        casebook.add(one.report, one, making.RUN)

    def accept(who: str, actor: Actor) -> int:
        about = {"part": "actor", "report": "mill", "passage": list(actor.mentions[0]), "field": None}
        return client.post("/api/decisions", json=said({"kind": "accept", "target": about}, who=who) | {"seen": 0},
                           headers=JSON).status_code  # fmt: skip

    app = review_app(tmp_path / "x.casebook", token=making.TOKEN, hosts=[making.HOST])
    with TestClient(app, base_url=making.OWN) as client:
        client.get("/", params={"token": making.TOKEN})
        assert accept("Ben", commander) == 200
        assert accept("Ana", inner) == 200
        assert accept("Ana", commander) == 409


def test_undone_is_not_in_the_way(client: TestClient) -> None:
    post(client, "Ben", "reject", "e1")
    client.post("/api/undo", json={"number": 1, "who": "Ben"}, headers=JSON)
    assert post(client, "Ana", "accept", "e1", seen=0).status_code == 200


def test_incidents_too(client: TestClient) -> None:
    first, second = (["mill", *one.span] for one in mill().events[:2])

    def join(who: str, kind: str, claims: list[Any], seen: int) -> int:
        sent = said({"kind": kind, "target": {"part": "incident", "claims": claims}}, who=who) | {"seen": seen}
        return client.post("/api/decisions", json=sent, headers=JSON).status_code

    assert join("Ben", "merge", [first, second], 0) == 200
    assert join("Ana", "split", [second], 0) == 409
    assert join("Ana", "split", [second], 1) == 200


@pytest.mark.parametrize("seen", [-1, "1", True, 1.5, []])
def test_seen_must_be_a_number(client: TestClient, seen: Any) -> None:
    assert post(client, "Ana", "accept", "e1", seen=seen).status_code == 400


def test_it_is_as_described(client: TestClient) -> None:
    post(client, "Ana", "accept", "e2")
    post(client, "Ben", "correct", "e2", "type", value="ASSAULT")
    described = client.get("/openapi.json").json()
    for address, given in (("/api/report", {"id": "mill"}), ("/api/queue", {"view": "disputed"})):
        schema = described["paths"][address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert list(making.wrong(client.get(address, params=given).json(), schema, described)) == []
