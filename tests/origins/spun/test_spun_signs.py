"""Single signs: known names with a word swapped, articles, reporting verbs, and what is left alone."""

from __future__ import annotations

import pytest

from marsad.origins.spun import judge_spun
from marsad.origins.spun.features import word_features
from marsad.origins.spun.names import garbled
from marsad.origins.spun.narrative import narrative, quoted_spans
from marsad.origins.spun.passages import stretches
from marsad.origins.spun.tables import tables


def signs(text: str, kind: str) -> dict[str, str | None]:
    """What was found -> what was expected, of one kind."""
    return {sign.found: sign.expected for sign in judge_spun(text).signs if sign.kind == kind}


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("He fought against the Islamic Condition in the north.", "Condition", "State"),
        ("The suicide bombardment killed four people.", "bombardment", "bombing"),
        ("She is at the European Council on Overseas Relations in London.", "Overseas", "Foreign"),
    ],
)
def test_a_known_name_with_a_word_swapped_is_a_sign_with_what_stood_there(text: str, found: str, expected: str) -> None:
    assert signs(text, "name")[found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ships sailed through the Red Sea and past the Green Zone.",
        "The Islamic State group lost the city.",
        "The foreign minister met the secretary general and the chief minister.",
        "Security forces and special forces fought the armed groups.",
    ],
)
def test_clean_names_are_not_garbled(text: str) -> None:
    assert garbled(narrative(text, tables()), tables()) == []


def test_a_swapped_name_in_a_quotation_is_no_sign() -> None:
    assert not signs("“The Islamic Condition is gone,” he said.", "name")


def test_articles_that_do_not_fit() -> None:
    text = "It was a assertion of an formal kind, an hour before a European union of a university and an MP."
    found = [(s.found, s.expected, text[s.end + 1 :].split()[0]) for s in judge_spun(text).signs if s.kind == "article"]
    assert found == [("a", "an", "assertion"), ("an", "a", "formal")]


def test_a_reporting_verb_beside_a_quotation() -> None:
    assert "mentioned" in signs("“We will stay,” mentioned the general on Monday.", "reporting verb")
    assert not signs("“We will stay,” said the general, who mentioned the raid.", "reporting verb")


@pytest.mark.parametrize(
    ("text", "shut"),
    [
        ("He said “one” and “two”.", ["“one”", "“two”"]),
        ('"Never closed\nnew "line" here', ['"Never closed\n', '"line"']),
        ("It’s the militias’ way, ‘we know’ it.", ["‘we know’"]),
        ("« Oui » and „Ja“ and ``so''.", ["« Oui »", "„Ja“", "``so''"]),
    ],
)
def test_quotations_are_found_with_their_marks(text: str, shut: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_spans(text)] == shut


def test_rows_of_a_narrative_are_the_words_outside_quotations() -> None:
    text = "Iraq’s 5 men – 🙂 “not these” – left, quickly.\nThey left."
    story = narrative(text, tables())
    words = [text[a:b] for a, b in zip(story.starts, story.ends, strict=True)]
    assert "not" not in words
    assert words[-2:] == ["They", "left"]
    assert list(story.paragraph[-2:]) == [1, 1]
    assert not story.joined[-1]


def test_stretches_cover_every_row_once() -> None:
    text = "\n".join(f"The army attacked the town number {n} and many people left." for n in range(60))
    story = narrative(text, tables())
    runs = stretches(story, word_features(story, tables()))
    assert len(runs) > 2
    assert [start for start, _ in runs] == [0, *(end for _, end in runs[:-1])]
    assert runs[-1][1] == len(story.ids)
