"""Where reported content begins and ends: by the parse, and by what the encoder hears."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from coding_making import parsed, record, said

from marsad.coding.contents import _stops, fitted, passage
from marsad.coding.document import Document
from marsad.coding.parsing import parse
from marsad.records import Passage

TEXT = "The colonel denied that any prisoner had been shot while villagers demanded an inquiry into it ."
WORDS = TEXT.split()


def heard(reported: str, cues: str = "denied", log_odds: float = 6.0) -> Document:
    """The parse of the text, with an encoder that hears just these words as reported, and these as reporting."""
    document = parse(TEXT)
    assert [word.text for word in document.words] == WORDS
    assert len(document.sentences) == 1
    document.judgement = cast(Any, object())
    inside = np.array([word in reported.split() for word in WORDS])
    content = np.zeros((len(WORDS), 3), np.float32)
    content[:, 0] = np.where(inside, -log_odds, -0.01)
    content[:, 2] = np.where(inside, -0.01, -log_odds)
    content[:, 1] = -9.0
    reports = np.full((len(WORDS), 2), -9.0, np.float32)
    reports[[WORDS.index(cue) for cue in cues.split()], 1] = -0.1
    document._judged.update(content=content, cue=reports)
    return document


def span(first: str, last: str) -> Passage:
    return Passage(TEXT.index(first), TEXT.index(last) + len(last))


def moved(document: Document, piece: Passage, cue: str = "denied") -> str:
    [found] = fitted(document, WORDS.index(cue), [piece])
    return TEXT[found.start : found.end]


def test_words_that_are_not_heard_are_left_out() -> None:
    whole = span("any prisoner", "inquiry")
    assert moved(heard("any prisoner had been shot"), whole) == "any prisoner had been shot"


def test_words_that_are_heard_are_taken_in() -> None:
    part = span("any prisoner", "shot")
    everything = "any prisoner had been shot while villagers demanded an inquiry into it"
    assert moved(heard(everything), part) == everything
    assert moved(heard(everything, cues="denied demanded"), part) == "any prisoner had been shot while villagers"


def test_a_border_stays_where_little_speaks_against_it() -> None:
    part = span("any prisoner", "shot")
    assert moved(heard("any prisoner had been"), part) == "any prisoner had been shot"
    assert moved(heard("any prisoner had been shot while"), part) == "any prisoner had been shot"
    assert moved(heard("any prisoner had been shot while villagers demanded", log_odds=0.5), part) == TEXT[slice(*part)]


def test_what_the_encoder_does_not_hear_at_all_stays_as_parsed() -> None:
    part = span("any prisoner", "shot")
    assert moved(heard(""), part) == "any prisoner had been shot"


def test_a_content_does_not_reach_across_its_reporting_word() -> None:
    document = heard("The colonel that any prisoner had been shot")
    assert moved(document, span("any prisoner", "shot")) == "any prisoner had been shot"


def test_inside_what_somebody_else_says_nothing_is_moved() -> None:
    document = heard(" ".join(WORDS))
    part = span("any prisoner", "shot")
    assert moved(document, part) == "any prisoner had been shot"


def test_no_phrase_loses_its_last_words() -> None:
    part = span("any prisoner", "it")
    assert moved(heard("any prisoner had been shot while villagers demanded an"), part).endswith(
        "demanded an inquiry into it"
    )
    assert moved(heard("any prisoner had been shot while villagers"), part).endswith("demanded an inquiry into it")


def test_a_content_ends_with_its_sentence() -> None:
    # Where the parse runs two sentences together.
    text = "Ruth Amsal said that the bridge was closed. Omar Haddad left."
    document = parse(text)
    words = [word.text for word in document.words]
    stop = words.index(".")
    assert [_stops(document, place) for place in (stop, len(words) - 1)] == [True, False]
    short = parse("He said that Const. Tim Barker had left.")
    assert not any(_stops(short, word.i) for word in short.words)


def test_without_an_encoder_nothing_is_moved() -> None:
    document = parse(TEXT)
    part = span("any prisoner", "inquiry")
    assert fitted(document, WORDS.index("denied"), [part]) == [part]


def test_a_passage_is_without_marks_and_conjunction_at_its_edges() -> None:
    document = parsed('She said that "the bridge is closed," and left.')
    texts = [word.text for word in document.words]
    found = passage(document, texts.index('"'), texts.index("left"))
    assert found is not None
    assert document.text[found.start : found.end] == "the bridge is closed"
    assert passage(document, texts.index(","), texts.index(",") + 1) is None


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "The colonel denied that any prisoner had been shot, while villagers demanded an inquiry.",
            ("denied", "any prisoner had been shot", "The colonel"),
            ("demanded", "an inquiry", "villagers"),
        ),
        (
            "Two brigades are being moved to the river, an officer said, adding that an attack on the town had been "
            "planned in June.",
            ("said", "Two brigades are being moved to the river", "an officer"),
            ("adding", "an attack on the town had been planned in June", "an officer"),
        ),
        (
            "The colonel said that the bridge at Alpha was closed, and added that the army would open it in June.",
            ("said", "the bridge at Alpha was closed", "The colonel"),
            ("added", "the army would open it in June", "The colonel"),
        ),
        (
            "He denied that the rebels may have entered the town, but stressed that the measures are working well.",
            ("denied", "the rebels may have entered the town", "He"),
            ("stressed", "the measures are working well", "He"),
        ),
        (
            "The minister says the road to Alpha is open and insists that nobody has been hurt there.",
            ("says", "the road to Alpha is open", "The minister"),
            ("insists", "nobody has been hurt there", "The minister"),
        ),
        (
            '"That is an excuse," the spokesman said, adding that no shot had been fired from the post.',
            ("said", "That is an excuse,", "the spokesman"),
            ("adding", "no shot had been fired from the post", "the spokesman"),
        ),
    ],
)
def test_each_reporting_word_has_its_own_content(
    text: str, first: tuple[str, str, str], second: tuple[str, str, str]
) -> None:
    found = [
        (text[slice(*statement.cue)] if statement.cue else "", content, who)
        for statement, content, who in said(record(text))
    ]
    for wanted in (first, second):
        assert wanted in found
