"""Joins and questions: what was put together, how likely and why, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.incidents.comparing import Comparison, apart_in_place, apart_in_time
from marsad.incidents.describing import named
from marsad.incidents.tellings import Telling

__all__ = ["Join", "Question", "reasons"]


@dataclass(frozen=True, slots=True)
class Join:
    """Two tellings by which two groups became one incident.

    ``probability`` says in how many of such cases it is right; it comes from the mean over the groups' pairs.
    """

    one: str
    other: str
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Two tellings of which it is doubtful that they are one happening; ``joined`` says what was done meanwhile."""

    one: str
    other: str
    probability: float
    joined: bool
    text: str
    reasons: tuple[str, ...]


def reasons(one: Telling, other: Telling, found: Comparison) -> tuple[str, ...]:
    """What speaks for and against, in words."""
    said = []
    if found.types == "same":
        mode = f", {one.mode}" if one.mode and found.modes == "same" else ""
        said.append(f"both {one.type}{mode}")
    else:
        said.append(f"{one.type} and {other.type}")
    common = one.wording.lemmas & other.wording.lemmas
    if common:
        said.append(f"both say {min(common, key=len)!r}")
    if found.time == "same-day":
        said.append("the same day")
    elif found.time in ("within", "overlap"):
        said.append("times that fit")
    elif apart_in_time(one.time, other.time):
        said.append("different days")
    if one.spot and other.spot and found.place != "unknown":
        if found.place == "same":
            said.append(f"both in {one.spot.name}")
        elif apart_in_place(one.spot, other.spot):
            said.append(f"{one.spot.name} and {other.spot.name} are two places")
        elif found.place == "within":
            said.append(f"{one.spot.name} and {other.spot.name} fit")
    for role, match, ours, theirs in (
        ("actor", found.actors, one.actors, other.actors),
        ("recipient", found.recipients, one.recipients, other.recipients),
    ):
        if match == "same":
            said.append(f"the same {role}: {named(ours)}")
        elif match == "part":
            said.append(f"{role}s that belong together: {named(ours)}, {named(theirs)}")
        elif match == "other":
            said.append(f"different {role}s: {named(ours)}, {named(theirs)}")
    for what, toll in (("killed", found.killed), ("injured", found.injured)):
        if toll == "same":
            said.append(f"the same number {what}")
        elif toll == "differs":
            said.append(f"different numbers {what}")
    if found.statuses == "did-not-happen|happened":
        said.append("one says that it happened, the other that it did not")
    if found.same_report:
        said.append("in one report")
    return tuple(said)
