"""Where each parameter stands in the vector that is fitted, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from marsad.analysis.excitation.family import LEAST_SCATTER
from marsad.analysis.excitation.kernel import Floats

__all__ = ["DELAYS", "Indices", "Layout", "Parts"]

Indices: TypeAlias = NDArray[np.intp]

DELAYS: Final = (0.5, 60.0)
"""Between these an estimated delay is looked for, in days: a faster echo leaves no trace on the next day."""

_MOST_OFFSPRING: Final = 20.0
_MOST_SCATTER: Final = 5.0


@dataclass(frozen=True, slots=True)
class Parts:
    """A parameter vector taken apart.

    Attributes:
        background: Coefficients, columns of the design by series.
        weights: Mean direct offspring, kernels by target by source.
        delays: Mean delay of each kernel, in days.
        scatter: For each series, the logarithm of ``k`` in the variance ``m + k m^2``.
    """

    background: Floats
    weights: Floats
    delays: tuple[float, ...]
    scatter: Floats


@dataclass(frozen=True, slots=True)
class Layout:
    """The order: background by series, weights by kernel and pair, log delay, scatter by series."""

    columns: tuple[str, ...]
    series: tuple[str, ...]
    kernels: int
    targets: Indices
    sources: Indices
    delays: tuple[float, ...] | None
    """None where the one delay is a parameter."""
    scattered: bool
    longest: float = DELAYS[1]
    """The most that an estimated delay can be, in days."""

    @property
    def pairs(self) -> int:
        return len(self.targets)

    @property
    def first_weight(self) -> int:
        return len(self.columns) * len(self.series)

    @property
    def first_delay(self) -> int:
        return self.first_weight + self.kernels * self.pairs

    @property
    def first_scatter(self) -> int:
        return self.first_delay + (self.delays is None and self.pairs > 0)

    @property
    def size(self) -> int:
        return self.first_scatter + self.scattered * len(self.series)

    @property
    def estimates_delay(self) -> bool:
        return self.first_scatter > self.first_delay

    def names(self) -> tuple[str, ...]:
        """One name a parameter, such as ``step``, ``weight``, ``A <- B: weight 2``, ``log delay``."""
        alone = len(self.series) == 1
        head = [""] if alone else [f"{name}: " for name in self.series]
        found = [f"{who}{column}" for who in head for column in self.columns]
        for kernel in range(self.kernels):
            number = f" {kernel + 1}" if self.kernels > 1 else ""
            for target, source in zip(self.targets, self.sources, strict=True):
                pair = "" if alone else f"{self.series[target]} <- {self.series[source]}: "
                found.append(f"{pair}weight{number}")
        found += ["log delay"] * self.estimates_delay
        found += [f"{who}log scatter" for who in head] * self.scattered
        return tuple(found)

    def parts(self, vector: Floats) -> Parts:
        """The vector taken apart."""
        count = len(self.series)
        weights = np.zeros((self.kernels, count, count))
        given = vector[self.first_weight : self.first_delay].reshape(self.kernels, self.pairs)
        weights[:, self.targets, self.sources] = given
        delays = self.delays
        if delays is None:
            delays = (float(np.exp(vector[self.first_delay])),) if self.estimates_delay else (1.0,)
        scatter = vector[self.first_scatter :] if self.scattered else np.zeros(count)
        return Parts(vector[: self.first_weight].reshape(count, -1).T, weights, delays, scatter)

    def bounds(self) -> tuple[Floats, Floats]:
        """The least and the greatest value of each parameter."""
        lower, upper = np.full(self.size, -np.inf), np.full(self.size, np.inf)
        lower[self.first_weight : self.first_delay] = 0
        upper[self.first_weight : self.first_delay] = _MOST_OFFSPRING
        if self.estimates_delay:
            lower[self.first_delay], upper[self.first_delay] = log(DELAYS[0]), log(self.longest)
        lower[self.first_scatter :], upper[self.first_scatter :] = LEAST_SCATTER, _MOST_SCATTER
        return lower, upper
