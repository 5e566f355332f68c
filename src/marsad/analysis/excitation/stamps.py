"""Events stamped to the moment: what is left, at each, of the echoes of those before.

For an exponential kernel of rate ``b`` that is, for each source, the sum of
``exp(-b (t - s))`` over its events ``s`` strictly before ``t``. Events of the same
stamp do not excite each other, so the result does not depend on how ties are sorted.

The sums are running sums of ``exp(b s)``, started anew before they could overflow:
one pass over the events, in compiled code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from marsad.analysis.excitation.kernel import Floats
from marsad.errors import AnalysisError

__all__ = ["Stamps", "echoes", "remainders"]

_REACH: Final = 600.0
"""A running sum spans no more than this many mean delays: it grows to e^600, and keeps 13 digits."""


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
    """

    times: Floats
    marks: NDArray[np.intp]
    series: int
    horizon: float
    first: NDArray[np.intp]
    tied: bool

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
        order = np.argsort(given, kind="stable")
        sorted_times = given[order]
        fresh = np.concatenate([[True], np.diff(sorted_times) > 0])
        first = np.flatnonzero(fresh)[np.cumsum(fresh) - 1]
        return cls(sorted_times, kinds[order], count, end, first, not fresh.all())


def echoes(stamps: Stamps, rate: float, *, slopes: bool = True) -> tuple[Floats, Floats | None]:
    """For each event and source, the echo left, and the same weighted by age (minus its slope by the rate)."""
    count, times, marks = len(stamps.times), stamps.times, stamps.marks
    begins = _blocks(stamps, rate)
    ends = np.append(begins[1:], count)
    starts = times[begins]
    local = times - np.repeat(starts, ends - begins)
    grown = np.exp(rate * local)
    shrink = 1 / grown
    # Row k holds what events before k have left; that of a block's first is carried over from the block before.
    left = np.zeros((count, stamps.series))
    left[np.arange(1, count), marks[:-1]] = grown[:-1]
    aged = None
    if slopes:
        aged = np.zeros_like(left)
        aged[np.arange(1, count), marks[:-1]] = (local * grown)[:-1]
    carried, carried_moment = np.zeros(stamps.series), np.zeros(stamps.series)
    for place, (begin, end) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True)):
        last, mark = end - 1, marks[end - 1]
        onward = starts[place + 1] - starts[place] if end < count else 0.0
        fade = np.exp(-rate * onward)
        left[begin] = carried
        np.cumsum(left[begin:end], axis=0, out=left[begin:end])
        carried = left[last] * fade
        carried[mark] += grown[last] * fade
        if aged is not None:
            aged[begin] = carried_moment
            np.cumsum(aged[begin:end], axis=0, out=aged[begin:end])
            carried_moment = aged[last] * fade - onward * carried
            carried_moment[mark] += local[last] * grown[last] * fade
    if stamps.tied:
        left = left[stamps.first]
        aged = None if aged is None else aged[stamps.first]
    left *= shrink[:, None]
    if aged is not None:
        # The moments are of times; ages are what is left of the event's own time after them.
        aged *= -shrink[:, None]
        aged += local[:, None] * left
    return left, aged


def remainders(stamps: Stamps, rate: float) -> tuple[Floats, Floats]:
    """For each source, the offspring a unit of weight had time for before the end, and its slope by the rate."""
    ages = stamps.horizon - stamps.times
    left = np.exp(-rate * ages)
    done = np.asarray(np.bincount(stamps.marks, 1 - left, stamps.series), dtype=np.float64)
    return done, np.asarray(np.bincount(stamps.marks, ages * left, stamps.series), dtype=np.float64)


def _blocks(stamps: Stamps, rate: float) -> NDArray[np.intp]:
    """Where the stretches begin that a running sum can span; events of one time are never parted."""
    cells = (stamps.times * (rate / _REACH)).astype(np.intp)
    return np.flatnonzero(np.diff(cells, prepend=-1))
