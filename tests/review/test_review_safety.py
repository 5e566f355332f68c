"""Attacks on the server: from other pages, other names of the host, without the token, by GET, by size, by words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import review_making as making
from review_making import HOST, JSON, MILL, OWN, TOKEN, mill, said, target
from starlette.testclient import TestClient

from marsad.casebook import Casebook
from marsad.review import review_app
from marsad.review.guard import HEADERS, MOST_BYTES

PATHS = (
    "/",
    "/assets/review.js",
    "/openapi.json",
    "/api/casebook",
    "/api/queue",
    "/api/report?id=mill",
    "/api/decisions",
)
ACCEPT = said({"kind": "accept", "target": target(mill(), "e1")})


def decided(path: Path) -> int:
    with Casebook(path, write=False) as casebook:
        return len(casebook.decisions())


# The token and the cookie


@pytest.mark.parametrize("address", PATHS)
def test_nothing_without_the_cookie(stranger: TestClient, address: str) -> None:
    answer = stranger.get(address)
    assert answer.status_code == 401
    assert "Reem Brigade" not in answer.text
    assert "'marsad serve' printed" in answer.text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "é", TOKEN.upper()])
def test_a_wrong_token_opens_nothing(stranger: TestClient, token: str) -> None:
    answer = stranger.get("/", params={"token": token})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


def test_two_tokens_are_no_token(stranger: TestClient) -> None:
    assert stranger.get(f"/?token={TOKEN}&token=x").status_code == 401


def test_the_token_is_changed_for_a_strict_cookie(stranger: TestClient) -> None:
    answer = stranger.get("/", params={"token": TOKEN})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert TOKEN not in cookie
    assert stranger.get("/").status_code == 200


def test_the_token_opens_only_the_first_page(stranger: TestClient) -> None:
    assert stranger.get("/api/casebook", params={"token": TOKEN}).status_code == 401


def test_another_session_s_cookie_opens_nothing(client: TestClient, tmp_path: Path) -> None:
    making.add(tmp_path / "other.casebook", [mill()])
    other = review_app(tmp_path / "other.casebook", token="other", hosts=[HOST])
    with TestClient(other, base_url=OWN, cookies=dict(client.cookies)) as stranger:
        assert stranger.get("/api/casebook").status_code == 401


# The host and the origin


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:8001", f"{HOST}.evil.example", "localhost.evil.example:8000", ""]
)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    for answer in (client.get("/api/casebook", headers={"Host": host}), client.get("/", headers={"Host": host})):
        assert answer.status_code == 421
        assert "ark" not in answer.text


def test_a_token_under_another_host_gives_no_cookie(stranger: TestClient) -> None:
    answer = stranger.get("/", params={"token": TOKEN}, headers={"Host": "evil.example:8000"})
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"https://{HOST}", "http://localhost:3000", ""])
def test_another_origin_is_refused(client: TestClient, path: Path, origin: str) -> None:
    answer = client.post("/api/decisions", json=ACCEPT, headers={"Origin": origin})
    assert answer.status_code == 403
    assert client.get("/api/casebook", headers={"Origin": origin}).status_code == 403
    assert decided(path) == 0


def test_a_change_without_an_origin_is_refused(client: TestClient, path: Path) -> None:
    assert client.post("/api/decisions", json=ACCEPT).status_code == 403
    assert decided(path) == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_the_browser_says_is_from_elsewhere_is_refused(client: TestClient, site: str) -> None:
    assert client.get("/api/casebook", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}).status_code == 403
    link = client.get("/", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"})
    assert link.status_code == 200


# What changes something


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "x/json"]
)
def test_only_json_changes_something(client: TestClient, path: Path, kind: str) -> None:
    answer = client.post("/api/decisions", content=json.dumps(ACCEPT), headers={"Origin": OWN, "Content-Type": kind})
    assert answer.status_code == 415
    assert decided(path) == 0


@pytest.mark.parametrize("address", ["/api/decisions", "/api/undo"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_but_post_changes_anything(client: TestClient, path: Path, method: str, address: str) -> None:
    before = path.read_bytes()
    answer = client.request(method, address, json=ACCEPT | {"number": 1}, headers=JSON)
    assert answer.status_code in (200, 400, 405)
    assert decided(path) == 0
    assert path.read_bytes() == before


def test_every_get_leaves_the_casebook_as_it_is(client: TestClient, path: Path) -> None:
    before = path.read_bytes()
    for address in PATHS:
        client.get(address)
    assert path.read_bytes() == before


def test_too_large_a_request_is_refused(client: TestClient, path: Path) -> None:
    large = json.dumps(said({"kind": "note", "target": target(mill(), "e1")}, why="x" * MOST_BYTES))
    assert client.post("/api/decisions", content=large, headers=JSON).status_code == 413

    def parts() -> Any:
        for _ in range(200):
            yield b" " * 8192

    assert client.post("/api/decisions", content=parts(), headers=JSON).status_code == 413
    assert client.get("/api/queue", params={"q": "x" * 9000}).status_code == 414
    assert decided(path) == 0


@pytest.mark.parametrize(
    "sent",
    [b"", b"[]", b"null", b"1", b'{"who": "Ana"', b"\xff\xfe", b'{"who": NaN}', b"[" * 100_000, b'{"a":' * 50_000,
     b'{"decisions": ' + b"9" * 5000 + b"}"],
)  # fmt: skip
def test_what_is_no_json_object_is_refused(client: TestClient, path: Path, sent: bytes) -> None:
    answer = client.post("/api/decisions", content=sent, headers=JSON)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}
    assert decided(path) == 0


# What every answer says


@pytest.mark.parametrize("address", [*PATHS, "/nothing", "/api/report?id=nothing", "/api/queue?since=x"])
def test_every_answer_carries_the_policy(client: TestClient, stranger: TestClient, address: str) -> None:
    answer = client.get(address)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "access-control-allow-origin" not in answer.headers
    refused = stranger.get(address, headers={"Host": "evil.example"})
    assert refused.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_the_policy_allows_no_inline_script_and_nothing_from_elsewhere(client: TestClient) -> None:
    policy = dict(part.split(" ", 1) for part in client.get("/").headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert "unsafe" not in " ".join(policy.values())
    shell = client.get("/").text
    assert shell.count("<script") == 1
    assert '<script src="/assets/review.js"></script>' in shell
    assert "style=" not in shell
    assert "http://" not in shell
    assert "https://" not in shell


def test_a_failure_inside_says_nothing_of_the_inside(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("marsad.review.app.queue", broken)
    app = client.app
    with TestClient(app, base_url=OWN, raise_server_exceptions=False, cookies=dict(client.cookies)) as careless:
        answer = careless.get("/api/queue")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_assets_are_two_files_and_no_others(client: TestClient) -> None:
    for name in ("../index.py", "..%2findex.py", "%2e%2e/app.py", "review.js.map", "", "/etc/passwd"):
        assert client.get(f"/assets/{name}").status_code == 404


# Words


def _nasty() -> list[str]:
    words = [
        "</script><script>window.struck=1</script>",
        "<img src=x onerror=window.struck=1>",
        "javascript:window.struck=1",
        "'); DROP TABLE reports; --",
        "=cmd|' /C calc'!A0",
        "\u202egnp.exe",
        "\x00\x1b[31m",
        "../../etc/passwd",
        "%00%0d%0aSet-Cookie: a=b",
    ]
    listed = making.SHARED / "badinput/blns/blns.json"
    if listed.exists():
        words += [line for line in json.loads(listed.read_text("utf-8")) if line.strip()][::9]
    return words


def test_hostile_words_come_back_as_they_are(tmp_path: Path) -> None:
    words = _nasty()
    path = tmp_path / "hostile.casebook"
    making.add(path, [making.hostile(one) for one in dict.fromkeys(words)])
    with TestClient(review_app(path, token=TOKEN, hosts=[HOST]), base_url=OWN) as client:
        client.get("/", params={"token": TOKEN})
        listed = client.get("/api/queue", params={"limit": 500}).json()["items"]
        assert {item["report"] for item in listed} == set(words)
        for one in listed:
            answer = client.get("/api/report", params={"id": one["report"]})
            assert answer.headers["content-type"] == "application/json"
            assert answer.status_code == 200, (one["report"], answer.text)
            assert answer.json()["record"]["id"] == one["report"]
            for name in ("q", "actor", "place", "report"):
                assert client.get("/api/queue", params={name: one["report"]}).status_code in (200, 400)
            for name in ("type", "since", "view", "limit", "status"):
                assert client.get("/api/queue", params={name: one["report"]}).status_code in (200, 400)


def test_hostile_words_in_decisions_come_back_as_they_are(client: TestClient) -> None:
    for words in _nasty():
        sent = said({"kind": "note", "target": target(mill(), "e1")}, why=words)
        answer = client.post("/api/decisions", json=sent, headers=JSON)
        assert answer.status_code == 200, words
        assert answer.json()["decisions"][0]["why"] == words
        assert client.get("/api/decisions", params={"limit": 1}).json()["decisions"][0]["why"] == words


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": "accept"},
        {"kind": "explode", "target": target(mill(), "e1")},
        {"kind": "undo", "target": target(mill(), "e1")},
        {"kind": "accept", "target": []},
        {"kind": "accept", "target": target(mill(), "e1") | {"report": "nothing"}},
        {"kind": "accept", "target": target(mill(), "e1") | {"report": 7}},
        {"kind": "accept", "target": target(mill(), "e1") | {"passage": [0, 10**30]}},
        {"kind": "accept", "target": target(mill(), "e1") | {"passage": [5, 2]}},
        {"kind": "accept", "target": target(mill(), "e1") | {"nth": -1}},
        {"kind": "accept", "target": target(mill(), "e1") | {"nth": 10**30}},
        {"kind": "accept", "target": target(mill(), "e1") | {"part": "moon"}},
        {"kind": "correct", "target": target(mill(), "e1", "type"), "value": "PICNIC"},
        {"kind": "correct", "target": target(mill(), "e1", "moon"), "value": "x"},
        {"kind": "correct", "target": target(mill(), "e1", "killed"), "value": {"low": 10**400}},
        {"kind": "correct", "target": target(mill(), "e1", "place"), "value": {"name": {"deep": [[[]]]}}},
        {"kind": "correct", "target": target(mill(), "e1", "actors"), "value": ["a99"]},
        {"kind": "correct", "target": target(mill(), "e1", "actors"), "value": [{"name": "x", "mentions": [["a", 2]]}]},
        {"kind": "merge", "target": {"part": "incident", "claims": [["mill", "a", 1], []]}},
        {"kind": "add", "target": target(mill(), "e1") | {"passage": [0, 3]}, "value": {"id": 1, "nonsense": True}},
        7,
    ],
)
def test_decisions_that_make_no_sense_are_refused(client: TestClient, path: Path, wanted: Any) -> None:
    answer = client.post("/api/decisions", json={"who": "Ana", "decisions": [wanted]}, headers=JSON)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]
    assert decided(path) == 0


def test_all_decisions_of_a_request_or_none(client: TestClient, path: Path) -> None:
    sent = said(
        {"kind": "accept", "target": target(mill(), "e1")},
        {"kind": "correct", "target": target(mill(), "e2", "type"), "value": "PICNIC"},
    )
    assert client.post("/api/decisions", json=sent, headers=JSON).status_code == 400
    assert decided(path) == 0


@pytest.mark.parametrize("who", ["", "   ", "x" * 101, None, 7, ["Ana"]])
def test_nobody_decides_nothing(client: TestClient, path: Path, who: Any) -> None:
    answer = client.post("/api/decisions", json=ACCEPT | {"who": who}, headers=JSON)
    assert answer.status_code == 400
    assert decided(path) == 0


def test_a_casebook_with_triggers_runs_none(path: Path) -> None:
    import sqlite3

    with sqlite3.connect(path) as db:
        db.execute("CREATE TRIGGER strike AFTER INSERT ON decisions BEGIN DELETE FROM reports; END")
    with TestClient(review_app(path, token=TOKEN, hosts=[HOST]), base_url=OWN) as client:
        client.get("/", params={"token": TOKEN})
        assert client.post("/api/decisions", json=ACCEPT, headers=JSON).status_code == 200
        assert client.get("/api/report", params={"id": "mill"}).json()["record"]["text"] == MILL
