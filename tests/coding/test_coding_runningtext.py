"""Reports whose breaks of lines are lost: where a headline ends and where another voice begins."""

from __future__ import annotations

from itertools import pairwise

import pytest
from coding_making import quoted, record, said
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.coding.paragraphs import paragraphs
from marsad.coding.runningtext import recovered


def cut(text: str, title: str | None = None) -> list[str]:
    return [text[p.start : p.end] for p in recovered(text, paragraphs(text), title)[0]]


def voices(text: str) -> list[tuple[str, str]]:
    """The words of each direct statement, and the mentions of who says them."""
    return [(words, speaker) for s, words, speaker in said(record(text)) if s.manner == "direct"]


TRANSCRIPT = [
    "QUESTION: Did the army leave the valley of Tamra?",
    "MR AMSAL: It left the valley on Monday. Nobody was hurt.",
    "QUESTION: And the town behind the hills?",
    "MR AMSAL: The town too, with all of its guns.",
]


def test_a_transcripts_turns_are_paragraphs() -> None:
    assert cut(" ".join(TRANSCRIPT)) == TRANSCRIPT


def test_a_transcript_without_breaks_names_its_speakers() -> None:
    told = voices(" ".join(TRANSCRIPT))
    assert [words for words, _ in told] == [line.split(": ", 1)[1] for line in TRANSCRIPT]
    assert ["AMSAL" in speaker for _, speaker in told][1::2] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "The army left. KABUL: Two men were shot. TAMRA: A bridge was blown up. The road is shut.",
        'He asked one question: why? Ruth Amsal of the ministry said: "We left." Nobody was hurt there.',
        'The army said it had left. "We are out," said Ruth Amsal. "Nobody was hurt." The rebels denied it.',
        "The rules are these: Leave the town. Leave your arms. We had no choice, the men told The Herald of Tamra.",
        "The minister said on Monday that there was one way out: Talks with the Red Front. We asked for his name.",
        "Fighters shot at Company A near the town. He went to The Hague in May, where Group A was heard.",
        'He called it "a lie". She called it "the truth. They left for the front. So did "Amsal", the general.',
    ],
)
def test_ordinary_prose_is_left_whole(text: str) -> None:
    assert cut(text) == [text]


def test_marks_that_open_again_open_a_paragraph() -> None:
    lines = [
        "A spokesman said: “We left the town on Monday.",
        "“The guns are with us.",
        "“Nobody was hurt.” It is quiet.",
    ]
    assert cut(" ".join(lines)) == lines
    straight = [line.replace("“", '"').replace("”", '"') for line in lines]
    assert cut(" ".join(straight)) == straight
    assert quoted(" ".join(straight)) == ["We left the town on Monday.", "The guns are with us.", "Nobody was hurt."]


def test_a_quotation_right_behind_another_is_a_paragraph() -> None:
    lines = [
        '"We left," Ruth Amsal said. "It is over."',
        '"The guns are with us."',
        "The rebels say that they saw none.",
    ]
    assert cut(" ".join(lines)) == lines


def test_a_statement_without_marks_is_quoted_to_the_end_of_the_report() -> None:
    intro, words = (
        "The minister, Ruth Amsal, said:",
        "Tamra was shelled again. We condemn it. The guilty will be found.",
    )
    text = f"Fighters shelled the town of Tamra on Monday. {intro} {words}"
    assert cut(text)[1:] == [words]
    ((content, speaker),) = voices(text)
    assert content == words
    assert "Ruth Amsal" in speaker


@pytest.mark.parametrize(
    "after",
    [
        "On Tuesday Ruth Amsal left for Tovaria.",
        "The Red Front said that it had not fired.",
        "“It is a lie,” said a fighter.",
        "Notes to editors: Tamra lies on the border.",
    ],
)
def test_a_statement_without_marks_ends_where_the_author_speaks(after: str) -> None:
    words = "Tamra was shelled again. We condemn it."
    text = f"Fighters shelled the town of Tamra on Monday. The minister, Ruth Amsal, said: {words} {after}"
    assert quoted(text)[0] == words
    assert voices(text)[0][0] == words


def test_a_clause_without_marks_that_speaks_of_nobody_is_no_block() -> None:
    text = "The minister, Ruth Amsal, said: The road is shut. Two men were shot on Monday near the bridge of Tamra."
    assert cut(text) == [text]


def test_a_headline_ends_with_the_title_a_dateline_or_a_capital_article() -> None:
    lead = "TAMRA, Tovaria (Agency) - Two men were shot."
    assert cut(f"Two shot in Tamra {lead}") == ["Two shot in Tamra", lead]
    assert cut("Two shot in Tamra A spokesman said that they live.") == [
        "Two shot in Tamra",
        "A spokesman said that they live.",
    ]
    text = "Two shot in Tamra Soldiers shot two men on Monday."
    assert cut(text) == [text]
    assert cut(text, "two shot in tamra") == ["Two shot in Tamra", "Soldiers shot two men on Monday."]


def test_a_dateline_at_the_start_is_whole() -> None:
    text = "CAMP DORAN, Tovaria, May 4, 2018 - Two men were shot there."
    assert cut(text) == [text]


def test_rows_of_a_table_with_doubled_marks_are_paragraphs() -> None:
    lines = ["The army left.", '"It ""left the town"" on Monday, a paper says."', "The rebels denied it."]
    assert cut(" ".join(lines)) == lines


def test_a_report_with_its_breaks_is_left_as_it_is() -> None:
    text = "The minister said: We left.\nThe army left too.\n" * 3
    assert cut(text) == text.split("\n")[:-1]


def test_a_report_without_capitals_has_labels_and_quotations_too() -> None:
    text = "\n\n".join(TRANSCRIPT).lower()
    assert quoted(text) == [line.split(": ", 1)[1].lower() for line in TRANSCRIPT]
    told = voices('ruth amsal said: "the army has left the hills.\n\n"it took its guns from the valley of tamra."')
    assert [words for words, _ in told] == [
        "the army has left the hills.",
        "it took its guns from the valley of tamra.",
    ]


def test_a_report_without_breaks_and_capitals_has_them_too() -> None:
    assert cut(" ".join(TRANSCRIPT).lower()) == [line.lower() for line in TRANSCRIPT]
    lines = [
        "a spokesman said: “we left the town on monday.",
        "“the guns are with us.",
        "“nobody was hurt.” it is quiet.",
    ]
    assert cut(" ".join(lines)) == lines
    intro, words = "fighters shelled tamra on monday. ruth amsal said:", "the town was shelled again. we condemn it."
    assert cut(f"{intro} {words} a commander said that he had not fired.")[:2] == [intro, words]


def test_a_report_in_capitals_has_no_labels() -> None:
    text = "THE ARMY LEFT. THE MINISTER SAID: IT IS OVER. THE REBELS LEFT TOO. THE MINISTER SAID: WE SAW THEM."
    assert cut(text) == [text]


def test_a_long_line_that_is_read_in_parts_is_cut_too() -> None:
    text = " ".join([*["The army left the town and went to the hills."] * 1200, *TRANSCRIPT])
    assert cut(text)[-4:] == TRANSCRIPT


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(['"', "“", "”", ". ", " ", "A", "said: We", "QUESTION: ", "MR A: ", "\n", "x", '""']),
        max_size=40,
    )
)
def test_paragraphs_of_any_soup_lie_in_order_within_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    found, _ = recovered(text, paragraphs(text), "A")
    assert all(p.start < p.end <= len(text) for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(text[p.start : p.end] for p in found).split()) == "".join(text.split())
