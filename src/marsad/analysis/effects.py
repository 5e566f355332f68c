"""The shape that an effect may have from its turning point on: a step, a pulse, or a jump that decays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from marsad.analysis.latent import Floats
from marsad.analysis.stretches import Stretches

__all__ = ["SHAPES", "Shape", "column"]

Shape = Literal["step", "pulse", "decay"]
SHAPES: Final[tuple[Shape, ...]] = ("step", "pulse", "decay")


@dataclass(frozen=True, slots=True)
class Window:
    """An effect's stretches: where it begins and how many it lasts."""

    begin: int
    length: int


def column(stretches: Stretches, window: Window, shape: Shape, half_life: float) -> Floats:
    """The effect's share of its full size in each stretch.

    A *step* and a *pulse* are the same there; a *decay* begins at its full
    size and halves every ``half_life`` days.
    """
    found = stretches.step(window.begin, window.length)
    if shape == "decay":
        days = (np.arange(len(stretches)) - window.begin) * stretches.width
        # The mean over a stretch of what falls within it.
        rate = np.log(2) / half_life
        mean = (1 - np.exp(-rate * stretches.width)) / (rate * stretches.width)
        found *= np.exp(-rate * np.maximum(days, 0)) * mean
    return found
