"""Events stamped to the moment: what is left, at each, of the echoes of those before.

For an exponential kernel of rate ``b`` that is, for each source, the sum of
``exp(-b (t - s))`` over its events ``s`` strictly before ``t``. Events of the same
stamp do not excite each other, so the result does not depend on how ties are sorted.

They obey a recursion from event to event, which is run in many stretches of events at
once (:mod:`marsad.analysis.excitation.scan`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.scan import Recursion, in_order, side_by_side
from marsad.errors import AnalysisError

__all__ = ["Stamps", "echoes", "remainders"]

_FORGOTTEN: Final = 45.0
"""Mean delays after which less than a part in 10^19 of an echo is left."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """Events in order of time.

    Attributes:
        times: In days from the start, sorted, between 0 and the horizon.
        marks: Which series each event is of.
        series: How many series there are.
        horizon: When watching ended.
        first: For each event, the place of the first of the same time.
        tied: Whether any two are of the same time.
        gaps: Days since the event before, zero for the first; side by side (:mod:`.scan`).
        counts: Events of each series.
    """

    times: Floats
    marks: NDArray[np.intp]
    series: int
    horizon: float
    first: NDArray[np.intp]
    tied: bool
    gaps: Floats
    counts: Floats

    @classmethod
    def of(cls, times: ArrayLike, marks: ArrayLike | None, horizon: float | None, series: int | None = None) -> Stamps:
        """The events, sorted and checked.

        Raises:
            AnalysisError: There are too few events, or times or marks that cannot be.
        """
        given = np.asarray(times, dtype=np.float64)
        kinds = np.zeros(len(given), np.intp) if marks is None else np.asarray(marks).astype(np.intp)
        if given.ndim != 1 or kinds.shape != given.shape:
            raise AnalysisError("times and marks are two lists of one length")
        if len(given) < 3:
            raise AnalysisError("fewer than three events: nothing can be fitted to them")
        end = float(given.max()) if horizon is None else float(horizon)
        if not np.isfinite(given).all() or given.min() < 0 or given.max() > end or end <= 0:
            raise AnalysisError("times are days from the start of watching to its end: none below 0, none after it")
        count = int(kinds.max()) + 1 if series is None else series
        if kinds.min() < 0 or kinds.max() >= count:
            raise AnalysisError(f"marks are numbers of series, from 0 to {count - 1}")
        gaps = np.zeros_like(given)
        np.subtract(given[1:], given[:-1], out=gaps[1:])
        if gaps.min() < 0:
            order = np.argsort(given, kind="stable")
            given, kinds = given[order], kinds[order]
            np.subtract(given[1:], given[:-1], out=gaps[1:])
        fresh = gaps > 0
        fresh[0] = True
        tied = not fresh.all()
        first = np.flatnonzero(fresh)[np.cumsum(fresh) - 1] if tied else np.arange(len(given))
        return cls(given, kinds, count, end, first, tied, side_by_side(gaps), _counted(kinds, count))

    def until(self, end: float) -> Stamps:
        """The events up to a moment, as if watching had ended then."""
        count = int(np.searchsorted(self.times, end, side="right"))
        times = self.times[:count]
        gaps = side_by_side(np.diff(times, prepend=times[:1]))
        marks = self.marks[:count]
        return Stamps(times, marks, self.series, end, self.first[:count], self.tied, gaps, _counted(marks, self.series))


def echoes(stamps: Stamps, rate: float, *, slopes: bool = True) -> tuple[Floats, Floats | None]:
    """For each event and source, the echo left, and the same weighted by age (minus its slope by the rate)."""
    count, fade = len(stamps.times), -rate * stamps.gaps
    np.exp(fade, out=fade)
    recursion = Recursion(fade)
    if stamps.series == 1:
        added = fade[:, None].copy()
        added[0, 0, 0] = 0
    else:
        born = np.zeros((count, stamps.series))
        born[np.arange(1, count), stamps.marks[:-1]] = 1
        added = side_by_side(born)
        added *= fade[:, None]
    found = recursion.run(added)
    left = in_order(found, count)
    aged = None
    if slopes:
        # After a gap every echo is older by it.
        found *= stamps.gaps[:, None]
        aged = in_order(recursion.run(found), count)
    if stamps.tied:
        left = left[stamps.first]
        aged = None if aged is None else aged[stamps.first]
    return left, aged


def remainders(stamps: Stamps, rate: float) -> tuple[Floats, Floats]:
    """For each source, the offspring a unit of weight had time for before the end, and its slope by the rate."""
    late = int(np.searchsorted(stamps.times, stamps.horizon - _FORGOTTEN / rate))
    ages, marks = stamps.horizon - stamps.times[late:], stamps.marks[late:]
    left = np.exp(-rate * ages)
    lost = np.bincount(marks, left, stamps.series)
    return stamps.counts - lost, np.asarray(np.bincount(marks, ages * left, stamps.series), dtype=np.float64)


def _counted(marks: NDArray[np.intp], series: int) -> Floats:
    return np.bincount(marks, minlength=series).astype(np.float64)
