"""Our figures are those of the shared scorer, to the decimal, on records damaged at random."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from marsad.evaluation import evaluate, load_records

sys.path.insert(0, str(Path(__file__).parent))
from perturb import damaged

GOLD = Path(__file__).parents[3] / "shared" / "gold"
pytestmark = pytest.mark.skipif(not (GOLD / "score.py").exists(), reason="the shared gold is not here")


def reference(gold: Path, system: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(GOLD / "score.py"), str(gold), str(system), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("part", "seed"), [*(("dev", seed) for seed in range(8)), ("train", 100), ("train", 101)])
def test_the_same_figures(part: str, seed: int, tmp_path: Path) -> None:
    gold = load_records(GOLD / part)
    if seed % 2:  # both sides damaged: gold with repeated triggers, empty roles, odd spans
        gold = damaged(gold, seed + 1000)
    system = damaged(gold, seed)
    files = {}
    for name, records in (("gold", gold), ("system", system)):
        files[name] = tmp_path / f"{name}.jsonl"
        files[name].write_text("".join(json.dumps(r) + "\n" for r in records.values()), encoding="utf-8")
    ours = evaluate(gold, system).to_json()
    assert ours | {"scores": numbers(ours["scores"])} == reference(files["gold"], files["system"])


def numbers(table: dict[str, dict[str, float | None]]) -> dict[str, dict[str, float]]:
    """A table with the reference's 0.0 for what neither side has."""
    return {name: {key: value or 0.0 for key, value in row.items()} for name, row in table.items()}


def test_per_document_figures(tmp_path: Path) -> None:
    gold = load_records(GOLD / "dev")
    system = damaged(gold, 3)
    ours = evaluate(gold, system).to_json(per_document=True)["per_document"]
    name = next(iter(system))
    for side, record in (("gold", gold[name]), ("system", system[name])):
        (tmp_path / f"{side}.json").write_text(json.dumps(record), encoding="utf-8")
    assert numbers(ours[name]) == reference(tmp_path / "gold.json", tmp_path / "system.json")["scores"]


def test_nineteen_documents_in_a_second() -> None:
    gold = load_records(GOLD / "dev")
    system = damaged(gold, 5)
    start = time.perf_counter()
    evaluate(gold, system).table()
    assert time.perf_counter() - start < 1
