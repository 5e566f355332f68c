"""Who says what: direct quotations, reported clauses, and mixtures, each with its cue and speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Final

from marsad.coding.cues import Cue, cues
from marsad.coding.document import Document
from marsad.coding.negation import denies_nothing, is_nobody
from marsad.coding.overlaps import Overlaps
from marsad.coding.quotations import Quotation
from marsad.coding.subjects import is_speech_verb, subject_of
from marsad.records import Passage

__all__ = ["DENIALS", "Draft", "statements"]

DENIALS: Final = frozenset({"deny", "refute", "reject", "dismiss", "disclaim", "contest", "dispute"})
"""Verbs by which a speaker says that something is not so."""
_ASSERTING: Final = frozenset("say claim confirm announce report tell".split())
"""Verbs that, with "not", say that something was not said: so it is nobody's statement."""
_CLAIMED: Final = frozenset("life victim toll casualty".split())
_WINDOW: Final = 14
"""Words after a closing or before an opening mark in which a reporting word is looked for."""
_FRAGMENT: Final = 3
"""Words; a quotation of fewer is somebody's term, not somebody's statement, unless a cue reports just it."""
_NAMING: Final = frozenset({"call", "name", "dub", "nickname", "christen", "rename", "title", "code"})
_LONGEST_TITLE: Final = 40
"""Words between a quotation and its cue, at most: a name with all that is put beside it."""
_LONGEST_NAME: Final = 5
"""Words of a name that is given to something."""
_CLOSING: Final = frozenset("\"'”’»“›")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*\s*\Z")


@dataclass(slots=True)
class Draft:
    """A statement before its speaker is tied to an actor. ``speaker`` is the index of a word."""

    content: list[Passage]
    manner: str
    cue: Passage | None = None
    cue_word: int | None = None
    speaker: int | None = None
    paragraph: int = 0
    continues: Draft | None = None
    """The statement before it with the same speaker, where this one has no cue of its own."""
    denies: bool = False
    """The speaker says that the content is not so."""
    words: tuple[int, int] = field(default=(0, 0))


def statements(document: Document, quotes: list[Quotation]) -> list[Draft]:
    """All statements of a document in order of their content."""
    outer = [q for q in quotes if q.depth == 0]
    reported = cues(document)
    drafts, used = _direct(document, outer, reported)
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
    if draft.cue_word is None or words[draft.cue_word].lemma not in _ASSERTING:
        return False
    cue = words[draft.cue_word]
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
    """ "It was not absent, he says. "It was ..."": a quotation without a cue goes on from what was just reported."""
    words = document.words
    told: Draft | None = None
    for draft in drafts:
        if draft.cue_word is not None:
            if words[draft.cue_word].quote < 0:
                told = draft
        elif told is not None and told.cue_word is not None and draft.manner == "direct" and draft.speaker is None:
            first, _ = draft.words
            before = max(told.cue_word, told.words[1] - 1)
            between = words[before + 1 : first]
            if (
                told.paragraph == draft.paragraph
                and before < first < len(words)
                and all(w.sent == words[before].sent or w.pos in ("PUNCT", "SYM") for w in between)
            ):
                draft.continues = told


def _direct(document: Document, outer: list[Quotation], reported: list[Cue]) -> tuple[list[Draft], set[int]]:
    """Statements wholly in marks (or quoted as a block), and the cue words that they use up."""
    drafts: list[Draft] = []
    used: set[int] = set()
    strong = {cue.word for cue in reported}
    for quotation in outer:
        if quotation.block:
            drafts.append(_block(document, quotation, used))
            continue
        first, last = document.between(*quotation.content)
        if last <= first:
            continue
        before = drafts[-1] if drafts else None
        cue = _cue_near(document, quotation, first, last, strong)
        whole = _is_whole(document, quotation, first, last)
        if cue is None:
            labelled = _label_before(document, quotation, first)
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
        if not whole and not (last - first >= _FRAGMENT and _leads_or_follows(document, quotation, cue)):
            continue
        if _is_name(document, cue, first, last):
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
                _speaker_near(document, cue, quotation),
                quotation.paragraph,
            )
        )
    return drafts, used


def _is_name(document: Document, cue: int, first: int, last: int) -> bool:
    """ "called the hill "the Tooth"": a name that is given, not something that is said."""
    words = document.words
    given = [word for word in words[first:last] if word.pos not in ("PUNCT", "SYM")]
    return (
        words[cue].lemma in _NAMING
        and 0 < len(given) <= _LONGEST_NAME
        and given[-1].text[:1].isupper()
        and not any(word.pos in ("VERB", "AUX") for word in given)
    )


def _block(document: Document, quotation: Quotation, used: set[int]) -> Draft:
    """Paragraphs without marks after "X said:", one piece a paragraph; or what follows a transcript's label."""
    if quotation.labelled:
        at = document.at(document.paragraphs[quotation.paragraph].start)
        first, _ = document.between(*quotation.content)
        names = [w.i for w in document.words[at:first] if w.pos in ("PROPN", "NOUN")]
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


def _noun_before(document: Document, at: int, first: int) -> int | None:
    for word in reversed(document.words[first:at]):
        if word.pos in ("PROPN", "PRON") or (word.pos == "NOUN" and word.dep.startswith("nsubj")):
            return word.i
    return None


def _label_before(document: Document, quotation: Quotation, first: int) -> int | None:
    """The noun in 'The guard: "No blue caps tonight."', where a colon alone says who speaks."""
    words = document.words
    before = [w for w in words[max(0, first - 3) : first] if w.text not in ('"', "“", "'", "‘", "«")]
    if not before or before[-1].text != ":" or before[-1].i == 0:
        return None
    label = words[before[-1].i - 1]
    begin = document.sentences[label.sent].first
    if (
        label.pos in ("NOUN", "PROPN")
        and label.i - begin <= 6
        and not any(w.pos in ("VERB", "AUX") for w in words[begin : label.i])
    ):
        return label.i
    return None


def _is_whole(document: Document, quotation: Quotation, first: int, last: int) -> bool:
    """Does the quotation hold whole sentences or clauses, not words woven into the author's own?"""
    words = document.words
    if last - first < 2:
        return False
    sentence = document.sentences[words[first].sent]
    begins = words[first].text[:1].isupper() or not words[first].text[:1].isalpha()
    outside = [w for w in words[sentence.first : first] if w.pos not in ("PUNCT", "SPACE", "SYM")]
    text = document.text
    mark_before = text[max(0, quotation.content.start - 4) : quotation.content.start].rstrip("\"“'‘«„ ")
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


def _cue_near(document: Document, quotation: Quotation, first: int, last: int, strong: set[int]) -> int | None:
    """The reporting word beside a quotation: after its close first, then before its opening."""
    words = document.words
    limit = document.sentences[words[last - 1].sent]
    paragraph_end = document.paragraphs[quotation.paragraph].end
    best: int | None = None
    text = document.text
    closing = text[quotation.content.end - 1 : quotation.content.end]
    after_mark = text[quotation.content.end : quotation.content.end + 4].lstrip("\"”'’»")
    goes_on = (
        closing in ",?!-–—"
        or after_mark[:1] == ","
        or (after_mark.strip()[:1].islower() if after_mark.strip() else False)
    )
    last_sentence_end = max(limit.last, last)
    for word in words[first:last]:
        if not first <= word.head < last and word.dep in ("ccomp", "parataxis", "dep"):
            above = words[word.head]
            if (
                is_speech_verb(above)
                and above.quote < 0
                and above.start < paragraph_end
                and above.sent == words[last - 1].sent
            ):
                return above.i
    if goes_on or limit.last > last + 1:
        stop = min(last + _WINDOW, len(words))
        for word in words[last:stop]:
            if word.start >= paragraph_end or (word.quote >= 0 and word.quote != words[last - 1].quote):
                break
            if word.i >= last_sentence_end and not goes_on:
                break
            first_word = all(w.pos == "PUNCT" for w in words[last : word.i])
            reports = is_speech_verb(word) or (word.i in strong and word.pos == "VERB")
            if (reports and (first_word or word.dep not in ("amod", "compound", "xcomp"))) or word.lower == "according":
                best = word.i
                break
            if word.text in (".", ";") or (word.text == ":" and word.i > last + 1):
                break
    if best is not None:
        return best
    intro = _introduced(document, quotation)
    if intro is not None:
        return intro
    sentence = document.sentences[words[first].sent]
    start = max(sentence.first, first - 40)
    ended = first > 0 and words[first - 1].i >= 1 and _colon_before(document, quotation)
    if ended and sentence.first >= first - 1:
        previous = document.sentences[max(0, words[max(0, first - 2)].sent)]
        start = previous.first
    for word in reversed(words[start:first]):
        if word.quote >= 0 and word.i < first - 3:
            break
        if (is_speech_verb(word) and word.dep not in ("amod", "compound")) or word.i in strong:
            near = first - word.i <= 3
            comma = (
                text[max(0, quotation.content.start - 4) : quotation.content.start]
                .rstrip("\"“'‘«„ ")
                .endswith((",", ":"))
            )
            attached = any(first <= c < last for c in word.children) or (
                word.head != word.i and first <= word.head < last
            )
            if near or comma or attached:
                return word.i
            return None
    return None


def _introduced(document: Document, quotation: Quotation) -> int | None:
    """The reporting word of a paragraph that ends in a colon before a paragraph that opens with the quotation."""
    if quotation.paragraph == 0:
        return None
    before, own = document.paragraphs[quotation.paragraph - 1], document.paragraphs[quotation.paragraph]
    if quotation.content.start - own.start > 3 or not document.text[before.start : before.end].rstrip().endswith(":"):
        return None
    first, last = document.between(before.start, before.end)
    for word in reversed(document.words[max(first, last - 25) : last]):
        if word.quote < 0 and (is_speech_verb(word) or word.lemma in ("release", "issue", "publish")):
            return word.i
    return None


def _colon_before(document: Document, quotation: Quotation) -> bool:
    text = document.text[max(0, quotation.content.start - 6) : quotation.content.start]
    return ":" in text


def _leads_or_follows(document: Document, quotation: Quotation, cue: int) -> bool:
    """Is the quotation all that the cue reports, rather than a fragment of a reported clause?"""
    words = document.words
    first, last = document.between(*quotation.content)
    word = words[cue]
    if cue >= last:
        sentence = document.sentences[words[first].sent]
        outside = [w for w in words[sentence.first : first] if w.pos not in ("PUNCT", "SYM")]
        return not outside
    between = [w for w in words[cue + 1 : first] if w.pos not in ("PUNCT", "SYM")]
    return not between or (
        all(w.i in word.children or w.head in word.children for w in between)
        and not any(w.dep in ("mark", "nsubj", "nsubjpass") or w.lower == "that" for w in between)
    )


def _one_sentence(document: Document, before: Draft, quotation: Quotation) -> bool:
    """ "A," he said, "b": one sentence split by its cue."""
    between = document.text[before.content[-1].end : quotation.content.start].rstrip("\"“'‘«„ ")
    return not _SENTENCE_END.search(between) and not between.endswith(":") and len(between) < 200


def _resumes(document: Document, before: Draft, quotation: Quotation) -> bool:
    """ "A," said X, who sells soup, "b": goes a quotation on after the cue of the one before, behind a comma?"""
    if before.cue is None or quotation.paragraph != before.paragraph:
        return False
    low, high = before.content[-1].end, quotation.content.start
    behind_comma = document.text[low:high].rstrip("\"“'‘«„ ").endswith(",")
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
    paragraph = document.paragraphs[quotation.paragraph]
    alone = paragraph.end - paragraph.start - (quotation.content.end - quotation.content.start) <= 4
    return before if gap == 1 and alone else None


def _speaker_near(document: Document, cue: int, quotation: Quotation) -> int | None:
    """The speaker of a direct quotation: the cue's subject, else the noun next to the cue."""
    words = document.words
    quote = words[cue].quote
    subject = subject_of(document, cue)
    if subject is not None and (words[subject].quote < 0 or words[subject].quote == quote):
        return subject
    sentence = document.sentences[words[cue].sent]
    for child in words[cue].children:
        # The parse may tie the quotation's own subject to the cue as well; the speaker stands outside.
        if words[child].dep == "nsubj" and words[child].quote == quote:
            return child
    named = _named_between(document, document.between(*quotation.content)[1], cue)
    if named is not None:
        return named
    for word in words[cue + 1 : min(cue + 8, sentence.last)]:
        if word.quote >= 0 or word.text in (".", ";", ":"):
            break
        if (word.pos in ("NOUN", "PROPN") and word.dep != "compound") or word.tag == "PRP":
            return word.i
        if word.text == ",":
            break
    for word in reversed(words[max(sentence.first, cue - 6) : cue]):
        if word.quote >= 0:
            break
        if word.pos in ("NOUN", "PROPN") or word.tag == "PRP":
            return word.i
    return subject


def _named_between(document: Document, first: int, cue: int) -> int | None:
    """The name or noun that opens what stands between a quotation and the cue after it: "...," Lt. Gen. Townsend,
    commander of the task force, said."""
    words = document.words
    while first < cue and words[first].pos in ("PUNCT", "SYM", "DET"):
        first += 1
    if not first < cue <= first + _LONGEST_TITLE:
        return None
    last = first
    while last < cue and words[last].pos in ("PROPN", "NOUN", "ADJ", "NUM") and words[last].quote < 0:
        last += 1
    return last - 1 if last > first and words[last - 1].pos in ("PROPN", "NOUN") else None


def _take(taken: Overlaps[Draft], draft: Draft) -> None:
    """Note where the words of a direct statement lie."""
    if draft.manner == "direct" and (draft.cue_word is not None or draft.continues is not None):
        for piece in draft.content:
            taken.add(*piece, draft)


def _indirect(
    document: Document, cue: Cue, marked: Overlaps[Quotation], taken: Overlaps[Draft], used: set[int]
) -> Draft | None:
    """A reported clause, unless a direct quotation already takes its cue or its words."""
    if cue.word in used or _is_name(document, cue.word, *document.between(*cue.content[0])):
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
