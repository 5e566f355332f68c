"""How far an incident can be relied on: confirmed, fair, weak, contested or discounted, and why, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from marsad.errors import IncidentError
from marsad.incidents.index import Incident
from marsad.incidents.tellings import Telling
from marsad.records import Json

__all__ = ["GRADES", "Grade", "grade", "overridden"]

GRADES: Final = ("confirmed", "fair", "weak", "contested", "discounted")
_CONFIRMED: Final = 3
"""Independent accounts that say firmly that it happened, from which an incident is confirmed."""
_FAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the sentence that explains it. ``by`` is who set it by hand, None where it was computed."""

    name: str
    why: str
    by: str | None = None

    def to_json(self) -> Json:
        """As plain data."""
        return {"grade": self.name, "why": self.why, "by": self.by}


def overridden(name: str, why: str, by: str) -> Grade:
    """A grade that a person sets. Raises IncidentError for one that there is not."""
    if name not in GRADES:
        raise IncidentError(f"{name!r} is no grade: choose one of {', '.join(GRADES)}")
    return Grade(name, why, by)


def grade(incident: Incident) -> Grade:
    """The grade of an incident by its tellings.

    *Confirmed*: three independent accounts, or two that both speak in their own voice, say firmly that it happened,
    and nobody denies it. *Fair*: two accounts, or one that is certain in its own voice. *Weak*: all else that is said
    to have happened, or is only planned, asked for or possible. *Contested*: some say that it happened, others
    that it did not. *Discounted*: it is only denied, or more accounts deny it than say it.
    """
    told = [one for one in incident.tellings if one.status == "happened"]
    denied = [one for one in incident.tellings if one.status == "did-not-happen"]
    yes, no = _origins(told), _origins(denied)
    firm = [one for one in told if one.certainty == "certain"]
    own = _origins([one for one in firm if not one.says])
    if denied:
        who = _deniers(denied)
        if not told:
            return Grade("discounted", f"It is only told as something that did not happen ({who}).")
        if no > yes:
            return Grade("discounted", f"{_accounts(no)} deny it ({who}), {_accounts(yes)} say that it happened.")
        return Grade("contested", f"{_say(yes)} that it happened; {who} {'deny' if _many(denied) else 'denies'} it.")
    if not told:
        states = ", ".join(dict.fromkeys(one.status for one in incident.tellings))
        return Grade("weak", f"Nobody says that it happened ({states}).")
    speakers = {name for one in firm for name in one.says}
    one_voice = own == 0 and len(speakers) == 1
    if not one_voice and (_origins(firm) >= _CONFIRMED or own >= _FAIR):
        voices = f", {own} in their own voice" if own else ""
        return Grade("confirmed", f"{_say(_origins(firm))} firmly that it happened{voices}; nobody denies it.")
    if one_voice and yes >= _FAIR:
        return Grade("fair", f"{_say(yes)} that it happened, but all of them by the word of {next(iter(speakers))}.")
    if yes >= _FAIR:
        return Grade("fair", f"{_say(yes)} that it happened, {_origins(firm)} of them firmly; nobody denies it.")
    if own:
        return Grade(
            "fair", "One independent account says firmly, in its own voice, that it happened; nobody denies it."
        )
    how = f"by the word of {', '.join(sorted(speakers))}" if firm else "and not as certain"
    return Grade("weak", f"One independent account says that it happened, {how}.")


def _origins(tellings: Sequence[Telling]) -> int:
    return len({one.origin for one in tellings})


def _accounts(count: int) -> str:
    return f"{count} independent account{'s' * (count != 1)}"


def _say(count: int) -> str:
    return "One independent account says" if count == 1 else f"{count} independent accounts say"


def _deniers(denied: Sequence[Telling]) -> str:
    names = dict.fromkeys(name for one in denied for name in (one.says or (f"report {one.report}",)))
    return ", ".join(names)


def _many(denied: Sequence[Telling]) -> bool:
    return len({name for one in denied for name in (one.says or (one.report,))}) > 1
