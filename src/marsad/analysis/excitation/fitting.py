"""Fits the daily count model with excitation to one series or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.family import Family
from marsad.analysis.excitation.fitted import Fitted
from marsad.analysis.excitation.inputs import as_data, as_design, as_layout
from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import DELAYS
from marsad.analysis.excitation.marginal import MOST_OUTER, climb_marginal, outer_size
from marsad.analysis.excitation.model import Model
from marsad.analysis.excitation.penalties import Placed, chosen, place, total
from marsad.analysis.excitation.search import Found, search
from marsad.analysis.excitation.threads import one_blas_thread
from marsad.errors import AnalysisError

__all__ = ["fit"]

_STARTS: Final = (1.5, 12.0)
"""An estimated delay is looked for from each of these, in days: there may be two hills."""

_MOST_ROUNDS: Final = 10


@one_blas_thread
def fit(
    counts: ArrayLike, design: Design | ArrayLike | None = None, *, exposure: ArrayLike | None = None,
    observed: ArrayLike | None = None, series: Sequence[str] | None = None,
    kernel: Literal["exponential", "mixture"] = "exponential", decay: float | Sequence[float] | None = None,
    longest: float = DELAYS[1], family: Family = "negative-binomial", excitation: bool | ArrayLike = True,
    covariance: Literal["information", "sandwich"] = "information", start: Fitted | None = None,
    hold: Sequence[str] = (), marginal: bool | None = None, causes: ArrayLike | None = None,
) -> Fitted:  # fmt: skip
    """Fit the daily count model by penalised maximum likelihood.

    Args:
        counts: Events a day: days, or days by series. Not negative; need not be whole.
        design: Columns of the log background, the same for each series (each has its own
            coefficients): a :class:`Design`, or days by columns; None for a constant level.
        exposure: What the background is in proportion to, such as the share of the day that
            was covered: days, or days by series, above zero; None for one.
        observed: False on days whose count is missing (their counts are not looked at; the
            model's own expectation stands for them as the cause of later events).
        series: Names of the series, for the parameters' names.
        kernel: How the echo of an event fades: one exponential, or a mixture of several.
        decay: Mean delay of the kernel in days, or one for each part of a mixture. None to
            estimate the exponential's, or for a mixture of 1, 7 and 30 days.
        longest: The most that an estimated mean delay can be: slower echoes can hardly be told from a drift.
        family: How counts scatter around the mean.
        excitation: True for all pairs, False for none, or a matrix, target by source, of those to have.
        covariance: From the expected information, or robust to a wrong variance (sandwich).
        start: A fit of the same shape to begin from; the weights of its penalties are kept as they are.
        hold: Names of parameters that stay as they are in ``start``.
        marginal: Find excitation, scatter and smoothness by the marginal likelihood, which does
            not mistake what a wandering background could follow. By default wherever the
            background drifts and there are not more than 12 such parameters.
        causes: The counts as what begets later events, where that differs: an event spread over several days, of
            which no share is to beget another, stands on the last of them.

    Raises:
        AnalysisError: The arguments do not fit one another, or there is too little to fit.
    """
    columns = as_design(design, len(np.asarray(counts)))
    data = as_data(counts, columns.columns, exposure, observed, causes)
    layout = as_layout(data, columns, series, kernel, decay, family, excitation, longest)
    if start is not None and start.names != layout.names():
        raise AnalysisError("the fit to start from has other parameters: leave start out, or fit the same model")
    if hold and start is None:
        raise AnalysisError("parameters can only be held at what another fit found: give start")
    held = np.isin(np.array(layout.names()), list(hold))
    model = Model(data, layout, family)
    best: tuple[Model, Found, list[Placed]] | None = None
    for first in _starts(model) if start is None else iter([start.estimate]):
        placed = place(columns.penalties, layout, None if start is None else start.smoothness)
        here, found = _climb(model, first, placed, held)
        if best is None or found.state.likelihood > best[1].state.likelihood:
            best = here, found, placed
    assert best is not None
    here, found, placed = best
    spread, mixture = None, None
    few = 0 < outer_size(here, placed, held) <= MOST_OUTER
    if few and (any(one.wanders for one in placed) if marginal is None else marginal):
        found, spread, mixture = climb_marginal(here, found, placed, held)
    smoothness = tuple(one.weight for one in placed)
    return Fitted.of(here, found, total(placed, layout.size), smoothness, covariance, spread, mixture)


def _climb(model: Model, first: Floats, placed: list[Placed], held: NDArray[np.bool_]) -> tuple[Model, Found]:
    """The parameters of greatest likelihood, and the model with its expectation on missing days."""
    lower, upper = model.layout.bounds()
    size = model.layout.size
    found = search(model, first, lower, upper, total(placed, size), held, chosen(placed, size))
    seen = model.data.observed > 0
    for _ in range(0 if seen.all() else _MOST_ROUNDS):
        counts = np.where(seen, model.data.counts, found.state.mean)
        moved = float(abs(counts - model.data.counts).max())
        causes = None if model.data.causes is None else np.where(seen, model.data.causes, found.state.mean)
        model = replace(model, data=replace(model.data, counts=counts, causes=causes))
        found = search(model, found.vector, lower, upper, total(placed, size), held)
        if moved < 1e-3 * (1 + float(counts.max())):
            break
    return model, found


def _starts(model: Model) -> Iterator[Floats]:
    """Rough parameters: half of a day's events are background, a third are echoes of the series' own."""
    data, layout = model.data, model.layout
    out = np.zeros(layout.size)
    share = 1.0 if not layout.pairs else 0.6
    rate = (data.counts * data.observed).sum(axis=0) / data.observed.sum(axis=0)
    logs = np.log(share * (0.7 * data.counts + 0.3 * rate + 1e-3) / data.exposure)
    columns = data.design.shape[1]
    gram = data.design.T @ data.design
    ridge = gram + (1e-4 * float(np.trace(gram)) / columns + 1e-9) * np.eye(columns)
    out[: layout.first_weight] = np.linalg.solve(ridge, data.design.T @ logs).T.ravel()
    own = layout.targets == layout.sources
    sources = max(1, len(layout.series))
    weights = np.where(own, 0.3, 0.05 / sources) / layout.kernels
    out[layout.first_weight : layout.first_delay] = np.tile(weights, layout.kernels)
    out[layout.first_scatter :] = log(0.3)
    for delay in _STARTS if layout.estimates_delay else _STARTS[:1]:
        if layout.estimates_delay:
            out[layout.first_delay] = log(delay)
        yield out.copy()
