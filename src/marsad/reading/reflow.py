"""Lines of a printed page become paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

__all__ = ["SOFT", "Line", "join_pages", "mend", "reflow"]

SOFT: Final = "\u00ad"
"""Stands, until :func:`mend`, where a line broke at a hyphen that may or may not belong to the word."""
_ENDS: Final = re.compile(r"[.!?:;؟۔][\"'”’»)\]\d]*\Z")
_ITEM: Final = re.compile(r"([•▪◦‣●■–—*-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_BROKEN: Final = re.compile(rf"(?<!\w)(\w+){SOFT}+(\w*)")
_GAP: Final = 1.3
"""Steps between lines beyond this many usual ones part paragraphs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; ``left`` to ``top`` in points from the page's lower left corner, if known."""

    text: str
    left: float | None = None
    right: float | None = None
    bottom: float | None = None
    top: float | None = None

    @property
    def size(self) -> float:
        """Height of its first letter's box in points; 0 when not known."""
        return 0.0 if self.top is None or self.bottom is None else max(self.top - self.bottom, 0.0)


def reflow(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of one page; each may still hold SOFT."""
    paragraphs: list[str] = []
    for block in _blocks(lines):
        measure = _Measure(block)
        previous: Line | None = None
        for line in block:
            if previous is None:
                goes_on = bool(paragraphs) and _runs_on(paragraphs[-1], line.text)
            else:
                goes_on = not measure.parts(previous, line)
            if goes_on:
                paragraphs[-1] = _joined(paragraphs[-1], line.text)
            else:
                paragraphs.append(line.text)
            previous = line
    return paragraphs


def join_pages(pages: Sequence[Sequence[str]]) -> str:
    """The text of all pages; a sentence that runs over the foot of a page is made whole."""
    paragraphs: list[str] = []
    for page in pages:
        for number, paragraph in enumerate(page):
            if number == 0 and paragraphs and _runs_on(paragraphs[-1], paragraph):
                paragraphs[-1] = _joined(paragraphs[-1], paragraph)
            else:
                paragraphs.append(paragraph)
    return mend("\n\n".join(paragraphs))


def mend(text: str) -> str:
    """``text`` with each SOFT made a hyphen or nothing.

    It is a hyphen before a capital or a figure, and where the text elsewhere
    writes the word with a hyphen and never without.
    """
    if SOFT not in text:
        return text
    known = set(re.findall(r"\w+(?:-\w+)*", text.lower()))

    def whole(match: re.Match[str]) -> str:
        before, after = match.groups()
        apart, together = f"{before}-{after}", f"{before}{after}"
        if not after[:1].islower() or (apart.lower() in known and together.lower() not in known):
            return apart
        return together

    return _BROKEN.sub(whole, text).replace(SOFT, "")


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines one below the other: a blank line or a jump up, as to the next column, ends one."""
    block: list[Line] = []
    for line in lines:
        last = block[-1] if block else None
        jump = last and last.bottom is not None and line.top is not None and line.top > last.bottom + 3 * line.size
        if block and (jump or not line.text):
            yield block
            block = []
        if line.text:
            block.append(line)
    if block:
        yield block


def _joined(before: str, after: str) -> str:
    if before.endswith(SOFT):
        return before + after
    if before.endswith(("-", "–")) and not before[-2:-1].isspace() and len(before) > 1:
        return (before[:-1] + SOFT if before[-2].isalpha() and before[-1] == "-" else before) + after
    return f"{before} {after}"


def _runs_on(above: str, below: str) -> bool:
    """Whether a sentence seems to go on from the foot of one column or page to the head of the next."""
    return below[:1].islower() and not _ENDS.search(above) and not _ITEM.match(below)


def _at(values: list[float], share: float) -> float | None:
    return sorted(values)[int(share * (len(values) - 1))] if values else None


class _Measure:
    """How wide and how far apart the lines of one block are."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.length = _at([len(line.text) for line in lines], 0.95) or 0
        self.right = _at([line.right for line in lines if line.right is not None], 0.95)
        steps = [step for above, below in pairwise(lines) if (step := _step(above, below)) is not None and step > 0]
        self.step = _at(steps, 0.25)
        self.size = _at([line.size for line in lines], 0.5)

    def parts(self, above: Line, below: Line) -> bool:
        """Whether a paragraph ends between two neighbouring lines."""
        step = _step(above, below)
        if _ITEM.match(below.text) or (step is not None and self.step and step > _GAP * self._usual_step(below)):
            return True
        if above.size and below.size and not 0.87 < above.size / below.size < 1.15:
            return True
        ended = bool(_ENDS.search(above.text))
        if above.left is not None and below.left is not None and 8 < below.left - above.left < 60 and ended:
            return True
        return self._early(above, below) and (ended or self._heading(above, below))

    def _usual_step(self, line: Line) -> float:
        """The step between lines of this line's size; headings stand farther apart than text."""
        return (self.step or 0.0) * max(1.0, line.size / self.size if self.size else 1.0)

    def _early(self, above: Line, below: Line) -> bool:
        """Whether a line ended although the next line's first word would have gone in with room to spare."""
        word = len(below.text.split(" ", 1)[0])
        if above.left is None or above.right is None or self.right is None or above.right <= above.left:
            return len(above.text) + word + 3 < 0.95 * self.length
        letter = (above.right - above.left) / len(above.text)
        return above.right + (word + 3) * letter < self.right

    @staticmethod
    def _heading(above: Line, below: Line) -> bool:
        return len(above.text) < 60 and not above.text[0].islower() and not below.text[0].islower()


def _step(above: Line, below: Line) -> float | None:
    return None if above.bottom is None or below.bottom is None else above.bottom - below.bottom
