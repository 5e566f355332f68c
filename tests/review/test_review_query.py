"""The query box: what it answers, and that it can change, reach and hold up nothing."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import review_making as making
from review_making import JSON
from starlette.testclient import TestClient

from marsad.review.querying import MOST_ROWS, SECONDS

ATTACKS = [
    "ATTACH '/tmp/x.db' AS y",
    "SELECT load_extension('/tmp/x.so')",
    "PRAGMA writable_schema=1",
    "PRAGMA query_only=0",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM pragma_table_list",
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT count(*) FROM c",
    "SELECT hex(randomblob(2000000000))",
    "SELECT replace(hex(zeroblob(100000000)),'0','aaaaaaaaaa')",
    "SELECT printf('%.*c', 2000000000, 'x')",
    "SELECT count(*) FROM sqlite_schema a, sqlite_schema b, sqlite_schema c, sqlite_schema d, sqlite_schema e",
    "SELECT 1; DELETE FROM reports",
    "SELECT 1; SELECT 2",
    "DELETE FROM reports",
    "UPDATE reports SET text = ''",
    "INSERT INTO decisions SELECT 1, 'x', 'y'",
    "INSERT INTO search (search) VALUES ('delete-all')",
    "CREATE TABLE x (y)",
    "CREATE TEMP TABLE x (y)",
    "DROP TABLE reports",
    "VACUUM INTO '/tmp/copy.db'",
    "BEGIN IMMEDIATE",
    "REINDEX",
    "ANALYZE",
    "SELECT fts5(1)",
    "SELECT sqlite_version()",
    "SELECT sqlite_compileoption_get(1)",
    "SELECT writefile('/tmp/x','y')",
    "SELECT readfile('/etc/passwd')",
    "EXPLAIN DELETE FROM reports",
    "WITH x AS (SELECT 1) DELETE FROM reports",
    "SELECT '" + "x" * 30_000 + "'",
    "SELECT " + "(" * 5000 + "1" + ")" * 5000,
    "",
    "   ",
    "-- nothing",
    "\0SELECT 1",
    "SELECT \ud800",
    "nonsense",
]


def ask(client: TestClient, sql: Any) -> Any:
    return client.post("/api/query", json={"sql": sql}, headers=JSON)


def test_a_select(client: TestClient) -> None:
    answer = ask(client, "SELECT id, title, length(text) AS length FROM reports")
    assert answer.status_code == 200, answer.text
    data = answer.json()
    assert data["columns"] == ["id", "title", "length"]
    assert data["rows"] == [["mill", "The mill of Ark", len(making.MILL)]]
    assert data["more"] is False
    described = client.get("/openapi.json").json()
    schema = described["paths"]["/api/query"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(making.wrong(data, schema, described)) == []


def test_what_people_ask(client: TestClient) -> None:
    for sql, rows in (
        ("SELECT type, count(*) FROM events GROUP BY type ORDER BY 2 DESC", [["ASSAULT", 2], ["COERCE", 1]]),
        ("SELECT rowid FROM search WHERE search MATCH 'brigade'", [[1]]),
        ("SELECT json_extract(json, '$.events[0].id') FROM records WHERE current = 1", [["e1"]]),
        ("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'reports'", [["reports"]]),
        ("SELECT row_number() OVER (ORDER BY seq) FROM events LIMIT 1", [[1]]),
        ("SELECT x'00ff', 1e999, 9007199254740993, NULL", [["2 bytes", "inf", "9007199254740993", None]]),
        ("SELECT 1 WHERE 0;", []),
        ("VALUES (1), (2)", [[1], [2]]),
    ):
        answer = ask(client, sql)
        assert answer.status_code == 200, (sql, answer.text)
        assert answer.json()["rows"] == rows


def test_rows_and_words_have_a_limit(client: TestClient) -> None:
    many = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 5000) SELECT x{} FROM c"
    data = ask(client, many.format("")).json()
    assert (len(data["rows"]), data["more"]) == (MOST_ROWS, True)
    long = ask(client, many.format(", printf('%5000d', x)")).json()
    assert all(len(row[1]) == 2000 for row in long["rows"])
    assert long["more"]


@pytest.mark.parametrize("sql", ATTACKS, ids=range(len(ATTACKS)))
def test_attacks(client: TestClient, path: Path, sql: str) -> None:
    before, start = path.read_bytes(), time.monotonic()
    content = b'{"sql": "SELECT \\ud800"}' if "\ud800" in sql else None
    answer = client.post("/api/query", content=content, headers=JSON) if content else ask(client, sql)
    assert answer.status_code == 400, answer.text[:200]
    assert answer.json()["error"]
    assert time.monotonic() - start < SECONDS + 3
    assert path.read_bytes() == before
    assert not Path("/tmp/copy.db").exists()


def test_the_shared_attacks(client: TestClient, path: Path) -> None:
    shared = making.SHARED / "badinput/made/sql_box_attacks.sql"
    if not shared.exists():
        pytest.skip("the shared attacks are not here")
    before = path.read_bytes()
    lines = [line for line in shared.read_text("utf-8").splitlines() if line.strip()]
    assert lines
    for line in lines:
        assert ask(client, line).status_code == 400, line
    assert path.read_bytes() == before


@pytest.mark.parametrize("sql", [None, 1, ["SELECT 1"], {"a": 1}, True])
def test_what_is_no_text_is_refused(client: TestClient, sql: Any) -> None:
    assert ask(client, sql).status_code == 400


def test_a_query_needs_what_a_change_needs(client: TestClient) -> None:
    assert client.get("/api/query", params={"sql": "SELECT 1"}).status_code == 405
    assert client.post("/api/query", json={"sql": "SELECT 1"}).status_code == 403


def test_others_are_not_held_up(client: TestClient) -> None:
    from concurrent.futures import ThreadPoolExecutor

    slow = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT count(*) FROM c"
    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(ask, client, slow) for _ in range(4)]
        time.sleep(0.3)
        start = time.monotonic()
        assert client.get("/api/casebook").status_code == 200
        assert time.monotonic() - start < 1.5
        answers = sorted(one.result().status_code for one in running)
    assert answers == [400, 400, 503, 503]
