"""The coder's figures stay above the floors, on our own gold and on the shared development set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad.coding import Coder
from marsad.evaluation import below_floors, evaluate, load_floors, load_records, reports_of
from marsad.records import Record

HERE = Path(__file__).parent
SETS = {"own": HERE, "dev": HERE.parents[2] / "shared" / "gold" / "dev"}


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize("name", SETS)
def test_no_figure_is_below_its_floor(name: str, coder: Coder) -> None:
    if not SETS[name].is_dir():
        pytest.skip(f"no gold at {SETS[name]}")
    gold = load_records(SETS[name])
    system = {record.id: record.to_json() for record in coder.code_many(reports_of(gold))}
    assert sorted(system) == sorted(gold)
    assert below_floors(evaluate(gold, system), load_floors(HERE / "floors.toml", name)) == []


def test_what_the_coder_writes_is_well_formed_and_repeatable(coder: Coder) -> None:
    gold = load_records(HERE)
    reports = reports_of(gold)
    first = {record.id: record.dumps() for record in coder.code_many(reports)}
    again = {report.id: coder.code(report).dumps() for report in reversed(reports)}
    assert first == again
    for name, line in first.items():
        assert Record.loads(line).text == gold[name]["text"]
        assert json.loads(line)["id"] == name
