"""Incidents: the happenings that claims of several reports are about. ``docs/incidents.md`` says how they are found."""

from __future__ import annotations

from marsad.incidents.aggregation import Figure, aggregate
from marsad.incidents.answers import Answer
from marsad.incidents.choosing import Choice
from marsad.incidents.grades import GRADES, Grade, grade, overridden
from marsad.incidents.index import Incident, Incidents, Placed
from marsad.incidents.joining import Join, Question
from marsad.incidents.rules import DEFAULTS, FIELDS, RULES, Rules, rules_for
from marsad.incidents.summary import Summary, summary
from marsad.incidents.tellings import Telling, tellings

__all__ = [
    "DEFAULTS",
    "FIELDS",
    "GRADES",
    "RULES",
    "Answer",
    "Choice",
    "Figure",
    "Grade",
    "Incident",
    "Incidents",
    "Join",
    "Placed",
    "Question",
    "Rules",
    "Summary",
    "Telling",
    "aggregate",
    "grade",
    "overridden",
    "rules_for",
    "summary",
    "tellings",
]
