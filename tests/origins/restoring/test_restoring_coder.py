"""Coding by a restored reading: the report's own words stay, and every passage lies on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad import Coder, Record, Report
from marsad.cli.main import main
from marsad.origins.restoring import RestoringCoder
from marsad.origins.spun import judge_spun
from marsad.wellformed import problems

TEXTS = Path(__file__).parents[1] / "texts"
SPUN = (
    (TEXTS / "spun.txt")
    .read_text(encoding="utf-8")
    .replace("\n\n", "\n\nA fellow of the European Committee on Foreign Relations saw it. ", 1)
)
CLEAN = Report("clean", (TEXTS / "original.txt").read_text(encoding="utf-8"))
GARBLED = Report("spun", SPUN)


@pytest.fixture(scope="module")
def coder() -> RestoringCoder:
    return RestoringCoder()


@pytest.fixture(scope="module")
def record(coder: RestoringCoder) -> Record:
    return coder.code(GARBLED)


def test_the_text_is_spun_for_this_to_say_anything() -> None:
    assert judge_spun(SPUN).probability > 0.9
    assert judge_spun(CLEAN.text).probability < 0.5


def test_the_text_stays_and_every_passage_lies_on_it(record: Record) -> None:
    assert record.text == SPUN
    assert problems(record.to_json()) == []
    assert Record.loads(record.dumps()) == record


def test_actors_have_the_restored_name_on_the_garbled_words(record: Record) -> None:
    [council] = [actor for actor in record.actors if actor.name == "European Council on Foreign Relations"]
    assert "European Committee on Foreign Relations" in {m.of(SPUN) for m in council.mentions}


def test_the_record_says_what_was_read_for_what(record: Record) -> None:
    changes = {SPUN[c["start"] : c["end"]]: c for c in record.extra["restored"]}
    assert changes["Committee"]["reading"] == "Council"
    assert changes["Committee"]["by"] == "guess"
    assert record.extra["spun"]["probability"] > 0.9
    assert all(SPUN[s["start"] : s["end"]] == s["found"] for s in record.extra["spun"]["signs"])


def test_a_clean_report_is_coded_as_ever(coder: RestoringCoder) -> None:
    ours, plain = coder.code(CLEAN).to_json(), Coder().code(CLEAN).to_json()
    assert ours.pop("coder") != plain.pop("coder")
    assert list(ours.pop("spun")) == ["probability"]
    assert ours == plain


def test_what_is_no_english_is_not_looked_at(coder: RestoringCoder) -> None:
    record = coder.code(Report("x", SPUN, language="fr"))
    assert not {"spun", "restored"} & set(record.extra)
    assert record.text == SPUN


def test_many_and_together_are_as_one_by_one(coder: RestoringCoder, record: Record) -> None:
    reports = [CLEAN, GARBLED, CLEAN]
    assert [r.to_json() for r in coder.code_many(reports)][1] == record.to_json()
    together = coder.code_together(reports)
    assert isinstance(together[1], Record)
    assert together[1].to_json() == record.to_json()


def test_a_cleaner_copy_comes_first(coder: RestoringCoder) -> None:
    garbled = Report("copy", (TEXTS / "spun.txt").read_text(encoding="utf-8"))
    record = coder.code(garbled, CLEAN)
    assert record.text == garbled.text
    assert record.extra["restored_from"] == "clean"
    copied = [c for c in record.extra["restored"] if c["by"] == "copy"]
    assert len(copied) >= 10
    assert all(c["of"] == "clean" and c["reading"].lower() in CLEAN.text.lower() for c in copied)


def test_the_fingerprint_is_its_own(coder: RestoringCoder) -> None:
    assert coder.fingerprint != Coder().fingerprint
    assert coder.fingerprint == RestoringCoder().fingerprint


def test_restoring_can_be_switched_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "spun.txt"
    file.write_text(SPUN, encoding="utf-8")
    found = []
    for switch in ("--restore", "--no-restore"):
        assert main(["code", str(file), "--quiet", "--jobs", "1", switch]) == 0
        found.append(json.loads(capsys.readouterr().out))
    assert found[0]["restored"]
    assert "restored" not in found[1]
    assert found[0]["text"] == found[1]["text"]
