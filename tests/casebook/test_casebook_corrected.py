"""What a decision corrected of a report is seen wherever reports are listed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from casebook_making import OLD, TEXT, record, report

from marsad.casebook import Casebook, Filters
from marsad.casebook.ties import Ties, tie_words
from marsad.decisions import Decision, Target
from marsad.exchange.casebook import lines
from marsad.exchange.wanted import Wanted


@pytest.fixture
def casebook() -> Iterator[Casebook]:
    """Three reports: of one, date and title are corrected."""
    with Casebook.temporary() as found:
        for name, title in (("wire", None), ("other", "Raid on Alpha"), ("third", "Untitled")):
            one = report(name, f"{TEXT} {name}.", title=title, published=None if name == "wire" else "2020-07-04")
            found.add(one, record(one), OLD)
        for field, value in (("published", "2019-06-27"), ("title", "Convoy ambushed at dawn")):
            found.decide(Decision("correct", Target("report", "wire", field=field), "Ann", value))
        yield found


def test_in_the_list_of_reports(casebook: Casebook) -> None:
    (row,) = casebook.reports(Filters(report="wire"))
    assert (row.title, row.published) == ("Convoy ambushed at dawn", "2019-06-27")
    assert [one.report for one in casebook.reports(Filters(until="2019"))] == ["wire"]
    assert [one.report for one in casebook.reports(Filters(since="2020"))] == ["other", "third"]
    (coded,) = casebook.reports(Filters(report="wire", as_coded=True))
    assert (coded.title, coded.published) == (None, None)


def test_in_the_export(casebook: Casebook) -> None:
    rows = list(lines(casebook, Wanted("reports"), "csv"))
    assert sum("Convoy ambushed at dawn" in row and "2019-06-27" in row for row in rows) == 1


def test_in_what_since_and_until_find(casebook: Casebook) -> None:
    for listing in (casebook.statements, casebook.relations, casebook.actors):
        assert {row.report for row in listing(Filters(until="2019"))} == {"wire"}
        assert {row.report for row in listing(Filters(since="2020"))} == {"other", "third"}


def test_in_a_search(casebook: Casebook) -> None:
    found = {one.report: one for one in casebook.search("raided")}
    assert len(found) == 3
    assert (found["wire"].title, found["wire"].published) == ("Convoy ambushed at dawn", "2019-06-27")
    (one,) = casebook.search("convoy DAWN")
    assert (one.report, one.title, one.hits) == ("wire", "Convoy ambushed at dawn", ())
    assert casebook.search_ids("convoy", 5) == ["wire"]
    (one,) = casebook.search("ambushed raided")
    assert [hit.of(TEXT) for hit in one.hits] == ["raided"]
    assert "raided" in one.snippet


def test_a_title_that_is_no_longer_there_is_not_found(casebook: Casebook) -> None:
    casebook.decide(Decision("correct", Target("report", "third", field="title"), "Ann", "Truce"))
    assert casebook.search("untitled") == []
    assert casebook.search_ids("untitled", 3) == []
    assert [one.report for one in casebook.search("truce", 1)] == ["third"]
    assert casebook.search_ids("truce", 1) == ["third"]
    assert len(casebook.search("raided", 2)) == len(casebook.search_ids("raided", 2)) == 2


def test_in_the_words_of_ties(casebook: Casebook) -> None:
    ties = Ties()
    ties.renew(casebook._db)
    told = {one.report: (one.title, one.published) for one in tie_words(casebook._db, ties.all)}
    assert told["wire"] == ("Convoy ambushed at dawn", "2019-06-27")
    assert told["other"] == ("Raid on Alpha", "2020-07-04")


def test_undone_it_is_as_it_came(casebook: Casebook) -> None:
    casebook.undo(1, "Ann")
    casebook.undo(2, "Ann")
    (row,) = casebook.reports(Filters(report="wire"))
    assert (row.title, row.published) == (None, None)
    assert casebook.search("convoy") == []
    assert casebook.check() == []
