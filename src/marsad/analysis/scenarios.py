"""Scenarios: which causes happen on which of the days to come, read from words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marsad.errors import AnalysisError

__all__ = ["AS_BEFORE", "Cause", "Scenario", "as_before", "read_scenario"]

AS_BEFORE = "as before"

_NO = re.compile(r"no (?P<name>.+)")
_EVERY = re.compile(r"(?P<name>.+?) every (?P<days>\d{1,4})(?: days)?")
_ON = re.compile(r"(?P<name>.+?) on (?:day )?(?P<days>\d{1,4}(?:\s*,\s*\d{1,4})*)")
_LIKE = re.compile(r"(?P<name>.+) as before")


@dataclass(frozen=True, slots=True)
class Cause:
    """A kind of happening whose effect is asked about, and the days (ordinals) on which it was seen."""

    name: str
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """For each cause, on which days to come it happens; the first day to come is day 1."""

    name: str
    days: Mapping[str, tuple[int, ...]]


def as_before(cause: Cause, first: int, last: int, days: int) -> tuple[int, ...]:
    """The cause as often as it was between ``first`` and ``last``, evenly spaced; none where it never was."""
    seen = sum(first <= day <= last for day in cause.days)
    if not seen:
        return ()
    spacing = (last - first + 1) / seen
    return tuple(round((k + 0.5) * spacing) + 1 for k in range(int(days / spacing + 0.5)) if (k + 0.5) * spacing < days)


def read_scenario(text: str, causes: Sequence[Cause], first: int, last: int, days: int) -> Scenario:
    """A scenario from words such as ``no raid``, ``raid every 30``, ``no raid; strike on 1``.

    Causes that are not named happen as often as before.

    Raises:
        AnalysisError: The words name no cause, or say nothing that is known.
    """
    named: dict[str, tuple[int, ...]] = {}
    known = {cause.name: cause for cause in causes}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        if part == AS_BEFORE:
            continue
        name, when = _part(part, known, first, last, days)
        named[name] = when
    for cause in causes:
        named.setdefault(cause.name, as_before(cause, first, last, days))
    return Scenario(" ".join(text.split()), named)


def _part(part: str, known: Mapping[str, Cause], first: int, last: int, days: int) -> tuple[str, tuple[int, ...]]:
    """One cause of a scenario, and its days."""
    for form in (_EVERY, _ON, _LIKE, _NO):
        found = form.fullmatch(part)
        if found is None or found["name"] not in known:
            continue
        name = found["name"]
        if form is _NO:
            return name, ()
        if form is _LIKE:
            return name, as_before(known[name], first, last, days)
        numbers = [int(number) for number in found["days"].split(",")]
        if form is _ON:
            wanted = tuple(number for number in numbers if 1 <= number <= days)
            if len(wanted) < len(numbers):
                raise AnalysisError(f"scenario {part!r}: days run from 1 to {days}")
            return name, wanted
        if numbers[0] < 1:
            raise AnalysisError(f"scenario {part!r}: give at least one day between them")
        return name, tuple(range(1, days + 1, numbers[0]))
    listed = ", ".join(known) or "none"
    raise AnalysisError(
        f"scenario {part!r} is none of 'no CAUSE', 'CAUSE every DAYS', 'CAUSE on DAY,DAY' (causes: {listed[:100]})"
    )
