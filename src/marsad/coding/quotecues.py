"""The reporting word beside a quotation, and whom it or a label names as the speaker."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import Final

from marsad.coding.document import Document
from marsad.coding.issuers import is_paper
from marsad.coding.quotations import Quotation
from marsad.coding.subjects import is_speech_verb, says_a_paper, subject_of

__all__ = ["OPENING", "cue_near", "label_before", "leads_or_follows", "signed_by", "speaker_near"]

OPENING: Final = "\"“'‘«„ "
"""What may stand right before quoted words."""
_OPENING_MARKS: Final = frozenset({'"', "“", "'", "‘", "«", "„", "``"})
_CLOSING_MARKS: Final = frozenset({'"', "”", "'", "’", "»", "“", "''"})
_GIVING: Final = frozenset({"provide", "make", "give", "deliver", "offer", "post", "send"})
_DASHES: Final = frozenset({"-", "–", "—", "--", "―"})
_LONGEST_SIGNATURE: Final = 12
"""Words after a dash that may be no more than a name and what its bearer is."""
_WINDOW: Final = 14
"""Words after a closing or before an opening mark in which a reporting word is looked for."""
_LONGEST_TITLE: Final = 40
"""Words between a quotation and its cue, at most: a name with all that is put beside it."""


def cue_near(document: Document, quotation: Quotation, first: int, last: int, strong: set[int]) -> int | None:
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
    colon = first - 1
    while colon > 0 and words[colon].text in _OPENING_MARKS:
        colon -= 1
    if colon > 0 and words[colon].text == ":" and words[colon - 1].quote < 0 and is_speech_verb(words[colon - 1]):
        return colon - 1
    for word in words[first:last]:
        if not first <= word.head < last and word.dep in ("ccomp", "parataxis", "dep"):
            above = words[word.head]
            if (
                is_speech_verb(above)
                and above.quote < 0
                and above.start < paragraph_end
                and above.sent == words[last - 1].sent
            ):
                nearer = [w.i for w in words[above.i + 1 : first] if is_speech_verb(w) and w.quote < 0]
                return nearer[-1] if nearer else above.i
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
                text[max(0, quotation.content.start - 4) : quotation.content.start].rstrip(OPENING).endswith((",", ":"))
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
    words = document.words
    for word in reversed(words[max(first, last - 25) : last]):
        if word.quote < 0 and (is_speech_verb(word) or word.lemma in ("release", "issue", "publish")):
            return word.i
        if word.lemma in _GIVING and any(words[c].dep == "dobj" and is_paper(words[c]) for c in word.children):
            # "provided the following statement:"
            return word.i
    return None


def _colon_before(document: Document, quotation: Quotation) -> bool:
    text = document.text[max(0, quotation.content.start - 6) : quotation.content.start]
    return ":" in text


def leads_or_follows(document: Document, quotation: Quotation, cue: int) -> bool:
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


def label_before(document: Document, quotation: Quotation, first: int) -> int | None:
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


def signed_by(document: Document, quotation: Quotation, last: int) -> int | None:
    """The name in '"No blue caps tonight." - Ruth Amsal', where a dash and the paragraph's end say who speaks."""
    words = document.words
    end = document.paragraphs[quotation.paragraph].end
    while last < len(words) and words[last].text in _CLOSING_MARKS:
        last += 1
    if last + 1 >= len(words) or words[last].text not in _DASHES:
        return None
    behind = list(takewhile(lambda word: word.start < end, islice(words, last + 1, last + 2 + _LONGEST_SIGNATURE)))
    if not behind or len(behind) > _LONGEST_SIGNATURE or any(word.pos in ("VERB", "AUX") for word in behind):
        return None
    name = list(takewhile(lambda word: word.pos in ("PROPN", "NOUN", "DET", "ADJ"), behind))
    return name[-1].i if name and name[-1].pos in ("PROPN", "NOUN") else None


def speaker_near(document: Document, cue: int, quotation: Quotation) -> int | None:
    """The speaker of a direct quotation: the cue's subject, else the noun next to the cue."""
    words = document.words
    quote = words[cue].quote
    subject = subject_of(document, cue)
    if subject is not None and (words[subject].quote < 0 or words[subject].quote == quote):
        return subject
    if subject is None and says_a_paper(document, cue):
        return None
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
    """The name or noun that opens what stands between a quotation and the cue after it: "...," Gen. Ruth
    Amsal, commander of the task force, said."""
    words = document.words
    while first < cue and words[first].pos in ("PUNCT", "SYM", "DET"):
        first += 1
    if not first < cue <= first + _LONGEST_TITLE:
        return None
    last = first
    while last < cue and words[last].pos in ("PROPN", "NOUN", "ADJ", "NUM") and words[last].quote < 0:
        last += 1
    return last - 1 if last > first and words[last - 1].pos in ("PROPN", "NOUN") else None
