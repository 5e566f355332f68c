"""Incidents kept in a casebook: joined report by report, as in memory, with decisions applied. All is made up."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import apsw
import pytest
from casebook_making import NEW, OLD, at

from marsad.casebook import Casebook, connection, writing
from marsad.casebook.migrations import steps
from marsad.casebook.packing import packed, unpacker
from marsad.casebook.telling_groups import TableGroups
from marsad.decisions import Decision, Target
from marsad.errors import CasebookError
from marsad.incidents import Incidents, Telling
from marsad.records import Record, Report

sys.path.insert(0, str(Path(__file__).parents[1] / "incidents"))
from incidents_making import KNOWLEDGE, made, together, told

TOWNS = ("Tal Marez", "Hadun", "Belkat", "Sennar")
DAYS = ("2031-03-04", "2031-03-09", "2031-04-20")
SENTENCES = (
    ("The Red Column shelled the market of {town} and killed {n} civilians.", "shelled", "ASSAULT", ("Red Column",)),
    ("Gunmen of the Red Column attacked {town} with shells, killing {n}.", "attacked", "ASSAULT", ("Red Column",)),
    ("Police arrested {n} students in {town} after a march.", "arrested", "COERCE", ("Police",)),
    ("Students marched through {town} against the tax, {n} of them barefoot.", "marched", "PROTEST", ("Students",)),
)


def news(many: int, seed: int = 1) -> list[tuple[Report, Record]]:
    """Reports of happenings that come up several times."""
    chance = random.Random(seed)
    found = []
    for number in range(many):
        words, trigger, kind, actors = chance.choice(SENTENCES)
        town, day = chance.choice(TOWNS), chance.choice(DAYS)
        sentence = f"{words.format(town=town, n=chance.randrange(3, 9))} Item {number}."
        of, record = made(f"n{number}", sentence, trigger, type=kind, day=day, town=town, actors=actors)
        found.append((of, replace(record, extra={"spun": {"probability": 0.01}})))
    return found


def filled(path: Path, reports: list[tuple[Report, Record]]) -> Casebook:
    """A casebook with these reports."""
    casebook = Casebook(path, create=True)
    for of, record in reports:
        casebook.add(of, record, OLD)
    return casebook


def shape(incidents: Any) -> set[frozenset[str]]:
    """Which tellings are together."""
    return {frozenset(one.id for one in getattr(each, "incident", each).tellings) for each in incidents}


def in_memory(casebook: Casebook) -> Incidents:
    """The incidents of a casebook's records, all joined anew."""
    from marsad.knowledge import Gazetteer

    joined = Incidents(KNOWLEDGE, Gazetteer.open())
    origins = {row.report: row.origin for row in casebook.reports()}
    for record in casebook.records():
        of = Report(record.id, record.text, record.title, record.published, record.source)
        joined.add(of, record, origins[record.id])
    return joined


def test_as_in_memory_and_kept(tmp_path: Path) -> None:
    reports = news(40)
    with filled(tmp_path / "a.casebook", reports) as casebook:
        assert casebook.untold == 0
        memory = in_memory(casebook)
        assert shape(casebook.incidents()) == shape(memory)
        assert 1 < len(shape(memory)) < 40
        assert {(one.one, one.other, one.joined) for one in casebook.questions()} <= {
            (one.one, one.other, one.joined) for one in memory.questions()
        } | {(one.one, one.other, one.joined) for one in casebook.questions() if one.joined}
        first = casebook.incidents()[0]
        assert first.incident.origins == memory[first.incident.id].origins
        listed = casebook.listed_incidents()
        assert [casebook.settled(one) for one in listed] == casebook.incidents()
        joins = casebook.joins("n0", "e1")
        assert len(joins) == len(first.incident.tellings) - 1
        assert all(one.reasons for one in joins)
        assert casebook.check() == []
    with Casebook(tmp_path / "a.casebook", write=False) as casebook:
        assert shape(casebook.incidents()) == shape(memory)


def test_one_by_one_is_as_all_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = news(25, seed=4)
    with filled(tmp_path / "a.casebook", reports) as casebook:
        one_by_one = shape(casebook.incidents())
    monkeypatch.setattr(Casebook, "_join_few", lambda self: None)
    with filled(tmp_path / "b.casebook", reports) as casebook:
        assert casebook.untold == 25
        assert list(casebook.join_incidents()) == [of.id for of, _ in reports]
        assert shape(casebook.incidents()) == one_by_one


def test_many_that_wait_are_not_joined_by_adding_one_more(tmp_path: Path) -> None:
    reports = news(30)
    with filled(tmp_path / "a.casebook", reports[:28]) as casebook:
        casebook._db.execute("INSERT INTO untold SELECT number FROM reports LIMIT 10")
        casebook.add(*reports[28], OLD)
        assert casebook.untold == 11
        assert len(list(casebook.join_incidents())) == 11
        casebook.add(*reports[29], OLD)
        assert casebook.untold == 0


def test_adding_that_fails_leaves_no_claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = news(12)
    with filled(tmp_path / "a.casebook", reports[:11]) as casebook:
        before = shape(casebook.incidents())
        with monkeypatch.context() as broken:
            broken.setattr(TableGroups, "note", lambda self: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                casebook.add(*reports[11], OLD)
        assert shape(casebook.incidents()) == before
        assert len(casebook.reports()) == 11
        casebook.add(*reports[11], OLD)
        assert shape(casebook.incidents()) == shape(in_memory(casebook))
        assert casebook.check() == []


def test_a_casebook_of_the_schema_before_is_joined_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = news(20)
    with monkeypatch.context() as older:
        older.setattr(connection, "steps", lambda: steps()[:5])
        older.setattr(Casebook, "_join_few", lambda self: None)
        older.setattr(writing, "_CHANGED", "SELECT ?")
        with filled(tmp_path / "a.casebook", reports) as casebook:
            casebook._db.execute("INSERT INTO tellings VALUES (1, 1, 'e1', 1, 0, 1, '[]')")
            casebook._db.execute("INSERT INTO telling_keys VALUES (7, 1)")
            casebook._db.execute("INSERT INTO telling_pairs VALUES (1, 'doubt', 1, 1, 0.5, '[]')")
            casebook._db.execute("DELETE FROM untold")
            casebook._db.execute("INSERT INTO telling_rules VALUES ('of then')")
    with Casebook(tmp_path / "a.casebook") as casebook:
        assert casebook.untold == 20
        assert shape(casebook.incidents()) == shape(in_memory(casebook))
        assert casebook.check() == []


def test_a_report_coded_anew_leaves_its_old_incident(tmp_path: Path) -> None:
    reports = news(20, seed=2)
    with filled(tmp_path / "a.casebook", reports) as casebook:
        before = shape(casebook.incidents())
        gone = next(one.incident.tellings[0].id for one in casebook.incidents() if len(one.incident.tellings) > 1)
        of, record = next(pair for pair in reports if f"{pair[0].id}:e1" == gone)
        casebook.add(of, replace(record, events=()), NEW)
        assert casebook.untold == 0
        after = shape(casebook.incidents())
        assert gone not in {one for each in after for one in each}
        assert after == shape(in_memory(casebook))
        casebook.add(of, record, OLD)
        assert shape(casebook.incidents()) == before
        assert casebook.check() == []


def test_what_reviewers_decide_of_records_and_of_incidents(tmp_path: Path) -> None:
    reports = news(20, seed=2)
    texts = {of.id: record for of, record in reports}
    with filled(tmp_path / "a.casebook", reports) as casebook:
        before = casebook.incidents()
        first = next(one.incident for one in before if len(one.incident.tellings) > 1)
        second = next(one.incident for one in before if one.incident != first)
        both = tuple((one.tellings[0].report, one.tellings[0].passage) for one in (first, second))
        merge = casebook.decide(Decision("merge", Target("incident", claims=both), "Ann"))
        joined = casebook.incidents()
        assert frozenset(one.id for one in (*first.tellings, *second.tellings)) in shape(joined)
        assert [one.decisions for one in joined if one.decisions] == [(merge,)]
        casebook.undo(merge.number or 0, "Bob")
        assert shape(casebook.incidents()) == shape(before)
        last = first.tellings[-1]
        casebook.decide(Decision("split", Target("incident", claims=((last.report, last.passage),)), "Ann"))
        assert frozenset({last.id}) in shape(casebook.incidents())
        # A rejected event is in no incident.
        casebook.decide(Decision("reject", Target("event", last.report, texts[last.report].events[0].span), "Ann"))
        assert casebook.untold == 1
        assert last.id not in {one for each in shape(casebook.incidents()) for one in each}
        assert [words for _, words in casebook.unfitting_incidents()] == ["its claims are no longer there"]


def test_a_corrected_day_takes_a_claim_elsewhere(tmp_path: Path) -> None:
    words = "The Red Column shelled the market of Hadun and killed four civilians. {}"
    reports = [
        made(name, words.format(name), "shelled", town="Hadun", actors=("Red Column",), day="2031-03-04")
        for name in ("one", "two")
    ]
    reports = [(of, replace(record, extra={"spun": {"probability": 0.01}})) for of, record in reports]
    with filled(tmp_path / "a.casebook", reports) as casebook:
        assert shape(casebook.incidents()) == {frozenset({"one:e1", "two:e1"})}
        target = Target("event", "two", at(reports[1][1].text, "shelled"), "time")
        later = {"span": None, "start": "2031-09-30", "end": "2031-09-30"}
        casebook.decide(Decision("correct", target, "Ann", later))
        target = replace(target, field="place")
        casebook.decide(Decision("correct", target, "Ann", {"span": None, "name": "Belkat"}))
        assert shape(casebook.incidents()) == {frozenset({"one:e1"}), frozenset({"two:e1"})}


def test_other_rules_join_all_anew(tmp_path: Path) -> None:
    with filled(tmp_path / "a.casebook", news(10)) as casebook:
        before = shape(casebook.incidents())
        casebook._db.execute("UPDATE telling_rules SET fingerprint = 'other'")
        casebook.add(*news(11)[10], OLD)
        assert len(list(casebook.join_incidents())) == 11
        assert {one for each in before for one in each} < {one for each in shape(casebook.incidents()) for one in each}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("DELETE FROM telling_words WHERE telling = 3", "claim number 3 is without its words"),
        ("DELETE FROM telling_reports WHERE report = 3", "claim number 3 is without its words"),
        ("DELETE FROM telling_keys WHERE telling = 3", "claim number 3 stands under no key"),
        ("INSERT INTO telling_keys VALUES (7, 99)", "a key leads to claim number 99, which is not there"),
        ("UPDATE tellings SET claim = 'e7' WHERE number = 3", "the claims of report 'n2' in incidents are not"),
        ("UPDATE tellings SET incident = 2 WHERE incident = 1 AND number = 1", "does not have the number of its first"),
        ("UPDATE tellings SET incident = number", "was put together with another that is in another incident"),
    ],
)
def test_a_check_of_what_incidents_are_kept_in(tmp_path: Path, change: str, words: str) -> None:
    path = tmp_path / "a.casebook"
    filled(path, news(12)).close()
    db = apsw.Connection(str(path))
    db.execute(change)
    db.close()
    with Casebook(path) as casebook:
        assert any(words in one for one in casebook.check())
        assert all("\n" not in one for one in casebook.check())


def test_tellings_as_plain_data_and_back() -> None:
    one = told("r", "The Red Column shelled Hadun and killed four men.", "shelled", town="Hadun", killed=4,
               actors=("Red Column",), recipients=("men",))  # fmt: skip
    assert unpacker(Telling)(packed(one)) == one
    for broken in (None, [], 7, [1] * 19, packed(one)[:-1], [*packed(one)[:-1], 7]):
        with pytest.raises((TypeError, ValueError, LookupError)):
            unpacker(Telling)(broken)


@pytest.mark.parametrize("data", ["x", "[]", "{}", "7"])
@pytest.mark.parametrize("column", ["facts", "days", "spot"])
def test_damaged_tellings_are_an_error_of_one_line(tmp_path: Path, column: str, data: str) -> None:
    path = tmp_path / "a.casebook"
    filled(path, news(3)).close()
    db = apsw.Connection(str(path))
    db.execute(f"UPDATE tellings SET {column} = ?", (data,))
    db.close()
    with Casebook(path) as casebook, pytest.raises(CasebookError, match="damaged"):
        casebook.incidents()


@pytest.mark.parametrize("change", ["telling_words SET data = ?", "telling_reports SET about = ?"])
@pytest.mark.parametrize("data", ["x", "[]", "[7]", "7"])
def test_damaged_words_are_an_error_of_one_line_when_another_report_comes(
    tmp_path: Path, change: str, data: str
) -> None:
    path, reports = tmp_path / "a.casebook", news(12)
    filled(path, reports[:11]).close()
    db = apsw.Connection(str(path))
    db.execute(f"UPDATE {change}", (data,))
    db.close()
    with Casebook(path) as casebook:
        with pytest.raises(CasebookError, match="damaged: its claim number"):
            casebook.add(*reports[11], OLD)
        assert len(casebook.reports()) == 11
        assert len(casebook.incidents()) > 1


def test_an_empty_casebook(tmp_path: Path) -> None:
    with Casebook(tmp_path / "a.casebook", create=True) as casebook:
        assert casebook.incidents() == []
        assert casebook.questions() == []
        assert casebook.joins("none", "e1") == []
    assert together().questions() is not None
