"""The weighted rules by which two tellings are compared: the tables ``wording`` and ``claims`` in ``models``.

Each line is a feature with its weight for "yes, one happening"; a decision sums the weights of what holds and turns
the sum into a probability. Made by ``training/incidents/fit.py``; docs/incidents.md says from what.
"""

from __future__ import annotations

from functools import cache
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

    def odds(self, features: list[str]) -> float:
        """The log-odds of "yes"."""
        no, yes = self.scores(features)
        return yes - no
