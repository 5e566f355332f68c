"""How fast an event's echo fades, in whole days: the exponential kernel, binned.

An event at a moment within a day is followed by offspring after an exponential
delay of mean ``delay`` days. When only counts a day are known, and the moment is
taken as uniform over the day, the chance that the offspring falls

* on the same day is ``same_day = 1 - (1 - e^-b) / b``, with ``b = 1 / delay``;
* ``k >= 1`` days later is ``(1 - e^-b)^2 / b * e^-b(k-1)``.

These sum to one, so a weight on the kernel is the mean number of direct offspring,
whether the events are stamped to the minute or rounded to the day.
"""

from __future__ import annotations

from math import exp, expm1
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "daily_shares", "echo", "echo_slope", "recursion", "same_day", "same_day_slope"]

Floats: TypeAlias = NDArray[np.float64]


def same_day(delay: float) -> float:
    """The share of an event's direct offspring that falls on the event's own day."""
    rate = 1 / delay
    return 1 + expm1(-rate) / rate


def daily_shares(delay: float, days: int) -> Floats:
    """The shares of an event's direct offspring that fall on its own day, and on each of so many days after."""
    fade, share, _ = _next_day(delay)
    return np.concatenate([[same_day(delay)], share * fade ** np.arange(days)])


def same_day_slope(delay: float) -> float:
    """The derivative of :func:`same_day` by the logarithm of the delay."""
    rate = 1 / delay
    return exp(-rate) + expm1(-rate) / rate


def _next_day(delay: float) -> tuple[float, float, float]:
    """The factor from day to day, the share that falls on the next day, and its slope by log delay."""
    rate = 1 / delay
    fade, lost = exp(-rate), -expm1(-rate)
    share = lost**2 / rate
    return fade, share, share - 2 * lost * fade


def echo(counts: Floats, delay: float, before: Floats) -> Floats:
    """For each day and column, the counts of the days before, weighted by the kernel.

    Args:
        counts: Events, days by columns.
        delay: Mean delay in days.
        before: For each column, the events a day that are taken to have come before the first day.
    """
    fade, share, _ = _next_day(delay)
    return recursion(share * counts, fade, (1 - same_day(delay)) * before)


def echo_slope(counts: Floats, echoed: Floats, delay: float, before: Floats) -> Floats:
    """The derivative of :func:`echo`, whose result is ``echoed``, by the logarithm of the delay."""
    fade, _, slope = _next_day(delay)
    return recursion(slope * counts + fade / delay * echoed, fade, -same_day_slope(delay) * before)


def recursion(added: Floats, fade: float, start: Floats) -> Floats:
    """``x[0] = start`` and ``x[t] = fade * x[t - 1] + added[t - 1]``, for each column."""
    from scipy.signal import lfilter

    state = np.vstack([start, added[:-1]])
    filtered: Any = lfilter([1.0], [1.0, -fade], state, axis=0)
    return np.asarray(filtered, dtype=np.float64)
