"""The contract of read: one outcome for each report, nothing raised, nothing dropped."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import marsad.reading
from marsad.errors import ReadingError
from marsad.reading import Outcome, ReadOptions, read

NEWS = "Fighters attacked the village on Monday and the army said that five people were killed.\n"


def by_name(outcomes: Iterator[Outcome], folder: Path) -> dict[str, Outcome]:
    return {os.path.relpath(o.name, folder): o for o in outcomes}


def test_public_names() -> None:
    assert marsad.reading.__all__ == sorted(["Outcome", "ReadOptions", "read"])


def test_folder_is_walked_in_order_and_hidden_files_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("z.txt", "b/c.txt", "a.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).write_text(NEWS)
    (tmp_path / "b" / "table.xyz").write_text("1;2")
    found = by_name(read([tmp_path]), tmp_path)
    assert list(found) == ["a.txt", "b/c.txt", "b/table.xyz", "z.txt"]
    assert found["b/table.xyz"] == Outcome(str(tmp_path / "b/table.xyz"), "failed", None, "no reader for .xyz")


def test_link_loops_end_and_dead_links_are_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "r.txt").write_text(NEWS)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere")
    found = by_name(read([tmp_path, tmp_path]), tmp_path)
    assert {name: o.status for name, o in found.items()} == {"a/r.txt": "ok", "dead.txt": "failed"}
    assert found["dead.txt"].reason == "the link leads nowhere"


def test_a_link_to_a_folder_elsewhere_is_not_followed_and_said(tmp_path: Path) -> None:
    for folder in ("asked/own/.store", "other"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "r.txt").write_text(NEWS)
    (tmp_path / "asked" / "r.txt").write_text(NEWS)
    (tmp_path / "asked" / "up").symlink_to(tmp_path)
    (tmp_path / "asked" / "other").symlink_to(tmp_path / "other")
    (tmp_path / "asked" / "hidden").symlink_to(tmp_path / "asked" / "own" / ".store")
    (tmp_path / "asked" / "own" / "again").symlink_to("../own")
    (tmp_path / "asked" / "own" / "file.txt").symlink_to(tmp_path / "other" / "r.txt")
    found = by_name(read([tmp_path / "asked"]), tmp_path)
    assert {name: o.status for name, o in found.items()} == {
        "asked/hidden": "failed", "asked/other": "failed", "asked/own/file.txt": "ok", "asked/r.txt": "ok",
        "asked/up": "failed",
    }  # fmt: skip
    assert "a link to a folder, which is not followed" in str(found["asked/other"].reason)
    asked = by_name(read([tmp_path / "asked", tmp_path / "asked" / "other"]), tmp_path)
    assert {name for name, o in asked.items() if o.status == "failed"} == {"asked/hidden", "asked/up"}
    assert asked["asked/other/r.txt"].status == "ok"


def test_missing_path_and_pipe_fail_with_a_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    missing, pipe = read([tmp_path / "no.txt", tmp_path / "pipe.txt"])
    assert (missing.status, missing.reason) == ("failed", "no such file or folder")
    assert pipe.status == "failed"
    assert "not a regular file" in str(pipe.reason)


def test_names_that_lead_to_no_path() -> None:
    outcomes = list(read(["a\0b.txt", "x" * 5000]))
    assert [o.status for o in outcomes] == ["failed", "failed"]


def test_file_name_that_is_no_unicode(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w") as file:
        file.write(NEWS)
    (outcome,) = read([tmp_path])
    assert outcome.report is not None
    assert outcome.report.id == "caf�"
    outcome.name.encode()


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS)

    def paths() -> Iterator[Path]:
        yield tmp_path / "a.txt"
        raise AssertionError("asked for a second path before it was needed")

    assert next(read(paths())).status == "ok"


def test_ids_are_unique_and_stable(tmp_path: Path) -> None:
    for folder, text in (("a", NEWS), ("b", NEWS + "more"), ("c", NEWS)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "my report.txt").write_text(text)
    (tmp_path / "d.jsonl").write_text('{"text": "x", "id": "my-report"}\n{"text": "y"}\n')

    def ids() -> list[str]:
        return [o.report.id for o in read([tmp_path]) if o.report]

    first = ids()
    assert first[0] == "my-report"
    assert len(set(first)) == 5
    assert first[1].startswith("my-report-")
    assert first[4] == "d:2"
    assert ids() == first


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n "])
def test_empty_files_fail(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    (outcome,) = read([tmp_path])
    assert (outcome.status, outcome.reason) == ("failed", "no text")


def test_no_suffix_is_read_if_it_is_text(tmp_path: Path) -> None:
    (tmp_path / "REPORT").write_text(NEWS)
    (tmp_path / "program").write_bytes(bytes(range(256)) * 20)
    program, report = sorted(read([tmp_path]), key=lambda o: o.status)
    assert report.status == "ok"
    assert program.status == "failed"
    assert "no reader" in str(program.reason)


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (NEWS, [NEWS]),
        ('{"text": "one"}\n{"text": "two"}\n', ["one", "two"]),
        ('{\n "text": "one"\n}', ["one"]),
        ('[{"text": "one"}, {"text": "two"}]', ["one", "two"]),
        ("[Translated] The army said this.", ["[Translated] The army said this."]),
        ("<!DOCTYPE html><title>T</title><p>Hello there, army.</p>", ["Hello there, army."]),
    ],
)
def test_standard_input_is_sniffed(monkeypatch: pytest.MonkeyPatch, content: str, texts: list[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    outcomes = list(read(["-"]))
    assert [o.report.text for o in outcomes if o.report] == texts
    assert outcomes[0].name.startswith("-")
    assert outcomes[0].report
    assert outcomes[0].report.id.startswith("stdin")


def test_zipped_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(NEWS.encode()))))
    (outcome,) = read(["-"])
    assert outcome.report
    assert outcome.report.text == NEWS


def test_gzip_of_a_known_kind(tmp_path: Path) -> None:
    line = json.dumps({"text": NEWS})
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(NEWS.encode()))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(f"{line}\n".encode()) + gzip.compress(line.encode()))
    (tmp_path / "c.gz").write_bytes(gzip.compress(line.encode()))
    (tmp_path / "d.tar.gz").write_bytes(gzip.compress(b"x"))
    outcomes = list(read([tmp_path]))
    assert [o.report.id if o.report else o.reason for o in outcomes] == [
        "a", "b:1", "b:2", "c:1", "no reader for .tar.gz",
    ]  # fmt: skip


def test_damaged_gzip_is_partial(tmp_path: Path) -> None:
    whole = gzip.compress(os.urandom(3000).hex().encode())
    (tmp_path / "a.txt.gz").write_bytes(whole[:2000])
    (tmp_path / "b.txt.gz").write_bytes(b"no gzip at all")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}\n') + whole[:2000])
    short, none, line, rest, lost = read([tmp_path])
    assert (short.status, short.reason) == ("partial", "the gzip data end early")
    assert none.status == "failed"
    assert line.status == "ok"
    assert rest.status == "failed"
    assert "what follows is lost" in str(lost.reason)


def test_gzip_bombs_end_early(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\n" * 20_000_000)
    (tmp_path / "a.txt.gz").write_bytes(bomb)
    (tmp_path / "b.jsonl.gz").write_bytes(bomb)
    (tmp_path / "c.txt").write_text(NEWS)
    outcomes = list(read([tmp_path], ReadOptions(max_bytes=1_000_000)))
    assert [o.status for o in outcomes] == ["failed", "failed", "ok"]


def test_limits_of_bytes_and_characters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("é" * 600)
    (outcome,) = read([tmp_path], ReadOptions(max_characters=500))
    assert outcome.status == "partial"
    assert outcome.report
    assert outcome.report.text == "é" * 500
    assert outcome.report.partial == outcome.reason == "text cut after 500 of 600 characters"
    (outcome,) = read([tmp_path], ReadOptions(max_bytes=1000))
    assert outcome.status == "failed"
    assert "1,000 bytes" in str(outcome.reason)


def test_date_option_overrides(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x", "published": "2019-01-01"}\n{"text": "y", "published": "soon"}')
    assert [
        (o.status, o.report and o.report.published) for o in read([tmp_path], ReadOptions(published="2020-07"))
    ] == [
        ("ok", "2020-07"),
        ("ok", "2020-07"),
    ]


@pytest.mark.parametrize(
    "options",
    [{"published": "2020-02-30"}, {"published": "4 July"}, {"max_bytes": 0}, {"max_seconds": -1}, {"text_field": ""}],
)
def test_options_that_make_no_sense(options: dict[str, object]) -> None:
    with pytest.raises(ReadingError):
        ReadOptions(**options)  # type: ignore[arg-type]
