"""Vocabularies of conflict coding as data: PLOVER, CAMEO, ACLED, UCDP. Sources: ``SOURCES.md`` beside this file."""

from __future__ import annotations

from marsad.ontology.codebook import Codebook, Example, UserType
from marsad.ontology.codebookfiles import read_codebook
from marsad.ontology.tables import (
    AcledType,
    PloverCode,
    PloverMode,
    PloverType,
    acled_types,
    cameo_to_plover,
    plover_contexts,
    plover_modes,
    plover_types,
    ucdp_columns,
)

__all__ = [
    "AcledType",
    "Codebook",
    "Example",
    "PloverCode",
    "PloverMode",
    "PloverType",
    "UserType",
    "acled_types",
    "cameo_to_plover",
    "plover_contexts",
    "plover_modes",
    "plover_types",
    "read_codebook",
    "ucdp_columns",
]
