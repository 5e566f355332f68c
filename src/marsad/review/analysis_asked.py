"""What the page asks of the analysis, read strictly: a question about a date, about who answers whom, or a what-if."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Literal

from starlette.exceptions import HTTPException

from marsad.analysis.counterpart import others_of
from marsad.analysis.events import CONDITIONS, Choose, day_number
from marsad.analysis.scenarios import Cause, read_scenario
from marsad.records import Json

__all__ = ["KINDS", "CauseAsked", "Question", "choice_of", "question_of", "words_of"]

Kind = Literal["respond", "provoke", "whatif"]
KINDS: Final[tuple[Kind, ...]] = ("respond", "provoke", "whatif")
_DAYS: Final = ("since", "until")
_SHAPES: Final = ("step", "pulse", "decay")
_COARSE: Final = ("spread", "impute")
"""What becomes of incidents without an exact day; the sensitivity table has other ways."""
_BY: Final = ("actor", "dyad")
_LONGEST: Final = 200
_FIRST_YEAR, _LAST_YEAR, _MOST_YEARS = 1800, 2200, 150
_MOST_ECHOED, _FEWEST_DRAWS, _MOST_DRAWS = 3, 2, 500
_MOST_POINTS, _MOST_PARTIES, _MOST_CAUSES, _MOST_SCENARIOS, _MOST_DAYS = 6, 8, 4, 8, 1000
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "respond": (*CONDITIONS, *_DAYS, "points", "after", "shape", "half_life", "echo_of", "coarse", "draws"),
    "provoke": ("type", "place", *_DAYS, "by", "parties", "most"),
    "whatif": (*CONDITIONS, *_DAYS, "causes", "scenarios", "days"),
}


@dataclass(frozen=True, slots=True)
class CauseAsked:
    """A cause of a what-if: the days of its happenings, or conditions by which the incidents are chosen that it is."""

    name: str
    days: tuple[str, ...] = ()
    where: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question, checked as far as it can be without the incidents. Days are ISO dates."""

    kind: Kind
    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    type: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    points: tuple[str, ...] = ()
    after: int | None = None
    shape: Literal["step", "pulse", "decay"] = "step"
    half_life: float = 30.0
    echo_of: tuple[str, ...] = ()
    coarse: Literal["spread", "impute"] = "spread"
    draws: int = 20
    by: Literal["actor", "dyad"] | None = None
    parties: tuple[str, ...] = ()
    most: int = 4
    causes: tuple[CauseAsked, ...] = ()
    scenarios: tuple[str, ...] = ()
    days: int = 182

    @property
    def choose(self) -> Choose:
        """Which incidents count."""
        return Choose(self.actor, self.recipient, self.party, self.type, self.place)

    def to_json(self) -> Json:
        """As plain data, from which :func:`question_of` makes it again."""
        data = asdict(self)
        kept = {name: data[name] for name in ("kind", *_FIELDS[self.kind]) if data[name] is not None}
        return json.loads(json.dumps(kept))  # type: ignore[no-any-return]

    def key(self, changes: int) -> str:
        """What the answer is kept by: the question, and the state of the casebook that it was asked of."""
        words = json.dumps([changes, self.to_json()], sort_keys=True)
        return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:20]


def question_of(data: Json) -> Question:
    """The question in the body of a request.

    Raises HTTPException (400) or AnalysisError with what is wrong with it.
    """
    kind = data.get("kind")
    if kind not in KINDS:
        raise HTTPException(400, f"kind must be one of {', '.join(KINDS)}")
    unknown = sorted(set(data) - {"kind", *_FIELDS[kind]})
    if unknown:
        raise HTTPException(400, f"{kind} takes no {unknown[0][:40]!r}: it takes {', '.join(_FIELDS[kind])}")
    found: dict[str, Any] = {name: words_of(data, name) for name in (*CONDITIONS, *_DAYS) if name in data}
    for name in _DAYS:
        if found.get(name) is not None:
            found[name] = _day(found[name], name)
    since, until = found.get("since"), found.get("until")
    if since and until:
        if since > until:
            raise HTTPException(400, "no day is left between since and until: give other dates")
        if int(until[:4]) - int(since[:4]) > _MOST_YEARS:
            raise HTTPException(400, f"more than {_MOST_YEARS} years: give other dates")
    more = {"respond": _respond, "provoke": _provoke, "whatif": _whatif}[kind]
    question = Question(kind=kind, **found, **more(data))
    for text in question.echo_of:
        others_of(text, question.choose)
    return question


def choice_of(given: Mapping[str, str]) -> Choose:
    """The conditions among the parameters of a request."""
    return Choose(**{name: given[name].strip() for name in CONDITIONS if given.get(name, "").strip()})


def words_of(data: Mapping[str, Any], name: str) -> str | None:
    """A line of words; None where it is not given or empty. HTTPException (400) for anything else."""
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise HTTPException(400, f"{name} must be text")
    if len(value) > _LONGEST or not value.isprintable():
        raise HTTPException(400, f"{name} must be one line of {_LONGEST} characters at most")
    return value.strip() or None


def _respond(data: Json) -> dict[str, Any]:
    points = _list(data, "points", _MOST_POINTS)
    if not points:
        raise HTTPException(400, "say after which date: points must be a list of one day or several")
    points = [_day(point, "the turning point") for point in points]
    after = None if data.get("after") is None else _whole(data, "after", 5, 900)
    return {
        "points": tuple(sorted(set(points))), "after": after, "shape": _one_of(data, "shape", _SHAPES, "step"),
        "half_life": float(_whole(data, "half_life", 1, 365)) if "half_life" in data else 30.0,
        "echo_of": tuple(dict.fromkeys(_list(data, "echo_of", _MOST_ECHOED))),
        "coarse": _one_of(data, "coarse", _COARSE, "spread"),
        "draws": _whole(data, "draws", _FEWEST_DRAWS, _MOST_DRAWS) if "draws" in data else 20,
    }  # fmt: skip


def _provoke(data: Json) -> dict[str, Any]:
    parties = _list(data, "parties", _MOST_PARTIES)
    if len(parties) == 1:
        raise HTTPException(400, "name at least two parties, or none to take the most frequent ones")
    return {
        "by": _one_of(data, "by", _BY, None), "parties": tuple(dict.fromkeys(parties)),
        "most": _whole(data, "most", 2, 6) if "most" in data else 4,
    }  # fmt: skip


def _whatif(data: Json) -> dict[str, Any]:
    causes = tuple(_cause(one) for one in _items(data, "causes", _MOST_CAUSES))
    if len({one.name for one in causes}) < len(causes):
        raise HTTPException(400, "two causes have the same name")
    days = _whole(data, "days", 7, _MOST_DAYS) if "days" in data else 182
    scenarios = tuple(_list(data, "scenarios", _MOST_SCENARIOS))
    # Whether the words can be read depends on the causes' names alone, not on when they were.
    for words in scenarios:
        read_scenario(words, [Cause(one.name, (1,)) for one in causes], 1, days, days)
    return {"causes": causes, "scenarios": scenarios, "days": days}


def _cause(data: object) -> CauseAsked:
    if not isinstance(data, dict) or not set(data) <= {"name", "days", "where"}:
        raise HTTPException(400, "a cause is an object with name, and days or where")
    name = words_of(data, "name")
    if name is None:
        raise HTTPException(400, "each cause needs a name")
    days = [_day(day, f"the day of {name!r}") for day in _list(data, "days", _MOST_DAYS)]
    where = data.get("where")
    if (where is None) == (not days):
        raise HTTPException(400, f"say of {name!r} either on which days it was, or which incidents it is")
    if where is not None:
        if not isinstance(where, dict) or not set(where) <= set(CONDITIONS):
            raise HTTPException(400, f"where must be an object with some of {', '.join(CONDITIONS)}")
        where = {key: value for key in where if (value := words_of(where, key)) is not None}
        if not where:
            raise HTTPException(400, f"say of {name!r} which incidents it is: where is empty")
    return CauseAsked(name, tuple(sorted(set(days))), where)


def _day(text: str, what: str) -> str:
    """A day as YYYY-MM-DD, however it was written. AnalysisError where it is none, HTTPException (400) far off."""
    day = date.fromordinal(day_number(text, what))
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise HTTPException(400, f"{what} {text} is not from {_FIRST_YEAR} to {_LAST_YEAR}")
    return day.isoformat()


def _items(data: Json, name: str, most: int) -> list[Any]:
    value = data.get(name, [])
    if not isinstance(value, list) or len(value) > most:
        raise HTTPException(400, f"{name} must be a list of {most} at most")
    return value


def _list(data: Json, name: str, most: int) -> list[str]:
    found = [words_of({name: one}, name) for one in _items(data, name, most)]
    if None in found:
        raise HTTPException(400, f"{name} must be a list of words")
    return [one for one in found if one is not None]


def _whole(data: Json, name: str, least: int, most: int) -> int:
    value = data[name]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not least <= value <= most or value != int(value):
        raise HTTPException(400, f"{name} must be a whole number from {least} to {most}")
    return int(value)


def _one_of(data: Json, name: str, known: tuple[str, ...], default: str | None) -> Any:
    value = data.get(name, default)
    if value is not default and value not in known:
        raise HTTPException(400, f"{name} must be one of {', '.join(known)}")
    return value
