from __future__ import annotations

import os
from pathlib import Path

import pytest

from marsad.atomic import whole_file


def write_half(path: Path, error: BaseException, *, keep: bool = True) -> None:
    with whole_file(path, keep=keep) as out:
        out.write("half")
        raise error


def test_the_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with whole_file(path) as out:
        out.write("one\r\n🙂\n")
        out.flush()
        assert not path.exists()
    assert path.read_bytes() == "one\r\n🙂\n".encode()
    assert os.listdir(tmp_path) == ["out.csv"]


def test_an_error_leaves_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("earlier")
    with pytest.raises(ZeroDivisionError):
        write_half(path, ZeroDivisionError())
    assert path.read_text() == "earlier"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_an_interrupt_keeps_what_was_written_under_another_name(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("earlier")
    with pytest.raises(KeyboardInterrupt):
        write_half(path, KeyboardInterrupt())
    assert path.read_text() == "earlier"
    assert (tmp_path / "out.csv.partial").read_text() == "half"
    assert len(os.listdir(tmp_path)) == 2


def test_an_interrupt_keeps_no_empty_file(tmp_path: Path) -> None:
    def interrupted() -> None:
        with whole_file(tmp_path / "out.csv"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert os.listdir(tmp_path) == []


def test_an_interrupt_keeps_nothing_where_half_a_file_is_of_no_use(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_half(tmp_path / "out.html", KeyboardInterrupt(), keep=False)
    assert os.listdir(tmp_path) == []


def test_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        with whole_file(tmp_path / "new"):
            pass
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640
        (tmp_path / "own").touch(0o600)
        (tmp_path / "own").chmod(0o600)
        with whole_file(tmp_path / "own"):
            pass
        assert (tmp_path / "own").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(old)


def test_a_folder_that_is_not_there_is_an_ordinary_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such folder"), whole_file(tmp_path / "no" / "out"):
        pass


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with whole_file(path) as out:
        out.write("words")
    assert os.read(reader, 100) == b"words"
    os.close(reader)
    assert path.is_fifo()
