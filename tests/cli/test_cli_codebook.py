from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad.cli.main import main
from marsad.coding.codebook.cases import background
from marsad.ontology import read_codebook

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "codebooks/diplomatic-sites.toml"


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


def test_the_template_is_a_codebook_and_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / 'my "own" types.toml'
    assert run("codebook", "new", path) == 0
    [kind] = read_codebook(path).types
    assert kind.parent == "ASSAULT"
    assert run("codebook", "new", path) == 2
    assert run("codebook", "new", tmp_path / "x.csv") == 2
    said = capsys.readouterr().err
    assert "is there already" in said
    assert "ends in .toml" in said
    # As it stands it has too few examples.
    assert run("codebook", "check", path) == 1
    assert "2 examples: too few to train" in capsys.readouterr().err
    assert run("codebook", "train", path) == 2
    assert "has 2 different examples: give at least 5" in capsys.readouterr().err


def test_the_example_of_the_documentation_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    if not EXAMPLE.exists():
        pytest.skip("the examples are not part of this installation")
    assert run("codebook", "check", EXAMPLE) == 0
    done = capsys.readouterr()
    assert done.out.splitlines()[1].split("\t") == ["rocket attack on a diplomatic site", "ASSAULT", "30", "25", "30"]
    assert done.err == ""


def test_from_a_codebook_to_coded_records(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    some = background()[:60]
    monkeypatch.setattr("marsad.coding.codebook.training.background", lambda: some)
    rows = ["type,text,counter", *(f'bank robbery,"{text}",' for text in ROBBED)]
    rows += [f'bank robbery,"{text}",yes' for text in LENT]
    codebook, trained = tmp_path / "banks.csv", tmp_path / "banks.codebook"
    codebook.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert run("codebook", "train", codebook) == 0
    done = capsys.readouterr()
    assert "5-fold cross-validation" in done.out
    assert "60 ordinary sentences" in done.out
    assert "no definition" in done.err
    assert run("codebook", "show", trained) == 0
    assert "bank robbery" in capsys.readouterr().out
    report = tmp_path / "report.txt"
    report.write_text(f"{ROBBED[0]}\n", encoding="utf-8")
    assert run("code", report, "--codebook", trained, "-q") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["codebooks"] == ["banks"]
    found = [code for event in record["events"] for code in event.get("codes", [])] + record.get("codebook_only", [])
    assert [(one["codebook"], one["type"]) for one in found] == [("banks", "bank robbery")]
    book = tmp_path / "x.casebook"
    assert run("add", book, report, "--codebook", trained, "-q") == 0
    capsys.readouterr()
    assert run("export", book) == 0
    assert '"bank robbery"' in capsys.readouterr().out


ROBBED = (
    "Two masked men robbed a bank near the harbour at noon.",
    "A gang held up the savings bank and escaped with the cash.",
    "Robbers blew open the safe of a village bank during the night.",
    "The robbery of a bank in the capital netted a fortune, police said.",
    "Armed robbers took all the money from a branch in the suburbs.",
    "Fighters raided a bank and carried off sacks of banknotes.",
)
LENT = (
    "The bank lent a hundred millions to farmers.",
    "A new branch was opened near the harbour at noon.",
    "Police guarded the savings bank during the march.",
    "The river burst its bank near the village.",
)


@pytest.mark.parametrize("arguments", [("code", "x.txt", "--codebook"), ("codebook", "show"), ("codebook", "check")])
def test_a_file_that_is_no_codebook_is_one_line_and_exit_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    path = tmp_path / "x.toml"
    path.write_text("no codebook", encoding="utf-8")
    assert run(*arguments, path) == 2
    said = capsys.readouterr().err
    assert said.startswith("marsad: ")
    assert said.count("\n") == 1
    assert run(*arguments, tmp_path / "nothing.toml") == 2
