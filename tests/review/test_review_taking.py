"""Exports and dossiers as downloads: what they hold, who gets them, and what happens when something goes wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import review_making as making
from review_making import JSON, mill, said, target
from starlette.testclient import TestClient

from marsad.casebook import Casebook
from marsad.exchange.casebook import ROWS, table_rows
from marsad.exchange.dossier import dossier
from marsad.exchange.dossierpage import render_dossier
from marsad.exchange.table import row_object
from marsad.exchange.wanted import FITTING, Wanted
from marsad.exchange.writing import MEDIA_TYPES
from marsad.review import review_app, taking

WORDS = "=1+1/<b>é</b>?#.csv"


def rows_of(path: Path, what: str) -> list[dict[str, Any]]:
    with Casebook(path, write=False) as casebook:
        return [row_object(row) for row in table_rows(casebook, Wanted(what))]


@pytest.fixture
def decided(client: TestClient) -> TestClient:
    correction = {"kind": "correct", "target": target(mill(), "e2", "type"), "value": "ASSAULT"}
    assert client.post("/api/decisions", json=said(correction), headers=JSON).status_code == 200
    return client


@pytest.mark.parametrize("what", ROWS)
def test_what_is_taken_away_is_what_the_casebook_has(decided: TestClient, path: Path, what: str) -> None:
    answer = decided.get(f"/api/export/{what}.jsonl")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/jsonl")
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''ark-{what}.jsonl"
    rows = rows_of(path, what)
    assert [json.loads(line) for line in answer.text.splitlines()] == rows
    if what != "statements" and what != "relations":
        assert rows
    table = list(csv.reader(io.StringIO(decided.get(f"/api/export/{what}.csv").text, newline="")))
    assert len(table) == len(rows) + 1


def test_records_annotations_and_workbooks(decided: TestClient, tmp_path: Path) -> None:
    [record] = decided.get("/api/export/records.jsonl").text.splitlines()
    assert json.loads(record)["id"] == "mill"
    page = decided.get("/api/export/annotations.jsonld")
    assert page.headers["content-type"].startswith("application/ld+json")
    assert page.json()["total"] == len(page.json()["first"]["items"]) > 3
    book = decided.get("/api/export/events.xlsx")
    assert book.content[:2] == b"PK"
    assert int(book.headers["content-length"]) == len(book.content)
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content))["events"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["e1", "e2", "e3"]


def test_parquet(decided: TestClient, path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    answer = decided.get("/api/export/events.parquet")
    assert pq.read_table(io.BytesIO(answer.content)).to_pylist() == rows_of(path, "events")


def test_conditions_and_as_coded(decided: TestClient) -> None:
    def types(**asked: str) -> list[str]:
        answer = decided.get("/api/export/events.jsonl", params=asked)
        assert answer.status_code == 200, answer.text
        return [json.loads(line)["type"] for line in answer.text.splitlines()]

    assert types() == ["ASSAULT", "ASSAULT", "ASSAULT"]
    assert types(as_coded="true") == ["ASSAULT", "COERCE", "ASSAULT"]
    assert types(actor="army") == ["ASSAULT"]
    assert types(limit="2", status="happened") == ["ASSAULT", "ASSAULT"]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/export/pictures.csv", 404, "there is no such export"),
        ("/api/export/events.doc", 404, "there is no such export"),
        ("/api/export/events", 404, ""),
        ("/api/export/..%2Fx.csv", 404, ""),
        ("/api/export/events.jsonld", 400, "events do not fit into jsonld"),
        ("/api/export/records.csv", 400, "records do not fit into csv"),
        ("/api/export/decisions.csv?type=ASSAULT", 400, "decisions have no type"),
        ("/api/export/events.csv?type=PICNIC", 400, "PICNIC"),
        ("/api/export/events.csv?moon=1", 400, "no parameter 'moon'"),
        ("/api/export/events.csv?limit=0", 400, "less than 1"),
        ("/api/export/events.csv?limit=x", 400, "limit must be a number"),
        ("/api/export/events.csv?as_coded=1", 400, "true or false"),
        ("/api/export/incidents.csv?grade=superb", 400, "'superb' is none of"),
        ("/api/incidents/nothing/dossier", 404, "there is no incident 'nothing'"),
        ("/api/incidents/mill:e1/dossier?x=1", 400, "no parameter"),
    ],
)
def test_what_cannot_be_is_said_as_an_error(client: TestClient, address: str, status: int, words: str) -> None:
    for method in ("GET", "HEAD"):
        answer = client.request(method, address)
        assert answer.status_code == status, answer.text
        assert "content-disposition" not in answer.headers
    assert words in client.get(address).text


def test_head_asks_and_sends_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "write", lambda *_: pytest.fail("nothing was to be made"))
    answer = client.head("/api/export/events.xlsx")
    assert (answer.status_code, answer.content) == (200, b"")
    assert "attachment" in answer.headers["content-disposition"]


def test_only_by_get_and_only_with_the_cookie(stranger: TestClient, client: TestClient) -> None:
    for address in ("/api/export/events.csv", "/api/incidents/mill:e1/dossier"):
        assert client.get(address, headers={"Host": "evil.invalid"}).status_code == 421
        assert client.get(address, headers={"Origin": "http://evil.invalid"}).status_code == 403
        assert client.post(address, json={}, headers=JSON).status_code == 405
        client.cookies.clear()
        assert client.get(address).status_code == 401
        client.get("/", params={"token": making.TOKEN})


def test_a_dossier(decided: TestClient, path: Path) -> None:
    answer = decided.get("/api/incidents/mill:e1/dossier")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''ark-dossier-mill%3Ae1.html"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    with Casebook(path, write=False) as casebook:
        assert answer.text == render_dossier(dossier(casebook, "mill:e1"))


def test_hostile_ids(tmp_path: Path) -> None:
    path = tmp_path / "a b'\".casebook"
    making.add(path, [making.hostile(WORDS)])
    with TestClient(review_app(path, token="t", hosts=[making.HOST]), base_url=making.OWN) as client:
        client.get("/", params={"token": "t"})
        answer = client.get(f"/api/incidents/{quote(f'{WORDS}:{WORDS}', safe='')}/dossier")
        assert answer.status_code == 200, answer.text
        name = answer.headers["content-disposition"].partition("''")[2]
        assert name == quote(f"a b'\"-dossier-{WORDS}:{WORDS}.html", safe="")
        assert "<b>é" not in answer.text
        [head, row] = csv.reader(io.StringIO(client.get("/api/export/events.csv").text, newline=""))
        assert dict(zip(head, row, strict=True))["report"] == f"'{WORDS}"


def test_a_download_that_goes_wrong_breaks_off(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Iterator[str]:
        yield "x" * taking._PART
        raise RuntimeError("gone")

    app = review_app(path, token=making.TOKEN, hosts=[making.HOST])
    with TestClient(app, base_url=making.OWN) as client:
        client.get("/", params={"token": making.TOKEN})
        monkeypatch.setattr(taking, "text_lines", broken)
        with pytest.raises(RuntimeError, match="gone"):
            client.get("/api/export/events.csv")


def test_one_that_goes_wrong_at_once_is_an_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Iterator[str]:
        raise RuntimeError("gone")
        yield ""

    app = review_app(path, token=making.TOKEN, hosts=[making.HOST])
    with TestClient(app, base_url=making.OWN, raise_server_exceptions=False) as client:
        client.get("/", params={"token": making.TOKEN})
        monkeypatch.setattr(taking, "text_lines", broken)
        answer = client.get("/api/export/events.csv")
        assert answer.status_code == 500
        assert "content-disposition" not in answer.headers


def test_incidents_wait_for_many_reports(client: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "_MOST_WAITING", 0)
    for address in ("/api/export/incidents.csv", "/api/incidents/mill:e1/dossier"):
        answer = client.get(address)
        if answer.status_code == 200:  # joined in the background already
            continue
        assert answer.status_code == 503
        assert "1 reports wait" in answer.text or "are being put together" in answer.text
    assert client.get("/api/export/events.csv").status_code == 200
    monkeypatch.setattr(taking, "_MOST_WAITING", 200)
    assert len(client.get("/api/export/incidents.jsonl").text.splitlines()) == 3
    with Casebook(path, write=False) as casebook:
        assert casebook.untold == 0


def test_the_description_has_all_that_can_be_taken(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]["/api/export/{what}.{form}"]["get"]["parameters"]
    names = {one["name"]: one["schema"] for one in described}
    assert set(names["what"]["enum"]) == set(FITTING)
    assert set(names["form"]["enum"]) == set(MEDIA_TYPES)
    assert {*taking._CONDITIONS, "grade", "limit", "as_coded"} == set(names) - {"what", "form"}
