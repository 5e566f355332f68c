"""Checks what a caller hands to the fit, and brings it into shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.family import Family
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import DELAYS, Layout
from marsad.analysis.excitation.model import Data
from marsad.errors import AnalysisError

__all__ = ["MIXTURE", "as_data", "as_design", "as_layout", "wide"]

MIXTURE: Final = (1.0, 7.0, 30.0)
"""The delays of the mixture where none are given, in days."""

_MEMORY: Final = 28
"""The mean count of so many first days is taken to have gone on before them."""


def as_design(design: Design | ArrayLike | None, days: int) -> Design:
    """The design of the background; a constant level where there is none."""
    if isinstance(design, Design):
        found = design
    elif design is None:
        found = Design(np.ones((days, 1)), ("level",))
    else:
        columns = np.asarray(design, dtype=np.float64)
        columns = columns[:, None] if columns.ndim == 1 else columns
        found = Design(columns, tuple(f"column {k + 1}" for k in range(columns.shape[-1])))
    if found.columns.ndim != 2 or len(found.columns) != days:
        raise AnalysisError(f"the design covers {len(found.columns)} days and the counts {days}: give one row a day")
    if not np.isfinite(found.columns).all():
        raise AnalysisError("the design holds values that are no numbers: fill or leave out those columns")
    return found


def as_data(
    counts: ArrayLike, design: Floats, exposure: ArrayLike | None, observed: ArrayLike | None,
    causes: ArrayLike | None = None,
) -> Data:  # fmt: skip
    """Counts, exposure and what is observed, all days by series."""
    table = _table(counts)
    shape = table.shape
    seen = np.ones(shape) if observed is None else wide(observed, shape, "observed").astype(bool).astype(np.float64)
    share = np.ones(shape) if exposure is None else wide(exposure, shape, "exposure")
    table = np.where(seen > 0, table, 0.0)
    if not np.isfinite(table).all() or (table < 0).any():
        raise AnalysisError("counts must be numbers of zero or more: mark missing days in 'observed'")
    if not np.isfinite(share).all() or (share <= 0).any():
        raise AnalysisError("exposure must be above zero: mark days that nobody watched in 'observed'")
    if (seen.sum(axis=0) <= 2).any():
        raise AnalysisError("a series has fewer than three observed days: nothing can be fitted to it")
    rate = (table * seen).sum(axis=0) / seen.sum(axis=0)
    if not rate.any():
        raise AnalysisError("no event on any observed day: there is nothing to fit")
    early, watched = table[:_MEMORY], seen[:_MEMORY].sum(axis=0)
    before = np.where(watched > 0, early.sum(axis=0) / np.maximum(watched, 1), rate)
    parents = None
    if causes is not None:
        parents = wide(causes, shape, "causes")
        if not np.isfinite(parents[seen > 0]).all() or (parents[seen > 0] < 0).any():
            raise AnalysisError("causes must be numbers of zero or more, as counts")
        parents = np.where(seen > 0, parents, rate)
    return Data(np.where(seen > 0, table, rate), design, share, seen, before, parents)


def as_layout(
    data: Data, design: Design, series: Sequence[str] | None, kernel: str, decay: float | Sequence[float] | None,
    family: Family, excitation: bool | ArrayLike, longest: float = DELAYS[1],
) -> Layout:  # fmt: skip
    """Which parameters there are."""
    count = data.counts.shape[1]
    names = tuple(f"series {k + 1}" for k in range(count)) if series is None else tuple(series)
    if len(names) != count or len(set(names)) < count:
        raise AnalysisError(f"give {count} different names for {count} series")
    if kernel not in ("exponential", "mixture"):
        raise AnalysisError(f"there is no kernel {kernel!r}: choose exponential or mixture")
    if family not in ("negative-binomial", "poisson"):
        raise AnalysisError(f"there is no family {family!r}: choose negative-binomial or poisson")
    delays: tuple[float, ...] | None
    if decay is None:
        delays = MIXTURE if kernel == "mixture" else None
    else:
        delays = tuple(float(value) for value in np.atleast_1d(np.asarray(decay, dtype=np.float64)))
        if not all(0 < value < np.inf for value in delays) or (kernel == "exponential" and len(delays) != 1):
            raise AnalysisError("decay is a mean delay in days above zero, one for the exponential kernel")
        if min(delays) < DELAYS[0]:
            raise AnalysisError(
                f"counts a day say nothing of echoes shorter than {DELAYS[0]} days: give a longer decay"
            )
    if isinstance(excitation, bool):
        mask = np.full((count, count), excitation)
    else:
        mask = np.asarray(excitation, dtype=bool)
        if mask.shape != (count, count):
            raise AnalysisError(f"excitation is a matrix of {count} by {count}, target by source")
    targets, sources = np.nonzero(mask)
    kernels = 1 if delays is None else len(delays)
    if not longest > DELAYS[0]:
        raise AnalysisError(f"the longest delay to look for must be above {DELAYS[0]} days")
    return Layout(design.names, names, kernels, targets, sources, delays, family == "negative-binomial", longest)


def _table(values: ArrayLike) -> Floats:
    table = np.asarray(values, dtype=np.float64)
    table = table[:, None] if table.ndim == 1 else table
    if table.ndim != 2 or not table.size:
        raise AnalysisError("counts are days, or days by series")
    return table


def wide(values: ArrayLike, shape: tuple[int, ...], name: str) -> Floats:
    """The values for each day and series, from one a day or one for each."""
    table = np.asarray(values, dtype=np.float64)
    table = table[:, None] if table.ndim == 1 else table
    if table.ndim != 2 or len(table) != shape[0] or table.shape[1] not in (1, shape[1]):
        raise AnalysisError(f"{name} must cover the days of the counts: one value a day, or one for each series")
    return np.array(np.broadcast_to(table, shape))
