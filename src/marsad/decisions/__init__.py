"""Decisions: what reviewers said, and records with it applied. ``docs/decisions.md`` says what holds when.

Incidents with decisions applied are in :mod:`marsad.decisions.grouping`, which is not loaded until it is asked for.
"""

from __future__ import annotations

from marsad.decisions.agreement import Agreeing, FieldAgreement, reviewer_agreement
from marsad.decisions.applying import Reviewed, applied
from marsad.decisions.chain import broken
from marsad.decisions.decision import KINDS, PARTS, START, Claims, Decision, Kind, Part, Target, digest
from marsad.decisions.finding import at_passage
from marsad.decisions.forces import in_force, step_of, undone_by
from marsad.decisions.portable import FIELDS
from marsad.decisions.preparing import Preparing, checked, prepared

__all__ = [
    "FIELDS",
    "KINDS",
    "PARTS",
    "START",
    "Agreeing",
    "Claims",
    "Decision",
    "FieldAgreement",
    "Kind",
    "Part",
    "Preparing",
    "Reviewed",
    "Target",
    "applied",
    "at_passage",
    "broken",
    "checked",
    "digest",
    "in_force",
    "prepared",
    "reviewer_agreement",
    "step_of",
    "undone_by",
]
