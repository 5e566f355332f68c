"""Where words begin and end, and their lemmas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.coding.lemmas import lemma
from marsad.coding.words import nickname_opens, word_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. didn't answer.", "The|U.S.|did|n't|answer|."),
        ("Iraq's army cannot, he said", "Iraq|'s|army|can|not|,|he|said"),
        ("pro-government AK-47 rifles", "pro|-|government|AK-47|rifles"),
        ("Lt. Gen. J. Smith of Qa'ida", "Lt.|Gen.|J.|Smith|of|Qa'ida"),
        ("killed 1,200 on the 5th.The", "killed|1,200|on|the|5th|.|The"),
        ("34km north (Mosul) ...", "34|km|north|(|Mosul|)|..."),
        ("see https://example.org/a-b.", "see|https://example.org/a-b|."),
        ("\"We'll fight,\" they'd said", "\"|We|'ll|fight|,|\"|they|'d|said"),
        ("at 10:30 a.m. on 12/05/2014", "at|10:30|a.m.|on|12/05/2014"),
    ],
)
def test_words_are_cut_as_the_treebanks_cut_them(text: str, expected: str) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == expected.split("|")


@given(st.text(alphabet=st.sampled_from("aB1.'-– \n\"(…éа&%@:/"), max_size=60))
def test_nothing_but_white_space_lies_between_words(text: str) -> None:
    at = 0
    for start, end in word_spans(text):
        assert text[at:start].strip() == ""
        assert text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    ("word", "pos", "tag", "expected"),
    [
        ("fighters", "NOUN", "NNS", "fighter"),
        ("force", "NOUN", "NN", "force"),
        ("struck", "VERB", "VBD", "strike"),
        ("left", "VERB", "VBD", "leave"),
        ("Was", "AUX", "VBD", "be"),
        ("'s", "PART", "POS", "'s"),
        ("'s", "AUX", "VBZ", "be"),
        ("them", "PRON", "PRP", "they"),
        ("her", "PRON", "PRP$", "her"),
        ("n't", "PART", "RB", "not"),
        ("Forces", "PROPN", "NNPS", "Forces"),
        ("Wounded", "ADJ", "JJ", "wounded"),
    ],
)
def test_lemma(word: str, pos: str, tag: str, expected: str) -> None:
    assert lemma(word, pos, tag) == expected


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("John “ J.D. ” Dorrian", 1),
        ('Gen. Omar " the Fox " Haddad', 2),
        ("He said “ no ” Friday", None),
        ("Omar “ the old grey fox ” Haddad", None),
        ("“ no ” Haddad", None),
    ],
)
def test_a_nickname_stands_in_marks_behind_a_name(text: str, opened: int | None) -> None:
    texts = text.split()
    close = max(place for place, word in enumerate(texts) if word in '”"')
    assert nickname_opens(texts, close) == opened
    assert nickname_opens(texts, len(texts) - 1) is None
