"""What the server answers: queue, reports, decisions; and that its description says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import review_making as making
from review_making import JSON, MILL, mill, said, target
from starlette.routing import Route
from starlette.testclient import TestClient

from marsad.casebook import Casebook, Run
from marsad.review import review_app
from marsad.vocabulary import KINDS, MODES


def events(answer: Any) -> list[tuple[str, str]]:
    return [(item["event"], item["state"]) for item in answer["items"]]


def queue(client: TestClient, **parameters: Any) -> Any:
    answer = client.get("/api/queue", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def decide(client: TestClient, *decisions: dict[str, Any], who: str = "Ana", why: str = "") -> list[int]:
    answer = client.post("/api/decisions", json=said(*decisions, who=who, why=why), headers=JSON)
    assert answer.status_code == 200, answer.text
    return [one["number"] for one in answer.json()["decisions"]]


def test_the_casebook(client: TestClient) -> None:
    assert client.get("/api/casebook").json() == {
        "name": "ark.casebook", "reports": 1, "origins": 1, "events": 3, "decided": 0, "latest": 0,
    }  # fmt: skip


def test_the_views_of_the_queue(client: TestClient) -> None:
    new = queue(client)
    assert events(new) == [("e1", "new"), ("e2", "new"), ("e3", "new")]
    assert new["views"] == {"new": 3, "doubtful": 1, "contested": 2, "disputed": 0, "decided": 0, "all": 3}
    assert (new["total"], new["reports"], new["origins"]) == (3, 1, 1)
    [doubtful] = queue(client, view="doubtful")["items"]
    assert (doubtful["event"], doubtful["sure"], doubtful["doubtful"]) == ("e2", 0.3, ["type", "actors"])
    # The brigade shelled by the report's word and did not fire by its own: both are contested.
    assert [item["event"] for item in queue(client, view="contested")["items"]] == ["e1", "e3"]


def test_a_row_of_the_queue(client: TestClient) -> None:
    item = queue(client)["items"][0]
    assert MILL[slice(*item["span"])] == item["passage"] == "shelled"
    assert (item["actors"], item["place"], item["start"], item["killed"]) == (
        ["Reem Brigade"],
        "Ark",
        "2020-05-03",
        "4",
    )
    assert (item["title"], item["source"]) == ("The mill of Ark", "Ark Post")


def test_filters(client: TestClient) -> None:
    for filters, wanted in (
        ({"type": "ASSAULT"}, ["e1", "e3"]),
        ({"status": "did-not-happen"}, ["e3"]),
        ({"actor": "reem brigade"}, ["e1", "e3"]),
        ({"actor": "brig"}, []),
        ({"place": "ark"}, ["e1"]),
        ({"until": "2020-05-03"}, ["e1"]),
        ({"since": "2020-05-04"}, ["e2", "e3"]),
        ({"since": "2020", "until": "2020"}, ["e1", "e2", "e3"]),
        ({"report": "mill"}, ["e1", "e2", "e3"]),
        ({"report": "other"}, []),
        ({"q": "mill army"}, ["e1", "e2", "e3"]),
        ({"q": "zebra"}, []),
        ({"type": "COERCE", "actor": "army"}, ["e2"]),
        ({"offset": 1, "limit": 1}, ["e2"]),
        ({"limit": 0}, []),
    ):  # fmt: skip
        assert [item["event"] for item in queue(client, **filters)["items"]] == wanted, filters


def test_what_no_filter_could_match_is_said(client: TestClient) -> None:
    for filters, words in (
        ({"type": "PICNIC"}, "PICNIC"),
        ({"since": "yesterday"}, "not a date"),
        ({"view": "moon"}, "there is no view"),
        ({"moon": "1"}, "there is no parameter"),
        ({"limit": "-1"}, "number from 0"),
        ({"limit": "501"}, "500"),
        ({"q": "..."}, "no word"),
    ):
        answer = client.get("/api/queue", params=filters)
        assert answer.status_code == 400
        assert words in answer.json()["error"]


def test_a_report(client: TestClient) -> None:
    answer = client.get("/api/report", params={"id": "mill"}).json()
    assert answer["record"]["text"] == MILL
    assert [event["id"] for event in answer["record"]["events"]] == ["e1", "e2", "e3"]
    assert answer["events"][0] == {"event": "e1", "state": "new", "decisions": [], "conflicts": []}
    assert answer["kin"] == {"origin": "mill", "kind": "independent", "of": None, "reports": 1}
    missing = client.get("/api/report", params={"id": "other"})
    assert (missing.status_code, missing.json()["error"]) == (404, "there is no report 'other' in this casebook")


def test_copies_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "copies.casebook"
    texts = [f"{MILL}\nThe mill is the only one of the valley. {more}" for more in ("", "It will be built again.")]
    making.add(path, [mill("first", texts[0]), mill("second", texts[1], "The mill of Ark, again")])
    with TestClient(review_app(path, token="t", hosts=[making.HOST]), base_url=making.OWN) as client:
        client.get("/", params={"token": "t"})
        told = queue(client)
        assert (told["total"], told["reports"], told["origins"]) == (6, 2, 1)
        kin = client.get("/api/report", params={"id": "second"}).json()["kin"]
        assert (kin["origin"], kin["of"], kin["reports"]) == ("first", "first", 2)


def test_accept_reject_and_undo(client: TestClient, path: Path) -> None:
    assert decide(client, {"kind": "accept", "target": target(mill(), "e1")}) == [1]
    assert decide(client, {"kind": "reject", "target": target(mill(), "e3")}, why="a denial, no event") == [2]
    assert events(queue(client, view="decided")) == [("e1", "accepted"), ("e3", "rejected")]
    assert events(queue(client)) == [("e2", "new")]
    assert client.get("/api/casebook").json()["decided"] == 2
    report = client.get("/api/report", params={"id": "mill"}).json()
    assert [(one["state"], one["decisions"]) for one in report["events"]] == [
        ("accepted", [1]),
        ("new", []),
        ("rejected", [2]),
    ]
    with Casebook(path, write=False) as casebook:
        assert [event.id for event in casebook.reviewed("mill").record.events] == ["e1", "e2"]
    undone = client.post("/api/undo", json={"number": 2, "who": "Ben"}, headers=JSON)
    assert undone.json()["decisions"][0]["number"] == 3
    assert events(queue(client, view="decided")) == [("e1", "accepted")]
    trail = client.get("/api/decisions").json()["decisions"]
    assert [(one["number"], one["who"], one["kind"], one["undone"]) for one in trail] == [
        (3, "Ben", "undo", None), (2, "Ana", "reject", 3), (1, "Ana", "accept", None),
    ]  # fmt: skip
    assert (trail[1]["words"], trail[1]["why"]) == ("fired", "a denial, no event")
    assert client.post("/api/undo", json={"number": 3, "who": "Ana"}, headers=JSON).status_code == 200
    assert events(queue(client, view="decided")) == [("e1", "accepted"), ("e3", "rejected")]


def test_a_correction_shows_what_was(client: TestClient) -> None:
    decide(
        client,
        {"kind": "correct", "target": target(mill(), "e2", "type"), "value": "ASSAULT"},
        {"kind": "correct", "target": target(mill(), "e2", "recipients"), "value": ["a1"]},
    )
    [item] = queue(client, view="decided")["items"]
    assert (item["type"], item["recipients"], item["state"]) == ("ASSAULT", ["Reem Brigade"], "corrected")
    report = client.get("/api/report", params={"id": "mill"}).json()
    kinds = [(one["target"]["field"], one["was"]) for one in report["decisions"]]
    assert kinds == [("type", "COERCE"), ("recipients", [])]
    assert report["decisions"][0]["value"] == "ASSAULT"


def test_a_decision_outlives_a_new_coding(client: TestClient, path: Path) -> None:
    decide(client, {"kind": "correct", "target": target(mill(), "e2", "type"), "value": "ASSAULT"})
    making.add(path, [mill()], Run("coder", "2", "two"))
    [item] = queue(client, view="decided")["items"]
    assert (item["event"], item["type"]) == ("e2", "ASSAULT")


def test_undoing_what_there_is_not(client: TestClient) -> None:
    for number in (0, 1, -5, 10**30):
        answer = client.post("/api/undo", json={"number": number, "who": "Ana"}, headers=JSON)
        assert answer.status_code == 400
        assert "there is no decision" in answer.json()["error"]
    wrong: tuple[Any, ...] = ("1", None, True, 1.5)
    for given in wrong:
        assert client.post("/api/undo", json={"number": given, "who": "Ana"}, headers=JSON).status_code == 400


def test_two_at_once_lose_nothing(client: TestClient, path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def note(number: int) -> int:
        sent = said(
            {"kind": "note", "target": target(mill(), "e1")}, who=f"Reviewer {number % 2}", why=f"note {number}"
        )
        answer = client.post("/api/decisions", json=sent, headers=JSON)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["decisions"][0]["number"])

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(note, range(40)))
    assert sorted(numbers) == list(range(1, 41))
    with Casebook(path) as casebook:
        assert {one.why for one in casebook.decisions()} == {f"note {number}" for number in range(40)}
        assert casebook.check() == []


def test_reports_that_come_in_are_seen(client: TestClient, path: Path) -> None:
    assert queue(client)["total"] == 3
    making.add(path, making.own_records())
    told = queue(client)
    assert told["total"] > 3
    assert client.get("/api/casebook").json()["reports"] == 1 + len(making.own_records())


def test_the_description_has_every_route(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    routes = {
        (route.path.replace(":path}", "}"), method.lower())
        for route in client.app.routes  # type: ignore[attr-defined]
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert {(path, method) for path, methods in described["paths"].items() for method in methods} == routes
    assert described["info"]["version"] != "0"


def test_answers_are_as_described(client: TestClient) -> None:
    decide(client, {"kind": "correct", "target": target(mill(), "e2", "type"), "value": "ASSAULT"})
    described = client.get("/openapi.json").json()
    for address, parameters in (
        ("/api/casebook", {}), ("/api/queue", {"view": "all"}), ("/api/report", {"id": "mill"}),
        ("/api/decisions", {}), ("/api/incidents", {}),
    ):  # fmt: skip
        schema = described["paths"][address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        problems = list(making.wrong(client.get(address, params=parameters).json(), schema, described))
        assert problems == [], address


def test_the_page_knows_the_same_modes_and_kinds() -> None:
    text = (making.ROOT / "frontend/review/modes.ts").read_text("utf-8")
    found = {
        line.split(":")[0].strip(): json.loads(line.split(":", 1)[1].strip().rstrip(","))
        for line in text.splitlines()
        if line.startswith("  ")
    }
    assert found == {type_: list(modes) for type_, modes in MODES.items() if modes}
    [kinds] = [line.partition(" = ")[2] for line in text.splitlines() if "KINDS" in line]
    assert json.loads(kinds.rstrip(";")) == list(KINDS)
