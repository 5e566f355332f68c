from __future__ import annotations

from collections.abc import Iterator

import pytest
from casebook_making import OLD, TEXT, record, report
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marsad.casebook import Casebook
from marsad.casebook.searching import match_expression
from marsad.errors import CasebookError


@pytest.fixture(scope="module")
def casebook() -> Iterator[Casebook]:
    with Casebook.temporary() as found:
        for name, title, text in (
            ("plain", "Raid on Alpha", TEXT),
            ("twice", "More", TEXT + " The Red Front, a front that is red, and the red front again: no raid."),
            ("astral", None, "🙂🙂 é́ " + TEXT + " Zürich’s café, الحُوثيّون."),
        ):
            one = report(name, text, title=title)
            found.add(one, record(one), OLD)
        yield found


def names(casebook: Casebook, query: str) -> set[str]:
    return {found.report for found in casebook.search(query)}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("raided", "plain twice astral"),
        ("RAID", "plain twice"),
        ("raid*", "plain twice astral"),
        ("raid alpha", "plain twice"),
        ('"front raided"', "plain twice astral"),
        ('"raided front"', ""),
        ("“red front again”", "twice"),
        ("zurich", "astral"),
        ("الحُوثيّون", "astral"),
        ("الح", ""),
        ("raid OR nonsense", ""),
        ("title:raid", ""),
        ("red -front", "plain twice astral"),
        ("NEAR(red front)", ""),
        ('"unclosed front', ""),
        ("gazette", ""),
    ],
)
def test_queries(casebook: Casebook, query: str, wanted: str) -> None:
    assert names(casebook, query) == set(wanted.split())


def test_hits_are_code_points_of_the_text(casebook: Casebook) -> None:
    for found in casebook.search('"red front"'):
        text = casebook.record(found.report).text
        assert {hit.of(text).casefold() for hit in found.hits} == {"red front"}
        assert text[found.start : found.end] == found.snippet
        assert "Red Front" in found.snippet
    [twice] = [f for f in casebook.search('"red front"') if f.report == "twice"]
    assert len(twice.hits) == 3


def test_a_hit_in_the_title_alone_shows_the_beginning(casebook: Casebook) -> None:
    [found] = [f for f in casebook.search("raid") if f.report == "plain"]
    assert (found.hits, found.start) == ((), 0)
    assert TEXT.startswith(found.snippet)


def test_the_best_come_first_and_no_more_than_asked_for(casebook: Casebook) -> None:
    scores = [found.score for found in casebook.search("front")]
    assert scores == sorted(scores, reverse=True)
    assert len(casebook.search("front", limit=1)) == 1
    with pytest.raises(CasebookError, match="less than 1"):
        casebook.search("front", limit=0)


@pytest.mark.parametrize("query", ["", "  ", '"', "***", "-", '""', "\0", "\ud800", "(:)"])
def test_a_query_without_words_is_refused_in_one_line(casebook: Casebook, query: str) -> None:
    with pytest.raises(CasebookError, match="no word to search for"):
        casebook.search(query)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text()
    | st.lists(st.sampled_from(['"', "*", "AND", "OR", "NOT", "NEAR(", "red", "^", "-", ":", "+", "_", "{"])).map(
        " ".join
    )
)
@example('" AND "')
@example("_")
@example("red* AND")
@example("٣*")
def test_no_query_is_malformed(casebook: Casebook, query: str) -> None:
    if not any(character.isalnum() or character == "_" for character in query):
        with pytest.raises(CasebookError, match="no word to search for"):
            casebook.search(query)
        return
    for one in casebook.search(query):
        text = casebook.record(one.report).text
        assert all(0 <= hit.start < hit.end <= len(text) for hit in one.hits)


def test_the_expression_quotes_everything() -> None:
    assert match_expression('a* "b c" d:e "f') == '"a*"* AND "b c" AND "d:e" AND "f"'
