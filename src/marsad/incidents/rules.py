"""The named rules by which an incident's fields are taken from its tellings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from marsad.errors import IncidentError

__all__ = ["DEFAULTS", "FIELDS", "RULES", "Rules", "rules_for"]

FIELDS: Final = ("type", "actors", "recipients", "time", "place", "killed", "injured", "status")
"""The fields of an incident, each taken by a rule of its own."""

RULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "most-independent-origins": "what the most independent accounts say; of equals the surest, then the latest",
        "latest": "what the latest report says",
        "most-certain": "what is said as certain and in the report's own voice, before what is probable or ascribed",
        "lowest": "the lowest count",
        "median": "the middle count of the independent accounts, the lower one of two",
        "highest": "the highest count",
        "chosen-source-first": "what the chosen sources say, the first one first; else the most independent origins",
    }
)
"""Each rule with its meaning."""
_COUNTS_ONLY: Final = frozenset({"lowest", "median", "highest"})
_COUNTS: Final = frozenset({"killed", "injured"})
DEFAULTS: Final[Mapping[str, str]] = MappingProxyType(dict.fromkeys(FIELDS, "most-independent-origins"))
"""The rule of each field where none is chosen."""


def rules_for(name: str) -> tuple[str, ...]:
    """The rules that a field can have. Raises IncidentError."""
    if name not in FIELDS:
        raise IncidentError(f"{name!r} is no field of an incident: choose one of {', '.join(FIELDS)}")
    return tuple(rule for rule in RULES if name in _COUNTS or rule not in _COUNTS_ONLY)


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule for each field, and the sources that ``chosen-source-first`` goes by, the first before the others.

    A source is the publisher of a report, or somebody to whom reports ascribe what they say; names match without
    regard to case. Raises IncidentError for a field or rule that there is not.
    """

    of: Mapping[str, str] = field(default_factory=lambda: DEFAULTS)
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, rule in self.of.items():
            if rule not in rules_for(name):
                raise IncidentError(f"{rule!r} is no rule for {name}: choose one of {', '.join(rules_for(name))}")

    def __getitem__(self, name: str) -> str:
        """The rule of a field."""
        return self.of.get(name) or DEFAULTS[name]

    def changed(self, of: Mapping[str, str], sources: tuple[str, ...] = ()) -> Rules:
        """These rules with others for some fields: those of one incident, say, over the casebook's."""
        return replace(self, of={**self.of, **of}, sources=sources or self.sources)
