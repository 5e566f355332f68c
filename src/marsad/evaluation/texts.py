"""The reports behind gold records, so that a coder can be tried on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marsad.errors import EvaluationError
from marsad.records import Report, Source

__all__ = ["reports_of"]


def reports_of(gold: Mapping[str, Mapping[str, Any]]) -> list[Report]:
    """Each record's text with its metadata (title, source, date), and none of its labels.

    Raises EvaluationError for a record whose text is missing.
    """
    reports = []
    for name, record in gold.items():
        text, source = record.get("text"), record.get("source")
        if not isinstance(text, str):
            raise EvaluationError(f"{name!r}: the gold record has no text")
        known: Mapping[str, Any] = source if isinstance(source, Mapping) else {}
        reports.append(
            Report(
                id=name,
                text=text,
                title=record.get("title"),
                published=record.get("published"),
                source=Source(known.get("name"), known.get("url"), known.get("licence")),
            )
        )
    return reports
