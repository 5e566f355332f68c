"""What coding on several cores needs of a coder, and what becomes of a report that it cannot code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from marsad.errors import MarsadError, ModelError
from marsad.records import Record, Report

__all__ = ["CoderLike", "Failure", "Opener", "code_one", "code_together", "open_coder"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be coded, by its id, and why, in one line."""

    report_id: str
    reason: str


class CoderLike(Protocol):
    """From a report to its record. Raises a MarsadError for a report that cannot be coded."""

    def code(self, report: Report) -> Record:
        """The record of one report."""
        ...


class Opener(Protocol):
    """Opens a coder with actor packs, in whichever process: a class or function at the top of a module."""

    def __call__(self, packs: Sequence[Path]) -> CoderLike:
        """The coder with these packs."""
        ...


def open_coder(packs: Sequence[Path]) -> CoderLike:
    """Marsad's coder. Raises KnowledgeError for a malformed pack."""
    from marsad.coding import Coder

    return Coder(packs)


def code_together(coder: CoderLike, reports: Sequence[Report]) -> list[Record | Failure]:
    """The records of some reports, or why there is none: at once where the coder can, which is quicker.

    Raises ModelError.
    """
    together = getattr(coder, "code_together", None)
    if together is None:
        return [code_one(coder, report) for report in reports]
    return [
        Failure(report.id, str(record)) if isinstance(record, MarsadError) else record
        for report, record in zip(reports, together(reports), strict=True)
    ]


def code_one(coder: CoderLike, report: Report) -> Record | Failure:
    """The record of a report, or why there is none. Raises ModelError: no report can be coded without its models."""
    try:
        return coder.code(report)
    except ModelError:
        raise
    except MarsadError as error:
        return Failure(report.id, str(error))
