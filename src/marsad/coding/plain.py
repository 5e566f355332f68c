"""A report's text as its words are best read, character for character, and what of it is not read at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from marsad.coding.document import Document

__all__ = ["DATED", "FRONT_MATTER", "plain_paragraphs"]

# One character for one, so that offsets stay.
_PLAIN: Final = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "‛": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\r": " ",
        "\n": " ",
        "\t": " ",
        "\x0b": " ",
        "\x0c": " ",
        "\x00": " ",
    }
)

_RUN: Final = re.compile(r"\S{400,}")
"""What no prose holds: encoded data, rows of marks."""
FRONT_MATTER: Final = "front matter"
"""Why the lines between two rows of dashes at the top of a Markdown file are not coded: they describe the file."""
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\r?\n(?:[^\n]{0,500}\n){1,40}?---[ \t]*(?=\r?\n|\Z)")
_TOWN: Final = r"[A-Z][A-Z'.-]+(?: [A-Z][A-Z'.-]+){0,3}"
_AGENCY: Final = r" \([A-Z][\w. ]{1,24}\)"
_DASH: Final = " ?(?:--?|–|—) "
_DATELINE: Final = re.compile(rf"(?P<town>{_TOWN})(?:, [^\n]{{1,40}}?)?(?:{_AGENCY})?{_DASH}")
_DAY: Final = (
    r"(?:, [A-Z][\w. ]{1,24})?, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b[^\n–—-]{0,24}?"
)
DATED: Final = re.compile(rf"(?<=[a-z\d?!.”’\"] ){_TOWN}(?:(?:, [^\n.]{{1,24}})?{_AGENCY}|{_DAY}){_DASH}")
"""A dateline with its agency or day: it needs no line of its own to be known."""


def plain_paragraphs(document: Document) -> Iterator[str]:
    """The text of each paragraph with plain quotation marks and blanks for what is not read.

    Notes in the document what is skipped and where datelines stand.
    """
    front = _FRONT_MATTER.match(document.text)
    opening = front.end() if front else 0
    if front:
        document.skipped.append(((0, opening), FRONT_MATTER))
    for paragraph in document.paragraphs:
        words = document.text[paragraph.start : paragraph.end]
        if _foreign(words):
            document.skipped.append(((paragraph.start, paragraph.end), "not in Latin script"))
            words = ""
        if paragraph.end <= opening:
            words = ""
        words = words.translate(_PLAIN)
        dateline = _DATELINE.match(words)
        if dateline:
            document.datelines.append((paragraph.start, paragraph.start + len(dateline["town"])))
            words = " " * dateline.end() + words[dateline.end() :]
        for run in _RUN.finditer(words):
            low, high = paragraph.start + run.start(), paragraph.start + run.end()
            document.skipped.append(((low, high), "no space between words"))
        yield _RUN.sub(lambda run: " " * len(run.group()), words)


def _foreign(words: str) -> bool:
    """Are most letters of a passage outside the Latin script?"""
    if words.isascii():
        return False
    letters = [c for c in words if c.isalpha()]
    return sum(c > "\u024f" and not "\u1e00" <= c <= "\u1eff" for c in letters) > 0.6 * len(letters)
