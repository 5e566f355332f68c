"""The loaders on the real data sets, where they are there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sets_making import SHARED, TRAINING, module

DATA, GOLD = SHARED / "data", SHARED / "gold"
LOADERS: dict[str, tuple[str, Any]] = module("").LOADERS
LEAST = {
    "wikievents": ("events", 140), "rams": ("events", 250), "re3d": ("mentions", 400), "gum_news": ("mentions", 1500),
    "ecbplus": ("events", 3500), "polnear": ("statements", 13500), "litbank": ("mentions", 19000),
    "factuality": ("events", 12000), "plover_gsr": ("events", 75), "cameo_ner": ("events", 220),
    "muc4": ("events", 400),
}  # fmt: skip
"""What each set gave when its loader was read through; less means that a rule has come to miss something."""


def _runs(text: str) -> set[tuple[str, ...]]:
    """All runs of eight words."""
    found = re.findall(r"\w+", text.lower())
    return {tuple(found[i : i + 8]) for i in range(len(found) - 7)}


@pytest.fixture(scope="module")
def measured() -> set[tuple[str, ...]]:
    """Runs of words of the reports that measure the coder."""
    return {run for file in GOLD.glob("dev/*.json") for run in _runs(json.loads(file.read_text("utf-8"))["text"])}


@pytest.mark.parametrize("name", LOADERS)
def test_a_set_gives_sound_records_and_nothing_of_what_measures(name: str, measured: set[tuple[str, ...]]) -> None:
    place, load = LOADERS[name]
    if not (DATA / place).is_dir():
        pytest.skip(f"no data at {DATA / place}")
    records = list(load(DATA / place))
    faults = module("partial").faults
    assert [(record.id, fault) for record in records for fault in faults(record)] == []
    assert len({record.id for record in records}) == len(records)
    assert {record.set for record in records} == {name}
    layer, least = LEAST[name]
    assert sum(len(getattr(record, layer)) for record in records) >= least
    assert max(len(record.text) for record in records) <= 2700
    leaks = {record.id: len(_runs(record.text) & measured) for record in records}
    assert {key: count for key, count in leaks.items() if count > 3} == {}


def test_every_loader_has_a_floor() -> None:
    assert set(LEAST) == set(LOADERS)


def test_the_summary_names_sets_that_are_not_there(tmp_path: Path) -> None:
    script = TRAINING / "sets" / "summary.py"
    done = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"not there: {', '.join(LOADERS)}"
