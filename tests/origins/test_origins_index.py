from __future__ import annotations

import random
from itertools import permutations

import pytest
from origins_texts import INDEPENDENT, ORIGINAL, OTHER, REPRINT, SPUN, TRANSLATED, parts

from marsad.origins import Origins, ReportStore, Survey
from marsad.origins.families import Families
from marsad.records import Report, Source

TEXTS = {
    "original": ORIGINAL, "reprint": REPRINT, "spun": SPUN, "translated": TRANSLATED, "independent": INDEPENDENT,
    "other": OTHER,
}  # fmt: skip


def surveyed(*reports: Report) -> dict[str, tuple[str, str, str | None]]:
    """Of each report, its origin, kind and source."""
    with ReportStore() as store:
        survey = Survey(store, lambda text: 0.99 if "mentioned" in text else 0.01)
        survey.add(reports)
        return {row.report: (row.origin, row.kind, row.of) for row in survey.rows()}


def test_nine_words_of_one_story_and_two_others() -> None:
    found = surveyed(*(Report(name, text) for name, text in TEXTS.items()))
    assert {name: origin for name, (origin, _, _) in found.items()} == {
        "original": "original", "reprint": "original", "spun": "original", "translated": "original",
        "independent": "independent", "other": "other",
    }  # fmt: skip
    assert found["reprint"][1:] == ("reprint", "original")
    assert found["spun"][1:] == ("spun", "original")
    assert found["translated"][1:] == ("back-translated", "original")
    assert found["independent"][1:] == ("independent", None)


@pytest.mark.parametrize("order", range(8))
def test_with_dates_the_order_in_which_they_come_does_not_matter(order: int) -> None:
    days = {"original": 1, "reprint": 2, "spun": 2, "translated": 3, "independent": 2, "other": 1}
    reports = [Report(name, text, published=f"2020-07-0{days[name]}") for name, text in TEXTS.items()]
    random.Random(order).shuffle(reports)
    found = surveyed(*reports)
    assert {name for name, (origin, _, _) in found.items() if origin == "original"} == {
        "original", "reprint", "spun", "translated",
    }  # fmt: skip
    assert found["original"][2] is None
    assert found["spun"][2] == "original"


def test_one_by_one_is_as_all_at_once() -> None:
    reports = [Report(name, text) for name, text in TEXTS.items()]
    with ReportStore() as first, ReportStore() as second:
        one, many = Origins(first), Origins(second)
        singly = [one.add(report) for report in reports]
        assert singly == list(many.add_many(reports))
        assert list(one.listed()) == list(many.listed())
        assert len(one) == len(reports)


def test_a_merged_report_has_both_sources_and_does_not_unite_them() -> None:
    merged = "\n\n".join([*parts(ORIGINAL)[:4], *parts(OTHER)[:2]])
    reports = [Report("a", ORIGINAL), Report("b", OTHER), Report("m", merged)]
    for order in permutations(reports):
        with ReportStore() as store:
            survey = Survey(store, lambda _: 0.0)
            survey.add(order)
            rows = {row.report: row for row in survey.rows()}
            assert rows["a"].origin != rows["b"].origin, [r.id for r in order]
            assert rows["m"].origin == "a", [r.id for r in order]
            assert {edge.source for edge in rows["m"].also} == {"b"}
            assert survey.count == "3 reports, 2 origins"


def test_a_report_that_mentions_a_story_in_passing_stays_its_own() -> None:
    long = "\n\n".join([INDEPENDENT, OTHER, INDEPENDENT.replace("Alpha", "Delta"), *parts(ORIGINAL)[3:5]])
    found = surveyed(Report("long", long, published="2020-07-09"), Report("original", ORIGINAL, published="2020-07-01"))
    assert found["long"][0] == "long"


def test_what_a_site_puts_under_every_report_is_no_origin() -> None:
    below = (
        "The work of this site is paid for by its readers, who give as much as they can and as often as they like. We "
        "do not take money from any government, party or company, and nobody but our editors decides what we print. "
        "If you see a mistake, write to us, and we will look into it within two days and say here what was wrong."
    )
    texts = {
        "a": ORIGINAL,
        "b": OTHER,
        "c": INDEPENDENT.replace("Alpha", "Delta"),
        "d": OTHER[::-1],
        "e": ORIGINAL[::-1],
    }
    found = surveyed(*(Report(name, f"{text}\n\n{below}") for name, text in texts.items()))
    assert {name: origin for name, (origin, _, _) in found.items()} == {name: name for name in texts}
    assert found["a"][2] is None


def test_reports_of_the_same_id_are_told_apart() -> None:
    found = surveyed(Report("x", ORIGINAL), Report("x", ORIGINAL), Report("x", OTHER))
    assert list(found) == ["x", "x~2", "x~3"]
    assert found["x~2"] == ("x", "identical", "x")


def test_short_and_empty_reports_stand_alone_unless_identical() -> None:
    found = surveyed(
        Report("a", ""), Report("b", ""), Report("c", "Four words are here."), Report("d", "Four words are here.")
    )
    assert found["b"][2] is None
    assert found["d"][2] == "c"


def test_what_is_stored_comes_back() -> None:
    reports = [
        Report("a", "emoji 😀 and \ud800", "title", "2020", Source("n", "u", "l", {"k": [1]}), "author", "en", "cut"),
        Report("b", ""),
    ]
    with ReportStore() as store:
        assert [store.keep(report) for report in reports] == [0, 1]
        assert [store.fetch(1), store.fetch(0)] == reports[::-1]
        with pytest.raises(IndexError, match="no report 2"):
            store.fetch(2)


def test_families_never_turn_in_a_circle() -> None:
    families = Families()
    for _ in range(4):
        families.add()
    assert families.attach(1, 0, "spun", 0.9, True)
    assert families.attach(2, 1, "reprint", 0.5, False)
    assert not families.attach(0, 2, "reprint", 1.0, True)
    assert families.origin(2) == 0
    assert families.attach(2, 0, "reprint", 0.5, False)
    assert sorted(families.children(0)) == [1, 2]
    families.detach(1)
    assert list(families.children(0)) == [2]
    assert list(families.members()) == [[0, 2], [1], [3]]
