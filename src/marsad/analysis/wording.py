"""Chances and ratios in words: nothing is said to be impossible, and nothing more exactly than it is known."""

from __future__ import annotations

from typing import Final

__all__ = ["day_words", "number_words", "p_words", "ratio_words"]

_MOST: Final = 1000.0
"""A larger ratio rests on hardly anything before the date; its size says nothing."""
_LEAST: Final = 0.005
"""A smaller ratio would read as none at all."""
_WHOLE: Final = 1e-6
"""How far from a whole number sums of shares of events may be."""


def p_words(p: float) -> str:
    """A probability by chance: "p = 0.031", "p < 0.001"."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def ratio_words(value: float) -> str:
    """A ratio of rates: "0.49", "17", "over 1,000"; "0.00" is none at all."""
    if 0 < value < _LEAST:
        return f"under {2 * _LEAST:.2f}"
    return f"over {_MOST:,.0f}" if value > _MOST else f"{value:.0f}" if value >= 99.95 else f"{value:.2f}"


def day_words(days: int) -> str:
    """So many days: "1 day", "1,500 days"."""
    return f"{days:,} day{'s' * (days != 1)}"


def number_words(value: float) -> str:
    """A number of events in full: "27,090", "182"; "2.14" where it is expected, a rate, or a sum of shares."""
    whole = abs(value - round(value)) < _WHOLE or value >= 99.95
    return f"{value:,.0f}" if whole else f"{value:.3g}" if value >= 1e-4 else "under 0.0001"
