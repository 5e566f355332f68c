"""The loaders of public data sets, and small samples in the shape of those sets. Every sample is made up."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

TRAINING = Path(__file__).parents[2] / "training"
SHARED = Path(__file__).parents[3] / "shared"
if str(TRAINING) not in sys.path:
    sys.path.insert(0, str(TRAINING))


def module(name: str) -> Any:
    """A module of ``training/sets``."""
    return importlib.import_module(f"sets.{name}" if name else "sets")


def loaded(name: str, folder: Path) -> list[Any]:
    """The records that a loader makes of a sample, checked for faults."""
    records = list(module(name).load(folder))
    faults = [fault for record in records for fault in module("partial").faults(record)]
    assert faults == []
    return records


def words(record: Any, span: tuple[int, int]) -> str:
    """The passage of a span."""
    return str(record.text[slice(*span)])


def mentions(record: Any) -> list[str]:
    """The passages of a record's mentions."""
    return [words(record, mention[:2]) for mention in record.mentions]


def events(record: Any) -> list[tuple[str, str | None, set[tuple[str, str]]]]:
    """Trigger, type and roles of a record's events, in words."""
    return [
        (words(record, (e.start, e.end)), e.type, {(role, words(record, (s, t))) for role, s, t in e.roles})
        for e in record.events
    ]


def lines(file: Path, *items: Any) -> None:
    """Write items as JSON lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(json.dumps(item, ensure_ascii=False) for item in items), encoding="utf-8")
