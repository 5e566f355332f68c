"""What is asked for: which table, by which conditions, and incidents by which rules."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final

from marsad.casebook import Filters
from marsad.errors import ExchangeError

if TYPE_CHECKING:
    from marsad.incidents import Choice, Rules

__all__ = ["FITTING", "Wanted"]

_DATES: Final = ("since", "until", "report", "limit")
_EVENTS: Final = ("type", "status", "certainty", "actor", "speaker", "place", *_DATES, "run", "as_coded")
_INCIDENTS: Final = ("type", "status", "grade", "actor", "place", *_DATES, "as_coded")

FITTING: Final[dict[str, tuple[str, ...]]] = {
    "records": (*_DATES, "run", "as_coded"),
    "reports": (*_DATES, "as_coded"),
    "events": _EVENTS,
    "statements": ("actor", "speaker", *_DATES, "run", "as_coded"),
    "actors": ("actor", *_DATES, "run", "as_coded"),
    "relations": ("actor", *_DATES, "run", "as_coded"),
    "incidents": _INCIDENTS,
    "claims": _INCIDENTS,
    "decisions": _DATES,
    "audit": _DATES,
    "annotations": (*_DATES, "as_coded"),
}
"""All that can be written out, each with the conditions that mean something there."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """``what`` is one of :data:`FITTING`; ``grade`` and ``rules`` are for incidents and their claims.

    Of decisions ``since`` and ``until`` ask when they were made. Raises ExchangeError for a condition that means
    nothing there: it would be passed over in silence.
    """

    what: str
    filters: Filters = field(default_factory=Filters)
    grade: str | None = None
    rules: Rules | None = None

    def __post_init__(self) -> None:
        if self.what not in FITTING:
            raise ExchangeError(f"{self.what[:40]!r} is none of: {', '.join(FITTING)}")
        default = Filters()
        given = [one.name for one in fields(Filters) if getattr(self.filters, one.name) != getattr(default, one.name)]
        given += [name for name in ("grade", "rules") if getattr(self, name) is not None]
        fitting = FITTING[self.what] + (("rules",) if self.what in ("incidents", "claims") else ())
        wrong = [name.replace("_", "-") for name in given if name not in fitting]
        if wrong:
            plain = [name.replace("_", "-") for name in fitting if name != "run"]
            raise ExchangeError(f"{self.what} have no {' and no '.join(wrong)}: choose among {', '.join(plain)}")

    def choice(self) -> Choice:
        """The conditions as those of incidents. Raises IncidentError for a value that nothing could meet."""
        from marsad.incidents import Choice

        of = self.filters
        return Choice(of.type, of.status, self.grade, of.actor, of.place, of.since, of.until, of.report)
