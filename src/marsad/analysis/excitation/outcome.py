"""What a fit found: the numbers, before anything is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.mixture import Mixture
from marsad.analysis.excitation.model import Model, State
from marsad.analysis.excitation.search import Found
from marsad.errors import AnalysisError

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fit.

    Attributes:
        names: What each parameter is called.
        estimate: The parameters. Background coefficients, ``log delay`` and ``log scatter``
            are logarithms; a weight is a mean number of direct offspring.
        covariance: Of the parameters; zero for those that sit on a bound.
        log_likelihood: Without the penalty.
        freedom: Effective number of parameters: fewer than ``names`` where a penalty holds some.
        smoothness: The penalties' weights, series by series.
        converged: Whether the gradient was met.
        mixture: What intervals are made of where a drift was integrated out of the likelihood that was climbed;
            None where it was not.
    """

    model: Model
    state: State
    names: tuple[str, ...]
    estimate: Floats
    covariance: Floats
    information: Floats
    penalty: Floats
    log_likelihood: float
    freedom: float
    smoothness: tuple[float, ...]
    converged: bool
    mixture: Mixture | None = None

    @classmethod
    def of(
        cls, model: Model, found: Found, penalty: Floats, smoothness: tuple[float, ...],
        covariance: Literal["information", "sandwich"] = "information", known: Floats | None = None,
        mixture: Mixture | None = None,
    ) -> Self:  # fmt: skip
        """The fit at the place where the search ended; ``known`` is the covariance, where it was found on the way."""
        diagonal = np.diag(found.information)
        free = found.free & (diagonal > 1e-8)
        at = np.ix_(np.flatnonzero(free), np.flatnonzero(free))
        scale = np.sqrt(diagonal[free])
        scaled = np.linalg.pinv(found.information[at] / np.outer(scale, scale), hermitian=True)
        inverse = scaled / np.outer(scale, scale)
        freedom = float(np.trace(inverse @ (found.information - penalty)[at]))
        if covariance == "sandwich":
            scores = model.day_scores(found.state)[:, free]
            inverse = inverse @ (scores.T @ scores + penalty[at]) @ inverse
        elif covariance != "information":
            raise AnalysisError(f"there is no covariance {covariance!r}: choose information or sandwich")
        spread = np.zeros_like(found.information)
        spread[at] = inverse
        if known is not None and covariance == "information":
            spread = known
        return cls(
            model, found.state, model.layout.names(), found.vector, spread, found.information, penalty,
            found.state.likelihood, freedom, smoothness, found.converged, mixture,
        )  # fmt: skip

    def at(self, values: Mapping[str, float]) -> Self:
        """The same model with other values of some parameters: to draw from, not to read intervals of.

        Raises:
            AnalysisError: There is no parameter of a name, or no likelihood at the values.
        """
        vector = self.estimate.copy()
        for name, value in values.items():
            vector[self.index(name)] = value
        state = self.model.state(vector)
        if state is None:
            raise AnalysisError("the model has no likelihood at these values: events would beget more than themselves")
        return replace(self, estimate=vector, state=state, log_likelihood=state.likelihood, mixture=None)

    @property
    def integrated(self) -> bool:
        """Whether a drift was integrated out of the likelihood that was climbed."""
        return self.mixture is not None

    @property
    def aic(self) -> float:
        """Akaike's criterion, with the effective number of parameters."""
        return 2 * (self.freedom - self.log_likelihood)

    @property
    def series(self) -> tuple[str, ...]:
        return self.model.layout.series

    @property
    def delays(self) -> tuple[float, ...]:
        """Mean delay of each kernel, in days; none without excitation."""
        return self.state.parts.delays if self.model.layout.pairs else ()

    @property
    def scatter(self) -> Floats:
        """For each series ``k`` in the variance ``m + k m^2``; zero for the Poisson family."""
        layout = self.model.layout
        return np.asarray(np.exp(self.state.parts.scatter)) if layout.scattered else np.zeros(len(layout.series))

    def index(self, name: str) -> int:
        """Where a parameter stands.

        Raises:
            AnalysisError: There is no parameter of this name.
        """
        if name not in self.names:
            raise AnalysisError(f"the model has no parameter {name!r}: it has {', '.join(self.names[:12])}")
        return self.names.index(name)
