"""On rough texts the coder's figures stay above their floors: spun, lower-cased, scanned, without paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.coding import Coder
from marsad.evaluation import below_floors, evaluate, load_floors, load_records, reports_of

HERE = Path(__file__).parent
STATES = ("spun", "lower", "scanned", "joined")


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize("state", STATES)
def test_no_figure_is_below_its_floor(state: str, coder: Coder) -> None:
    gold = load_records(HERE / "robust" / state)
    system = {record.id: record.to_json() for record in coder.code_many(reports_of(gold))}
    assert sorted(system) == sorted(gold)
    assert below_floors(evaluate(gold, system), load_floors(HERE / "robust.toml", state)) == []
