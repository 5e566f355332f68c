"""A linear recursion along many events, in compiled array operations.

``x[k] = fade[k] * x[k - 1] + added[k]`` goes from event to event, and array libraries have
no loop for it. Here the events are cut into stretches of equal length and the recursion
is run in all of them side by side, each as if nothing had come before it; what each
would have been handed is found by the same recursion over the ends of the stretches,
and added (Blelloch 1990). No intermediate value grows, whatever the fades are.

Side by side means: place in the stretch, then columns if there are any, then stretches.
"""

from __future__ import annotations

from math import isqrt
from typing import Final

import numpy as np

from marsad.analysis.excitation.kernel import Floats

__all__ = ["Recursion", "in_order", "side_by_side", "stretch_length"]

_SHORT: Final = 48
"""So few events are walked one by one."""
_LENGTH: Final = 32
"""Events in a stretch, where there are very many."""


def stretch_length(count: int) -> int:
    """How long the stretches of so many events are."""
    return 1 if count <= _SHORT else min(_LENGTH, isqrt(count))


def side_by_side(values: Floats) -> Floats:
    """Events, or events by columns, with the stretches beside each other; the last is filled up with zeros."""
    length = stretch_length(len(values))
    short = -len(values) % length
    if short:
        values = np.concatenate([values, np.zeros((short, *values.shape[1:]))])
    cut = values.reshape(-1, length, *values.shape[1:])
    return np.array(np.moveaxis(cut, 0, -1), order="C")


def in_order(found: Floats, count: int) -> Floats:
    """Back from side by side to ``count`` events by columns."""
    return np.ascontiguousarray(found.transpose(2, 0, 1)).reshape(-1, found.shape[1])[:count]


class Recursion:
    """The recursion for given fades, side by side; ``run`` it for whatever is added."""

    __slots__ = ("_ends", "_fade", "_handed")

    def __init__(self, fade: Floats) -> None:
        self._fade = fade
        if len(fade) == 1:
            return
        self._handed = fade.copy()
        for before, here in zip(self._handed[:-1], self._handed[1:], strict=True):
            here *= before
        self._ends = Recursion(side_by_side(self._handed[-1]))

    def run(self, added: Floats) -> Floats:
        """``x``, in the place of what is added: side by side, with columns, both."""
        if len(added) == 1:
            values, fade = added[0], self._fade[0]
            for at in range(1, values.shape[1]):
                values[:, at] += fade[at] * values[:, at - 1]
            return added
        faded = np.empty_like(added[0])
        for at in range(1, len(added)):
            np.multiply(added[at - 1], self._fade[at], out=faded)
            added[at] += faded
        stretches = added.shape[2]
        ends = in_order(self._ends.run(side_by_side(added[-1].T)), stretches)
        carried = np.zeros_like(faded)
        carried[:, 1:] = ends[:-1].T
        for row, handed in zip(added, self._handed, strict=True):
            np.multiply(carried, handed, out=faded)
            row += faded
        return added
