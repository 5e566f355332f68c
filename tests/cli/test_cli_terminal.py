"""Tables as they stand on terminals of several widths, to a pipe, and without colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_running import TEXT, FakeCoder, on_a_terminal, start
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from marsad.casebook import Casebook, Run
from marsad.cli.layout import blocks, columns, wrapped
from marsad.records import Report, Source

HEADS = ("report", "when", "type", "who", "content")
ROWS = [
    ("reuters-2020-06-25", "2020-06-25", "COERCE arrest", "two government officials", "They said " * 40),
    ("gz", "", "ASSAULT", "Kataib Hezbollah", "nothing"),
]
TEXTS = st.text(st.sampled_from("ab é界 \N{ARABIC LETTER MEEM}-/"), max_size=60).map(
    lambda text: " ".join(text.split())
)


def test_columns_are_as_wide_as_their_longest_words_and_no_wider_than_the_terminal() -> None:
    widths = columns(HEADS, ROWS, 100)
    assert widths is not None
    assert sum(widths) + 2 * (len(widths) - 1) == 100
    assert widths[:2] == [18, 10]
    assert widths[3] >= len("government")
    assert widths[4] > 30
    short = [("a", "b", "c", "d", "e")]
    assert columns(HEADS, short, 100) == [len(head) for head in HEADS]
    assert columns(HEADS, ROWS, 60) is None


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4), st.integers(8, 120))
def test_no_word_breaks_and_nothing_goes_over_the_edge(rows: list[tuple[str, str, str]], width: int) -> None:
    heads = ("one", "two", "three")
    words = {word for row in rows for cell in row for word in cell.split()}
    widths = columns(heads, rows, width)
    if widths is not None:
        assert sum(widths) + 4 <= width
        for at, wide in enumerate(widths):
            for word in (word for row in (heads, *rows) for word in row[at].split()):
                assert min(cell_len(word), 32) <= wide
    lines = list(blocks(heads, rows, width))
    assert all(cell_len(line) <= width for line in lines)
    shown = {word for line in lines for word in line.split()}
    assert {word for word in words if cell_len(word) <= width - 7} <= shown


def test_a_block_a_row_with_its_headings() -> None:
    assert list(blocks(("report", "who"), [("gz", "two government officials"), ("ap", "")], 26)) == [
        "report  gz",
        "who     two government",
        "        officials",
        "",
        "report  ap",
    ]
    assert list(blocks(("according to",), [("two government officials",)], 20)) == [
        "according to",
        "  two government",
        "  officials",
    ]
    assert list(blocks(("", ""), [("events", "12")], 20)) == ["events", "12"]
    assert wrapped("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]


@pytest.fixture
def casebook(tmp_path: Path) -> Path:
    path = tmp_path / "c.casebook"
    report = Report("gazette-2020-07-04", TEXT, "Raid", "2020-07-04", Source("Gazette"))
    with Casebook(path, create=True) as made:
        made.add(report, FakeCoder().code(report), Run("fake", "1", "f1"))
    return path


def seen(monkeypatch: pytest.MonkeyPatch, width: int, *arguments: str | Path, **environment: str) -> str:
    """What a terminal of a width is sent."""
    for name, value in {"COLUMNS": str(width), "TERM": "xterm-256color", **environment}.items():
        monkeypatch.setenv(name, value)
    text, _ = on_a_terminal(*arguments)
    return text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("width", "kind"), [(160, "xterm"), (160, "dumb"), (100, "xterm"), (60, "dumb"), (40, "xterm")]
)
def test_events_at_every_width(width: int, kind: str, casebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = seen(monkeypatch, width, "events", casebook, TERM=kind)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert all(cell_len(line) <= width for line in plain.splitlines())
    for word in ("gazette-2020-07-04", "ASSAULT", "who", "status", "passage", "attacked", "Front"):
        assert word in plain
    assert plain.splitlines()[1].startswith("─") == (width == 160)


def test_no_colours_where_none_are_wanted_and_none_to_a_pipe(casebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = seen(monkeypatch, 160, "events", casebook, NO_COLOR="1")
    assert not re.search(r"\x1b\[(?![01]m)", text)
    child = start("events", casebook)
    piped, _ = child.communicate(timeout=20)
    assert piped.splitlines()[0].split("\t")[:3] == ["report", "origin", "when"]
    assert "\x1b" not in piped
