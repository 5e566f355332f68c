from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from casebook_making import NEW, OLD, TEXT, at, record, report

from marsad.casebook import Added, Casebook, Run
from marsad.errors import CasebookError
from marsad.records import Claim, Passage, Record, Source, Toll


def test_a_record_comes_back_as_it_went_in(tmp_path: Path) -> None:
    given = report(title="Raid", source=Source("Gazette", "https://example.org/1", "CC0", {"desk": "abroad"}))
    made = record(given, extra={"coder": {"name": "rules"}, "language": "en"})
    with Casebook(tmp_path / "a.casebook", create=True) as casebook:
        assert casebook.add(given, made, OLD) == Added("r1", "new")
    with Casebook(tmp_path / "a.casebook") as casebook:
        assert casebook.record("r1") == made
        assert casebook.check() == []


@pytest.mark.parametrize(
    "words",
    ["🙂 " + TEXT, "قُتِلَ ثلاثة. " + TEXT, "e\u0301tat " + TEXT, "nul \0 and \x1b[2J " + TEXT, "\u2028\ufeff" + TEXT],
)
def test_text_of_any_kind_is_kept_to_the_code_point(words: str) -> None:
    given = report(text=words)
    with Casebook.temporary() as casebook:
        casebook.add(given, record(given), OLD)
        assert casebook.record("r1") == record(given)
        [event] = [row for row in casebook.events() if row.event == "e1"]
        assert words[event.start : event.end] == event.passage == "raided"
        [found] = casebook.search("red front")
        assert words[found.start : found.end] == found.snippet
        assert [hit.of(words) for hit in found.hits] == ["Red", "Front"]


def test_the_same_report_by_the_same_coder_changes_nothing() -> None:
    given = report()
    with Casebook.temporary() as casebook:
        casebook.add(given, record(given), OLD)
        before = (casebook.reports(), casebook.runs(), list(casebook.events()))
        assert casebook.add(given, record(given), OLD) == Added("r1", "unchanged")
        assert (casebook.reports(), casebook.runs(), list(casebook.events())) == before


def test_a_new_coder_makes_the_current_record_and_the_earlier_one_is_kept() -> None:
    given, first = report(), record(report())
    second = replace(first, events=first.events[:1])
    with Casebook.temporary() as casebook:
        casebook.add(given, first, OLD)
        assert casebook.add(given, second, NEW) == Added("r1", "recoded")
        old, new = casebook.runs()
        assert (old.fingerprint, old.records, new.fingerprint, new.records) == ("aaaa", 1, "bbbb", 1)
        assert casebook.record("r1") == second
        assert casebook.record("r1", run=old.id) == first
        assert [row.event for row in casebook.events()] == ["e1"]
        assert list(casebook.records()) == [second]
        assert list(casebook.records(run=old.id)) == [first]
        # The earlier coder once more: its record, which is still there, is the current one again.
        assert casebook.add(given, first, OLD) == Added("r1", "recoded")
        assert casebook.record("r1") == first
        assert len(casebook.runs()) == 2


def test_a_copy_under_another_name_is_one_report_with_two_names() -> None:
    given = report()
    copy = replace(given, id="copy")
    with Casebook.temporary() as casebook:
        casebook.add(given, record(given), OLD)
        assert casebook.kept(copy, OLD) is None
        assert casebook.add(copy, record(copy), OLD) == Added("r1", "unchanged")
        assert casebook.kept(copy, OLD) == ("ok", None)
        assert casebook.kept(copy, NEW) is None
        [row] = casebook.reports()
        assert (row.report, row.also_named) == ("r1", ("copy",))


def test_a_reprint_and_another_date_are_reports_of_their_own() -> None:
    with Casebook.temporary() as casebook:
        for number, given in enumerate(
            [report("a"), report("b", source=Source("Courier")), report("c", published="2020-07-05")], 1
        ):
            assert casebook.add(given, record(given), OLD).change == "new"
            assert len(casebook.reports()) == number


def test_an_id_that_is_taken_by_other_content_is_numbered() -> None:
    first, second = report(), report(text=TEXT + " More.")
    with Casebook.temporary() as casebook:
        casebook.add(first, record(first), OLD)
        assert casebook.add(second, record(second), OLD) == Added("r1~2", "new")
        assert casebook.add(second, record(second), OLD) == Added("r1~2", "unchanged")
        assert casebook.record("r1~2") == replace(record(second), id="r1~2")
        assert casebook.record("r1") == record(first)


def test_a_failed_input_is_kept_until_it_is_read() -> None:
    given = report()
    with Casebook.temporary() as casebook:
        casebook.fail("x.pdf", "no text layer")
        casebook.fail("x.pdf", "encrypted")
        casebook.fail("y.pdf", "empty")
        assert [(f.name, f.reason) for f in casebook.failures()] == [("x.pdf", "encrypted"), ("y.pdf", "empty")]
        casebook.add(given, record(given), OLD, name="x.pdf")
        assert [f.name for f in casebook.failures()] == ["y.pdf"]


def test_a_partial_report_says_why() -> None:
    cut = report("cut", partial="text cut after 10 characters")
    foreign = report("foreign", text=TEXT + " Bis.", language="fr")
    noted = record(foreign, extra={"outcome": "partial", "skipped": [{"reason": "language is fr"}]})
    with Casebook.temporary() as casebook:
        casebook.add(cut, record(cut), OLD)
        casebook.add(foreign, noted, OLD)
        assert [(r.report, r.outcome, r.reason) for r in casebook.reports()] == [
            ("cut", "partial", "text cut after 10 characters"),
            ("foreign", "partial", "language is fr"),
        ]


def test_what_sqlite_cannot_hold_is_refused_and_leaves_nothing_behind() -> None:
    broken = report("broken", text=TEXT + " \ud800")
    many = report("many")
    claim = Claim("e1", at(TEXT, "raided"), "ASSAULT", killed=Toll(1, 2**70, None))
    with Casebook.temporary() as casebook:
        with pytest.raises(CasebookError, match="half a character"):
            casebook.add(broken, record(broken), OLD)
        with pytest.raises(CasebookError, match="64 bits"):
            casebook.add(many, record(many, events=(claim,)), OLD)
        with pytest.raises(CasebookError, match="not a record of report 'r1'"):
            casebook.add(report(), Record("r1", "other text"), OLD)
        assert casebook.reports() == []
        assert casebook.runs() == []
        assert casebook.check() == []


def test_a_run_is_known_by_name_version_and_fingerprint() -> None:
    class Fake:
        name, version, fingerprint = "rules", "1", "aaaa"

    assert Run.of(Fake()) == OLD


def test_no_record_is_said_in_one_line() -> None:
    with Casebook.temporary() as casebook:
        casebook.add(report(), record(report()), OLD)
        with pytest.raises(CasebookError, match=r"no record of a report 'r2'\Z"):
            casebook.record("r2")
        with pytest.raises(CasebookError, match=r"no record of run 9 of a report 'r1'\Z"):
            casebook.record("r1", run=9)


def test_repeated_ids_within_a_record_do_no_harm() -> None:
    given = report()
    twice = record(given)
    twice = replace(twice, events=twice.events[:1] * 2, statements=twice.statements * 2)
    with Casebook.temporary() as casebook:
        casebook.add(given, twice, OLD)
        assert len(list(casebook.events())) == 2
        assert casebook.record("r1") == twice
        assert twice.events[0].span == Passage(*at(TEXT, "raided"))
