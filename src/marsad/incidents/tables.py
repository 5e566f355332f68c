"""The weighted rules by which two tellings are compared: the tables ``wording`` and ``claims`` in ``models``.

Each line is a feature with its weight for "yes, one happening"; a decision sums the weights of what holds and turns
the sum into a probability. Made by ``training/incidents/fit.py``; docs/incidents.md says from what.
"""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path

from marsad.coding.weights import Weights

__all__ = ["Table"]


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
            feature: sum(weight if label else -weight for label, weight in pairs)
            for feature, pairs in self._table.items()
        }

    def odds(self, features: list[str]) -> float:
        """The log-odds of "yes"."""
        get = self._for.get
        return self._for.get("*", 0.0) + sum([get(feature, 0.0) for feature in features])
