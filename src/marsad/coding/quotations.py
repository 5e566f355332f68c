"""Find quotations: curly, straight, single, nested, doubled, unbalanced and over several paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from marsad.coding.document import Document, Paragraph
from marsad.coding.turns import APPENDIX, label_at, speaker_names, speaks_of
from marsad.records import Passage

__all__ = ["Quotation", "quotations"]

_OPENING: Final = {"“": "”", "„": "“”", "«": "»", "‘": "’", "‹": "›"}
_MARK: Final = re.compile(r"[“”„«»‹›‘’]|\"+|''|``|(?<![\w'])'(?=\w)|(?<=[\w.,!?;:…)])'(?!\w)")
_ESCAPED: Final = re.compile(r'"(?!"[^"]).*""', re.DOTALL)
_LETTER: Final = re.compile(r"\w")
_SAID: Final = re.compile(r"\s*(?:(?:[A-Z][\w.’'-]*|he|she|they|it)\s+){0,4}(?:said|says|added|adds|told|stated)\b")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks, without them. ``depth`` is 0 for the outermost.

    ``closed`` is False where the paragraph ends before the closing mark: the
    next paragraph usually goes on with the same speaker. ``resumed`` is True
    where this paragraph opens its marks again after such a one.
    """

    content: Passage
    paragraph: int
    depth: int = 0
    closed: bool = True
    resumed: bool = False
    block: bool = False
    """A paragraph without marks that is quoted whole: after "X said:", or after a transcript's label ("MR KIRBY:")."""
    labelled: bool = False
    """A transcript's label stands before it and names the speaker."""
    recorded: bool = False
    """It is what a recording holds."""


def quotations(document: Document) -> list[Quotation]:
    """All quotations in order of their start; sets ``quote`` on the words of the outermost ones."""
    found: list[Quotation] = []
    open_before = False
    for number, paragraph in enumerate(document.paragraphs):
        here = _of_paragraph(document.text, paragraph, number)
        starts = bool(here) and not document.text[paragraph.start : here[0].content.start].strip("\"“”'‘«„` ")
        if open_before and starts:
            here[0] = Quotation(here[0].content, number, here[0].depth, here[0].closed, resumed=True)
        open_before = any(not q.closed and q.depth == 0 for q in here)
        found += here
    recorded = _recordings(document)
    found += recorded
    found += [b for b in _blocks(document, found) if not any(b.content.meets(r.content) for r in recorded)]
    found.sort(key=lambda q: (q.content.start, -q.content.end))
    for index, quotation in enumerate(found):
        if quotation.depth == 0:
            first, last = document.between(*quotation.content)
            for word in document.words[first:last]:
                word.quote = index
    return found


_INTRODUCES: Final = re.compile(
    r"\b(?:said|says|added|adds|stated|states|read|reads|reported|issued|statement|following)\b[^.!?]{0,60}:\s*\Z"
)


_RECORDING: Final = re.compile(r"[(\[]begin\b[^()\[\]]{0,40}\brecording\b[^()\[\]]{0,20}[)\]]\s*", re.I)
_RECORDED: Final = re.compile(r"[(\[]end\b[^()\[\]]{0,40}\brecording\b[^()\[\]]{0,20}[)\]]", re.I)
_VOICE: Final = re.compile(r"[(\[][A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}(?:, [a-z][a-z ]{2,24})?[)\]]\s+(?=[\w\"“.…])")
"""Who is heard, in a monitor's brackets: "(Begin recording) (Amsal) ... (End recording)"."""


def _recordings(document: Document) -> list[Quotation]:
    """Recordings as a broadcast's transcript marks them, and answers in it after a paragraph that asks.

    One quotation for what each voice says. Where no brackets tell the voice, it is not labelled.
    """
    text = document.text
    found: list[Quotation] = []
    until = 0
    for number, paragraph in enumerate(document.paragraphs):
        begun = _RECORDING.search(text, max(paragraph.start, until), paragraph.end)
        asked = number > 0 and text[: document.paragraphs[number - 1].end].endswith("?")
        if begun:
            ended = _RECORDED.search(text, begun.end())
            start = begun.end()
            until = ended.start() if ended else paragraph.end
        elif asked and paragraph.start >= until and _VOICE.match(text, paragraph.start, paragraph.end):
            start, until = paragraph.start, paragraph.end
        else:
            continue
        last = bisect_right(document.paragraphs, until, key=lambda p: p.start)
        inside = [(n, document.paragraphs[n].start) for n in range(number + 1, last)]
        openings = [(number, start), *(place for place in inside if _VOICE.match(text, place[1], until))]
        for (at, low), (_, high) in pairwise([*openings, (last, until)]):
            voice = _VOICE.match(text, low, high)
            content = text[(voice.end() if voice else low) : high].rstrip()
            low = voice.end() if voice else low
            if _LETTER.search(content):
                found.append(
                    Quotation(
                        Passage(low, low + len(content)), at, block=True, labelled=voice is not None, recorded=True
                    )
                )
    return found


def _blocks(document: Document, marked: list[Quotation]) -> list[Quotation]:
    """Paragraphs quoted whole after one that ends in "X said:"; one quotation for all of them together.

    The block ends with the report, at a paragraph that opens marks of its own, at an
    appendix, or where a paragraph names its speaker: then the author speaks again.
    """
    text = document.text
    marks = {q.paragraph for q in marked if q.depth == 0}
    found: list[Quotation] = []
    until = -1
    labels = [label_at(text, paragraph) for paragraph in document.paragraphs]
    # One labelled paragraph alone is a heading or a dateline, no transcript.
    transcript = sum(label is not None for label in labels) > 1
    for number, paragraph in enumerate(document.paragraphs):
        label = labels[number]
        if transcript and label and number not in marks and paragraph.end - label.end() > 20:
            found.append(Quotation(Passage(label.end(), paragraph.end), number, block=True, labelled=True))
            continue
        if number + 1 == len(document.paragraphs):
            break
        if number <= until or not _INTRODUCES.search(text, max(paragraph.start, paragraph.end - 90), paragraph.end):
            continue
        speaker = speaker_names(text, max(paragraph.start, paragraph.end - 120), paragraph.end)
        first = last = number + 1
        while last < len(document.paragraphs):
            at = document.paragraphs[last]
            opening = text[at.start : at.start + 1]
            if (last in marks and opening in "\"“'‘«„") or APPENDIX.match(text, at.start):
                break
            if at.start in document.returns or (last > first and speaks_of(text, at.start, at.end, speaker)):
                break
            last += 1
        if last > first:
            low, high = document.paragraphs[first].start, document.paragraphs[last - 1].end
            found.append(Quotation(Passage(low, high), first, block=True))
            until = last - 1
    return found


def _of_paragraph(text: str, paragraph: Paragraph, number: int) -> list[Quotation]:
    start, end = paragraph.start, paragraph.end
    words = text[start:end]
    escaped = words.startswith('"') and words.endswith('"') and bool(_ESCAPED.match(words)) and '""' in words[1:-1]
    stack: list[tuple[str, int]] = []
    spans: list[tuple[int, int, int, bool]] = []
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        after = match.end()
        if mark[0] == '"':
            if escaped:
                # A line of a CSV file: its outer mark is not the report's, and doubled ones are.
                if at == start:
                    if len(mark) == 1:
                        continue
                    at += 1
                elif after == end:
                    if len(mark) == 1:
                        continue
                    after -= 1
                elif len(mark) == 1:
                    continue
            mark = '"'
        elif mark in ("''", "``"):
            mark = '"'
        if mark == "'":
            _single(text, at, stack, spans)
            continue
        if mark == '"':
            if stack and stack[-1][0] == "'":
                stack.pop()
            opens = not any(m == '"' for m, _ in stack)
            if opens and stack and stack[-1][0] == "“" and _closes(text, at, after, end):
                # Opened with one kind of mark and closed with another.
                _, begin = stack.pop()
                spans.append((begin, at, len(stack), True))
                continue
            if opens:
                if after < end and not text[after].isspace():
                    stack.append(('"', after))
                continue
            while stack:
                kind, begin = stack.pop()
                if kind == '"':
                    spans.append((begin, at, len(stack), True))
                    break
            continue
        if mark in _OPENING and not (mark == "“" and any(m == "„" for m, _ in stack)):
            if mark == "‘" and not (at == start or not _LETTER.match(text[at - 1])):
                continue
            if mark == "“" and _meant_closing(text, at, after, end) and any(m == "“" for m, _ in stack):
                _, begin = next((m, b) for m, b in stack if m == "“")
                spans.append((begin, at, 0, True))
                stack.clear()
                continue
            if mark == "“" and any(m == "“" for m, _ in stack):
                # Opened twice without a close: the first was never closed.
                kind, begin = next((m, b) for m, b in stack if m == "“")
                spans.append((begin, at, 0, False))
                stack.clear()
            stack.append((mark, after))
            continue
        if mark == "’" and at > start and _LETTER.match(text[at - 1]) and after < end and _LETTER.match(text[after]):
            continue
        for depth in range(len(stack) - 1, -1, -1):
            kind, begin = stack[depth]
            if mark in _OPENING.get(kind, "") or (kind == '"' and mark == "”" and _closes(text, at, after, end)):
                spans.append((begin, at, depth, True))
                del stack[depth:]
                break
    for depth, (kind, begin) in enumerate(stack):
        if kind in ('"', "“", "«", "„") and depth == 0 and end - begin > 20:
            spans.append((begin, end, 0, False))
    found = []
    for low, high, depth, closed in spans:
        content = text[low:high]
        low += len(content) - len(content.lstrip())
        high -= len(content) - len(content.rstrip())
        if low < high and _LETTER.search(text, low, high):
            found.append(Quotation(Passage(low, high), number, depth, closed))
    found.sort(key=lambda q: q.content)
    return found


def _closes(text: str, at: int, after: int, end: int) -> bool:
    """Does a mark stand where only a closing one can: behind a word or full stop, and before no word?"""
    return not text[at - 1].isspace() and not (after < end and _LETTER.match(text[after]))


def _meant_closing(text: str, at: int, after: int, end: int) -> bool:
    """Is a mark that opens a slip for one that closes: "..., “X said."?"""
    return text[max(0, at - 3) : at].rstrip()[-1:] in (",", ".", "?", "!") and bool(
        _SAID.match(text, after, min(end, after + 60))
    )


def _single(text: str, at: int, stack: list[tuple[str, int]], spans: list[tuple[int, int, int, bool]]) -> None:
    """A straight single mark: opens after a space, closes before one; an apostrophe does neither."""
    opens = at + 1 < len(text) and _LETTER.match(text[at + 1]) and (at == 0 or not _LETTER.match(text[at - 1]))
    inside = any(kind == "'" for kind, _ in stack)
    if opens and not inside:
        stack.append(("'", at + 1))
    elif inside and not opens:
        kind, begin = stack[-1]
        # "the militias' weapons": a plural's apostrophe closes nothing when a later mark can.
        plural = (
            text[at - 1] == "s"
            and text[at + 1 : at + 2] == " "
            and re.search(r"[\w.,!?]'(?!\w)", text[at + 1 : at + 300])
        )
        if kind == "'" and not plural:
            stack.pop()
            spans.append((begin, at, len(stack), True))
