"""How well a report could be read and coded, in one word and a reason."""

from __future__ import annotations

from collections.abc import Mapping

from marsad.records import Record, Report

__all__ = ["outcome_of"]


def outcome_of(report: Report, record: Record) -> tuple[str, str | None]:
    """``ok`` or ``partial``, and for ``partial`` why: from the reading first, then from the coder's notes."""
    if report.partial:
        return "partial", report.partial
    if record.extra.get("outcome", "ok") == "ok":
        return "ok", None
    skipped = record.extra.get("skipped")
    notes = skipped if isinstance(skipped, list) else []
    reasons = [str(note.get("reason")) if isinstance(note, Mapping) else str(note) for note in notes]
    return "partial", "; ".join(dict.fromkeys(reasons)) or "coded in part"
