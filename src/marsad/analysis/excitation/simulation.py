"""Draws days from a fitted model, from where the data end or afresh."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from marsad.analysis.excitation import family as families
from marsad.analysis.excitation.design import Design
from marsad.analysis.excitation.inputs import as_design, wide
from marsad.analysis.excitation.kernel import Floats, echo, same_day
from marsad.analysis.excitation.outcome import Outcome
from marsad.analysis.excitation.threads import one_blas_thread
from marsad.errors import AnalysisError

__all__ = ["MOST_EVENTS", "simulate"]

MOST_EVENTS: Final = 1e6
"""A day's expected count is held at this: a path that gets there has run away."""

_MOST_DRAWS: Final = 50


@one_blas_thread
def simulate(
    fitted: Outcome, days: int | None, seed: int, *, design: Design | ArrayLike | None,
    exposure: ArrayLike | None, paths: int, drawn: bool, afresh: bool | None, wander: float, expected: bool,
) -> Floats:  # fmt: skip
    """See :meth:`Fitted.simulate`."""
    data, layout = fitted.model.data, fitted.model.layout
    count = len(layout.series)
    own = design is None
    if own and days is not None and days > len(data.design):
        raise AnalysisError("the fit's own design ends with the data: give a design of the days to come")
    length = (len(data.design) if days is None else days) if own else _rows(design)
    if days is not None and days != length:
        raise AnalysisError(f"the design covers {length} days, not {days}: give one row a day")
    columns = data.design[:length] if own else as_design(design, length).columns
    if columns.shape[1] != data.design.shape[1]:
        raise AnalysisError(f"the design has {columns.shape[1]} columns and the fit's has {data.design.shape[1]}")
    shares = data.exposure[:length] if own else np.ones((length, count))
    if exposure is not None:
        shares = wide(exposure, (length, count), "exposure")
    generator = np.random.default_rng(seed)
    vectors = _vectors(fitted, paths, generator) if drawn else fitted.estimate[None, :]
    steps = generator.normal(0.0, 1.0, (paths, length, 1)) * wander if wander else np.zeros((1, 1, 1))
    walk = np.cumsum(steps, axis=1)
    begin = own if afresh is None else afresh
    return _paths(fitted, vectors, paths, columns, shares, walk, begin, expected, generator)


def _rows(design: Design | ArrayLike | None) -> int:
    return len(design.columns if isinstance(design, Design) else np.asarray(design))


def _vectors(fitted: Outcome, paths: int, generator: np.random.Generator) -> Floats:
    """Parameters for each path from their covariance; drawn again while they would run away and the fit does not."""
    lower, upper = fitted.model.layout.bounds()
    values, vectors = np.linalg.eigh(fitted.covariance)
    root = vectors * np.sqrt(np.maximum(values, 0))
    out = np.empty((paths, len(fitted.estimate)))
    wanted = np.ones(paths, bool)
    tame = _ratio(fitted, fitted.estimate) < 1
    for _ in range(_MOST_DRAWS):
        fresh = fitted.estimate + generator.standard_normal((int(wanted.sum()), len(values))) @ root.T
        out[wanted] = np.clip(fresh, lower, upper)
        ratios = np.array([_ratio(fitted, vector) for vector in out])
        wanted = ratios >= 1 if tame else np.zeros(paths, bool)
        if not wanted.any():
            return out
    out[wanted] = fitted.estimate
    return out


def _ratio(fitted: Outcome, vector: Floats) -> float:
    return float(max(abs(np.linalg.eigvals(fitted.model.layout.parts(vector).weights.sum(axis=0)))))


def _paths(
    fitted: Outcome, vectors: Floats, paths: int, columns: Floats, shares: Floats, walk: Floats,
    afresh: bool, expected: bool, generator: np.random.Generator,
) -> Floats:  # fmt: skip
    """Day after day, all paths at once; ``vectors`` holds one for all paths, or one for each."""
    data, layout, family = fitted.model.data, fitted.model.layout, fitted.model.family
    parts = [layout.parts(vector) for vector in vectors]
    weights = np.stack([one.weights for one in parts])
    delays = np.array([one.delays for one in parts])
    scatter = np.stack([one.scatter for one in parts])
    logs = np.einsum("tk,pki->pti", columns, np.stack([one.background for one in parts]))
    background = shares * np.exp(np.minimum(logs + walk, 30.0))
    share = np.vectorize(same_day)(delays)
    count = len(layout.series)
    passing = np.linalg.inv(np.eye(count) - np.einsum("pmij,pm->pij", weights, share))
    fade = np.exp(-1 / delays)[:, :, None]
    next_day = ((1 - fade[..., 0]) ** 2 * delays)[:, :, None]
    echoes = np.empty((paths, delays.shape[1], count))
    for kernel in range(delays.shape[1]):
        begun = (1 - share[:, kernel])[:, None] * data.before
        echoes[:, kernel] = begun if afresh else _after(fitted, delays[:, kernel])
    out = np.empty((paths, len(columns), count))
    for day in range(len(columns)):
        drive = background[:, day] + np.einsum(
            "pmij,pmj->pi", np.broadcast_to(weights, (paths, *weights.shape[1:])), echoes
        )
        mean = np.minimum(np.einsum("pij,pj->pi", np.broadcast_to(passing, (paths, count, count)), drive), MOST_EVENTS)
        out[:, day] = mean if expected else families.draw(mean, np.broadcast_to(scatter, mean.shape), family, generator)
        echoes = fade * echoes + next_day * out[:, None, day]
    return out


def _after(fitted: Outcome, delays: Floats) -> Floats:
    """The echo of the data on the day after their last, for each delay."""
    data = fitted.model.data
    nothing = np.zeros((1, data.counts.shape[1]))
    distinct = {
        delay: echo(np.vstack([data.parents, nothing]), delay, data.before)[-1] for delay in set(delays.tolist())
    }  # fmt: skip
    return np.stack([distinct[delay] for delay in delays.tolist()])
