"""Series and tables for the tests of the analysis. All is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from marsad.analysis.series import Series

FIRST = date(2020, 1, 1).toordinal()


def counts(days: int, rate: float, seed: int = 1) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Independent Poisson counts."""
    return np.random.default_rng(seed).poisson(rate, days).astype(float)


def series(values: np.ndarray[tuple[int], np.dtype[np.float64]], name: str = "events") -> Series:
    """A series in which every day was watched."""
    return Series(FIRST, values, np.ones(len(values), dtype=bool), name=name, events=float(values.sum()))


def halved(days: int = 900, turn: int = 500, rate: float = 2.0, factor: float = 0.5, seed: int = 1) -> Series:
    """A series whose rate falls by a factor on day ``turn``."""
    values = counts(days, rate, seed)
    values[turn:] = np.random.default_rng(seed + 1).poisson(rate * factor, days - turn)
    return series(values)


def write(path: Path, text: str) -> Path:
    """A file with this text."""
    path.write_text(text, encoding="utf-8")
    return path
