"""Fictional reports of one fictional raid: an original, what sites made of it, and an account written independently."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["INDEPENDENT", "ORIGINAL", "OTHER", "REPRINT", "SPUN", "TRANSLATED", "parts"]

FOLDER: Final = Path(__file__).parent / "texts"


def _text(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip()


ORIGINAL: Final = _text("original")
REPRINT: Final = _text("reprint")
SPUN: Final = _text("spun")
TRANSLATED: Final = _text("translated")
INDEPENDENT: Final = _text("independent")
OTHER: Final = _text("other")


def parts(text: str) -> list[str]:
    """The paragraphs of a text."""
    return text.split("\n\n")
