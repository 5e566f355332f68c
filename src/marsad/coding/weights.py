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
from typing import ClassVar

from marsad.errors import ModelError

__all__ = ["Weights"]


class Weights:
    """One table: ``labels`` and, per feature, (label number, weight) pairs."""

    folder: ClassVar[Path] = Path(__file__).parent / "lexicon"
    """Where the tables lie; training sets it to write and read elsewhere."""
    _loaded: ClassVar[dict[Path, Weights]] = {}

    def __init__(self, labels: tuple[str, ...], table: dict[str, tuple[tuple[int, float], ...]]) -> None:
        self.labels = labels
        self._table = table
        self._bias = [0.0] * len(labels)
        for label, weight in table.get("*", ()):
            self._bias[label] = weight

    @classmethod
    def load(cls, name: str) -> Weights:
        """The table ``lexicon/NAME.weights.tsv``, read once. Raises ModelError when it is missing or malformed."""
        path = cls.folder / f"{name}.weights.tsv"
        known = cls._loaded.get(path)
        if known is None:
            try:
                known = cls._loaded[path] = cls._read(path)
            except (OSError, ValueError, LookupError) as error:
                what = f"{type(error).__name__}: {error}"
                raise ModelError(f"{path} is missing or no table of weights ({what}): reinstall marsad") from error
        return known

    @classmethod
    def _read(cls, path: Path) -> Weights:
        lines = path.read_text(encoding="utf-8").split("\n")
        labels = tuple(lines[0].split("\t")[1].split(" "))
        number = {label: i for i, label in enumerate(labels)}
        table = {}
        for line in lines[1:]:
            if not line:
                continue
            feature, _, weights = line.partition("\t")
            table[feature] = tuple(
                (number[label], float(weight))
                for label, _, weight in (pair.rpartition("=") for pair in weights.split(" "))
            )
        return cls(labels, table)

    def scores(self, features: Iterable[str]) -> list[float]:
        """Summed weight of each label; the table's feature ``*`` always holds."""
        sums = list(self._bias)
        get = self._table.get
        for feature in features:
            pairs = get(feature)
            if pairs is not None:
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
