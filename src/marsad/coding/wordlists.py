"""Plain word lists of the lexicon: one entry a line, ``#`` begins a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from marsad.coding.weights import Weights

__all__ = ["classes_of", "rows_of", "words_of"]

_LEXICON = Path(__file__).parent / "lexicon"


@cache
def words_of(name: str) -> frozenset[str]:
    """The entries of ``NAME.txt``, from where the tables lie or else from the package's lexicon."""
    path = Weights.folder / f"{name}.txt"
    lines = (path if path.exists() else _LEXICON / path.name).read_text(encoding="utf-8").split("\n")
    return frozenset(line.split("#")[0].strip() for line in lines) - {""}


@cache
def rows_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``NAME.tsv`` of the package's lexicon, without comments, cut at tabs."""
    lines = (_LEXICON / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def classes_of(name: str) -> dict[str, str]:
    """Word -> class, of a table whose rows are a class and its words."""
    return {word: row[0] for row in rows_of(name) for word in row[1].split(" ")}
