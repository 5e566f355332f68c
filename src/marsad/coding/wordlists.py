"""Plain word lists of the lexicon: one entry a line, ``#`` begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["words_of"]


@cache
def words_of(name: str) -> frozenset[str]:
    """The entries of ``lexicon/NAME.txt``."""
    lines = (files("marsad.coding.lexicon") / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line.split("#")[0].strip() for line in lines) - {""}
