"""Where a text's words begin and end.

Hyphens between letters, clitics ("'s", "n't") and marks are words of their own; a full stop belongs to abbreviations
and initials. That is how the treebanks are cut on which parsers of English are trained.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["CLOSING_MARKS", "OPENING_MARKS", "PLAIN_WORD", "nickname_opens", "word_spans"]

OPENING_MARKS: Final = frozenset('“"‘«„')
CLOSING_MARKS: Final = frozenset('”"’»“')
"""Words that open, or close, what stands in quotation marks."""

PLAIN_WORD: Final = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
"""A word where texts are compared, not parsed: what is between blanks and marks."""

_SHORT: Final = (
    "Adm", "Apr", "Aug", "Ave", "Brig", "Bros", "Capt", "Cmdr", "Co", "Col", "Corp", "Dec", "Det", "Dr", "Feb", "Gen",
    "Gov", "Inc", "Jan", "Jr", "Jul", "Jun", "Lt", "Ltd", "Maj", "Mar", "Messrs", "Mr", "Mrs", "Ms", "Mt", "Nov", "Oct",
    "Ph.D", "Prof", "Rep", "Rev", "Sen", "Sep", "Sept", "Sgt", "Sr", "St", "vs", "e.g", "i.e",
)  # fmt: skip
"""Abbreviations that keep their full stop."""
_CLITIC: Final = r"'(?:s|S|re|ve|ll|d|m)\b"

_WORD: Final = re.compile(
    rf"""
    (?:https?://|www\.)[^\s<>"')\]]+(?<![.,;:!?])                # a page's address
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                 # a person's
  | (?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![\w']))?                   # U.S., a.m.
  | \b(?:{"|".join(re.escape(word) for word in sorted(_SHORT, key=len, reverse=True))})\.
  | (?<![\w'])[A-Z]\.(?=\s?[A-Z])                                # J. Smith
  | (?>\d+(?:[.,:/]\d+)*)(?:(?:st|nd|rd|th|s)(?![^\W_]))?        # 1,200, 5th, 1990s
  | [Cc]an(?=not\b)
  | [^\W\d_]+?(?=n't\b)
  | n't\b
  | {_CLITIC}
  | [^\W\d_][^\W_]*(?:'(?!(?:s|S|re|ve|ll|d|m)\b)[^\W_]+|&[^\W_]+|-\d[^\W_]*)*   # Qa'ida, R&D, AK-47
  | \.{{2,}} | -{{2,}} | —+
  | \S
    """,
    re.VERBOSE,
)


def word_spans(text: str) -> list[tuple[int, int]]:
    """The half-open span of each word of a text; white space lies between words only."""
    return [match.span() for match in _WORD.finditer(text)]


def nickname_opens(texts: Sequence[str], close: int) -> int | None:
    """Where the nickname in marks begins that ends at word ``close``: John “J.D.” Dorrian; None if none does.

    It has one word or two and stands behind a word with a capital; the place is that of its opening mark.
    """
    if texts[close] not in CLOSING_MARKS:
        return None
    for opened in (close - 2, close - 3):
        if opened > 0 and texts[opened] in OPENING_MARKS:
            before = texts[opened - 1]
            return opened if before[:1].isupper() and before.isalpha() else None
    return None
