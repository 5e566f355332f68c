"""Who says what: direct quotations, reported clauses, and mixtures, each with its cue and speaker."""

from __future__ import annotations

from typing import Final

from marsad.coding.cues import Cue, cues
from marsad.coding.document import Document
from marsad.coding.drafts import Draft, is_alone
from marsad.coding.negation import denies_nothing, is_nobody
from marsad.coding.overlaps import Overlaps
from marsad.coding.quotations import Quotation
from marsad.coding.quoted import is_name, quoted
from marsad.coding.subjects import subject_of
from marsad.records import Passage

__all__ = ["DENIALS", "statements"]

DENIALS: Final = frozenset({"deny", "refute", "reject", "dismiss", "disclaim", "contest", "dispute"})
"""Verbs by which a speaker says that something is not so."""
_ASSERTING: Final = frozenset("say claim confirm announce report tell".split())
"""Verbs that, with "not", say that something was not said: so it is nobody's statement."""
_DECLINING: Final = frozenset("decline refuse fail neglect".split())
"""Verbs for not doing what hangs on them, so that nobody says it ("declined to say whether ...")."""
_CLAIMED: Final = frozenset("life victim toll casualty".split())
_FAR: Final = 2
"""Paragraphs from what was last reported to a quotation by itself that goes on from it."""
_CLOSING: Final = frozenset("\"'”’»“›")


def statements(document: Document, quotes: list[Quotation]) -> list[Draft]:
    """All statements of a document in order of their content."""
    outer = [q for q in quotes if q.depth == 0]
    reported = cues(document)
    drafts, used = quoted(document, outer, reported)
    marked: Overlaps[Quotation] = Overlaps()
    for quotation in outer:
        if not quotation.block:
            marked.add(*quotation.content, quotation)
    taken: Overlaps[Draft] = Overlaps()
    for draft in drafts:
        if draft.speaker is not None and is_nobody(document, draft.speaker):
            draft.speaker = None
        _take(taken, draft)
    for cue in reported:
        found = _indirect(document, cue, marked, taken, used)
        if found is not None and not _unsaid(document, found):
            drafts.append(found)
            _take(taken, found)
    drafts.sort(key=lambda d: (d.content[0].start, -d.content[-1].end))
    for draft in drafts:
        draft.words = document.between(draft.content[0].start, draft.content[-1].end)
    _take_up(document, drafts)
    return drafts


def _unsaid(document: Document, draft: Draft) -> bool:
    """Did nobody say it ("no group claimed", "has not said"), or is it no saying at all ("claimed nine lives")?"""
    words = document.words
    if draft.speaker is not None and is_nobody(document, draft.speaker):
        return True
    if draft.cue_word is None:
        return False
    cue = words[draft.cue_word]
    if cue.dep == "xcomp" and words[cue.head].lemma in _DECLINING:
        return True
    if cue.lemma not in _ASSERTING:
        return False
    below = [words[child] for child in cue.children]
    if cue.lemma == "claim" and any(under.dep == "dobj" and under.lemma.lower() in _CLAIMED for under in below):
        return True
    return any(
        under.dep == "neg"
        and not denies_nothing(words, under.i)
        # "Should he not, she says, ...": that "not" is another clause's.
        and not any(word.pos == "PUNCT" for word in words[under.i : cue.i])
        for under in below
    )


def _take_up(document: Document, drafts: list[Draft]) -> None:
    """ "It was not absent, he says. "It was ..."": a quotation without a cue goes on from what was just reported.

    So does one that is a paragraph by itself, from what was last reported in one of the paragraphs before it.
    """
    words = document.words
    told: Draft | None = None
    for draft in drafts:
        if draft.cue_word is not None:
            if words[draft.cue_word].quote < 0 and not (told is not None and _within(draft, told)):
                told = draft
        elif told is not None and told.cue_word is not None and draft.manner == "direct" and draft.speaker is None:
            first, _ = draft.words
            before = max(told.cue_word, told.words[1] - 1)
            between = words[before + 1 : first]
            if not before < first < len(words):
                continue
            if draft.recorded:
                draft.continues = told
            elif told.paragraph == draft.paragraph:
                if all(w.sent == words[before].sent or w.pos in ("PUNCT", "SYM") for w in between):
                    draft.continues = told
            elif (
                draft.paragraph - told.paragraph <= _FAR
                and is_alone(document, draft.content[0], draft.paragraph)
                and (draft.continues is None or told.paragraph >= draft.continues.paragraph)
            ):
                draft.continues = told


def _within(inner: Draft, outer: Draft) -> bool:
    return outer.content[0].start <= inner.content[0].start and inner.content[-1].end <= outer.content[-1].end


def _take(taken: Overlaps[Draft], draft: Draft) -> None:
    """Note where the words of a direct statement lie."""
    if draft.manner == "direct" and (draft.cue_word is not None or draft.continues is not None):
        for piece in draft.content:
            taken.add(*piece, draft)


def _indirect(
    document: Document, cue: Cue, marked: Overlaps[Quotation], taken: Overlaps[Draft], used: set[int]
) -> Draft | None:
    """A reported clause, unless a direct quotation already takes its cue or its words."""
    if cue.word in used or is_name(document, cue.word, *document.between(*cue.content[0])):
        return None
    start, end = cue.content[0].start, cue.content[-1].end
    word = document.words[cue.word]
    if word.quote < 0:
        for low, high, _ in taken.over(start, end):
            if min(end, high) - max(start, low) > 0.6 * (end - start):
                return None
    inside = [quotation for _, _, quotation in marked.over(start, end)] if word.quote < 0 else []
    manner = "indirect"
    if inside and document.words[cue.word].quote < 0:
        covered = sum(min(end, q.content.end) - max(start, q.content.start) for q in inside)
        manner = "direct" if covered >= 0.95 * (end - start) else "mixed"
    content = list(cue.content)
    if manner == "mixed" and content:
        # A closing mark at the edge belongs to the content's words, so take its whole quotation in.
        opened = [q.content.start - (not document.text[q.content.start - 1].isspace()) for q in inside]
        low = min([content[0].start, *(start for start in opened if start < content[0].start)])
        closed = [q.content.end + (document.text[q.content.end : q.content.end + 1] in _CLOSING) for q in inside]
        high = max([content[-1].end, *(end for end in closed if end > content[-1].end)])
        content[0] = Passage(low, content[0].end)
        content[-1] = Passage(content[-1].start, high)
    passage = Passage(word.start, word.end)
    if word.lower == "according" and word.i + 1 < len(document.words) and document.words[word.i + 1].lower == "to":
        passage = Passage(word.start, document.words[word.i + 1].end)
    paragraph = document.sentence_of(cue.word).paragraph
    return Draft(
        content,
        manner,
        passage,
        cue.word,
        subject_of(document, cue.word),
        paragraph,
        denies=word.lemma in DENIALS,
    )
