from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import apsw
import pytest
from casebook_making import OLD, TEXT, record, report

from marsad.casebook import Casebook, connection
from marsad.casebook.migrations import steps
from marsad.errors import CasebookError


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "a.casebook"
    with Casebook(path, create=True) as casebook:
        casebook.add(report(), record(report()), OLD)
    return path


def refused(path: Path, **how: bool | float) -> str:
    with pytest.raises(CasebookError) as raised:
        Casebook(path, **how).close()  # type: ignore[arg-type]
    assert "\n" not in str(raised.value)
    assert str(raised.value).startswith(str(path))
    return str(raised.value)


def test_settings_that_keep_the_data_safe(book: Path) -> None:
    with Casebook(book) as casebook:
        db = casebook._db
        assert db.pragma("journal_mode") == "wal"
        assert db.pragma("synchronous") == 2
        assert db.pragma("foreign_keys") == 1
        assert db.pragma("application_id") == connection.APPLICATION_ID
        loose = db.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        assert loose == []


def test_nothing_there(tmp_path: Path) -> None:
    assert "no such casebook" in refused(tmp_path / "none")
    assert "no such casebook" in refused(tmp_path / "none", write=False)
    assert "no folder" in refused(tmp_path / "no" / "none", create=True)
    assert "is a folder" in refused(tmp_path, create=True)
    assert list(tmp_path.iterdir()) == []


def test_not_a_casebook(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("Not a database, but long enough to be taken for one. " * 100)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    empty = tmp_path / "empty"
    empty.touch()
    for path in (text, other):
        before = path.read_bytes()
        for how in ({}, {"create": True}, {"write": False}):
            assert "is not a casebook" in refused(path, **how)
        assert path.read_bytes() == before
    assert "is not a casebook" in refused(empty)
    Casebook(empty, create=True).close()


def test_a_newer_casebook(book: Path) -> None:
    db = apsw.Connection(str(book))
    db.pragma("user_version", 99)
    db.close()
    for how in ({}, {"create": True}, {"write": False}):
        assert "newer Marsad (its schema is 99" in refused(book, **how)


def test_a_casebook_in_use(book: Path) -> None:
    writer = apsw.Connection(str(book))
    writer.execute("BEGIN IMMEDIATE")
    other = report(text=TEXT + " Later.")
    with Casebook(book, patience=0.05) as casebook:
        with pytest.raises(CasebookError, match="in use by another program"):
            casebook.add(other, record(other), OLD)
        # Reading goes on beside a writer, and so does writing once it has finished.
        assert casebook.record("r1") == record(report())
        writer.execute("ROLLBACK")
        assert casebook.add(other, record(other), OLD).change == "new"
    writer.close()


def test_two_writers_take_turns(book: Path) -> None:
    with Casebook(book) as one, Casebook(book) as two:
        for number, casebook in enumerate([one, two] * 5):
            given = report(f"n{number}", TEXT + f" {number}.")
            assert casebook.add(given, record(given), OLD).change == "new"
        assert len(one.reports()) == len(two.reports()) == 11


def test_a_casebook_on_a_read_only_disk(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What SQLite answers there; the superuser, who runs many a test, may write to any file.
    connect = apsw.Connection

    def read_only(path: str, flags: int) -> apsw.Connection:
        return connect(path, flags=apsw.SQLITE_OPEN_READONLY)

    monkeypatch.setattr("marsad.casebook.connection.apsw.Connection", read_only)
    assert "read-only" in refused(book)


def damage(book: Path) -> str:
    """How using the casebook says that it is damaged: as a CasebookError, or as what the check finds."""
    try:
        with Casebook(book) as casebook:
            list(casebook.records())
            list(casebook.events())
            casebook.search("raided")
            return "; ".join(casebook.check())
    except CasebookError as error:
        return str(error)


@pytest.mark.parametrize("at", [0, 1, 2, 5])
def test_a_damaged_casebook(book: Path, at: int) -> None:
    size = 4096
    data = bytearray(book.read_bytes())
    data[at * size + 100 : (at + 3) * size] = b"\xa5" * (3 * size - 100)
    book.write_bytes(data)
    assert damage(book)


def test_changed_bytes_anywhere_are_never_more_than_an_error_of_one_line(book: Path) -> None:
    whole, chance = book.read_bytes(), random.Random(3)
    more = report(text=TEXT + " Later.")
    said = []
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 5, 50])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        book.write_bytes(data)
        said.append(damage(book))
        with suppress(CasebookError), Casebook(book) as casebook:
            casebook.reports()
            casebook.add(more, record(more), OLD)
        for left in book.parent.glob(book.name + "-*"):
            left.unlink()
    assert sum(map(bool, said)) > 15
    assert all("\n" not in words for words in said)


def test_a_truncated_casebook(book: Path) -> None:
    data = book.read_bytes()
    book.write_bytes(data[: len(data) // 2])
    assert damage(book)


def test_views_and_triggers_of_a_file_from_elsewhere_do_not_run(book: Path) -> None:
    db = apsw.Connection(str(book))
    db.execute("CREATE TRIGGER evil AFTER INSERT ON reports BEGIN DELETE FROM failures; END")
    db.close()
    other = report(text=TEXT + " Later.")
    with Casebook(book) as casebook:
        casebook.fail("x.pdf", "no text")
        casebook.add(other, record(other), OLD)
        assert [f.name for f in casebook.failures()] == ["x.pdf"]


def test_a_closed_casebook_says_so_and_closing_twice_does_no_harm(book: Path) -> None:
    casebook = Casebook(book)
    casebook.close()
    casebook.close()
    with pytest.raises(CasebookError):
        casebook.reports()


def test_a_copy_of_the_closed_file_is_whole(book: Path, tmp_path: Path) -> None:
    assert [p.name for p in tmp_path.iterdir()] == [book.name]
    copy = Path(shutil.copy(book, tmp_path / "copy"))
    with Casebook(copy, write=False) as casebook:
        assert casebook.record("r1") == record(report())
        with pytest.raises(CasebookError, match="read-only"):
            casebook.fail("x", "y")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE records SET json = 'nonsense'",
        "UPDATE records SET json = '[]'",
        "UPDATE records SET json = replace(json, 'raided', 'x')  || '}'",
        "UPDATE records SET json = replace(json, '\"span\":[', '\"span\":[9')",
        "UPDATE reports SET text = 'short'",
        "UPDATE reports SET source = '7'",
        "UPDATE events SET seq = seq + 100",
        "DROP TABLE events",
    ],
)
def test_contents_that_were_tampered_with_are_an_error_of_one_line(book: Path, change: str) -> None:
    db = apsw.Connection(str(book))
    db.execute(change)
    db.close()
    with Casebook(book) as casebook:
        said = [answer(use) for use in (casebook.reports, lambda: list(casebook.records()))]
        said.append(answer(lambda: list(casebook.events())))
    assert any(said)
    assert all("\n" not in words for words in said)


def answer(use: Callable[[], object]) -> str:
    """What ``use`` raises a CasebookError with; empty when it raises nothing."""
    try:
        use()
    except CasebookError as error:
        return str(error)
    return ""


def test_a_full_disk_loses_nothing_that_was_there(book: Path) -> None:
    big = report("big", TEXT + " filler" * 50_000)
    with Casebook(book) as casebook:
        casebook._db.pragma("max_page_count", casebook._db.pragma("page_count") + 5)
        with pytest.raises(CasebookError, match="the disk is full"):
            casebook.add(big, record(big), OLD)
        assert [row.report for row in casebook.reports()] == ["r1"]
        assert casebook.check() == []


def test_reading_leaves_no_files_behind(book: Path, tmp_path: Path) -> None:
    with Casebook(book, write=False) as casebook:
        assert len(casebook.reports()) == 1
        assert casebook.check() == []
        with pytest.raises(CasebookError, match="read-only"):
            casebook.add(report("other"), record(report("other")), OLD)
    assert [path.name for path in tmp_path.iterdir()] == [book.name]


def test_a_step_is_taken_once_and_whole(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = steps()
    assert [version for version, _ in first] == list(range(1, len(first) + 1))
    latest = len(first)

    def steps_with(sql: str) -> None:
        monkeypatch.setattr("marsad.casebook.connection.steps", lambda: [*first, (latest + 1, sql)])

    steps_with("CREATE TABLE more (x TEXT) STRICT; INSERT INTO more VALUES ('1'); INSERT INTO nowhere VALUES (1);")
    assert "nowhere" in refused(book)
    assert "older Marsad" in refused(book, write=False)
    steps_with("CREATE TABLE more (x TEXT) STRICT; INSERT INTO more VALUES ('1');")
    for _ in range(2):
        with Casebook(book) as casebook:
            assert casebook._db.pragma("user_version") == latest + 1
            assert casebook._db.execute("SELECT x FROM more").fetchall() == [("1",)]
            assert casebook.record("r1") == record(report())
