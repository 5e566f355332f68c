"""How a table of weighted rules and a head of the encoder decide together.

Each decision adds the rules' log-odds, times a factor, the head's log-odds,
times another, and a constant. The factors lie in ``models/blend.toml``; they are
fitted on reports from which neither the rules nor the encoder were made
(``training/blend.py``). Without an encoder the rules decide alone.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from marsad.coding.encoder.encoder import MODELS
from marsad.errors import ModelError

__all__ = ["Blend", "against", "logit"]

_LEAST = 1e-6


def logit(chance: float) -> float:
    """Log-odds of a probability, kept within about 14 either way."""
    chance = min(1.0 - _LEAST, max(_LEAST, chance))
    return math.log(chance / (1.0 - chance))


def against(log_chance: float) -> float:
    """Log-odds that something is not so, from the log-probability that it is."""
    return -logit(math.exp(min(0.0, log_chance)))


@dataclass(frozen=True, slots=True)
class Blend:
    """The factors of one decision. ``encoder`` has one factor per number that the encoder gives."""

    rules: float = 1.0
    encoder: tuple[float, ...] = ()
    bias: float = 0.0
    biases: tuple[float, ...] = field(default=())
    """One constant per label, for decisions among more than two."""
    path: ClassVar[Path] = MODELS / "blend.toml"
    _loaded: ClassVar[dict[Path, dict[str, Blend]]] = {}

    @classmethod
    def load(cls, name: str) -> Blend:
        """The factors of a decision; the rules alone where the file names none. Raises ModelError."""
        known = cls._loaded.get(cls.path)
        if known is None:
            try:
                data = tomllib.loads(cls.path.read_text(encoding="utf-8"))
                known = {
                    key: cls(row["rules"], tuple(row["encoder"]), row.get("bias", 0.0), tuple(row.get("biases", ())))
                    for key, row in data.items()
                }
            except (OSError, ValueError, KeyError, TypeError) as error:
                what = f"{type(error).__name__}: {error}"
                raise ModelError(f"{cls.path} is missing or holds no factors ({what}): reinstall marsad") from error
            cls._loaded[cls.path] = known
        return known.get(name, cls())

    def chance(self, rules: float, judged: Sequence[float] | None) -> float:
        """Probability of "yes" from the rules' probability and the encoder's log-odds."""
        if judged is None or not self.encoder:
            return rules
        total = self.rules * logit(rules) + self.bias
        for factor, value in zip(self.encoder, judged, strict=True):
            total += factor * float(value)
        return 1.0 / (1.0 + math.exp(-total)) if total > -500 else 0.0

    def shares(self, rules: Sequence[float], judged: Sequence[float] | None) -> list[float]:
        """Probability of each label from the rules' probabilities and the encoder's log-probabilities."""
        if judged is None or not self.encoder:
            return list(rules)
        factor = self.encoder[0]
        biases = self.biases or (0.0,) * len(rules)
        sums = [
            self.rules * math.log(max(_LEAST, rule)) + factor * float(value) + bias
            for rule, value, bias in zip(rules, judged, biases, strict=True)
        ]
        top = max(sums)
        weights = [math.exp(s - top) for s in sums]
        total = sum(weights)
        return [w / total for w in weights]
