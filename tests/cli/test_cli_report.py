from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from cli_running import TEXT, FakeCoder, run

from marsad.casebook import Casebook, Run
from marsad.exchange.jsonl import line
from marsad.records import Record, Report


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[Record], Path, str | None]]:
    written: list[tuple[list[Record], Path, str | None]] = []

    def write_page(records: Sequence[Record], path: Path, title: str | None = None) -> None:
        written.append((list(records), path, title))

    monkeypatch.setattr("marsad.page.write_page", write_page, raising=False)
    return written


Pages = list[tuple[list[Record], Path, str | None]]


def test_a_page_from_inputs(pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    out = tmp_path / "page.html"
    assert run(monkeypatch, "report", tmp_path / "a.txt", "--out", out, "--title", "Alpha") == 0
    [(records, path, title)] = pages
    assert [record.id for record in records] == ["a"]
    assert (path, title) == (out, "Alpha")


def test_a_page_from_a_casebook_and_more(pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book, report = tmp_path / "x.casebook", Report("kept", TEXT)
    with Casebook(book, create=True) as casebook:
        casebook.add(report, FakeCoder().code(report), Run("other", "1", "f0"))
    (tmp_path / "a.txt").write_text(TEXT)
    assert run(monkeypatch, "report", book, tmp_path / "a.txt", "--out", tmp_path / "page.html") == 0
    assert [record.id for record in pages[0][0]] == ["kept", "a"]


def test_records_are_coded_anew_or_shown_as_they_are(
    pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = Record("given", TEXT)
    path = tmp_path / "records.jsonl"
    path.write_text(line(given.to_json()) + "\n")
    assert run(monkeypatch, "report", path, "--out", tmp_path / "page.html") == 0
    assert run(monkeypatch, "report", path, "--as-is", "--out", tmp_path / "page.html") == 0
    (anew, *_), (as_is, *_) = pages
    assert [(record.id, len(record.events)) for record in anew] == [("given", 2)]
    assert as_is == [given]


def test_no_page_of_nothing(
    pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "page.html"
    assert run(monkeypatch, "report", tmp_path / "none.txt", "--out", out) == 2
    err = capsys.readouterr().err.splitlines()
    assert err[0].startswith("0 ok, 1 failed: ")
    assert err[1] == f"marsad: nothing to show, so {out} was not written"
    assert pages == []


def test_one_bad_input_does_not_stop_the_page(pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("UNCODABLE")
    assert run(monkeypatch, "report", tmp_path, "--out", tmp_path / "page.html") == 1
    assert len(pages[0][0]) == 1
