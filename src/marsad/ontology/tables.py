"""The tables in ``data/``, each read once and frozen."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

__all__ = [
    "AcledType",
    "PloverCode",
    "PloverMode",
    "PloverType",
    "acled_types",
    "cameo_to_plover",
    "plover_contexts",
    "plover_modes",
    "plover_types",
    "ucdp_columns",
]

_DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PloverType:
    """An event type. ``quad`` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict,
    4 material conflict; ``score`` runs from 10 (most cooperative) to -10."""

    name: str
    quad: int
    score: float
    needs_recipient: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class PloverMode:
    """A mode of an event type; ``score`` is None where the manual gives none."""

    type: str
    name: str
    score: float | None
    meaning: str


@dataclass(frozen=True, slots=True)
class PloverCode:
    """What a CAMEO code is in PLOVER; ``mode`` is one of the type's modes or None."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AcledType:
    """One of ACLED's 25 sub-event types."""

    event_type: str
    sub_event_type: str
    political_violence: bool
    demonstrations: bool
    meaning: str


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def plover_types() -> Mapping[str, PloverType]:
    """PLOVER's sixteen event types by name, in the manual's order."""
    return MappingProxyType(
        {
            row["event"]: PloverType(
                row["event"],
                int(row["quad_number"]),
                float(row["plover_score"]),
                row["recipient_required"] == "yes",
                row["meaning"],
            )
            for row in _rows("plover_events")
        }
    )


@cache
def plover_modes() -> Mapping[tuple[str, str], PloverMode]:
    """PLOVER's modes by (type, mode)."""
    return MappingProxyType(
        {
            (row["event"], row["mode"]): PloverMode(
                row["event"],
                row["mode"],
                float(row["plover_score"]) if row["plover_score"] else None,
                row["meaning"],
            )
            for row in _rows("plover_modes")
        }
    )


@cache
def plover_contexts() -> Mapping[str, str]:
    """PLOVER's contexts and what they mean."""
    return MappingProxyType({row["context"]: row["meaning"] for row in _rows("plover_contexts")})


@cache
def cameo_to_plover() -> Mapping[str, PloverCode]:
    """CAMEO codes ("190") and their PLOVER types, modes and contexts. CAMEO 01 and 02 have none."""
    return MappingProxyType(
        {
            row["cameo"]: PloverCode(
                row["plover_event"],
                row["plover_mode"] or None,
                tuple(filter(None, row["plover_context"].split(";"))),
            )
            for row in _rows("cameo_to_plover")
        }
    )


@cache
def acled_types() -> Mapping[str, AcledType]:
    """ACLED's sub-event types by name."""
    return MappingProxyType(
        {
            row["sub_event_type"]: AcledType(
                row["event_type"],
                row["sub_event_type"],
                row["political_violence"] == "1",
                row["demonstrations"] == "1",
                row["meaning"],
            )
            for row in _rows("acled_event_types")
        }
    )


@cache
def ucdp_columns() -> Mapping[str, str]:
    """The 49 columns of UCDP GED, in order, and what they mean."""
    return MappingProxyType({row["column"]: row["meaning"] for row in _rows("ucdp_ged_columns")})
