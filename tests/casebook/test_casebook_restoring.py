"""Machine-spun reports in a casebook are read with the words of a cleaner copy, whichever came first."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from marsad import Casebook, Record, Report
from marsad.casebook import Filters, Run
from marsad.cli.main import main
from marsad.errors import CasebookError
from marsad.records import Actor, Passage

TEXTS = Path(__file__).parents[1] / "origins" / "texts"
CLEAN = Report("wire", (TEXTS / "original.txt").read_text(encoding="utf-8"))
SPUN = Report("scraped", (TEXTS / "spun.txt").read_text(encoding="utf-8"))
RUN = Run("some", "1", "f")


def record(report: Report, spun: float, **extra: object) -> Record:
    return Record(report.id, report.text, extra={"spun": {"probability": spun}, **extra})


def filled(casebook: Casebook, *order: Report) -> None:
    for report in order:
        casebook.add(report, record(report, 0.9 if report is SPUN else 0.0), RUN)


@pytest.mark.parametrize("order", [(CLEAN, SPUN), (SPUN, CLEAN)])
def test_a_spun_copy_waits_for_the_words_of_the_clean_one(tmp_path: Path, order: tuple[Report, ...]) -> None:
    with Casebook(tmp_path / "a.casebook", create=True) as casebook:
        filled(casebook, *order)
        [(spun, clean)] = casebook.restorable(RUN)
        assert (spun.id, spun.text, clean.id, clean.text) == ("scraped", SPUN.text, "wire", CLEAN.text)
        assert list(casebook.restorable(replace(RUN, version="2"))) == []
        casebook.renew(record(SPUN, 0.9, restored_from="wire"), RUN)
        assert list(casebook.restorable(RUN)) == []
        assert casebook.record("scraped").extra["restored_from"] == "wire"
        assert casebook.check() == []


def test_nothing_waits_where_there_is_no_cleaner_copy(tmp_path: Path) -> None:
    with Casebook(tmp_path / "a.casebook", create=True) as casebook:
        filled(casebook, SPUN)
        assert list(casebook.restorable(RUN)) == []


def test_renewing_replaces_every_row_of_the_record(tmp_path: Path) -> None:
    with Casebook(tmp_path / "a.casebook", create=True) as casebook:
        one = replace(record(SPUN, 0.9), actors=(Actor("a1", "The Reds", "armed-group", (Passage(0, 8),)),))
        casebook.add(SPUN, one, RUN)
        casebook.renew(replace(one, actors=(replace(one.actors[0], name="Red Front"),)), RUN)
        assert [row.name for row in casebook.actors(Filters())] == ["Red Front"]
        assert casebook.runs()[0].records == 1
        assert casebook.check() == []


def test_what_is_not_there_is_not_renewed(tmp_path: Path) -> None:
    with Casebook(tmp_path / "a.casebook", create=True) as casebook:
        filled(casebook, SPUN)
        for wrong, run in (
            (record(CLEAN, 0.0), RUN),
            (record(SPUN, 0.9), replace(RUN, fingerprint="g")),
            (replace(record(SPUN, 0.9), text="other"), RUN),
        ):
            with pytest.raises(CasebookError, match="to be renewed"):
                casebook.renew(wrong, run)
        assert casebook.record("scraped").extra["spun"]["probability"] == 0.9


def test_adding_restores_from_the_copy_in_either_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = []
    for order in ((CLEAN, SPUN), (SPUN, CLEAN)):
        book = tmp_path / f"{order[0].id}.casebook"
        for report in order:
            file = tmp_path / f"{report.id}.txt"
            file.write_text(report.text, encoding="utf-8")
            assert main(["add", str(book), str(file), "--quiet", "--jobs", "1"]) == 0
        with Casebook(book, write=False) as casebook:
            found = casebook.record("scraped")
            assert found.extra["restored_from"] == "wire"
            assert {change["by"] for change in found.extra["restored"]} >= {"copy"}
            records.append(found.to_json())
        capsys.readouterr()
        assert main(["add", str(book), str(tmp_path / "scraped.txt"), "--quiet", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["change"] == "unchanged"
    assert records[0] == records[1]
