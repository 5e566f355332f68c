"""Records labelled whole: all that Marsad codes, by its own scorer.

``dev`` is nineteen real reports, on which the coder was chosen but not trained;
``further`` is 181 real reports of other kinds, which the shipped coder has learnt
from; ``held-out`` is the part of the open data set that is kept apart by topic,
and ``held-out-plain`` the reports in it that imitate ordinary agency prose.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rows import Absent, Row, Setting

from marsad.evaluation import evaluate, load_records, reports_of

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data" / "conflict-reports"

ROWS = {
    "type": "event type, F1",
    "who": "… and roles, F1",
    "record": "whole event record, F1",
    "speaker": "statement with speaker, F1",
    "direct": "direct quotation with speaker, right",
    "mention": "mentions, F1",
    "b3": "who is who, B-cubed F1",
    "relation": "relations, F1",
    "times": "times, F1",
    "places": "places, F1",
    "status-macro": "status, mean F1",
    "source": "according to whom, right",
}


def scored(setting: Setting, gold: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """Code the texts of some records and score the coder's against them."""
    names = setting.some(list(gold))
    some = {name: gold[name] for name in names}
    system = {record.id: record.to_json() for record in setting.code_reports(reports_of(some))}
    scores = evaluate(some, system)
    table, figures = scores.table(), scores.figures()
    return [
        Row(key, what, figures[key], f"{len(some)} reports" if number == 0 else size(table[key]))
        for number, (key, what) in enumerate(ROWS.items())
        if key in figures
    ]


def size(row: Mapping[str, float]) -> str:
    """How many things a row of the scorer rests on."""
    return f"{row['gold']:.0f}" if "gold" in row else f"{row['n']:.0f}"


class Dev:
    """The shared development set."""

    NAME = "dev"
    TITLE = "Marsad's gold, real reports"

    @staticmethod
    def measure(setting: Setting) -> list[Row]:
        """The rows of this set. Raises Absent."""
        return scored(setting, load_records(setting.path("gold", "dev")))


class Further:
    """Reports of MUC-4, GUM and ECB+ with labels of our own, kept without their texts (``training/labelled.py``)."""

    NAME = "further"
    TITLE = "Further real reports"

    @staticmethod
    def measure(setting: Setting) -> list[Row]:
        """The rows of this set. Raises Absent."""
        sys.path.insert(0, str(ROOT / "training"))
        labelled = importlib.import_module("labelled")
        for folder in labelled.FOLDERS.values():
            setting.path("data", folder)
        found = [json.loads(file.read_text("utf-8")) for file in sorted(labelled.LABELS.glob("*.json"))]
        records = [labelled.whole(labels, setting.path("data")) for labels in found]
        return scored(setting, {record["id"]: record for record in records})


def held_out(prefix: str) -> dict[str, dict[str, Any]]:
    """The held-out records of the open data set whose ids begin so. Raises Absent."""
    if not (DATA / "split.tsv").exists():
        raise Absent("not at hand: data/conflict-reports")
    rows = [line.split("\t") for line in (DATA / "split.tsv").read_text(encoding="utf-8").splitlines()]
    held = {row[0] for row in rows if row[2] == "held-out" and row[0].startswith(prefix)}
    return {name: record for name, record in load_records(DATA / "records").items() if name in held}


class HeldOut:
    """The held-out part of the open data set, which is in the repository."""

    NAME = "held-out"
    TITLE = "Conflict reports, held-out topics"

    @staticmethod
    def measure(setting: Setting) -> list[Row]:
        """The rows of this set. Raises Absent."""
        return scored(setting, held_out(""))


class HeldOutPlain:
    """Of the held-out part the plainer reports; the figures of the rules are from before they were fitted on them."""

    NAME = "held-out-plain"
    TITLE = "… of these the plainer ones"

    @staticmethod
    def measure(setting: Setting) -> list[Row]:
        """The rows of this set. Raises Absent."""
        return scored(setting, held_out("own-n"))
