"""The clock of the day: moments counted in the share of a day's events that has usually come by then.

Fewer things happen at night, and what answers them waits for the morning as well. On a clock that runs
as fast as events usually come in, no hour is busier than another, days keep their beginning and their end,
and an event of which only the day is known is as likely at one moment of it as at another: what the model of
daily counts takes for granted. The same kernel then means the same for moments and for days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from marsad.analysis.excitation.kernel import Floats

__all__ = ["DayClock", "rounded_to", "spread"]

_STEPS: Final = 24
"""Pieces of a day, within which the clock runs evenly."""
_BEFORE: Final = 1.0
"""Events that each piece is taken to have had beside those that are known: no piece is without width."""
_UNITS: Final = (3600, 1800, 900, 300, 60, 10, 1)
"""Seconds to which moments may have been rounded."""
_LAST: Final = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class DayClock:
    """Attributes:
    share: For the beginning of each hour and the end of the last, the share of a day's events before it.
    """

    share: Floats

    @classmethod
    def of(cls, times: Floats) -> DayClock:
        """The clock of events at ``times``, in days with fractions."""
        hours = np.minimum(((times - np.floor(times)) * _STEPS).astype(np.intp), _STEPS - 1)
        counts = np.bincount(hours, minlength=_STEPS) + _BEFORE
        return cls(np.concatenate([[0.0], np.cumsum(counts) / counts.sum()]))

    def turn(self, times: Floats) -> Floats:
        """The times on this clock: the same days, other fractions."""
        day = np.floor(times)
        share = np.interp(times - day, np.linspace(0, 1, _STEPS + 1), self.share)
        return np.asarray(day + np.minimum(share, _LAST), dtype=np.float64)


def rounded_to(times: Floats) -> int:
    """Seconds to which all times are rounded: 60 where all are whole minutes; 0 where they are finer than seconds."""
    seconds = times * 86_400
    for unit in _UNITS:
        if (abs(seconds - np.round(seconds / unit) * unit) < 1e-2).all():
            return unit
    return 0


def spread(times: Floats, generator: np.random.Generator) -> Floats:
    """The times, sorted, each drawn evenly from the minute (or what it was rounded to) that it stands for.

    Where a test asks whether waits are exponential, many waits of exactly zero would be found to be none.
    """
    unit = rounded_to(times) / 86_400
    day = np.floor(times)
    return np.sort(np.minimum(times + unit * generator.random(len(times)), day + _LAST))
