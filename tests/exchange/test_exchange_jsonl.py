from __future__ import annotations

import io
import json
import math
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import RecordError
from marsad.exchange.jsonl import line, read_records
from marsad.records import Record

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()), lambda inner: st.lists(inner, max_size=4)
)


@given(anything)
@settings(deadline=None)
def test_a_line_is_one_line_of_plain_utf8_and_reads_back_the_same(value: object) -> None:
    written = line(value)
    assert json.loads(written) == value
    assert len(written.splitlines()) == 1
    assert not re.search("[\x00-\x1f\x7f-\x9f]", written)
    written.encode("utf-8")


def test_text_stays_readable() -> None:
    assert line({"a": "é قتل 🙂", "b": "\x1b[2J\x9b\ud800"}) == '{"a":"é قتل 🙂","b":"\\u001b[2J\\u009b\\ud800"}'


def test_records_read_back(tmp_path: Path) -> None:
    records = [Record("a", "one\u2028two \x85"), Record("b", "🙂", extra={"coder": {"name": "x"}})]
    path = tmp_path / "records.jsonl"
    path.write_text("\ufeff" + "".join(line(r.to_json()) + "\n\n" for r in records), encoding="utf-8")
    assert list(read_records(path)) == records
    assert list(read_records(io.StringIO(line(records[0].to_json())))) == records[:1]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"format": "marsad-record/1", "id": "a", "text": "x"}\nnonsense\n', "r.jsonl, line 2: not JSON"),
        (b"[]\n", "r.jsonl, line 1: a record must be a JSON object"),
        (b'\n{"id": "a"}\n', "r.jsonl, line 2: record 'a': format is None"),
        (b"\xff\xfe\n", "r.jsonl, line 1: not UTF-8"),
        (b"[" * 100_000, "r.jsonl, line 1: not JSON"),
    ],
)
def test_what_is_no_record_is_named_by_its_line(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(data)
    with pytest.raises(RecordError) as raised:
        list(read_records(path))
    assert str(raised.value).startswith(words)
    assert "\n" not in str(raised.value)


def test_records_of_a_folder(tmp_path: Path) -> None:
    for name, record in (("b.json", Record("b", "two")), ("a.json", Record("a", "one"))):
        (tmp_path / name).write_text(json.dumps(record.to_json(), indent=1), encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(line(Record("c", "three").to_json()))
    (tmp_path / "notes.txt").write_text("Notes.")
    assert [record.id for record in read_records(tmp_path)] == ["a", "b", "c"]
    (tmp_path / "d.json").write_text("[]")
    with pytest.raises(RecordError, match=r"d\.json, line 1: a record must be a JSON object"):
        list(read_records(tmp_path))
    (tmp_path / "empty").mkdir()
    with pytest.raises(RecordError, match=r"no \.json or \.jsonl file"):
        list(read_records(tmp_path / "empty"))


def test_numbers_that_json_has_not_are_null() -> None:
    value = {"a": [1.5, math.inf, (-math.inf, math.nan)], "b": {"c": 0.0}}
    assert json.loads(line(value)) == {"a": [1.5, None, [None, None]], "b": {"c": 0.0}}
