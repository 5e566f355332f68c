"""Evaluation: score records against gold, measure how far two coders agree, keep quality floors.

>>> from marsad.evaluation import evaluate, load_records
>>> scores = evaluate(load_records("gold/"), load_records("system.jsonl"))  # doctest: +SKIP
>>> scores.table()["record"]["F1"]  # doctest: +SKIP
"""

from __future__ import annotations

from marsad.evaluation.coders import Agreement, LabelAgreement, agreement
from marsad.evaluation.floors import below_floors, load_floors
from marsad.evaluation.loading import load_records
from marsad.evaluation.scores import DocumentScores, Scores, evaluate
from marsad.evaluation.texts import reports_of

__all__ = [
    "Agreement",
    "DocumentScores",
    "LabelAgreement",
    "Scores",
    "agreement",
    "below_floors",
    "evaluate",
    "load_floors",
    "load_records",
    "reports_of",
]
