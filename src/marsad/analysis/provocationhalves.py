"""Who answers whom in either half of the days: does what is found depend on the window that was asked for?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from marsad.analysis.dyads import Several
from marsad.analysis.provocationends import moved
from marsad.analysis.provocationfit import integrated, jointly
from marsad.errors import AnalysisError

__all__ = ["Half", "halves"]

_LEAST_DAYS: Final = 180
_FEWEST: Final = 20
"""Events that each series must have in each half."""


@dataclass(frozen=True, slots=True)
class Half:
    """One half by itself: for each source and target, further events of the target, and the interval.

    By the cautious fit alone and with the delay of all days, so that the interval is a little too short.
    """

    since: str
    until: str
    found: dict[tuple[str, str], tuple[float, float, float]]


def halves(series: Several, delay: float, draws: int, seed: int, reach: float) -> tuple[Half, ...]:
    """Both halves; none where one of them has too few days or events, or cannot be fitted."""
    days = len(series.counts)
    out = []
    for begin, end in ((0, days // 2), (days // 2, days)):
        part = _part(series, begin, end)
        if end - begin < _LEAST_DAYS or min(part.events) < _FEWEST:
            return ()
        try:
            joint, design = jointly(part, delay)
        except AnalysisError:
            return ()
        fitted = integrated(joint, design, answers=False)
        by = moved(fitted, draws, seed)
        layout = fitted.fitted.model.layout
        wide = np.full(layout.pairs, reach)
        ends = zip(np.maximum(by.middle, 0), by.end(wide, -1), by.end(wide, 1), strict=True)
        names = [(series.names[s], series.names[t]) for t, s in zip(layout.targets, layout.sources, strict=True)]
        found = {name: (float(v), float(low), float(high)) for name, (v, low, high) in zip(names, ends, strict=True)}
        since, until = (date.fromordinal(series.first + day).isoformat() for day in (begin, end - 1))
        out.append(Half(since, until, found))
    return tuple(out)


def _part(series: Several, begin: int, end: int) -> Several:
    kept = slice(begin, end)
    counts = series.counts[kept]
    whole = None if series.whole is None else series.whole[kept]
    return replace(
        series, counts=counts, observed=series.observed[kept], first=series.first + begin, whole=whole,
        events=tuple(map(float, counts.sum(axis=0))),
    )  # fmt: skip
