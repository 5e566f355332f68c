"""The weighted rules by which two tellings are compared: the tables ``wording`` and ``claims`` in ``models``.

Each line is a feature with its weight for "yes, one happening"; a decision sums the weights of what holds and turns
the sum into a probability. Made by ``training/incidents/fit.py``; docs/incidents.md says from what.
"""

from __future__ import annotations

import math
from functools import cache, cached_property
from pathlib import Path

from marsad.coding.weights import Weights
from marsad.errors import ModelError

__all__ = ["Table", "likely"]

_CALIBRATION = Path(__file__).parent / "models/claims.calibration.tsv"


class Table(Weights):
    """A table of weights of two labels, "no" and "yes"."""

    folder = Path(__file__).parent / "models"

    @staticmethod
    @cache
    def named(name: str) -> Table:
        """The table ``models/NAME.weights.tsv``, read once. Raises ModelError when it is missing or malformed."""
        table = Table.load(name)
        assert isinstance(table, Table)
        return table

    @cached_property
    def _for(self) -> dict[str, float]:
        """What each feature speaks for "yes", less what it speaks for "no"."""
        return {
            feature: sum(weight if label else -weight for label, weight in self.pairs(feature))
            for feature in self._table
        }

    def odds(self, features: list[str]) -> float:
        """The log-odds of "yes"."""
        get = self._for.get
        return self._for.get("*", 0.0) + sum([get(feature, 0.0) for feature in features])


@cache
def _line() -> tuple[float, float]:
    try:
        rows = dict(row.split("\t") for row in _CALIBRATION.read_text(encoding="utf-8").splitlines())
        return float(rows["slope"]), float(rows["shift"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{_CALIBRATION} is missing or malformed ({error}): reinstall marsad") from error


def likely(chance: float) -> float:
    """In how many of such cases it is so: what the table ``claims`` gives, by a line through its log-odds.

    Fitted by ``training/incidents/calibrate.py`` on pairs that the weights had not seen. The order of chances stays.
    Raises ModelError.
    """
    if not 0.0 < chance < 1.0:
        return chance
    slope, shift = _line()
    return 1.0 / (1.0 + math.exp(-(slope * math.log(chance / (1.0 - chance)) + shift)))
