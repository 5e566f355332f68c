"""Runs of the coder, and what became of a report that was added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

__all__ = ["Added", "Failure", "Run"]


class _Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Run:
    """One coder at work: name, version, and the fingerprint of all that its results depend on.

    ``id``, ``started_at`` (UTC) and ``records`` (how many it has made) are set on
    runs that come out of a casebook; two runs of one coder are one run there.
    """

    coder: str
    version: str
    fingerprint: str
    id: int | None = None
    started_at: str | None = None
    records: int | None = None

    @classmethod
    def of(cls, coder: _Named) -> Run:
        """The run of this coder."""
        return cls(coder.name, coder.version, coder.fingerprint)


@dataclass(frozen=True, slots=True)
class Added:
    """What ``Casebook.add`` did, once it is safely on disk.

    ``report_id`` is the id in the casebook: that of the earlier report where the
    same content was there already, and ``ID~2`` where other content has the id.
    """

    report_id: str
    change: Literal["new", "unchanged", "recoded"]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input from which no record came, why, and when (UTC)."""

    name: str
    reason: str
    failed_at: str
