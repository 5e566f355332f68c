"""Weighted rules: readable tables of features and what each speaks for.

A table is a text file of the lexicon: the first line names the labels, every
other line is ``feature<TAB>label=weight label=weight ...``. A decision sums the
weights of the features that hold (multinomial logistic). The tables are made by
``training/`` from labelled reports; how, and from what, is in
``docs/coder.md``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, cast

from marsad.errors import ModelError

__all__ = ["Weights"]

_Pairs = tuple[tuple[int, float], ...]


class Weights:
    """One table: ``labels``, and what each feature adds to which of them."""

    folder: ClassVar[Path] = Path(__file__).parent / "lexicon"
    """Where the tables lie; training sets it to write and read elsewhere."""
    _loaded: ClassVar[dict[tuple[Path, str], Weights]] = {}

    def __init__(self, path: Path, labels: tuple[str, ...], table: dict[str, str | _Pairs]) -> None:
        self.labels = labels
        self._path = path
        self._number = {label: i for i, label in enumerate(labels)}
        # Most features of a table never hold: each row is taken apart when it is first asked for.
        self._table = table
        self._bias = [0.0] * len(labels)
        for label, weight in self._pairs("*") if "*" in table else ():
            self._bias[label] = weight

    @classmethod
    def load(cls, name: str) -> Weights:
        """The table ``lexicon/NAME.weights.tsv``, read once. Raises ModelError when it is missing or malformed.

        A malformed row is found when it is asked for: what the table is asked raises ModelError too.
        """
        known = cls._loaded.get((cls.folder, name))
        if known is None:
            path = cls.folder / f"{name}.weights.tsv"
            try:
                known = cls._loaded[cls.folder, name] = cls._read(path)
            except (OSError, ValueError, LookupError, TypeError) as error:
                raise _no_table(path, error) from error
        return known

    @classmethod
    def _read(cls, path: Path) -> Weights:
        first, _, rows = path.read_text(encoding="utf-8").partition("\n")
        labels = tuple(first.split("\t")[1].split(" "))
        table = dict(row.split("\t") for row in rows.split("\n") if row)
        return cls(path, labels, cast("dict[str, str | _Pairs]", table))

    def pairs(self, feature: str) -> _Pairs:
        """What a feature adds: (label number, weight) pairs; none where the table lacks it."""
        return self._pairs(feature) if feature in self._table else ()

    def _pairs(self, feature: str) -> _Pairs:
        row = self._table[feature]
        if isinstance(row, str):
            try:
                split = (pair.rpartition("=") for pair in row.split(" "))
                row = tuple((self._number[label], float(weight)) for label, _, weight in split)
            except (ValueError, LookupError) as error:
                raise _no_table(self._path, error) from error
            self._table[feature] = row
        return row

    def scores(self, features: Iterable[str]) -> list[float]:
        """Summed weight of each label; the table's feature ``*`` always holds."""
        sums = list(self._bias)
        get = self._table.get
        for feature in features:
            pairs = get(feature)
            if pairs is not None:
                if isinstance(pairs, str):
                    pairs = self._pairs(feature)
                for label, weight in pairs:
                    sums[label] += weight
        return sums

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """Softmax of :meth:`scores`, in the order of ``labels``."""
        sums = self.scores(features)
        top = max(sums)
        shares = [math.exp(s - top) for s in sums]
        total = sum(shares)
        return [s / total for s in shares]

    def best(self, features: Iterable[str]) -> tuple[str, float]:
        """The likeliest label and its probability."""
        shares = self.probabilities(features)
        at = max(range(len(shares)), key=shares.__getitem__)
        return self.labels[at], shares[at]

    def chance(self, features: Iterable[str]) -> float:
        """For a table of two labels: the probability of the second ("yes")."""
        sums = self.scores(features)
        gap = sums[0] - sums[1]
        return 1.0 / (1.0 + math.exp(gap)) if gap < 500 else 0.0


def _no_table(path: Path, error: Exception) -> ModelError:
    what = f"{type(error).__name__}: {error}"
    return ModelError(f"{path} is missing or no table of weights ({what}): reinstall marsad")
