"""Origins: which reports go back to one account, as copies, reprints or rewrites, and how each is made from which.

Copies count once. ``docs/origins.md`` says how it is found out, and how well.
"""

from __future__ import annotations

from marsad.origins.index import Family, Origins, Placed
from marsad.origins.judging import KINDS, Edge, Kind
from marsad.origins.store import Reports, ReportStore
from marsad.origins.survey import Survey
from marsad.origins.surveyed import OriginRow, Surveyed

__all__ = [
    "KINDS",
    "Edge",
    "Family",
    "Kind",
    "OriginRow",
    "Origins",
    "Placed",
    "ReportStore",
    "Reports",
    "Survey",
    "Surveyed",
]
