"""A model of daily counts in which events beget events, with background and interventions.

``fit`` is for counts a day; ``Design`` and the blocks beside it make the background.
"""

from __future__ import annotations

from marsad.analysis.excitation.branching import Branching
from marsad.analysis.excitation.design import (
    Block,
    Design,
    Penalty,
    covariate,
    decaying,
    drift,
    level,
    pulse,
    season,
    step,
    weekday,
)
from marsad.analysis.excitation.fitted import Fitted, Intensity
from marsad.analysis.excitation.fitting import fit
from marsad.analysis.excitation.intervals import Interval
from marsad.analysis.excitation.residuals import Residuals
from marsad.analysis.excitation.times import FittedTimes, fit_times

__all__ = [
    "Block",
    "Branching",
    "Design",
    "Fitted",
    "FittedTimes",
    "Intensity",
    "Interval",
    "Penalty",
    "Residuals",
    "covariate",
    "decaying",
    "drift",
    "fit",
    "fit_times",
    "level",
    "pulse",
    "season",
    "step",
    "weekday",
]
