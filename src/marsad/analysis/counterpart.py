"""Whose events a series may answer: the counterpart of a dyad, or others that are named.

In action and reaction between two sides, the counterpart of what A does to B is what B does to A (Goldstein and
Freeman, *Three-Way Street*, 1990).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from marsad.analysis.events import CONDITIONS, Choose, Event
from marsad.errors import AnalysisError

__all__ = ["COUNTERPART", "Others", "counterpart", "others_of"]

COUNTERPART: Final = "counterpart"
_CONDITION: Final = re.compile(rf"\s*({'|'.join(CONDITIONS)})\s*=(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Others:
    """The events that meet ``choose``, without those that are the series' ``own``: nothing answers itself twice."""

    choose: Choose
    own: Choose

    def __call__(self, event: Event) -> bool:
        """Whether an event is one of them."""
        return self.choose(event) and not self.own(event)

    @property
    def words(self) -> str:
        """For people: "events by Israel, against Hamas"."""
        return f"events {self.choose.words}"


def counterpart(own: Choose) -> Others | None:
    """What is done to the actor of a series, by its recipient where there is one; of any type, anywhere.

    None where the series has no actor.
    """
    if own.actor is None:
        return None
    return Others(Choose(actor=own.recipient, recipient=own.actor), own)


def others_of(text: str, own: Choose) -> Others:
    """The events that a text names: ``counterpart``; an actor; ``ACTOR>RECIPIENT``, one of them perhaps empty; or
    conditions, ``type=RAID,place=Hadun``.

    Raises AnalysisError where it names none.
    """
    if text.strip() == COUNTERPART:
        found = counterpart(own)
        if found is None:
            raise AnalysisError("there is no counterpart without an actor: say whose events are asked about")
        return found
    conditions: dict[str, Any] = {}
    if _CONDITION.match(text):
        known = ", ".join(CONDITIONS)
        for part in text.split(","):
            match = _CONDITION.match(part)
            if match is None:
                raise AnalysisError(f"{part.strip()[:60]!r} is no condition: write FIELD=NAME, FIELD one of {known}")
            if match[1] in conditions:
                raise AnalysisError(f"{text[:60]!r} says {match[1]} twice")
            conditions[match[1]] = match[2].strip()
    elif ">" in text:
        conditions["actor"], conditions["recipient"] = (part.strip() for part in text.split(">", 1))
    else:
        conditions["actor"] = text.strip()
    conditions = {field: value for field, value in conditions.items() if value}
    if not conditions:
        raise AnalysisError(f"{text[:60]!r} names no events: write {COUNTERPART}, ACTOR, ACTOR>RECIPIENT or type=TYPE")
    return Others(Choose(**conditions), own)
