"""How sure the coder is of each field of an event, calibrated on labelled reports.

What the decisions leave behind (chances, shares) is no probability that the
field is right. ``models/calibration.toml`` holds a slope and a constant per field
that make it one (logistic, fitted by ``training/calibrate.py`` on reports from
which nothing else was made); docs/coder.md shows how well it does.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar, Final

from marsad.coding.blend import logit
from marsad.coding.encoder.encoder import MODELS
from marsad.errors import ModelError

__all__ = ["FIELDS", "Calibration", "best_of", "share_of_best"]

FIELDS: Final = ("event", "type", "actors", "recipients", "status", "certainty", "according_to")
"""``event``: there is an event at all; each other field: given that there is one, the field is right."""


class Calibration:
    """Turns raw shares into probabilities, by field."""

    path: ClassVar[Path] = MODELS / "calibration.toml"
    _loaded: ClassVar[dict[Path, Calibration]] = {}

    def __init__(self, factors: Mapping[str, tuple[float, float]]) -> None:
        self._factors = factors

    @classmethod
    def load(cls) -> Calibration:
        """The shipped calibration, read once. Raises ModelError when it is missing or malformed."""
        known = cls._loaded.get(cls.path)
        if known is None:
            try:
                data = tomllib.loads(cls.path.read_text(encoding="utf-8"))
                known = cls({field: (float(row["slope"]), float(row["constant"])) for field, row in data.items()})
            except (OSError, ValueError, KeyError, TypeError) as error:
                what = f"{type(error).__name__}: {error}"
                raise ModelError(f"{cls.path} is missing or holds no calibration ({what}): reinstall marsad") from error
            cls._loaded[cls.path] = known
        return known

    def __call__(self, raw: Mapping[str, float]) -> dict[str, float]:
        """Probabilities to two places, in the order of :data:`FIELDS`."""
        out = {}
        for field in FIELDS:
            slope, constant = self._factors.get(field, (1.0, 0.0))
            out[field] = round(1.0 / (1.0 + math.exp(-(slope * logit(raw[field]) + constant))), 2)
        return out


def best_of(told: Iterable[Mapping[str, float]]) -> tuple[str, float]:
    """The label for which several judgements speak most, by the sum of their chances, and its share; "" of none."""
    sums: dict[str, float] = {}
    for shares in told:
        for label, share in shares.items():
            sums[label] = sums.get(label, 0.0) + share
    if not sums:
        return "", 0.0
    best = max(sums, key=sums.__getitem__)
    return best, sums[best] / sum(sums.values())


def share_of_best(told: Iterable[Mapping[str, float]]) -> float:
    """The second part of :func:`best_of`."""
    return best_of(told)[1]
