"""What a search and a marginal likelihood ask of a model, of counts a day or of moments."""

from __future__ import annotations

from typing import Protocol

from marsad.analysis.excitation.kernel import Floats
from marsad.analysis.excitation.layout import Layout
from marsad.analysis.excitation.model import State

__all__ = ["Climbed"]


class Climbed(Protocol):
    """A likelihood of a vector of parameters that are laid out as for counts a day."""

    @property
    def layout(self) -> Layout: ...

    @property
    def many(self) -> bool:
        """Whether there are so many series that information is kept to each one's own parameters."""
        ...

    @property
    def shares(self) -> Floats:
        """How many direct offspring the unit of each weight is."""
        ...

    def state(self, vector: Floats) -> State | None:
        """The model at ``vector``; None where it has no likelihood."""
        ...

    def gradient(self, state: State) -> Floats:
        """The derivative of the log-likelihood by the parameters."""
        ...

    def information(self, state: State) -> Floats:
        """The expected information of the parameters."""
        ...
