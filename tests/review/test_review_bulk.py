"""Many events decided on in one go, and undone in one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import review_making as making
from review_making import HOST, JSON, OWN, TOKEN, mill
from starlette.testclient import TestClient

from marsad.casebook import Casebook
from marsad.review import review_app


def rows(*events: str) -> list[list[Any]]:
    return [[one.id, *one.span] for one in mill().events if one.id in events]


def bulk(client: TestClient, **sent: Any) -> Any:
    return client.post("/api/bulk", json={"who": "Ana", "kind": "accept"} | sent, headers=JSON)


def states(client: TestClient) -> dict[str, str]:
    found = client.get("/api/queue", params={"view": "all"}).json()["items"]
    return {item["event"]: item["state"] for item in found}


def test_many_are_accepted_and_undone_in_one_go(client: TestClient, path: Path) -> None:
    answer = bulk(client, events={"mill": rows("e1", "e3")}, why="a sweep")
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"count": 2, "first": 1, "last": 2}
    assert states(client) == {"e1": "accepted", "e2": "new", "e3": "accepted"}
    trail = client.get("/api/decisions").json()["decisions"]
    assert [(one["number"], one["step"], one["why"]) for one in trail] == [(2, 1, "a sweep"), (1, 1, "a sweep")]
    undone = client.post("/api/undo", json={"number": 2, "who": "Ben", "together": True}, headers=JSON)
    assert [one["number"] for one in undone.json()["decisions"]] == [3, 4]
    assert set(states(client).values()) == {"new"}
    redone = client.post("/api/undo", json={"number": 4, "who": "Ben", "together": True}, headers=JSON)
    assert redone.status_code == 200
    assert states(client) == {"e1": "accepted", "e2": "new", "e3": "accepted"}
    with Casebook(path, write=False) as casebook:
        assert casebook.check() == []


def test_notes_on_many(client: TestClient) -> None:
    assert (
        bulk(client, kind="note", events={"mill": rows("e1", "e2", "e3")}, why="to be read again").json()["count"] == 3
    )
    assert set(states(client).values()) == {"new"}
    assert bulk(client, kind="note", events={"mill": rows("e1")}).status_code == 400


def test_what_is_not_as_it_was_seen_stops_all(client: TestClient, path: Path) -> None:
    [first] = rows("e1")
    moved = [first[0], first[1] + 1, first[2]]
    for events in ({"mill": [first, moved]}, {"mill": [first], "other": [["e1", 0, 1]]}, {"mill": [["e9", 0, 1]]}):
        answer = bulk(client, events=events)
        assert answer.status_code == 409
        assert "not as they were" in answer.json()["error"]
    with Casebook(path, write=False) as casebook:
        assert casebook.decisions() == []


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "correct"}, {"kind": None}, {"who": ""}, {"who": 7}, {"why": 7}, {"events": []}, {"events": {}},
        {"events": {"mill": []}}, {"events": {"mill": 7}}, {"events": {"mill": [7]}}, {"events": {"mill": [["e1", 0]]}},
        {"events": {"mill": [["e1", 0, 1]] * 2001}},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(client: TestClient, path: Path, sent: dict[str, Any]) -> None:
    answer = bulk(client, **({"events": {"mill": rows("e1")}} | sent))
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]
    with Casebook(path, write=False) as casebook:
        assert casebook.decisions() == []


def test_several_on_one_passage(tmp_path: Path) -> None:
    first = mill().events[0]
    twins = tuple(
        replace(first, id=f"t{n}", type=kind, mode=None) for n, kind in enumerate(("ASSAULT", "COERCE", "THREATEN"))
    )
    path = tmp_path / "twins.casebook"
    making.add(path, [replace(mill(), events=twins)])
    with TestClient(review_app(path, token=TOKEN, hosts=[HOST]), base_url=OWN) as client:
        client.get("/", params={"token": TOKEN})
        span = list(first.span)
        assert bulk(client, kind="reject", events={"mill": [["t0", *span], ["t2", *span]]}).status_code == 200
        assert states(client) == {"t0": "rejected", "t1": "new", "t2": "rejected"}


def test_it_is_as_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    schema = described["paths"]["/api/bulk"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(making.wrong(bulk(client, events={"mill": rows("e1")}).json(), schema, described)) == []
