"""Cut a report's text into paragraphs, whether lines are wrapped or each line is one."""

from __future__ import annotations

import re

from marsad.coding.document import Paragraph

__all__ = ["paragraphs"]

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*\s*\Z")
_BULLET = re.compile(r"\s*(?:[-*•–—·▪]|\(?\d{1,2}[.)]|#+)\s")
_LONGEST = 20_000
"""Characters: a longer paragraph is cut at a sentence end or space, so that the parser's memory stays bounded."""


def paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs in order; white space alone makes none.

    A line break ends a paragraph unless the line looks wrapped: it is about as
    long as most lines of the text, and the next line is no bullet, follows no
    blank line, and is not, after a full stop, much longer than the others.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    if not lines:
        return []
    widths = sorted(end - start for start, end in lines)
    wrapped_at = widths[int(len(widths) * 0.8)] if len(lines) > 3 else 0
    wraps = 40 <= wrapped_at <= 110
    found: list[tuple[int, int]] = []
    for start, end in lines:
        if found:
            before = found[-1]
            gap = text[before[1] : start]
            one_break = gap.count("\n") + gap.count("\r") - gap.count("\r\n") <= 1
            last_line = text.rfind("\n", before[0], before[1]) + 1 or before[0]
            if (
                wraps
                and one_break
                and before[1] - last_line >= 0.7 * wrapped_at
                and not (
                    _ENDED.search(text, max(before[0], before[1] - 6), before[1]) and end - start > wrapped_at * 1.3
                )
                and not _BULLET.match(text, start)
            ):
                found[-1] = (before[0], end)
                continue
        found.append((start, end))
    return [piece for start, end in found for piece in _pieces(text, start, end)]


def _pieces(text: str, start: int, end: int) -> list[Paragraph]:
    """One paragraph without its outer white space, or several where it is too long."""
    pieces = []
    while end - start > _LONGEST:
        cut = text.rfind(". ", start, start + _LONGEST) + 1 or text.rfind(" ", start, start + _LONGEST)
        if cut <= start:
            cut = start + _LONGEST
        pieces.append((start, cut))
        start = cut
    pieces.append((start, end))
    trimmed = []
    for low, high in pieces:
        words = text[low:high]
        low += len(words) - len(words.lstrip())
        high -= len(words) - len(words.rstrip())
        if low < high:
            trimmed.append(Paragraph(low, high))
    return trimmed
