from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from cli_running import TEXT, FakeCoder, run

from marsad.casebook import Casebook, Run
from marsad.exchange.jsonl import line
from marsad.origins import OriginRow
from marsad.records import Record, Report

Pages = list[tuple[list[Record], Path, str | None]]
TEXTS = Path(__file__).parents[1] / "origins/texts"


@pytest.fixture
def kin() -> list[list[OriginRow] | None]:
    """The origins of each page that was written."""
    return []


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, kin: list[list[OriginRow] | None]) -> Pages:
    written: Pages = []

    def write_page(
        records: Sequence[Record], path: Path, title: str | None = None, origins: Sequence[OriginRow] | None = None,
        opening: None = None,
    ) -> None:  # fmt: skip
        assert opening is None
        written.append((list(records), path, title))
        kin.append(None if origins is None else list(origins))

    monkeypatch.setattr("marsad.page.write_page", write_page, raising=False)
    return written


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


def test_copies_are_told_to_the_page(
    pages: Pages, kin: list[list[OriginRow] | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [
        Record(name, (TEXTS / f"{name}.txt").read_text(encoding="utf-8"), extra={"spun": {"probability": spun}})
        for name, spun in (("spun", 0.75), ("original", 0.125), ("other", 0.25))
    ]
    path, book = tmp_path / "records.jsonl", tmp_path / "x.casebook"
    path.write_text("".join(line(record.to_json()) + "\n" for record in records))
    with Casebook(book, create=True) as casebook:
        for record in records:
            casebook.add(Report(record.id, record.text), record, Run("given", "1", "f0"))
    for source in ([path, "--as-is"], [book], [book, path, "--as-is"]):
        assert run(monkeypatch, "report", *source, "--out", tmp_path / "page.html") == 0
    of_records, of_book, of_both = kin
    assert of_records is not None
    assert [(row.report, row.of, row.spun) for row in of_records] == [
        ("spun", "original", 0.75), ("original", None, 0.125), ("other", None, 0.25),
    ]  # fmt: skip
    assert of_book == of_records
    assert of_both is not None
    assert [row.report for row in of_both] == ["spun", "original", "other", "spun~2", "original~2", "other~2"]
    assert {row.origin for row in of_both} == {"original", "other"}
    assert run(monkeypatch, "report", path, "--as-is", "--out", tmp_path / "page.html") == 0
    path.write_text(line(records[0].to_json()) + "\n")
    assert run(monkeypatch, "report", path, "--as-is", "--out", tmp_path / "page.html") == 0
    assert kin[-1] is None


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
