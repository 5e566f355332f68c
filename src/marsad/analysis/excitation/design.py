"""Columns that the background of a count model is made of: level, drift, weekday, season, interventions.

Each function gives a :class:`Block`: columns over the days, their names, and, for a
drift, the penalty that keeps it smooth. ``Design.of`` puts blocks side by side.
Effects are on the log scale: a coefficient ``b`` multiplies the background by ``exp(b)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import ceil, pi

import numpy as np

from marsad.analysis.excitation.kernel import Floats
from marsad.errors import AnalysisError

__all__ = [
    "Block",
    "Design",
    "Penalty",
    "covariate",
    "decaying",
    "drift",
    "level",
    "pulse",
    "season",
    "step",
    "weekday",
]


@dataclass(frozen=True, slots=True)
class Penalty:
    """A preference for small ``b' matrix b`` among some coefficients ``b``.

    Attributes:
        columns: Which columns of the design the coefficients belong to.
        matrix: Positive semidefinite.
        weight: How strong; None to have it chosen by the marginal likelihood.
        wanders: Whether the coefficients are the free play of a drift, which the marginal likelihood
            integrates out, or an effect that is only kept from running away.
    """

    columns: tuple[int, ...]
    matrix: Floats
    weight: float | None = None
    wanders: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Some columns of a design, with their names; ``matrix`` is None without a penalty."""

    names: tuple[str, ...]
    columns: Floats
    matrix: Floats | None = None
    weight: float | None = None
    wanders: bool = False


@dataclass(frozen=True, slots=True)
class Design:
    """The background's columns, days by columns, their names and penalties."""

    columns: Floats
    names: tuple[str, ...]
    penalties: tuple[Penalty, ...] = field(default=())

    @classmethod
    def of(cls, *blocks: Block) -> Design:
        """The blocks side by side.

        Raises:
            AnalysisError: The blocks are of different lengths, or a name comes twice.
        """
        if len({len(block.columns) for block in blocks}) != 1:
            raise AnalysisError("the blocks of a design must cover the same days: give each as many days")
        names = tuple(name for block in blocks for name in block.names)
        if len(set(names)) < len(names):
            raise AnalysisError("two columns of the design have one name: give each a name of its own")
        penalties, at = [], 0
        for block in blocks:
            here = tuple(range(at, at + len(block.names)))
            at += len(here)
            if block.matrix is not None:
                penalties.append(Penalty(here, block.matrix, block.weight, block.wanders))
        return cls(np.hstack([block.columns for block in blocks]), names, tuple(penalties))

    def weighted(self, weight: float) -> Design:
        """The design with a weight for the penalties that have none."""
        given = (one if one.weight is not None else replace(one, weight=weight) for one in self.penalties)
        return replace(self, penalties=tuple(given))


def level(days: int) -> Block:
    """A constant background: its logarithm."""
    return Block(("level",), np.ones((days, 1)))


def drift(days: int, every: int = 30, *, order: int = 1, weight: float | None = None) -> Block:
    """A background that wanders: straight pieces between knots, held together by a penalty.

    Args:
        days: How many days.
        every: The most days between knots.
        order: 1 penalises changes from knot to knot (a random walk: nothing is known
            about where it goes); 2 penalises changes of slope (a smooth trend).
        weight: Strength of the penalty; None to have it chosen by the marginal likelihood.

    The mean over the days is taken out, so that a ``level`` can stand beside it.
    """
    pieces = max(order + 1, ceil((days - 1) / every))
    at = np.linspace(0, pieces, days)
    hats = np.maximum(0.0, 1 - np.abs(at[:, None] - np.arange(pieces + 1)))
    differences = np.diff(np.eye(pieces + 1), n=order, axis=0)
    # Coefficients that add up to a column mean of zero: one fewer than there are knots.
    mean = hats.mean(axis=0)[:, None]
    basis = np.linalg.qr(mean, mode="complete").Q[:, 1:]
    matrix = basis.T @ differences.T @ differences @ basis
    return Block(tuple(f"drift {k + 1}" for k in range(pieces)), hats @ basis, matrix, weight, wanders=True)


def weekday(days: int, first: int = 0) -> Block:
    """Six columns for the day of the week, against the mean of the seven.

    They have a prior: normal with a spread of one, which a factor of seven up or down is at
    the edge of. Without it a weekday could be left without any background, its events all
    laid to those before.

    Args:
        days: How many days.
        first: The weekday of the first day, Monday being 0.
    """
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
    which = (first + np.arange(days)) % 7
    return Block(names, np.eye(7)[which][:, :6] - (which == 6)[:, None], np.eye(6), 1.0)


def season(days: int, first: int = 1, *, waves: int = 1) -> Block:
    """Yearly waves: a sine and a cosine for each.

    Args:
        days: How many days.
        first: The day of the year of the first day, 1 to 366.
        waves: How many; the second has two crests a year, and so on.
    """
    angle = 2 * pi * (first - 1 + np.arange(days))[:, None] / 365.2425 * np.arange(1, waves + 1)
    names = [f"{kind} {wave + 1}" for kind in ("season sine", "season cosine") for wave in range(waves)]
    return Block(tuple(names), np.hstack([np.sin(angle), np.cos(angle)]))


def step(days: int, start: int, *, name: str = "step") -> Block:
    """Zero before the day ``start``, one from it on."""
    return Block((name,), (np.arange(days) >= start).astype(np.float64)[:, None])


def pulse(days: int, start: int, length: int = 1, *, name: str = "pulse") -> Block:
    """One on ``length`` days from ``start``, zero otherwise."""
    day = np.arange(days)
    return Block((name,), ((day >= start) & (day < start + length)).astype(np.float64)[:, None])


def decaying(days: int, start: int, half_life: float, *, name: str = "decaying") -> Block:
    """One on the day ``start``, halved every ``half_life`` days after it, zero before."""
    since = np.arange(days) - start
    return Block((name,), np.where(since >= 0, 0.5 ** (np.maximum(since, 0) / half_life), 0.0)[:, None])


def covariate(values: Iterable[float], *, name: str) -> Block:
    """A column of the caller's own, such as the logarithm of the reports of the day."""
    return Block((name,), np.asarray(list(values), dtype=np.float64)[:, None])
