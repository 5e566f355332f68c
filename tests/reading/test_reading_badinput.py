"""The whole of the shared collection of hostile files, where it is at hand."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from marsad.reading import ReadOptions, read

BAD = Path(__file__).parents[2].parent / "shared" / "badinput"
GOOD = "Fighters attacked the village on Monday and the army said that five people were killed."


@pytest.mark.slow
@pytest.mark.skipif(not BAD.is_dir(), reason="the shared folder with hostile files is absent")
def test_every_hostile_file_ends_in_time_with_an_outcome(tmp_path: Path) -> None:
    files = sorted(p for p in BAD.rglob("*") if p.is_file() and not p.name.startswith("."))
    assert len(files) > 100
    good = tmp_path / "good.html"
    good.write_text(f"<title>T</title><p>{GOOD}</p>")
    options = ReadOptions(max_seconds=10)
    begin = last = time.monotonic()
    outcomes = []
    for outcome in read([p for file in files for p in (file, good)], options):
        now = time.monotonic()
        assert now - last < options.max_seconds + 5, outcome.name
        last = now
        assert outcome.status == "ok" or outcome.reason, outcome.name
        assert (outcome.report is None) == (outcome.status == "failed"), outcome.name
        if outcome.report:
            outcome.report.text.encode()
        outcomes.append(outcome)
    assert time.monotonic() - begin < 90
    ids = [o.report.id for o in outcomes if o.report]
    assert len(ids) == len(set(ids)) > 150
    goods = [o for o in outcomes if o.name == str(good)]
    assert len(goods) == len(files)
    assert {(o.status, o.report and o.report.text) for o in goods} == {("ok", GOOD)}
    for file in files:
        assert any(o.name == str(file) or o.name.startswith(f"{file}:") for o in outcomes), file
