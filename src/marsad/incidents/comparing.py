"""Two tellings side by side: what agrees, what does not, how likely they are one happening, and why."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, cast

from marsad.incidents.likeness import wording_odds
from marsad.incidents.parties import Match, match
from marsad.incidents.placing import PlaceMatch, Spot, match_spots
from marsad.incidents.tables import Table
from marsad.incidents.tellings import Telling
from marsad.incidents.timing import Days, TimeMatch, match_days
from marsad.incidents.words import alike
from marsad.records import Toll

__all__ = [
    "Comparison", "TollMatch", "apart_by_days", "apart_in_place", "apart_in_time", "compare", "conflict", "match_tolls",
    "same_town",
]  # fmt: skip

TollMatch = Literal["same", "fits", "differs", "unknown"]
_GAPS: Final = ((0, "0"), (1, "1"), (3, "3"), (7, "7"), (30, "30"))
_WEEKS: Final = frozenset({"30", "more"})
_CLOSE_DAYS: Final = 1
"""Days by which reports of one happening may differ: midnight, time zones, the day of the news."""
_WEEK: Final = 7
_WORDING: Final = (-6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0)
_ABOUT: Final = (0.03, 0.06, 0.1, 0.16, 0.25)
_FITS: Final = 1.5
"""Two counts of which the greater is at most so many times the smaller may be of one happening."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two tellings have in common. ``wording`` is the log-odds by the words alone."""

    same_report: bool
    types: Literal["same", "kin", "other"]
    modes: Literal["same", "open", "other"]
    statuses: str
    actors: Match
    recipients: Match
    crossed: bool
    time: TimeMatch
    published: str
    place: PlaceMatch
    killed: TollMatch
    injured: TollMatch
    wording: float
    about: float
    """How alike the reports are, 0 to 1."""
    word: bool
    """Whether the triggers have a lemma in common."""

    def features(self) -> list[str]:
        """The names of weighted rules of the table ``claims`` that hold."""
        step = str(sum(self.wording >= edge for edge in _WORDING))
        about = str(sum(self.about >= edge for edge in _ABOUT))
        time = self.time if self.time != "unknown" else f"unknown{self.published}"
        out = [
            f"types={self.types}", f"modes={self.modes}|{self.types}",
            f"statuses={self.statuses}", f"actors={self.actors}", f"recipients={self.recipients}",
            f"crossed={self.crossed}",
            f"time={time}", f"place={self.place}", f"when={self.time}|{self.place}",
            f"killed={self.killed}", f"injured={self.injured}", f"wording={step}",
            f"types={self.types}|wording={step}", f"report={'same' if self.same_report else 'other'}",
            f"word={self.word}|{self.types}", f"about={about}",
        ]  # fmt: skip
        if self.same_report:
            out.append(f"report=same|wording={step}")
        return out

    @property
    def probability(self) -> float:
        """How likely the two are one happening. Raises ModelError.

        What is undated was about when it is told: of weeks and places that differ it is never one.
        """
        if self.time == "unknown" and self.published in _WEEKS and self.place == "other":
            return 0.0
        return _chance(tuple(self.features()))


_KIN: Final = tuple(
    frozenset(group.split())
    for group in (
        "ASSAULT COERCE", "ASSAULT MOBILIZE", "RETREAT CONCEDE", "RETREAT AGREE", "CONCEDE AGREE", "SUPPORT AGREE",
        "COOPERATE AGREE", "COOPERATE SUPPORT", "AID COOPERATE", "AID SUPPORT", "CONSULT COOPERATE", "CONSULT SUPPORT",
        "SANCTION COERCE", "ACCUSE REJECT", "ACCUSE THREATEN", "REQUEST THREATEN", "CONSULT AGREE", "PROTEST ASSAULT",
        "ACCUSE REQUEST", "SUPPORT CONCEDE", "SANCTION REJECT", "ACCUSE SANCTION", "COERCE ACCUSE",
    )
)  # fmt: skip
"""Types that two coders take for each other."""
_MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types whose parties may stand on either side."""


def compare(one: Telling, other: Telling, about: float | None = None) -> Comparison:
    """Two tellings side by side. ``about`` is how alike their reports are, where that is known. Raises ModelError."""
    types = "same" if one.type == other.type else "kin" if {one.type, other.type} in _KIN else "other"
    modes = "open" if one.mode is None or other.mode is None else "same" if one.mode == other.mode else "other"
    if one.type in _MUTUAL and other.type in _MUTUAL:
        actors = recipients = match((*one.actors, *one.recipients), (*other.actors, *other.recipients))
    else:
        actors, recipients = match(one.actors, other.actors), match(one.recipients, other.recipients)
    crossed = "same" not in (actors, recipients) and "same" in (
        match(one.actors, other.recipients), match(one.recipients, other.actors)
    )  # fmt: skip
    same_report = one.report == other.report
    about = alike(one.wording.about, other.wording.about) if about is None else about
    return Comparison(
        same_report=same_report,
        types=cast("Literal['same', 'kin', 'other']", types),
        modes=cast("Literal['same', 'open', 'other']", modes),
        statuses="|".join(sorted((one.status, other.status))),
        actors=actors,
        recipients=recipients,
        crossed=crossed,
        time=match_days(one.time, other.time),
        published=_gap(one, other),
        place=match_spots(one.spot, other.spot),
        killed=match_tolls(one.killed, other.killed),
        injured=match_tolls(one.injured, other.injured),
        wording=wording_odds(one.wording, other.wording, same_report, about),
        about=about,
        word=not one.wording.lemmas.isdisjoint(other.wording.lemmas),
    )


@lru_cache(1 << 15)
def _chance(features: tuple[str, ...]) -> float:
    odds = Table.named("claims").odds(list(features))
    return 1.0 / (1.0 + math.exp(-odds)) if odds > -500 else 0.0


def _gap(one: Telling, other: Telling) -> str:
    """How many days lie between the last days on which the two can have been, in steps."""
    if one.until is None or other.until is None:
        return "?"
    gap = abs(one.until - other.until)
    return next((name for most, name in _GAPS if gap <= most), "more")


def match_tolls(one: Toll | None, other: Toll | None) -> TollMatch:
    """Whether two counts can be of one happening."""
    if one is None or other is None:
        return "unknown"
    (low, high), (other_low, other_high) = _range(one), _range(other)
    if low is None or other_low is None:
        return "unknown"
    if one.best is not None and one.best == other.best:
        return "same"
    if low <= other_high and other_low <= high:
        return "fits"
    smaller, greater = (high, other_low) if high < other_low else (other_high, low)
    return "fits" if smaller and greater / smaller <= _FITS else "differs"


def _range(toll: Toll) -> tuple[int | None, float]:
    known = [value for value in (toll.low, toll.best, toll.high) if value is not None]
    if not known:
        return None, 0.0
    return known[0], float("inf") if toll.high is None else float(toll.high)


def conflict(one: Telling, other: Telling) -> bool:
    """Whether two tellings name different days and different towns: such are never one happening."""
    return apart_in_time(one.time, other.time) and apart_in_place(one.spot, other.spot)


def apart_in_time(one: Days | None, other: Days | None) -> bool:
    """Whether both are days, and none is in both."""
    return match_days(one, other) in ("next-day", "week", "apart")


def apart_in_place(one: Spot | None, other: Spot | None) -> bool:
    """Whether both are towns, and not the same one."""
    if one is None or other is None or not one.level == other.level == "town":
        return False
    return match_spots(one, other) in ("near", "other")


def apart_by_days(times: Collection[Days], others: Collection[Days], placed: bool) -> bool:
    """Whether both sides name days, all exact, and every two lie two days or more apart.

    ``placed`` says whether both name places; where one does not, it must be more than a week.
    """
    close = _CLOSE_DAYS if placed else _WEEK
    return bool(times and others) and all(
        a.exact and b.exact and abs(a.first - b.first) > close for a in times for b in others
    )


def same_town(one: Spot, other: Spot) -> bool:
    """Whether both are towns, and the same one or close by."""
    return one.level == other.level == "town" and match_spots(one, other) in ("same", "near")
