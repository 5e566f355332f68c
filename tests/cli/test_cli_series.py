"""``marsad series`` from the command line, on tables that are made up."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from marsad.cli.main import main

ROWS = """date,actor,recipient,type
2024-01-01 06:30,Red Column,Police,rocket
2024-01-02,Red Column,Police,rocket
2024-01-09,Police,Red Column,raid
2024-01-20,Red Column,Police,rocket
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_weeks_of_each_dyad(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", str(table), "--by", "week", "--split", "dyad"]) == 0
    found = rows(capsys.readouterr().out)
    assert list(found[0]) == ["series", "date", "end", "count", "watched", "effort"]
    counted = [(row["series"], row["date"], float(row["count"]), row["watched"]) for row in found]
    assert counted[:3] == [
        ("Red Column → Police", "2024-01-01", 2, "7"), ("Red Column → Police", "2024-01-08", 0, "7"),
        ("Red Column → Police", "2024-01-15", 1, "6"),
    ]  # fmt: skip
    assert [row[2] for row in counted[3:]] == [0, 1, 0]


def test_a_file_and_what_is_in_it(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "o.csv"
    assert main(["series", str(table), "--split", "type", "--out", str(out), "--until", "2024-01-31"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2024-01-01 to 2024-01-31, 0 of 31 days missing")
    assert {row["series"] for row in rows(out.read_text(encoding="utf-8"))} == {"rocket", "raid"}


def test_json_and_moments(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", str(table), "--by", "moment", "--split", "actor", "--json"]) == 0
    found = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert found[0] == {"series": "Red Column", "time": "2024-01-01T06:30:00", "drawn": False}
    assert [one["drawn"] for one in found] == [False, True, True, True]
    again = ["series", str(table), "--by", "moment", "--split", "actor", "--json"]
    assert main(again) == 0
    assert [json.loads(one) for one in capsys.readouterr().out.splitlines()] == found


def test_what_it_writes_it_reads_again(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "o.csv"
    assert main(["series", str(table), "--by", "day", "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["series", str(out), "--by", "month"]) == 0
    assert [float(row["count"]) for row in rows(capsys.readouterr().out)] == [4]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--json", "--out", "x.csv"], "take one of them"),
        (["--by", "moment", "--since", "2024-01-02"], "are for counts"),
        (["--actor", "Nobody"], "no event is left"),
        (["--split", "place"], "no event is left that names a place"),
        (["--since", "2024-02", "--until", "2024-01"], "--since 2024-02-01 is after --until 2024-01-31"),
        (["--until", "01/02/2024"], "is not a date such as 2020-07-04, 2020-07 or 2020"),
        (["--out", "nowhere/x.csv"], "there is no folder 'nowhere'"),
    ],
)
def test_what_cannot_be_asked(table: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", str(table), *options]) == 2
    assert said in capsys.readouterr().err


def test_a_year_is_watched_to_its_end(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", str(table), "--by", "day", "--since", "2023-12", "--until", "2024"]) == 0
    days = [row["date"] for row in rows(capsys.readouterr().out)]
    assert (days[0], days[-1]) == ("2023-12-01", "2024-12-31")


def test_nothing_on_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert main(["series", "-"]) == 2
    assert "there is no report to count events of" in capsys.readouterr().err
