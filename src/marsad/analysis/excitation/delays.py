"""Whether a mean delay can be told, and why not: a search that ends at its bound has found the bound, not a delay."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Final

from marsad.analysis.excitation.intervals import Interval
from marsad.analysis.excitation.layout import DELAYS

__all__ = ["Delay"]

_EDGE: Final = 0.02
"""So close to a bound, on the log scale, an estimate is the bound."""


@dataclass(frozen=True, slots=True)
class Delay:
    """A mean delay in days as it was found, and between which it was looked for.

    Attributes:
        found: Where the search ended, with its interval.
        told: Whether there is anything at all that follows on events.
        least: The shortest that was looked for: a faster echo leaves no trace on the next day.
        most: The longest: a slower one can hardly be told from a drift.
        what: Which echoes it is of, for people.
    """

    found: Interval
    told: bool = True
    least: float = DELAYS[0]
    most: float = DELAYS[1]
    what: str = "echoes"

    @property
    def untold(self) -> str | None:
        """Why it cannot be told; None where it can."""
        if not self.told:
            return f"{self.what} cannot be told from none"
        if self._at(self.most):
            return (
                f"the best fit lies at {self.most:g} days, the longest that is looked for; so slow an echo cannot be "
                "told from a drift of the rate"
            )
        if self.short:
            return (
                f"the best fit lies at {self.least:g} days, the shortest that is looked for; a faster echo leaves no "
                "trace on the next day"
            )
        if self.found.low <= self.least and self.found.high >= self.most:
            return f"any delay from {self.least:g} to {self.most:g} days fits the counts about as well"
        return None

    @property
    def short(self) -> bool:
        """Whether all that can be told is that it is short: the upper end of the interval says how short."""
        return self.told and self._at(self.least) and self.found.high < self.most

    @property
    def words(self) -> str:
        """For people: "2.1", "at most 0.8", "cannot be told"."""
        if self.short:
            return f"at most {self.found.high:.1f}"
        return f"{self.found.value:.1f}" if self.untold is None else "cannot be told"

    @property
    def range_words(self) -> str:
        """The interval for people: "1.2 to 3.4"; empty where there is none."""
        return "" if self.untold else f"{self.found.low:.1f} to {self.found.high:.1f}"

    @property
    def value(self) -> float | None:
        """The mean delay in days; None where it cannot be told."""
        return None if self.untold else self.found.value

    @property
    def low(self) -> float | None:
        """The lower end of the interval; None where there is none."""
        return None if self.untold else self.found.low

    @property
    def high(self) -> float | None:
        """The upper end of the interval; None where there is none."""
        return None if self.untold and not self.short else self.found.high

    @property
    def half(self) -> float | None:
        """Days until half of an echo has come, or of a short delay at most; None where that cannot be told."""
        days = self.high if self.short else self.value
        return None if days is None else log(2) * days

    def to_json(self, digits: int = 4) -> dict[str, object]:
        """``value`` and ``interval``, null where they cannot be told."""
        ends = [None if end is None else round(end, digits) for end in (self.value, self.low, self.high)]
        return {"value": ends[0], "interval": ends[1:]}

    def _at(self, edge: float) -> bool:
        return abs(log(self.found.value / edge)) < _EDGE
