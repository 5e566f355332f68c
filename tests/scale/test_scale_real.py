"""The real coder: the same bytes, however many processes."""

from __future__ import annotations

import json
from pathlib import Path

from marsad.exchange.jsonl import line
from marsad.records import Record, Report
from marsad.scale import code_many

GOLD = Path(__file__).parents[1] / "gold"


def test_workers_give_the_records_that_one_process_gives() -> None:
    texts = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]
    reports = [Report(text["id"], text["text"], text["title"], text["published"]) for text in texts]
    reports += [
        Report("emoji", "Rebels 🚀 shelled Ḥalab (حَلَب) on Monday, killing two. \ud800 Fictional.", published="2016-05"),
        Report("french", "Des combattants ont attaqué la ville.", language="fr"),
        *(Report(f"short{n}", "The army attacked the town.", published="2016-05-02") for n in range(12)),
    ]
    one, two = (
        [line(r.to_json()) if isinstance(r, Record) else r for r in code_many(reports, jobs=jobs)] for jobs in (1, 2)
    )
    assert len(one) == len(reports)
    assert one == two
