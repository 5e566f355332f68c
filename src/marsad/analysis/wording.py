"""Chances and ratios in words: nothing is said to be impossible, and nothing more exactly than it is known."""

from __future__ import annotations

from typing import Final

__all__ = ["p_words", "ratio_words"]

_MOST: Final = 1000.0
"""A larger ratio rests on hardly anything before the date; its size says nothing."""


def p_words(p: float) -> str:
    """A probability by chance: "p = 0.031", "p < 0.001"."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def ratio_words(value: float) -> str:
    """A ratio of rates: "0.49", "17", "over 1,000"."""
    return f"over {_MOST:,.0f}" if value > _MOST else f"{value:.0f}" if value >= 99.95 else f"{value:.2f}"
