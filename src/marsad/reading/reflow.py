"""Lines of a printed page become paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

__all__ = ["Line", "reflow"]

_ENDS: Final = re.compile(r"[.!?:;؟۔][\"'”’»)\]]*\Z")
_ITEM: Final = re.compile(r"([•▪◦‣●■–—*-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_SOFT: Final = "\u00ad"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; ``left`` to ``top`` in points from the page's lower left corner, if known."""

    text: str
    left: float | None = None
    right: float | None = None
    bottom: float | None = None
    top: float | None = None


def reflow(lines: Sequence[Line]) -> str:
    """Paragraphs of ``lines``, a blank line between them; words broken by a hyphen made whole."""
    paragraphs: list[str] = []
    measure = _Measure(lines)
    previous: Line | None = None
    for line in lines:
        if not line.text:
            previous = None
        elif previous is None or measure.parts(previous, line):
            paragraphs.append(line.text)
            previous = line
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line.text)
            previous = line
    return "\n\n".join(p.replace(_SOFT, "-") if p.endswith(_SOFT) else p.replace(_SOFT, "") for p in paragraphs)


def _joined(before: str, after: str) -> str:
    if before.endswith(_SOFT):
        # PDFium marks every hyphen at a line's end; a capital or figure after it was a real one
        return before[:-1] + ("" if after[0].islower() else "-") + after
    if before.endswith("-") and len(before) > 1 and before[-2].isalpha():
        return (before[:-1] if after[0].islower() else before) + after
    return f"{before} {after}"


class _Measure:
    """How long lines are and how far apart they stand on one page."""

    def __init__(self, lines: Sequence[Line]) -> None:
        full = [line for line in lines if line.text]
        lengths = sorted(len(line.text) for line in full)
        self.length = lengths[int(0.8 * (len(lengths) - 1))] if lengths else 0
        rights = sorted(line.right for line in full if line.right is not None)
        self.right = rights[int(0.8 * (len(rights) - 1))] if rights else None
        steps = [
            above.bottom - below.bottom
            for above, below in pairwise(full)
            if above.bottom is not None and below.bottom is not None and above.bottom > below.bottom
        ]
        self.step = median(steps) if steps else None

    def parts(self, above: Line, below: Line) -> bool:
        """Whether a paragraph ends between two neighbouring lines."""
        if _ITEM.match(below.text):
            return True
        if above.bottom is not None and below.bottom is not None and self.step:
            step = above.bottom - below.bottom
            if step > 1.35 * self.step or step < -2 * self.step:
                return not self._runs_on(above, below) if step < 0 else True
            if self._size(above) > 1.15 * self._size(below) or self._size(below) > 1.15 * self._size(above):
                return True
            if above.left is not None and below.left is not None and 8 < below.left - above.left < 60:
                return bool(_ENDS.search(above.text))
        return self._short(above) and (bool(_ENDS.search(above.text)) or self._heading(above, below))

    def _runs_on(self, above: Line, below: Line) -> bool:
        """Whether a sentence goes on from the foot of one column to the head of the next."""
        return below.text[0].islower() and not _ENDS.search(above.text)

    def _short(self, line: Line) -> bool:
        if line.right is not None and line.left is not None and self.right is not None:
            return line.right < line.left + 0.9 * (self.right - line.left)
        return len(line.text) < 0.85 * self.length

    @staticmethod
    def _heading(above: Line, below: Line) -> bool:
        return len(above.text) < 60 and above.text[0].isupper() and not below.text[0].islower()

    @staticmethod
    def _size(line: Line) -> float:
        return 0.0 if line.top is None or line.bottom is None else max(line.top - line.bottom, 0.0)
