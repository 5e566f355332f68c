"""What became of one input: a report, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marsad.records import Report

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one input. ``failed`` has a reason and no report; ``partial`` has both."""

    name: str
    status: Literal["ok", "partial", "failed"]
    report: Report | None = None
    reason: str | None = None
