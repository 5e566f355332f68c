"""The closed vocabularies of marsad-record/1: kinds, relations, types, modes, statuses; and how reports are counted.

Source of the event types and modes: PLOVER (draft 2.0), with the field names of
the record format. Meanings in words are in :mod:`marsad.ontology`.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "CERTAINTIES",
    "EVENT_TYPES",
    "KINDS",
    "MANNERS",
    "MODES",
    "RELATIONS",
    "SPUN",
    "STATUSES",
    "count_words",
]

KINDS: Final[tuple[str, ...]] = (
    "person", "armed-group", "government", "military", "police", "judiciary", "legislature", "party",
    "state", "international-organisation", "media", "civil-society", "company", "population", "other",
)  # fmt: skip

RELATIONS: Final[tuple[str, ...]] = (
    "part-of", "member-of", "leads", "works-for", "backed-by", "allied-with", "fights", "linked-to",
)  # fmt: skip

MANNERS: Final[tuple[str, ...]] = ("direct", "indirect", "mixed")

STATUSES: Final[tuple[str, ...]] = ("happened", "did-not-happen", "planned", "requested", "conditional")

CERTAINTIES: Final[tuple[str, ...]] = ("certain", "probable", "possible")

MODES: Final[dict[str, tuple[str, ...]]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
        "misinformation", "cyber",
    ),
    "ASSAULT": (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
    ),
}  # fmt: skip

EVENT_TYPES: Final[tuple[str, ...]] = tuple(MODES)

SPUN: Final = 0.5
"""Probability from which a report is taken for machine-spun: it is no cleaner copy, and it is restored."""


def count_words(reports: int, origins: int) -> str:
    """How many reports and independent accounts there are: "9 reports, 3 origins"."""
    return f"{reports:,} report{'s' * (reports != 1)}, {origins:,} origin{'s' * (origins != 1)}"
