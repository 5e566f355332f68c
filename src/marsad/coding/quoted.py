"""Statements wholly in marks, those quoted as a block, and those of a transcript or recording."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import Final

from marsad.coding.cues import Cue
from marsad.coding.document import Document, Word
from marsad.coding.drafts import Draft, is_alone
from marsad.coding.quotations import Quotation
from marsad.coding.quotecues import OPENING, cue_near, label_before, leads_or_follows, signed_by, speaker_near
from marsad.coding.subjects import is_speech_verb, subject_of
from marsad.coding.turns import has_capitals
from marsad.records import Passage

__all__ = ["is_name", "quoted"]

_FRAGMENT: Final = 3
"""Words; a quotation of fewer is somebody's term, not somebody's statement, unless a cue reports just it."""
_LEAST_REST: Final = 12
"""Characters that a reported clause must have outside of the marks in it."""
_FIRST_PERSON: Final = frozenset({"i", "we", "me", "us", "my", "our"})
_NAMING: Final = frozenset({"call", "name", "dub", "nickname", "christen", "rename", "title", "code"})
_LONGEST_NAME: Final = 5
"""Words of a name that is given to something."""
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*\s*\Z")


def quoted(document: Document, outer: list[Quotation], reported: list[Cue]) -> tuple[list[Draft], set[int]]:
    """Statements wholly in marks (or quoted as a block), and the cue words that they use up."""
    drafts: list[Draft] = []
    used: set[int] = set()
    strong = {cue.word for cue in reported}
    for quotation in outer:
        if quotation.block:
            drafts.append(_block(document, quotation, used, drafts[-1] if drafts else None))
            continue
        first, last = document.between(*quotation.content)
        if last <= first:
            continue
        before = drafts[-1] if drafts else None
        cue = cue_near(document, quotation, first, last, strong)
        whole = _is_whole(document, quotation, first, last)
        if cue is None:
            labelled = label_before(document, quotation, first)
            if labelled is None:
                labelled = signed_by(document, quotation, last)
            if labelled is not None:
                drafts.append(Draft([quotation.content], "direct", speaker=labelled, paragraph=quotation.paragraph))
                continue
            if not whole:
                continue
            if before is not None and _resumes(document, before, quotation):
                before.content.append(quotation.content)
                continue
            draft = Draft([quotation.content], "direct", paragraph=quotation.paragraph)
            draft.continues = _continued(document, quotation, before)
            if draft.continues is None and not (quotation.resumed or last - first >= 6):
                continue
            drafts.append(draft)
            continue
        if not whole and not (last - first >= _FRAGMENT and leads_or_follows(document, quotation, cue)):
            continue
        if is_name(document, cue, first, last) or _is_part(document, quotation, cue, reported):
            continue
        joined = before is not None and before.cue_word == cue and _one_sentence(document, before, quotation)
        if joined and before is not None:
            before.content.append(quotation.content)
            continue
        if before is not None and before.cue_word == cue:
            # Resumed after the sentence of its cue: a statement of its own, without a cue.
            drafts.append(Draft([quotation.content], "direct", paragraph=quotation.paragraph, continues=before))
            continue
        used.add(cue)
        word = document.words[cue]
        drafts.append(
            Draft(
                [quotation.content],
                "direct",
                Passage(word.start, word.end),
                cue,
                speaker_near(document, cue, quotation),
                quotation.paragraph,
            )
        )
    return drafts, used


def _is_part(document: Document, quotation: Quotation, cue: int, reported: list[Cue]) -> bool:
    """Do words in marks stand in a longer clause that the same cue reports ('said "there are no grounds" for it')?"""
    text, content = document.text, quotation.content
    at = document.words[cue].start
    whole = next((c.content for c in reported if c.word == cue and len(c.content) == 1), None)
    first, last = document.between(*content)
    # Whoever says "we" in marks is quoted; the author's own clause ends where the marks begin.
    if whole is None or not quotation.closed or any(w.lower in _FIRST_PERSON for w in document.words[first:last]):
        return False
    before = text[content.start].islower() and whole[0].start < content.start - _LEAST_REST
    if before and whole[0].end >= content.end - 1:
        return True
    behind = text[content.end + 1 : content.end + 6].strip()
    return (
        at < content.start
        and text[content.end - 1] not in ".!?,…"
        and behind[:1].islower()
        and behind.split()[:1] not in (["and"], ["but"], ["or"])
        and whole[0].start <= content.start
        and whole[0].end > content.end + _LEAST_REST
    )


def is_name(document: Document, cue: int, first: int, last: int) -> bool:
    """ "called the hill "the Tooth"": a name that is given, not something that is said."""
    words = document.words
    given = [word for word in words[first:last] if word.pos not in ("PUNCT", "SYM")]
    return (
        words[cue].lemma in _NAMING
        and 0 < len(given) <= _LONGEST_NAME
        and given[-1].text[:1].isupper()
        and not any(word.pos in ("VERB", "AUX") for word in given)
    )


def _block(document: Document, quotation: Quotation, used: set[int], before: Draft | None) -> Draft:
    """Paragraphs without marks after "X said:", one piece a paragraph; or what follows a transcript's label."""
    if quotation.recorded and not quotation.labelled:
        return Draft([quotation.content], "direct", paragraph=quotation.paragraph, continues=before, recorded=True)
    if quotation.labelled:
        at = document.at(document.paragraphs[quotation.paragraph].start)
        first, _ = document.between(*quotation.content)
        names = [w.i for w in _label(document, at, first) if w.pos in ("PROPN", "NOUN")]
        return Draft([quotation.content], "direct", speaker=names[-1] if names else None, paragraph=quotation.paragraph)
    within = takewhile(lambda p: p.end <= quotation.content.end, islice(document.paragraphs, quotation.paragraph, None))
    pieces = [Passage(p.start, p.end) for p in within if p.start >= quotation.content.start]
    draft = Draft(pieces, "direct", paragraph=quotation.paragraph)
    intro = document.paragraphs[quotation.paragraph - 1]
    first, last = document.between(intro.start, intro.end)
    for word in reversed(document.words[max(first, last - 25) : last]):
        if is_speech_verb(word) and word.quote < 0:
            draft.cue, draft.cue_word = Passage(word.start, word.end), word.i
            draft.speaker = subject_of(document, word.i)
            if draft.speaker is None:
                draft.speaker = _noun_before(document, word.i, first)
            used.add(word.i)
            break
    return draft


def _label(document: Document, first: int, last: int) -> list[Word]:
    """The words of a transcript's label: in its last brackets, if any, and up to a comma there."""
    words = document.words[first:last]
    opened = next((w.i for w in reversed(words) if w.text in ("(", "[")), None)
    if opened is None:
        return words
    return list(takewhile(lambda w: w.text not in (",", ")", "]"), document.words[opened + 1 : last]))


def _noun_before(document: Document, at: int, first: int) -> int | None:
    for word in reversed(document.words[first:at]):
        if word.pos in ("PROPN", "PRON") or (word.pos == "NOUN" and word.dep.startswith("nsubj")):
            return word.i
    return None


def _is_whole(document: Document, quotation: Quotation, first: int, last: int) -> bool:
    """Does the quotation hold whole sentences or clauses, not words woven into the author's own?"""
    words = document.words
    if last - first < 2:
        return False
    sentence = document.sentences[words[first].sent]
    # Without capitals no word begins a sentence more than another.
    begins = words[first].text[:1].isupper() or not words[first].text[:1].isalpha() or not has_capitals(document.text)
    outside = [w for w in words[sentence.first : first] if w.pos not in ("PUNCT", "SPACE", "SYM")]
    text = document.text
    mark_before = text[max(0, quotation.content.start - 4) : quotation.content.start].rstrip(OPENING)
    led = not outside or mark_before.endswith((":", ",")) or quotation.resumed
    closing = text[quotation.content.end - 1]
    after = text[quotation.content.end : quotation.content.end + 3].lstrip("\"”'’»")
    ended = closing in ".,!?…-–" or (after[:1] in (",", ".", "", "\n", " ") and closing in ".!?,")
    if begins and led:
        return True
    if quotation.block or not quotation.closed:
        return begins
    has_verb = any(w.pos in ("VERB", "AUX") and w.tag in ("VBD", "VBZ", "VBP", "MD", "VB") for w in words[first:last])
    return ended and has_verb and (led or (last - first > 5 and not outside))


def _one_sentence(document: Document, before: Draft, quotation: Quotation) -> bool:
    """ "A," he said, "b": one sentence split by its cue."""
    between = document.text[before.content[-1].end : quotation.content.start].rstrip(OPENING)
    return not _SENTENCE_END.search(between) and not between.endswith(":") and len(between) < 200


def _resumes(document: Document, before: Draft, quotation: Quotation) -> bool:
    """ "A," said X, who sells soup, "b": goes a quotation on after the cue of the one before, behind a comma?"""
    if before.cue is None or quotation.paragraph != before.paragraph:
        return False
    low, high = before.content[-1].end, quotation.content.start
    behind_comma = document.text[low:high].rstrip(OPENING).endswith(",")
    goes_on = behind_comma and not document.text[high].isupper() and low <= before.cue.start < high
    return goes_on and _one_sentence(document, before, quotation)


def _continued(document: Document, quotation: Quotation, before: Draft | None) -> Draft | None:
    """The statement that a quotation without a cue goes on from."""
    if before is None:
        return None
    gap = quotation.paragraph - before.paragraph
    if gap == 0 or (gap == 1 and quotation.resumed):
        return before
    # A paragraph that is nothing but a quotation goes on with the speaker of the one before.
    return before if gap == 1 and is_alone(document, quotation.content, quotation.paragraph) else None
