"""Adding reports from the page: files sent, added by the command in its own process, told of, and stopped."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import review_making as making
from review_making import JSON, OWN, SHARED
from starlette.testclient import TestClient

from marsad.casebook import Casebook
from marsad.review import adding
from marsad.review.staging import Staging, safe_name

BYTES = {"Origin": OWN, "Content-Type": "application/octet-stream"}
FAKE = """
import json, os, sys, time
book, rest = sys.argv[1], sys.argv[2:]
at = rest.index("--")
for name in rest[at + 1:]:
    words = open(name, encoding="utf-8").read()
    if words == "crash":
        print("marsad: it went wrong", file=sys.stderr)
        sys.exit(3)
    if words == "slow":
        time.sleep(60)
    bad = words == "bad"
    lines = [name] if not name.endswith("l") else [f"{name}:1", f"{name}:2"]
    for one in lines:
        print(json.dumps({
            "input": one, "outcome": "failed" if bad else "ok", "reason": "no text" if bad else None,
            "report": None if bad else one, "change": "failed" if bad else "new",
        }), flush=True)
sys.exit(0)
"""
"""Stands for ``marsad add``."""


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "fake.py"
    script.write_text(FAKE, "utf-8")
    monkeypatch.setattr(adding.Adding.__init__, "__defaults__", ((sys.executable, str(script)),))


def send(client: TestClient, name: str, content: bytes) -> str:
    answer = client.post("/api/adding/file", params={"name": name}, content=content, headers=BYTES)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["file"])


def start(client: TestClient, *files: str, **more: Any) -> Any:
    return client.post("/api/adding", json={"files": list(files), **more}, headers=JSON)


def ended(client: TestClient, seconds: float = 60.0) -> Any:
    end = time.monotonic() + seconds
    while (told := client.get("/api/adding").json())["state"] in ("adding", "stopping"):
        assert time.monotonic() < end, told
        time.sleep(0.05)
    return told


@pytest.mark.usefixtures("fake")
def test_progress_and_problems(client: TestClient) -> None:
    assert client.get("/api/adding").json()["state"] == "idle"
    keys = [send(client, name, words) for name, words in (("a.txt", b"good"), ("b.txt", b"bad"), ("c.jsonl", b"good"))]
    told = start(client, *keys).json()
    assert (told["state"], told["files"], told["current"]) == ("adding", 3, "a.txt")
    told = ended(client)
    assert (told["state"], told["done"], told["current"]) == ("done", 3, None)
    assert told["counts"] == {"new": 3, "recoded": 0, "unchanged": 0, "failed": 1, "partial": 0}
    assert told["problems"] == [{"name": "b.txt", "outcome": "failed", "reason": "no text"}]
    assert [one["report"] for one in told["reports"]] == ["a.txt", "c.jsonl:1", "c.jsonl:2"]
    # The files are gone, and their keys with them.
    assert start(client, keys[0]).status_code == 400


@pytest.mark.usefixtures("fake")
def test_stopping_while_the_page_stays_usable(client: TestClient) -> None:
    keys = [send(client, name, words) for name, words in (("a.txt", b"good"), ("b.txt", b"slow"), ("c.txt", b"good"))]
    assert start(client, *keys).status_code == 200
    end = time.monotonic() + 20
    while client.get("/api/adding").json()["current"] != "b.txt":
        assert time.monotonic() < end
        time.sleep(0.05)
    assert client.get("/api/queue").status_code == 200
    refused = start(client, send(client, "d.txt", b"good"))
    assert (refused.status_code, "are being added" in refused.json()["error"]) == (409, True)
    assert client.post("/api/adding/stop", json={}, headers=JSON).json()["state"] == "stopping"
    told = ended(client)
    assert (told["state"], told["done"], told["wrong"]) == ("stopped", 1, None)


@pytest.mark.usefixtures("fake")
def test_a_command_that_fails_is_told_of_and_another_lot_can_be_added(client: TestClient) -> None:
    assert start(client, send(client, "a.txt", b"good"), send(client, "b.txt", b"crash")).status_code == 200
    told = ended(client)
    assert (told["state"], told["wrong"], told["counts"]["new"]) == ("failed", "marsad: it went wrong", 1)
    assert start(client, send(client, "c.txt", b"good")).status_code == 200
    assert ended(client)["state"] == "done"


@pytest.mark.usefixtures("fake")
def test_what_makes_no_sense_is_refused(client: TestClient) -> None:
    key = send(client, "a.txt", b"good")
    refused: list[dict[str, Any]] = [
        {"files": []}, {"files": "x"}, {"files": [7]}, {"files": ["nothing"]}, {},
        {"files": [key], "published": "today"},
        {"files": [key], "published": 7}, {"files": [key], "source": "x" * 301}, {"files": [key], "source": "a\nb"},
    ]  # fmt: skip
    for sent in refused:
        answer = client.post("/api/adding", json=sent, headers=JSON)
        assert answer.status_code == 400, sent
        assert answer.json()["error"]
    assert start(client, key, source="  ", published="").status_code == 200
    assert ended(client)["state"] == "done"


def test_only_files_are_taken_where_files_are_sent(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for headers in (
        {"Origin": OWN, "Content-Type": "text/plain"}, {"Origin": OWN, "Content-Type": "multipart/form-data"},
        {"Origin": OWN}, JSON,
    ):  # fmt: skip
        answer = client.post("/api/adding/file", content=b"x", headers=headers)
        assert answer.status_code == 415, headers
    for origin in ("http://evil.example", "null"):
        assert client.post("/api/adding/file", content=b"x", headers=BYTES | {"Origin": origin}).status_code == 403
    assert (
        client.post("/api/adding/file", content=b"x", headers={"Content-Type": BYTES["Content-Type"]}).status_code
        == 403
    )
    large = BYTES | {"Content-Length": str(64 * 1024 * 1024 + 1)}
    assert client.post("/api/adding/file", content=b"x", headers=large).status_code == 413
    # And nowhere else.
    assert client.post("/api/decisions", content=b"{}", headers=BYTES).status_code == 415
    monkeypatch.setattr("marsad.review.staging.MOST_FILES", 1)
    send(client, "a.txt", b"one")
    assert client.post("/api/adding/file", content=b"x", headers=BYTES).status_code == 413


def test_a_stranger_sends_nothing(stranger: TestClient) -> None:
    assert stranger.post("/api/adding/file", content=b"x", headers=BYTES).status_code == 401
    assert stranger.post("/api/adding", json={"files": ["x"]}, headers=JSON).status_code == 401


def test_a_file_that_grows_too_large_is_dropped(tmp_path: Path) -> None:
    import asyncio

    from starlette.exceptions import HTTPException

    async def parts() -> Any:
        for _ in range(3):
            yield b"x" * 50

    staging = Staging(100)
    with pytest.raises(HTTPException, match="larger than 100 bytes"):
        asyncio.run(staging.keep("a.txt", parts()))
    folder = staging.folder
    assert list(folder.iterdir()) == []
    staging.close()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"), ("../../etc/passwd", "passwd"), ("C:\\x\\y.txt", "y.txt"), ("-rf", "_rf"),
        ("-", "_"), (".hidden", "_hidden"), ("..", "file"), ("", "file"), ("a\x00b\n.txt", "a_b_.txt"),
        ("a:b.txt", "a_b.txt"),
        ("\ud800.txt", "_.txt"), ("a\u202egpj.txt", "a_gpj.txt"), ("تقرير.txt", "تقرير.txt"), ("/", "file"),
    ],
)  # fmt: skip
def test_names_of_files(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_long_names_are_cut_and_keep_their_ending() -> None:
    for name in ("x" * 500 + ".pdf", "ق" * 300 + ".pdf", "x" * 500, "a." + "x" * 500):
        assert len(safe_name(name).encode()) <= 120
    assert safe_name("x" * 500 + ".pdf").endswith("x.pdf")


def naughty() -> list[str]:
    listed = SHARED / "badinput/blns/blns.json"
    if not listed.exists():
        pytest.skip("../shared/badinput is not there")
    return [str(words) for words in json.loads(listed.read_text("utf-8"))]


def test_no_name_leads_anywhere_else(tmp_path: Path) -> None:
    for words in naughty():
        name = safe_name(words)
        assert name.isprintable()
        assert name[0] not in ".-"
        assert not set(name) & set("/\\:")
        (tmp_path / name).write_bytes(b"x")
        assert (tmp_path / name).parent == tmp_path


@pytest.mark.usefixtures("fake")
def test_naughty_words_as_names_sources_and_reasons(client: TestClient) -> None:
    words = naughty()
    for one in words[::25]:
        sent = client.post("/api/adding/file", params={"name": one}, content=b"good", headers=BYTES)
        assert sent.status_code == 200, one
        begun = start(client, sent.json()["file"], source=one)
        assert begun.status_code in (200, 400), one
        assert begun.status_code == 400 or ended(client)["state"] == "done", one
    event = making.mill().events[0]
    for one in words[::5]:
        note = {"who": one, "why": one, "kind": "note", "events": {"mill": [["e1", *event.span]], one: []}}
        assert client.post("/api/bulk", json=note, headers=JSON).status_code in (200, 400), one
    assert client.get("/api/decisions").status_code == 200


def test_two_files_of_one_name(tmp_path: Path) -> None:
    import asyncio

    async def parts() -> Any:
        yield b"x"

    staging = Staging(100)
    keys = [asyncio.run(staging.keep("a.txt", parts()))["file"] for _ in range(3)]
    folder, names = staging.take(keys)
    assert names == ["a.txt", "a (2).txt", "a (3).txt"]
    assert sorted(one.name for one in folder.iterdir()) == sorted(names)
    staging.close()


@pytest.fixture
def real(tmp_path: Path) -> Iterator[tuple[TestClient, Path]]:
    from marsad.review import review_app

    path = tmp_path / "ark.casebook"
    with Casebook(path, create=True):
        pass
    with TestClient(review_app(path, token="t", hosts=[making.HOST]), base_url=OWN) as client:
        client.get("/", params={"token": "t"})
        yield client, path


def attacks() -> list[Path]:
    """Files that are made to hang, crash or strike whoever reads them; the large ones left out."""
    folder = SHARED / "badinput"
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size < 50_000]
    return found[:: max(1, len(found) // 12)]


def test_reports_and_bad_files_are_added_as_the_command_does(real: tuple[TestClient, Path]) -> None:
    """The real command: a good report, a pasted one, what no reader takes, and (where they are there) attacks."""
    client, path = real
    bad = attacks()
    words = "The Reem Brigade shelled the mill of Ark on 3 May 2020, killing four men."
    pasted = '{"text": "Police arrested nine men in Zeta on Monday.", "title": "Nine held", "source": "Zeta Daily"}'
    keys = [
        send(client, "mill.txt", words.encode()),
        send(client, "pasted.json", pasted.encode()),
        send(client, "photo.exe", b"MZ"),
        *(send(client, one.name, one.read_bytes()) for one in bad),
    ]
    told = start(client, *keys, published="2020-05-04", source="Ark Post").json()
    assert told["state"] == "adding"
    told = ended(client, 240)
    assert told["state"] == "done", told["wrong"]
    assert {"name": "photo.exe", "outcome": "failed", "reason": "no reader for .exe"} in told["problems"]
    assert told["counts"]["new"] >= 2
    assert {one["report"] for one in told["reports"]} >= {"mill", "pasted"}
    with Casebook(path, write=False) as casebook:
        assert casebook.check() == []
        mill, nine = casebook.record("mill"), casebook.record("pasted")
        assert (mill.published, mill.source.name) == ("2020-05-04", "Ark Post")
        assert (nine.title, nine.source.name) == ("Nine held", "Zeta Daily")
        assert [event.type for event in mill.events] == ["ASSAULT"]
        assert "photo.exe" in [one.name for one in casebook.failures()]
    found = client.get("/api/queue", params={"view": "all", "limit": 500}).json()
    assert found["reports"] >= 2
    for name in {item["report"] for item in found["items"]}:
        assert client.get("/api/report", params={"id": name}).status_code == 200
    # The same files again change nothing.
    assert (
        start(client, send(client, "mill.txt", words.encode()), published="2020-05-04", source="Ark Post").status_code
        == 200
    )
    assert ended(client, 60)["counts"]["unchanged"] == 1
    if not bad:
        pytest.skip("the attacks of ../shared/badinput are not there; the rest was tested")
