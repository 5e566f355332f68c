"""Reading records and floors, and the verb ``marsad evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from marsad.cli.evaluate import command
from marsad.cli.main import main
from marsad.errors import EvaluationError
from marsad.evaluation import below_floors, evaluate, load_floors, load_records, reports_of

Json = dict[str, Any]


def record(name: str = "d", kind: str = "ASSAULT") -> Json:
    return {
        "format": "marsad-record/1",
        "id": name,
        "text": "Reds bombed Qasr.\u2028Blues fled.",
        "actors": [{"id": "r", "name": "Reds", "kind": "armed-group", "mentions": [[0, 4]]}],
        "events": [
            {
                "id": "e",
                "span": [5, 11],
                "type": kind,
                "actors": ["r"],
                "status": "happened",
                "certainty": "certain",
                "according_to": ["author"],
            }
        ],
    }


def written(path: Path, *values: Any) -> Path:
    path.write_text("".join(json.dumps(v, ensure_ascii=False) + "\n" for v in values), encoding="utf-8")
    return path


def test_folder_list_and_lines_give_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    written(folder / "a.json", record("a"))
    written(folder / "notes.json", {"just": "notes"})
    written(folder / "b.jsonl", record("b"))
    expected = {"a": record("a"), "b": record("b")}
    assert load_records(folder) == expected
    assert load_records(written(tmp_path / "all.json", [record("a"), record("b")])) == expected
    assert load_records(str(written(tmp_path / "all.jsonl", record("a"), record("b")))) == expected


def test_files_that_hold_no_records(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path, reason in [
        (tmp_path / "none.json", "no such file"),
        (tmp_path / "empty", "no marsad-record/1 record"),
        (written(tmp_path / "other.json", {"format": "else"}), "no marsad-record/1 record"),
        (written(tmp_path / "twice.jsonl", record(), record()), "comes twice"),
        (written(tmp_path / "anonymous.jsonl", {"format": "marsad-record/1"}), "has no id"),
    ]:
        with pytest.raises(EvaluationError, match=reason):
            load_records(path)
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"a":\n', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"broken\.jsonl:1: not JSON"):
        load_records(broken)
    broken.write_bytes(b"\xff\xfe")
    with pytest.raises(EvaluationError, match="not UTF-8"):
        load_records(broken)
    deep = tmp_path / "deep.json"
    deep.write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(EvaluationError, match="not JSON"):
        load_records(deep)


def test_reports_carry_no_labels() -> None:
    (report,) = reports_of({"d": record() | {"published": "2020-01-06", "source": {"name": "x", "fictional": True}}})
    assert (report.id, report.published, report.source.name) == ("d", "2020-01-06", "x")
    assert report.text == record()["text"]
    with pytest.raises(EvaluationError, match="no text"):
        reports_of({"d": {}})


def test_floors(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    file.write_text("type = 100\n[own]\nsource = 99.5\nplaces = 0.0\nkilled = 1\n", encoding="utf-8")
    assert load_floors(file) == {"type": 100.0}
    own = load_floors(file, "own")
    scores = evaluate({"d": record()}, {"d": record()})
    assert below_floors(scores, own) == [
        "killed: no figure, because no event was found that has one (floor 1)",
    ]
    wrong = evaluate({"d": record()}, {"d": record(kind="AID")})
    assert below_floors(wrong, load_floors(file)) == ["type: 0 is below its floor of 100"]


@pytest.mark.parametrize(
    ("toml", "table", "reason"),
    [
        ("typo = 1", None, "not a row"),
        ("type = 101", None, "from 0 to 100"),
        ("type = true", None, "from 0 to 100"),
        ("type = ", None, "not a TOML file"),
        ("[own]\ntype = 1", None, "its tables are"),
        ("[own]\ntype = 1", "dev", r"no table \[dev\]; it has own"),
    ],
)
def test_floors_that_cannot_be_used(toml: str, table: str | None, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    file.write_text(toml, encoding="utf-8")
    with pytest.raises(EvaluationError, match=reason):
        load_floors(file, table)
    with pytest.raises(EvaluationError, match="cannot be read"):
        load_floors(tmp_path / "none.toml")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments])


def test_the_verb(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", record("a"), record("b"))
    system = written(tmp_path / "system.jsonl", record("a"), record("b", "AID"))
    done = run(gold, system, "--per-document", "--show", "events")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "b: type AID for ASSAULT: 'bombed'"
    assert lines[1].startswith("a ")
    assert "type         P  50.0  R  50.0  F1  50.0" in done.output
    data = json.loads(run(gold, system, "--json", "--per-document").output)
    figures = evaluate(load_records(gold), load_records(system)).table()
    assert {name: data["scores"][name]["F1"] or 0.0 for name in ("type", "record", "relation")} == {
        name: figures[name]["F1"] for name in ("type", "record", "relation")
    }
    # Neither side has a relation: that is nothing to be right or wrong about.
    assert data["scores"]["relation"] == {"P": None, "R": None, "F1": None, "gold": 0, "system": 0}
    assert data["per_document"]["b"]["relation"]["F1"] is None
    assert "relation     P     –  R     –  F1     –" in done.output
    assert data["per_document"]["b"]["type"]["F1"] == 0.0
    both = json.loads(run(gold, system, "--json", "--agreement").output)
    assert both["labels"]["type"] == {"n": 2, "same": 50.0, "alpha": 0.0, "kappa": 0.0}
    assert "kappa 0.000" in run(gold, system, "--agreement").output


def test_the_verb_and_floors(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", record("a"))
    system = written(tmp_path / "system.jsonl", record("a", "AID"))
    floors = tmp_path / "floors.toml"
    floors.write_text("type = 60\ntrigger = 60", encoding="utf-8")
    assert run(gold, gold, "--floors", floors).exit_code == 0
    low = run(gold, system, "--floors", floors)
    assert low.exit_code == 1
    assert low.stderr == "type: 0 is below its floor of 60\n"


def test_wrong_use_of_the_verb(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", record("a"))
    for arguments in (
        [gold],
        [gold, gold, "--code"],
        [gold, gold, "--show", "places"],
        [gold, gold, "--agreement", "--show", "events"],
        [gold, gold, "--table", "own"],
    ):
        assert run(*arguments).exit_code == 2


def test_findings_in_json(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", record("a"))
    system = written(tmp_path / "system.jsonl", record("a", "AID"))
    assert json.loads(run(gold, system, "--json", "--show", "events").output)["findings"] == [
        "a: type AID for ASSAULT: 'bombed'"
    ]
    assert "findings" not in json.loads(run(gold, system, "--json").output)


def test_errors_are_one_line_and_exit_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = written(tmp_path / "gold.jsonl", record("a"))
    other = written(tmp_path / "other.jsonl", record("a") | {"text": "Something else."})
    for arguments in ([gold, tmp_path / "none.jsonl"], [gold, other]):
        assert main(["evaluate", *map(str, arguments)]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        assert said.err.startswith("marsad: ")


def test_gold_texts_coded_on_the_way(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", record("a"))
    coded = json.loads(run(gold, "--code", "--json").output)
    assert coded["missing"] == []
    assert coded["scores"]["type"]["R"] == 100.0
