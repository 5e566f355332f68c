"""Plain word lists of the lexicon: one entry a line, ``#`` begins a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from marsad.coding.weights import Weights

__all__ = ["words_of"]

_LEXICON = Path(__file__).parent / "lexicon"


@cache
def words_of(name: str) -> frozenset[str]:
    """The entries of ``NAME.txt``, from where the tables lie or else from the package's lexicon."""
    path = Weights.folder / f"{name}.txt"
    lines = (path if path.exists() else _LEXICON / path.name).read_text(encoding="utf-8").split("\n")
    return frozenset(line.split("#")[0].strip() for line in lines) - {""}
