"""Copies count once: reports join their origins as they are added, and the casebook keeps it."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from casebook_making import NEW, OLD, record, report

sys.path.append(str(Path(__file__).parents[1] / "origins"))
from origins_texts import INDEPENDENT, ORIGINAL, OTHER, REPRINT, SPUN, TRANSLATED, parts

from marsad.casebook import Casebook
from marsad.casebook.connection import APPLICATION_ID
from marsad.casebook.migrations import steps
from marsad.casebook.writing import insert_report, run_id
from marsad.errors import CasebookError
from marsad.origins import ReportStore, Survey
from marsad.origins.spun import spun_probability
from marsad.records import Record, Report, Source

TEXTS = {
    "original": ORIGINAL, "reprint": REPRINT, "spun": SPUN, "translated": TRANSLATED, "independent": INDEPENDENT,
    "other": OTHER, "cut": "\n\n".join(parts(ORIGINAL)[3:]),
    "merged": "\n\n".join([*parts(ORIGINAL)[:4], *parts(OTHER)[:2]]),
}  # fmt: skip
DAYS = {"original": 1, "independent": 2, "other": 1, "reprint": 2}


def told(name: str, dated: bool = True) -> Report:
    published = f"2020-07-0{DAYS.get(name, 4)}" if dated else None
    return Report(name, TEXTS[name], None, published, Source(f"The {name}"))


def bare(of: Report, **extra: object) -> Record:
    return Record(of.id, of.text, of.source, of.title, of.published, extra=extra)


def put(casebook: Casebook, *reports: Report) -> None:
    for one in reports:
        casebook.add(one, bare(one), OLD)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.casebook"


def older(path: Path, reports: list[Report]) -> None:
    """A casebook as the first schema had it."""
    db = apsw.Connection(str(path))
    db.execute(steps()[0][1])
    db.pragma("application_id", APPLICATION_ID)
    db.pragma("user_version", 1)
    for one in reports:
        run = run_id(db, OLD, "2026-01-01T00:00:00Z")
        number = insert_report(db, one, one.id, ("ok", None), "2026-01-01T00:00:00Z")
        data = json.dumps({key: value for key, value in bare(one).to_json().items() if key != "text"})
        db.execute("INSERT INTO records VALUES (NULL, ?, ?, 1, ?, ?)", (number, run, data, "2026-01-01T00:00:00Z"))
    db.close()


def surveyed(reports: list[Report]) -> list[dict[str, object]]:
    with ReportStore() as store:
        survey = Survey(store, spun_probability)
        survey.add(reports)
        return [row.to_json() for row in survey.rows()]


def rows(casebook: Casebook) -> list[dict[str, object]]:
    with casebook.surveyed() as found:
        return [row.to_json() for row in found.rows()]


@pytest.mark.parametrize("order", range(4))
def test_a_casebook_finds_what_a_survey_of_the_same_reports_finds(path: Path, order: int) -> None:
    names = list(TEXTS)
    random.Random(order).shuffle(names)
    reports = [told(name, dated=order % 2 == 0) for name in names]
    expected = surveyed(reports)
    with Casebook(path, create=True) as casebook:
        put(casebook, *reports[:3])
    with Casebook(path) as casebook:
        put(casebook, *reports[3:])
        assert rows(casebook) == expected
        assert casebook.check() == []
    with Casebook(path, write=False) as casebook, casebook.surveyed() as found:
        assert [row.to_json() for row in found.rows()] == expected
        families = [[found.id_of(n) for n in family.members] for family in found.origins.listed()]
        assert sorted(name for family in families for name in family) == sorted(names)
        assert found.count == casebook.count == f"8 reports, {len(families)} origins"
        assert found.number("nobody") is None


def test_every_list_names_the_origin(path: Path) -> None:
    first, copy = report("first"), report("copy", source=Source("Courier"))
    with Casebook(path, create=True) as casebook:
        casebook.add(first, record(first), OLD)
        casebook.add(copy, record(copy, extra={"spun": {"probability": 0.125}}), OLD)
        one, two = casebook.reports()
        assert (one.origin, one.kind, one.of) == ("first", "independent", None)
        assert (two.origin, two.kind, two.of, two.spun) == ("first", "identical", "first", 0.125)
        for listed in (casebook.events(), casebook.statements(), casebook.actors(), casebook.relations()):
            assert {row.origin for row in listed} == {"first"}
        assert {found.origin for found in casebook.search("raided")} == {"first"}
        assert casebook.count == "2 reports, 1 origin"


def test_coding_anew_changes_no_origin(path: Path) -> None:
    with Casebook(path, create=True) as casebook:
        put(casebook, told("original"), told("spun"))
        before = rows(casebook)
        casebook.add(told("spun"), bare(told("spun"), spun={"probability": 0.001}), NEW)
        assert rows(casebook) == before
        assert casebook.count == "2 reports, 1 origin"


def test_an_id_that_was_taken_is_the_id_in_the_evidence(path: Path) -> None:
    first, second = replace(told("original"), id="x"), replace(told("reprint"), id="x")
    with Casebook(path, create=True) as casebook:
        put(casebook, first, second)
        assert [(row["report"], row["of"]) for row in rows(casebook)] == [("x", None), ("x~2", "x")]


def test_what_is_rolled_back_leaves_no_trace(path: Path) -> None:
    broken = replace(told("reprint"), title="half \ud800")
    with Casebook(path, create=True) as casebook:
        put(casebook, told("original"))
        with pytest.raises(CasebookError, match="half a character"):
            put(casebook, broken)
        put(casebook, told("other"), told("spun"))
        assert [(row["report"], row["origin"]) for row in rows(casebook)] == [
            ("original", "original"), ("other", "other"), ("spun", "original"),
        ]  # fmt: skip


def test_two_writers_see_each_others_reports(path: Path) -> None:
    with Casebook(path, create=True) as one, Casebook(path) as two:
        put(one, told("original"), told("other"))
        put(two, told("reprint"))
        put(one, told("translated"))
        put(two, told("spun"))
        assert one.count == two.count == "5 reports, 2 origins"
        assert rows(one) == rows(two)


def test_an_older_casebook_is_joined_once_in_the_order_in_which_its_reports_came(path: Path) -> None:
    reports = [told(name) for name in ("spun", "original", "other", "merged", "reprint")]
    older(path, reports)
    with pytest.raises(CasebookError, match=r"older Marsad: 'marsad origins .*a.casebook' brings it up to date"):
        Casebook(path, write=False)
    with Casebook(path) as casebook:
        assert casebook.waiting == 5
        assert casebook.count == "5 reports, 0 origins; 5 without one yet, which 'marsad origins' finds"
        assert [row.origin for row in casebook.reports()] == [None] * 5
        # A report that comes before they have joined waits behind them.
        put(casebook, told("independent"))
        assert casebook.waiting == 6
        assert list(casebook.join_origins()) == [one.id for one in [*reports, told("independent")]]
        assert casebook.waiting == 0
        put(casebook, told("translated"))
        assert rows(casebook) == surveyed([*reports, told("independent"), told("translated")])
        assert casebook.check() == []


def test_joining_that_was_broken_off_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [told(name) for name in TEXTS]
    older(path, reports)
    monkeypatch.setattr("marsad.casebook.store._AT_ONCE", 2)
    with Casebook(path) as casebook:
        joining: Iterator[str] = casebook.join_origins()
        assert [next(joining) for _ in range(3)] == [one.id for one in reports[:3]]
    with Casebook(path) as casebook:
        assert casebook.waiting == len(reports) - 4
        assert len(list(casebook.join_origins())) == len(reports) - 4
        assert rows(casebook) == surveyed(reports)


def test_a_temporary_casebook_looks_for_origins_when_it_is_asked() -> None:
    with Casebook.temporary() as casebook:
        put(casebook, told("original"))
        assert casebook.waiting == 1
        assert casebook.count == "1 report, 1 origin"
        assert [row.spun for row in casebook.reports()] == [None]
        put(casebook, told("spun"))
        assert casebook.count == "2 reports, 1 origin"
        put(casebook, told("other"))
        assert [row.origin for row in casebook.reports()] == ["original", "original", "other"]


def test_a_probability_that_is_none_is_found_out() -> None:
    many: tuple[object, ...] = (2.0, -1.0, "much", None, float("nan"), {})
    for given in many:
        with Casebook.temporary() as casebook:
            one = told("original")
            casebook.add(one, bare(one, spun={"probability": given}), OLD)
            assert [row.spun for row in casebook.reports()] == [None]
            [row] = rows(casebook)
            assert row["spun"] == round(spun_probability(one.text), 3)


@pytest.mark.parametrize("evidence", ["no JSON", "{}", "[]", '{"kind": "theft"}', "[" * 5000])
def test_damaged_evidence_is_one_line(path: Path, evidence: str) -> None:
    with Casebook(path, create=True) as casebook:
        put(casebook, told("original"), told("reprint"))
        casebook._db.execute("UPDATE edges SET evidence = ?", (evidence,))
        with pytest.raises(CasebookError, match="damaged") as raised:
            rows(casebook)
        assert "\n" not in str(raised.value)


def test_families_that_turn_in_a_circle_are_no_endless_loop(path: Path) -> None:
    with Casebook(path, create=True) as casebook:
        put(casebook, told("original"), told("reprint"))
        casebook._db.execute("UPDATE origins SET of = 2 WHERE report = 1")
        put(casebook, told("spun"), told("translated"))
        assert len(casebook.reports()) == 4


def test_a_report_costs_the_same_few_rows_whatever_is_there(path: Path) -> None:
    with Casebook(path, create=True) as casebook:
        put(casebook, told("original"), report("short", "Two words."))
        tables = {t: casebook._db.execute(f"SELECT count(*) FROM {t}").get for t in ("signatures", "bands", "edges")}
        assert tables == {"signatures": 1, "bands": 64, "edges": 0}
