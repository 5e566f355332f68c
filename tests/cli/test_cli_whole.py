"""The commands with the real coder, from a text to a page."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from marsad.casebook import Casebook
from marsad.cli.main import main
from marsad.records import Record

TEXT = (
    "Fighters of the Islamic State attacked the Iraqi army near Mosul on Monday, killing 12 soldiers. "
    '"We will not retreat," said Haider al-Abadi, the Iraqi prime minister. This text is fictional.\n'
)


def test_from_a_text_to_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, book, page = tmp_path / "raid.txt", tmp_path / "raid.casebook", tmp_path / "raid.html"
    source.write_text(TEXT)
    assert main(["code", str(source), "--published", "2014-08-20", "--quiet"]) == 0
    record = Record.loads(capsys.readouterr().out)
    assert record.text == TEXT
    assert record.published == "2014-08-20"

    assert main(["add", str(book), str(source), "--published", "2014-08-20"]) == 0
    assert capsys.readouterr().err == "1 new, 0 recoded, 0 unchanged\n1 ok\n1 report, 1 origin\n"
    assert main(["add", str(book), str(source), "--published", "2014-08-20"]) == 0
    assert capsys.readouterr().err == "0 new, 0 recoded, 1 unchanged\n1 ok\n1 report, 1 origin\n"
    with Casebook(book) as casebook:
        assert casebook.record("raid") == record

    assert main(["events", str(book), "--json", "--type", "ASSAULT", "--actor", "islamic state"]) == 0
    rows = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert {row["passage"] for row in rows} & {"attacked", "killing"}
    assert all(TEXT[row["start"] : row["end"]] == row["passage"] for row in rows)
    assert main(["statements", str(book), "--csv", "--speaker", "abadi"]) == 0
    [statement] = csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""))
    assert statement["content"].startswith("We will not retreat")

    assert main(["report", str(book), "--out", str(page), "--quiet"]) == 0
    assert "killing 12 soldiers" in page.read_text(encoding="utf-8")


def test_a_report_that_is_not_english_is_kept_and_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, book = tmp_path / "raid.txt", tmp_path / "raid.casebook"
    source.write_text("Des combattants ont attaqué la ville lundi matin, a déclaré le maire aux journalistes. " * 3)
    assert main(["add", str(book), str(source)]) == 1
    assert "1 new, 0 recoded, 0 unchanged\n0 ok, 1 partial: " in capsys.readouterr().err
    assert main(["reports", str(book), "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["language"], row["outcome"], row["events"]) == ("fr", "partial", 0)
    assert "language is fr" in row["reason"]


def test_the_queries_of_the_guide_run(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2] / "docs/casebook.md"
    if not guide.exists():
        pytest.skip("the documentation is not part of this installation")
    source, book = tmp_path / "raid.txt", tmp_path / "raid.casebook"
    source.write_text(TEXT)
    assert main(["add", str(book), str(source), "--quiet"]) == 0
    queries = re.findall("```sql\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    assert len(queries) == 2
    with Casebook(book) as casebook:
        for query in queries:
            assert casebook._db.execute(query).fetchall()
