"""Natural text from tokens, and texts that are mended without losing anybody's offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from .partial import Span

__all__ = ["Mended", "join", "join_sentences", "written"]

LEFT: Final = frozenset(".,;:!?%)]}…") | {"...", "n't", "n’t", "'", "’", "”"}
"""Tokens without a space before them."""
RIGHT: Final = frozenset("([{$£€#“‘") | {"``", "US$", "C$", "A$"}
"""Tokens without a space after them."""
ENDS: Final = frozenset(".!?\"'”’:;,)]-—–…")
CLITICS: Final = ("'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m", "'S")
BRACKETS: Final = {
    "``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}",
    "`": "'",
}  # fmt: skip
HYPHENS: Final = frozenset("-/–")
"""Joined to both neighbours where the set's tokens were split there; ``tight`` says so."""


def written(token: str) -> str:
    """A token as it stood in the text: treebank escapes undone."""
    return BRACKETS.get(token, token)


def join(tokens: Sequence[str], tight: bool = True, before: str = "") -> tuple[str, list[Span]]:
    """The text that the tokens make, and where each token lies in it.

    ``tight``: hyphens and slashes between words are joined to both. ``before`` is text that the tokens go
    on from (quotation marks opened there are closed here); it is not part of the answer's text.
    """
    text, spans = "", []
    double_open = before.count('"') % 2 == 1
    single_open = False
    glue = True
    for i, raw in enumerate(tokens):
        token = written(raw)
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        left, right = token in LEFT or token in CLITICS or token.lower() in ("n't", "n’t"), token in RIGHT
        if token == '"':
            odd = sum(written(t) == '"' for t in tokens[i:]) % 2 == 1
            closes = odd and text[-1:] in (",", ".", "?", "!") and following[:1].islower()
            opening = raw == "``" or (raw != "''" and not double_open and not closes)
            double_open = opening
            left, right = not opening, opening
        elif token == "'":
            # An apostrophe after a plural stands alone too; a mark opens only before a word when none is open.
            opening = raw == "`" or (not single_open and (not text or text[-1] in ' \n("“,:—') and following != "")
            if opening:
                single_open = True
            elif single_open:
                single_open = False
            left, right = not opening, opening
        elif i and following and _splits(tokens[i - 1], token, following, tight):
            left = right = True
        if text and not glue and not left:
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
        glue = right
    return text, spans


def join_sentences(
    sentences: Iterable[Sequence[str]], tight: bool = True, between: str = " "
) -> tuple[str, list[list[Span]]]:
    """The text that sentences of tokens make, and where each token of each sentence lies.

    A new line follows a sentence without a final mark: it is a title or the like.
    """
    text, spans = "", []
    for tokens in sentences:
        more, places = join(tokens, tight, before=text.rsplit("\n", 1)[-1])
        closes = more[:1] in LEFT or more[:2] == '" ' or more == '"'
        gap = "" if not text or closes else between if text[-1] in ENDS else "\n"
        start = len(text) + len(gap)
        text += gap + more
        spans.append([(s + start, e + start) for s, e in places])
    return text, spans


def _splits(before: str, mark: str, after: str, tight: bool) -> bool:
    """Whether a mark stands inside what was one word: well-known, 2,000, 9:02."""
    if mark in HYPHENS:
        return tight and _wordlike(before) and _wordlike(after)
    return mark in (".", ",", ":") and _between_digits(before, mark, after)


def _wordlike(token: str) -> bool:
    return bool(token) and (token[0].isalnum() or token[-1].isalnum())


def _between_digits(before: str, mark: str, after: str) -> bool:
    """Split numbers and times: 2 , 000 and 9 : 02."""
    return before.isdigit() and after.isdigit() and len(before) <= 3 and (mark == "." or len(after) in (2, 3))


class Mended:
    """A text with some stretches replaced; says where the offsets of the old text lie in the new."""

    def __init__(self, text: str, changes: Iterable[tuple[int, int, str]]) -> None:
        self.text = ""
        self._old: list[int] = [0]
        self._new: list[int] = [0]
        at = 0
        for start, end, instead in sorted(changes):
            self.text += text[at:start] + instead
            self._old += [start, end]
            self._new += [len(self.text) - len(instead), len(self.text)]
            at = end
        self.text += text[at:]
        self._old.append(len(text))
        self._new.append(len(self.text))

    def place(self, offset: int, end: bool = False) -> int:
        """The new offset of an old one; ``end`` for the end of a span, which stays before what is put in there."""
        if end:
            i = bisect_left(self._old, offset)
            if i < len(self._old) and self._old[i] == offset:
                return self._new[i]
        else:
            i = len(self._old) - 1
            while self._old[i] > offset:
                i -= 1
            if self._old[i] == offset:
                return self._new[i]
            i += 1
        # Inside a kept stretch the offsets differ by a constant; inside a replaced one they clamp to its start.
        shift = offset - self._old[i - 1]
        return min(self._new[i - 1] + shift, self._new[i]) if self._kept(i) else self._new[i - 1]

    def _kept(self, i: int) -> bool:
        """Stretches alternate: kept, replaced, kept ..."""
        return i % 2 == 1

    def span(self, start: int, end: int) -> Span:
        """The new span of an old one."""
        return self.place(start), self.place(end, end=True)
