"""What to list: the conditions that the listings of a casebook share."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from marsad.errors import CasebookError
from marsad.vocabulary import CERTAINTIES, EVENT_TYPES, STATUSES

__all__ = ["Filters", "first_day", "fold", "last_day"]

_WORD: Final = re.compile(r"\w+")
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def fold(name: str) -> str:
    """``name`` for matching: its words in lower case without accents, each with a space on both sides."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return f" {' '.join(_WORD.findall(plain.casefold()))} "


def first_day(value: str) -> str:
    """The first day of an ISO date of any precision."""
    return (value + "-01-01")[:10] if len(value) < 10 else value


def last_day(value: str) -> str:
    """A day not before the last of an ISO date of any precision and before the next month or year.

    Only for comparing as text: ``2014-02`` ends on ``2014-02-31``.
    """
    return value + {4: "-12-31", 7: "-31"}.get(len(value), "")


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(first_day(value))
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that must all hold; None sets none. One that does not apply to a listing is ignored.

    ``actor``, ``speaker`` and ``place`` match whole words of any name used in
    the report, without regard to case and accents; ``speaker`` is for events who
    says so (``author`` is the report's own voice), for statements who speaks.
    ``since`` and ``until`` are ISO dates of any precision, both inclusive: for
    events the time they are said to have taken place, else the report's date;
    for everything else the report's date. ``report`` is an id, ``run`` the id of
    a run (without it, each report's record as it is listed: with decisions applied), ``limit`` a number of rows.
    ``as_coded`` asks for the coder's own current records instead, without any decision.

    Raises CasebookError for a value that nothing could match.
    """

    type: str | None = None
    status: str | None = None
    certainty: str | None = None
    actor: str | None = None
    speaker: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    report: str | None = None
    run: int | None = None
    limit: int | None = None
    as_coded: bool = False

    def __post_init__(self) -> None:
        for name, known in (("type", EVENT_TYPES), ("status", STATUSES), ("certainty", CERTAINTIES)):
            value = getattr(self, name)
            if value is not None and value not in known:
                raise CasebookError(f"{name} {value!r} is none of: {', '.join(known)}")
        for name in ("actor", "speaker", "place"):
            value = getattr(self, name)
            if value is not None and not fold(value).strip():
                raise CasebookError(f"{name} {value!r} has no word to look for")
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and not _is_date(value):
                raise CasebookError(f"{name} {value!r} is not a date such as 2020-07-04, 2020-07 or 2020")
        if self.limit is not None and self.limit < 1:
            raise CasebookError(f"limit {self.limit} is less than 1")
