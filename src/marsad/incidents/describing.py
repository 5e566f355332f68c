"""A telling in a few words, as a person would name it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from marsad.incidents.parties import Party
from marsad.incidents.tellings import Telling
from marsad.incidents.timing import Days

__all__ = ["called", "dated", "named", "question"]


def named(parties: Sequence[Party]) -> str:
    """The names of parties, "nobody named" for none."""
    return ", ".join(dict.fromkeys(party.name for party in parties)) or "nobody named"


def dated(days: Days) -> str:
    """Days as a person writes them: ``26 June 2020``, ``June 2020``, ``2020-06-20 to 2020-06-26``."""
    start, end = days.told
    if start != end:
        return f"{start} to {end}"
    if len(start) == 10:
        day = date.fromordinal(days.first)
        return f"{day.day} {day:%B} {day.year}"
    return f"{date.fromordinal(days.first):%B} {start[:4]}" if len(start) == 7 else start


def called(telling: Telling) -> str:
    """``the 'raid' (COERCE) of 26 June 2020 in Baghdad``."""
    parts = [f"the {telling.wording.trigger!r} ({telling.type})"]
    if telling.time is not None:
        parts.append(f"of {dated(telling.time)}")
    if telling.spot is not None:
        parts.append(f"in {telling.spot.name}")
    return " ".join(parts)


def question(one: Telling, other: Telling) -> str:
    """What a reviewer is asked of two tellings."""
    return f"Is {called(one)} in report {one.report} the same as {called(other)} in report {other.report}?"
