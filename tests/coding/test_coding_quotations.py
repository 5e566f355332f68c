from __future__ import annotations

import pytest
from coding_making import quoted
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.coding.parsing import parse
from marsad.coding.quotations import quotations


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"), ("„", "”"), ("``", "''"), ("‹", "›")],
)
def test_marks_of_every_kind(opening: str, closing: str) -> None:
    text = f"{opening}We won't leave the town, whatever they say,{closing} the mayor said. It rained."
    assert quoted(text) == ["We won't leave the town, whatever they say,"]


@pytest.mark.parametrize(("opening", "closing"), [('"', "”"), ("“", '"')])
def test_marks_of_two_kinds(opening: str, closing: str) -> None:
    text = f"{opening}We left the town,{closing} she said. {opening}Nobody came.{closing}"
    assert quoted(text) == ["We left the town,", "Nobody came."]


def test_two_quotations_in_a_paragraph() -> None:
    text = '"We left," he said. "They stayed."'
    assert quoted(text) == ["We left,", "They stayed."]


@pytest.mark.parametrize(
    "text",
    [
        "“He told me ‘run for the river’ and we ran,” the nurse said.",
        "\"He told me 'run for the river' and we ran,\" the nurse said.",
    ],
)
def test_a_quotation_in_a_quotation(text: str) -> None:
    found = [(q.depth, text[q.content.start : q.content.end]) for q in quotations(parse(text))]
    assert [words for depth, words in found if depth == 0] == [text[1 : text.index(" the nurse") - 1]]
    assert [words for depth, words in found if depth == 1] == ["run for the river"]


def test_doubled_marks_of_a_csv_file() -> None:
    text = '"The mayor said: ""We will not leave the town."" Nobody answered him."'
    assert quoted(text) == ["We will not leave the town."]


def test_apostrophes_open_and_close_nothing() -> None:
    assert quoted("The rebels' tanks and the army's guns don't match. It's '90s stock, the men's chief said.") == []


def test_a_plurals_apostrophe_does_not_close_a_single_quotation() -> None:
    text = "'We saw the rebels' guns near the bridge,' the mayor said."
    assert quoted(text) == ["We saw the rebels' guns near the bridge,"]


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "“We saw the tanks come over the hill at dawn.\n\nNobody was hurt."
    [found] = quotations(parse(text))
    assert not found.closed
    assert text[found.content.start : found.content.end] == "We saw the tanks come over the hill at dawn."


def test_marks_opened_again_in_each_paragraph_go_on() -> None:
    text = (
        "“We saw the tanks come over the hill at dawn,” Ruth Amsal said. “They did not stop for us.\n\n"
        "“Then the shelling began and we ran to the river.\n\n"
        "“Nobody helped us.”\n\nThe army did not comment."
    )
    found = quotations(parse(text))
    assert [q.resumed for q in found] == [False, False, True, True]
    assert [q.closed for q in found] == [True, False, False, True]


def test_an_unopened_closing_mark_is_no_quotation() -> None:
    assert quoted("The mayor left the town.” Nobody was hurt.") == []
    assert quoted("”") == quoted('"') == quoted("“”") == quoted('""') == []


def test_paragraphs_after_said_and_a_colon_are_quoted_whole() -> None:
    text = (
        "The Ministry of Roads of Calidia said in a statement:\n\n"
        "The bridge at Alpha is closed.\n\n"
        "We ask everybody to stay at home."
    )
    [found] = quotations(parse(text))
    assert found.block
    assert text[found.content.start : found.content.end] == text[text.index("The bridge") :]


def test_a_block_ends_where_the_report_names_its_speaker_again() -> None:
    text = "Minister Ruth Amsal said:\n\nThe bridge at Alpha is closed.\n\nMinister Ruth Amsal spoke in the capital."
    [found] = [q for q in quotations(parse(text)) if q.block]
    assert text[found.content.start : found.content.end] == "The bridge at Alpha is closed."


def test_a_transcript_is_quoted_by_its_labels() -> None:
    text = (
        "QUESTION: Did the army shell the town last night?\n"
        "MR HADDAD: We fired at the rebels and at nobody else.\n"
        "QUESTION: How many people were killed there?"
    )
    found = quotations(parse(text))
    assert [q.labelled for q in found] == [True, True, True]
    assert quoted(text)[1] == "We fired at the rebels and at nobody else."


@pytest.mark.parametrize(
    ("text", "content", "labelled"),
    [
        ("The mayor spoke.\n\n(Begin recording) (Amsal) We want peace. (End recording)", "We want peace.", True),
        ("The mayor spoke. [begin Amsal recording] We want peace. [end recording] He left.", "We want peace.", False),
        (
            "(Begin recording) (Ruth Amsal) We want peace.\n\nWe want it now. (End recording)",
            "We want peace.\n\nWe want it now.",
            True,
        ),
        ("What do you want?\n\n(Amsal, in progress) ...we want peace.", "...we want peace.", True),
        ("(Begin recording) (Amsal) We want peace.", "We want peace.", True),
    ],
)
def test_a_recording_is_a_quotation(text: str, content: str, labelled: bool) -> None:
    [found] = quotations(parse(text))
    assert (found.block, found.recorded, found.labelled) == (True, True, labelled)
    assert text[found.content.start : found.content.end] == content


def test_each_voice_of_a_recording_is_a_quotation() -> None:
    text = "(Begin recording) (Amsal) We want peace.\n\n(Haddad) So do we. (End recording)\n\n(Signed) The editor"
    assert quoted(text) == ["We want peace.", "So do we."]
    assert quoted("The mayor left.\n\n(Signed) The editor of the paper") == []


def test_words_know_their_quotation() -> None:
    text = '"We left," he said.'
    document = parse(text)
    quotations(document)
    assert {w.text: w.quote for w in document.words if w.text.isalpha()} == {"We": 0, "left": 0, "he": -1, "said": -1}


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["“", "”", '"', '""', "'", "‘", "’", "«", "»", "„", "a", "We left", ".", ", ", "\n\n", " "])
    )
)
def test_soup_of_marks(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = quotations(parse(text))
    for q in found:
        words = text[q.content.start : q.content.end]
        assert words == words.strip()
        assert any(c.isalnum() for c in words)
        assert q.depth >= 0
