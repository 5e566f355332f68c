"""What the check for machine-spun text finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Sign", "SignKind", "Spun", "SpunPassage"]

SignKind = Literal["word", "name", "reporting verb", "article"]


@dataclass(frozen=True, slots=True)
class Sign:
    """One place that speaks for a spinner. ``start`` and ``end`` are code points of the text."""

    start: int
    end: int
    kind: SignKind
    """``word``: a word that does not go with its neighbours; ``name``: a known name or title with a word swapped;
    ``reporting verb``: a verb that reporters do not use for speaking; ``article``: "a" for "an" or the reverse."""
    found: str
    expected: str | None
    """What probably stood there before; None where nothing fits."""
    weight: float
    """How much it speaks for a spinner, as the logarithm of odds."""
    reason: str
    """Why, in one line."""


@dataclass(frozen=True, slots=True)
class SpunPassage:
    """One paragraph, or some short ones, with the probability that a machine swapped words there."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Spun:
    """The judgement on one text."""

    probability: float
    """That a machine swapped words of this text outside its quotations: calibrated, from 0 to 1."""
    passages: tuple[SpunPassage, ...]
    """Its passages that are likely spun, in order: more likely than not in a spun text, nearly surely in another."""
    signs: tuple[Sign, ...]
    """Single places that speak for it, in order. A clean text has a few too."""
