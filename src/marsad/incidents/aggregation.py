"""An incident's fields by named rules, each with what it rests on and how far it moves under the other rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from marsad.incidents.answers import Answer, answers
from marsad.incidents.index import Incident
from marsad.incidents.rules import FIELDS, Rules, rules_for
from marsad.incidents.tellings import Telling
from marsad.records import Json

__all__ = ["Figure", "aggregate"]

_CERTAIN: Final = {"certain": 2, "probable": 1, "possible": 0}
_LISTS: Final = frozenset({"actors", "recipients"})
_COUNTS: Final = frozenset({"killed", "injured"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One field of an incident by one rule.

    ``reports`` and ``origins`` give that answer, ``of_reports`` and ``of_origins`` say anything about the field.
    """

    field: str
    value: str
    data: Any
    rule: str
    reports: int
    origins: int
    of_reports: int
    of_origins: int
    chosen: tuple[Answer, ...]
    given: tuple[Answer, ...]
    """All answers, in the order in which they were first given."""
    rules: Rules

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers, the chosen ones first."""
        return (*self.chosen, *(answer for answer in self.given if answer not in self.chosen))

    @property
    def under(self) -> Mapping[str, str]:
        """What each rule gives, worked out when it is asked for."""
        return {
            rule: _shown(_RULES[rule](self.field, self.given, self.rules)) for rule in rules_for(self.field)
            if rule != "chosen-source-first" or self.rules.sources
        }  # fmt: skip

    @property
    def moves(self) -> Mapping[str, tuple[str, ...]]:
        """What other rules give, where that is something else: each answer with the rules that give it."""
        other: dict[str, tuple[str, ...]] = {}
        for rule, value in self.under.items():
            if value != self.value:
                other[value] = (*other.get(value, ()), rule)
        return other

    @property
    def counted(self) -> str:
        """ "2 reports, 1 origin", and of how many, where others say something else."""
        own = f"{_many(self.reports, 'report')}, {_many(self.origins, 'origin')}"
        if (self.reports, self.origins) == (self.of_reports, self.of_origins):
            return own
        return f"{own}, of {_many(self.of_reports, 'report')}, {_many(self.of_origins, 'origin')}"

    def to_json(self) -> Json:
        """As plain data."""
        return {
            "value": self.data, "rule": self.rule, "reports": self.reports, "origins": self.origins,
            "of_reports": self.of_reports, "of_origins": self.of_origins, "under": self.under,
            "answers": [
                {"value": one.data, "reports": one.reports, "origins": one.origins, "according_to": list(one.says)}
                for one in self.answers
            ],
        }  # fmt: skip


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def aggregate(incident: Incident, rules: Rules | None = None) -> Mapping[str, Figure]:
    """The fields of an incident that any telling gives, in the order of :data:`FIELDS`."""
    rules = rules or Rules()
    found = {}
    for field in FIELDS:
        given = _answered(field, incident.tellings)
        if given:
            found[field] = _figure(field, given, rules)
    return MappingProxyType(found)


def _answered(field: str, tellings: Sequence[Telling]) -> list[Answer]:
    """The answers to a field. What is asked for or only possible counts where nothing else is said; and who denies
    something did not do it by that."""
    if field == "status":
        return answers(field, tellings)
    told = [one for one in tellings if one.status == "happened"]
    if found := answers(field, told):
        return found
    return answers(field, [one for one in tellings if one.status != "did-not-happen"] if told else tellings)


def _figure(field: str, given: list[Answer], rules: Rules) -> Figure:
    chosen = _RULES[rules[field]](field, given, rules)
    support = {one.id: one for answer in chosen for one in answer.tellings}.values()
    everybody = [one for answer in given for one in answer.tellings]
    return Figure(
        field,
        _shown(chosen),
        [answer.data for answer in chosen] if field in _LISTS else chosen[0].data,
        rules[field],
        len({one.report for one in support}), len({one.origin for one in support}),
        len({one.report for one in everybody}), len({one.origin for one in everybody}),
        tuple(chosen), tuple(given), rules,
    )  # fmt: skip


def _shown(chosen: Sequence[Answer]) -> str:
    return "; ".join(answer.value for answer in chosen)


def _surest(tellings: Sequence[Telling]) -> tuple[int, int]:
    """How firmly the firmest telling speaks: by its certainty, then whether in the report's own voice."""
    return max((_CERTAIN.get(one.certainty, 0), not one.says) for one in tellings)


def _date(one: Telling) -> int:
    return one.published.last if one.published is not None else 0


def _most_origins(field: str, given: Sequence[Answer], rules: Rules) -> list[Answer]:
    if field in _LISTS and any(answer.weight for answer in given):
        given = [answer for answer in given if answer.weight]  # a name says more than "gunmen"
    most = max(answer.origins for answer in given)
    tied = [answer for answer in given if answer.origins == most]
    if field in _LISTS:
        return tied
    return [max(tied, key=lambda a: (a.weight, _surest(a.tellings), max(map(_date, a.tellings)), a.value))]


def _by_telling(field: str, given: Sequence[Answer], best: Callable[[Telling], Any]) -> list[Answer]:
    """The answers of the telling that is best; of equals, the later one in the casebook."""
    tellings = {one.id: one for answer in given for one in answer.tellings}
    chosen = max(reversed(tellings.values()), key=best)
    return [answer for answer in given if chosen in answer.tellings]


def _latest(field: str, given: Sequence[Answer], rules: Rules) -> list[Answer]:
    return _by_telling(field, given, _date)


def _most_certain(field: str, given: Sequence[Answer], rules: Rules) -> list[Answer]:
    return _by_telling(field, given, lambda one: (_surest([one]), _date(one)))


def _chosen_source(field: str, given: Sequence[Answer], rules: Rules) -> list[Answer]:
    for source in rules.sources:
        wanted = source.casefold()
        for answer in given:
            for one in answer.tellings:
                if wanted in {name.casefold() for name in (*one.says, one.source or "")}:
                    return [other for other in given if one in other.tellings]
    return _most_origins(field, given, rules)


def _count(answer: Answer) -> float:
    data = answer.data
    return next((float(data[key]) for key in ("best", "low", "high") if data[key] is not None), 0.0)


def _lowest(field: str, given: Sequence[Answer], rules: Rules) -> list[Answer]:
    return [min(given, key=lambda answer: (_count(answer), answer.value))]


def _highest(field: str, given: Sequence[Answer], rules: Rules) -> list[Answer]:
    return [max(given, key=lambda answer: (_count(answer), answer.value))]


def _median(field: str, given: Sequence[Answer], rules: Rules) -> list[Answer]:
    """Each independent account counts once for every answer that it gives."""
    row = sorted((answer for answer in given for _ in range(answer.origins)), key=lambda a: (_count(a), a.value))
    return [row[(len(row) - 1) // 2]]


_RULES: Final[Mapping[str, Callable[[str, Sequence[Answer], Rules], list[Answer]]]] = MappingProxyType(
    {
        "most-independent-origins": _most_origins,
        "latest": _latest,
        "most-certain": _most_certain,
        "lowest": _lowest,
        "median": _median,
        "highest": _highest,
        "chosen-source-first": _chosen_source,
    }
)
