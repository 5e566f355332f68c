from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from casebook_making import NEW, OLD, TEXT, at, record, report

from marsad.casebook import Casebook, Filters, StatementRow
from marsad.casebook.context import sentence_around
from marsad.casebook.filters import fold
from marsad.errors import CasebookError
from marsad.records import Actor, Claim, EventTime


@pytest.fixture
def casebook() -> Iterator[Casebook]:
    with Casebook.temporary() as found:
        given = report()
        found.add(given, record(given), OLD)
        later = report("r2", TEXT + " Later.", published="2020-08")
        found.add(later, record(later, events=_dated(later.text)), OLD)
        bare = report("r3", TEXT + " Bare.", published=None)
        found.add(bare, record(bare), OLD)
        yield found


def _dated(text: str) -> tuple[Claim, ...]:
    who = {"type": "ASSAULT", "actors": ("a3",), "recipients": ("a2",)}
    times = ("2019", "2019"), ("2020-02-10", "2020-03"), (None, "2021-05"), (None, None)
    return tuple(Claim(f"t{n}", at(text, "took"), time=EventTime(None, *ends), **who) for n, ends in enumerate(times))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, "r1e1 r1e2 r1e3 r2t0 r2t1 r2t2 r2t3 r3e1 r3e2 r3e3"),
        ({"limit": 2}, "r1e1 r1e2"),
        ({"type": "COERCE"}, "r1e1 r3e1"),
        ({"status": "did-not-happen"}, "r1e3 r3e3"),
        ({"certainty": "probable"}, "r1e2 r3e2"),
        ({"actor": "red front"}, "r1e1 r1e2 r3e1 r3e2"),
        ({"actor": "REBELS"}, "r1e1 r1e2 r3e1 r3e2"),
        ({"actor": "front"}, "r1e1 r1e2 r3e1 r3e2"),
        ({"actor": "fro"}, ""),
        ({"actor": "beta", "report": "r1"}, "r1e1 r1e3"),
        ({"actor": "Bêta", "report": "r1"}, "r1e1 r1e3"),
        ({"actor": "author"}, ""),
        ({"speaker": "author"}, "r1e1 r2t0 r2t1 r2t2 r2t3 r3e1"),
        ({"speaker": "spokesman"}, "r1e2 r3e2"),
        ({"place": "alpha"}, "r1e1 r3e1"),
        ({"place": "Nowhere"}, "r1e1 r3e1"),
        ({"place": "al%"}, ""),
        ({"report": "r2"}, "r2t0 r2t1 r2t2 r2t3"),
        ({"report": "r9"}, ""),
        ({"since": "2020-07"}, "r1e2 r1e3 r2t2 r2t3"),
        ({"since": "2019-06", "until": "2019"}, "r2t0"),
        ({"since": "2020-02-29", "until": "2020-02-29"}, "r2t1"),
        ({"since": "2020-06-29", "until": "2020-06"}, "r1e1 r3e1"),
        ({"until": "2020-03-01"}, "r2t0 r2t1"),
        ({"since": "2020-08-31", "until": "2020-09-01"}, "r2t3"),
        ({"run": 1, "type": "REJECT"}, "r1e3 r3e3"),
        ({"run": 2}, ""),
    ],
)  # fmt: skip
def test_filters_of_events(casebook: Casebook, asked: dict[str, Any], wanted: str) -> None:
    assert " ".join(row.report + row.event for row in casebook.events(Filters(**asked))) == wanted


def test_an_event_row_has_names_words_and_figures(casebook: Casebook) -> None:
    row = next(casebook.events())
    assert (row.actors, row.recipients, row.according_to) == (("Red Front",), ("Béta",), ("author",))
    assert (row.place, row.latitude, row.longitude) == ("Alpha, Nowhere", 1.5, -2.5)
    assert (row.time_start, row.killed_low, row.killed_best, row.killed_high) == ("2020-06-29", 3, 3, None)
    assert (row.passage, row.sentence) == ("raided", "Rebels of the Red Front raided Alpha on Monday.")


def test_statements_actors_relations_and_reports(casebook: Casebook) -> None:
    first = next(casebook.statements())
    assert isinstance(first, StatementRow)
    assert (first.speaker, first.speaker_kind, first.cue, first.content) == (
        "spokesman",
        "person",
        "said",
        "We took it,",
    )
    assert len(list(casebook.statements(Filters(speaker="spokesman")))) == 3
    assert list(casebook.statements(Filters(speaker="beta"))) == []
    assert [row.report for row in casebook.statements(Filters(since="2020-08-15"))] == ["r2"]
    assert [row.report for row in casebook.statements(Filters(until="2020-07-04"))] == ["r1"]
    assert [row.report for row in casebook.reports(Filters(since="2020-08-15"))] == ["r2"]
    assert [row.report for row in casebook.reports(Filters(limit=2))] == ["r1", "r2"]
    assert [row.name for row in casebook.actors(Filters(actor="rebels", limit=1))] == ["Red Front"]
    assert next(casebook.actors()).called == ("Red Front", "Rebels")
    assert [row.report for row in casebook.relations(Filters(actor="red front"))] == ["r1", "r2", "r3"]
    assert list(casebook.relations(Filters(actor="beta"))) == []
    assert [(r.subject, r.relation, r.object) for r in casebook.relations(Filters(report="r1"))] == [
        ("spokesman", "works-for", "Red Front")
    ]
    row = casebook.reports()[0]
    assert (row.events, row.statements, row.actors, row.source) == (3, 1, 3, "Gazette")


def test_listings_show_the_current_record_only(casebook: Casebook) -> None:
    given = report()
    casebook.add(given, record(given, events=()), NEW)
    assert list(casebook.events(Filters(report="r1"))) == []
    assert len(list(casebook.events(Filters(report="r1", run=1)))) == 3


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"type": "assault"}, "type 'assault' is none of: AGREE"),
        ({"status": "maybe"}, "status 'maybe'"),
        ({"certainty": "x"}, "certainty 'x'"),
        ({"actor": " ! "}, "no word to look for"),
        ({"since": "July"}, "not a date"),
        ({"until": "2020-7"}, "not a date"),
        ({"until": "2014-02-30"}, "not a date"),
        ({"since": "2014-13"}, "not a date"),
        ({"limit": 0}, "less than 1"),
    ],
)
def test_a_filter_that_nothing_could_meet_is_refused(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(CasebookError, match=words):
        Filters(**asked)


@pytest.mark.parametrize("value", ["\ud800", "'; DROP TABLE reports; --", "%", "a\0b", "x" * 10_000])
def test_any_words_may_be_asked_for(casebook: Casebook, value: str) -> None:
    assert list(casebook.events(Filters(report=value))) == [] if value != "\ud800" else True
    if fold(value).strip():
        assert list(casebook.events(Filters(actor=value, speaker=value, place=value))) == []
    assert len(casebook.reports()) == 3


def test_half_a_character_is_refused(casebook: Casebook) -> None:
    for ask in (lambda: list(casebook.events(Filters(report="\ud800"))), lambda: casebook.record("\ud800")):
        with pytest.raises(CasebookError, match="half a character"):
            ask()
    with pytest.raises(CasebookError, match="half a character"):
        casebook.reports(Filters(report="\ud800"))


def test_names_are_folded_to_words() -> None:
    assert fold("  Al-Qā‘ida (AQI) ") == " al qa ida aqi "
    assert fold("STRASSE straße") == " strasse strasse "
    assert fold("الحُوثيّون") == fold("الحوثيون")


def test_actors_without_a_part_in_an_event_do_not_count() -> None:
    given = report()
    made = record(given)
    by_stander = Actor("a9", "Gamma", "other", (at(TEXT, "Alpha"),))
    with Casebook.temporary() as casebook:
        casebook.add(given, record(given, actors=(*made.actors, by_stander)), OLD)
        assert list(casebook.events(Filters(actor="gamma"))) == []


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("One. Two struck. Three.", "struck", "Two struck."),
        ("Struck at once. Then no more.", "Struck", "Struck at once."),
        ("One.\n\nTitle struck\n\nThree.", "struck", "Title struck"),
        ('"He struck." Then "more".', "struck", '"He struck."'),
        ("He struck at 5.30 p.m. and left. More.", "struck", "He struck at 5.30 p.m. and left."),
        ("a " * 1000 + "struck" + " b" * 1000, "struck", "a " * 200 + "struck" + " b" * 200),
    ],
)
def test_the_sentence_around_a_passage(text: str, words: str, sentence: str) -> None:
    assert sentence_around(text, *at(text, words)) == sentence
