"""JSON and JSON lines: good lines survive, bad ones are named."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from reading_making import One

from marsad.reading import ReadOptions, read


def test_lines_good_and_bad(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        b'\xef\xbb\xbf{"id": "x", "text": "one", "title": "T", "published": "2020-07-04T10:00:00Z", "url": "https://e.org"}\r\n'
        b"\n"
        b"{broken\n"
        b'{"text": null}\n'
        b'{"title": "no text"}\n'
        b'["list"]\n'
        b'{"text": "lone \\ud800 surrogate", "id": 7}\n'
        b'{"text": "big", "n": ' + b"9" * 9000 + b"}\n"
        b'{"text": "pair \\ud83d\\udca5"}\n'
        + b"[" * 100_000 + b"\n"
        b'{"text": "last, no line end"}'
    )  # fmt: skip
    outcomes = list(read([tmp_path]))
    assert [o.name.rpartition(":")[2] for o in outcomes] == ["1", "3", "4", "5", "6", "7", "8", "9", "10", "11"]
    assert [o.status[0] for o in outcomes] == list("offffpoofo")
    first = outcomes[0].report
    assert first
    assert (first.id, first.text, first.title, first.published, first.source.url) == (
        "x", "one", "T", "2020-07-04", "https://e.org",
    )  # fmt: skip
    assert outcomes[1].reason
    assert outcomes[1].reason.startswith("line 3: not JSON")
    assert outcomes[5].report
    assert outcomes[5].report.text == "lone � surrogate"
    assert outcomes[5].report.id == "7"
    assert outcomes[7].report
    assert outcomes[7].report.text == "pair 💥"
    assert outcomes[7].report.id == "a:9"


def test_renamed_fields(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text('{"key": "k", "body": "words", "head": "H", "day": "4 July 2020", "link": "l"}')
    options = ReadOptions(
        id_field="key", text_field="body", title_field="head", published_field="day", url_field="link"
    )
    (outcome,) = read([tmp_path], options)
    report = outcome.report
    assert report
    assert (report.id, report.text, report.title, report.published, report.source.url) == (
        "k", "words", "H", "2020-07-04", "l",
    )  # fmt: skip


def test_a_date_that_is_none_is_told(one: One) -> None:
    outcome = one("a.jsonl", '{"text": "x", "published": "03/04/2020"}')
    assert outcome.status == "partial"
    assert "'03/04/2020'" in str(outcome.reason)


def test_json_file_of_one_or_many(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"text": "one"}, indent=1))
    (tmp_path / "b.json").write_text(json.dumps([{"text": "two"}, 5, {"text": "three", "id": "t"}]))
    (tmp_path / "c.json").write_text("[]")
    (tmp_path / "d.json").write_text("{")
    (tmp_path / "e.json").write_text('{"text": "four"}\n{"text": "five"}\n')
    (tmp_path / "f.json").write_text('{"text": "six"}\n')
    outcomes = list(read([tmp_path]))
    assert [o.report.id if o.report else o.status for o in outcomes] == [
        "a",
        "b:1",
        "failed",
        "t",
        "failed",
        "failed",
        "e:1",
        "e:2",
        "f",
    ]


def test_record_gives_text_and_source_but_no_labels(one: One) -> None:
    record = {
        "format": "marsad-record/1",
        "id": "own-1",
        "source": {"name": "Example Post", "url": "https://e.org", "licence": "CC BY 4.0", "desk": "x\ud800", "n": [1]},
        "title": "T",
        "published": "2014-08",
        "text": "The army raided.",
        "actors": [{"id": "a1", "name": "army", "kind": "military", "mentions": [[4, 8]]}],
    }
    outcome = one("r.json", json.dumps(record), text_field="body")
    report = outcome.report
    assert outcome.status == "ok"
    assert report
    assert (report.id, report.text, report.published) == ("own-1", "The army raided.", "2014-08")
    assert (report.source.name, report.source.url, report.source.licence) == (
        "Example Post", "https://e.org", "CC BY 4.0",
    )  # fmt: skip
    assert report.source.extra == {"desk": "x\ufffd"}


def test_long_line_ends_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n{"text": "' + "y" * 600_000 + '"}\n{"text": "z"}\n')
    first, second = read([tmp_path], ReadOptions(max_bytes=100_000))
    assert first.status == "ok"
    assert second.reason == "line 2 is longer than 100,000 bytes (max_bytes); nothing after it was read"


def test_utf16_lines(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "one"}\r\n{"text": "two"}\r\n'.encode("utf-16"))
    assert [o.report and o.report.text for o in read([tmp_path])] == ["one", "two"]


def test_what_is_wrong_with_utf16_lines_is_told(tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "line {n}"}}\n' for n in range(50)).encode("utf-16")
    (tmp_path / "a.jsonl").write_bytes(lines.replace("49".encode("utf-16-le"), b"\x00\xd8" * 2))
    *whole, spoilt = read([tmp_path])
    assert {outcome.status for outcome in whole} == {"ok"}
    assert spoilt.status == "partial"
    (tmp_path / "a.jsonl").unlink()
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines)[:-20])
    assert "the gzip data end early; what follows is lost" in [outcome.reason for outcome in read([tmp_path])]


def test_large_json_is_parsed_apart(one: One) -> None:
    outcome = one("a.json", json.dumps({"text": "word " * 300_000}))
    assert outcome.status == "ok"
    assert outcome.report
    assert len(outcome.report.text) == 1_500_000
