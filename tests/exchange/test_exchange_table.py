from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.exchange.table import cell, columns, csv_lines, plain, row_object

SHARED = Path(__file__).parents[2].parent / "shared/badinput/made/formula_cells.txt"


@dataclass(frozen=True, slots=True)
class Row:
    name: str | None
    names: tuple[str, ...]
    count: int | None
    share: float
    sure: bool


def read_back(lines: list[str]) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(lines), newline="")))


def test_rfc_4180() -> None:
    lines = list(csv_lines(Row, [Row('a "b", c\nd', ("x", "y"), None, -1.5, True), Row(None, (), -3, 0.1, False)]))
    assert lines == [
        "name,names,count,share,sure\r\n",
        '"a ""b"", c\nd",x; y,,-1.5,true\r\n',
        ",,-3,0.1,false\r\n",
    ]


def test_an_empty_table_has_its_header() -> None:
    assert list(csv_lines(Row, [])) == ["name,names,count,share,sure\r\n"]


def test_a_single_empty_cell_is_still_a_record() -> None:
    @dataclass
    class One:
        only: str

    assert len(read_back(list(csv_lines(One, [One("")])))) == 2


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\rx", "\nx", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "＝1+1",
     "＋1", "－1", "＠x", "﹢1", "﹣1", "−1", "  \t =1", "\0=1", "\u202e=1"],
)  # fmt: skip
def test_what_could_be_a_formula_is_marked_as_text(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell((text, "more")) == f"'{text}; more"


@pytest.mark.parametrize("text", ["", " ", "a=1", "1-1", "' x", "Al-Anbar", "50 %", "…", "é", "قتل", "🙂"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize(("value", "wanted"), [(-5, -5), (33.8, 33.8), (-44.9, -44.9), (True, "true"), (None, "")])
def test_numbers_stay_numbers(value: object, wanted: object) -> None:
    assert cell(value) == wanted


@given(st.text(), st.lists(st.text(), max_size=3).map(tuple))
@settings(deadline=None)
def test_any_text_survives_and_none_is_a_formula(name: str, names: tuple[str, ...]) -> None:
    header, row = read_back(list(csv_lines(Row, [Row(name, names, 1, 1.0, True)])))
    assert len(row) == len(header) == 5
    for found, given_ in ((row[0], name), (row[1], "; ".join(names))):
        assert plain(found) == given_
        assert not found.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_half_characters_become_valid_utf8() -> None:
    assert cell("a\ud800b") == "a\ufffdb"
    assert cell("🙂") == "🙂"


def test_the_cells_of_the_shared_bad_input() -> None:
    if not SHARED.exists():
        pytest.skip("the shared bad input is not here")
    cells = SHARED.read_bytes().decode("utf-8").split("\n")
    assert len(cells) > 10
    dangerous = [text for text in cells if text.lstrip()[:1] in tuple("=+-@＝") and text.strip()]
    assert len(dangerous) >= 9
    for text in cells:
        written = read_back(list(csv_lines(Row, [Row(text, (), 0, 0.0, False)])))[1][0]
        assert written == (f"'{text}" if text in dangerous or text[:1] in ("\t", "\r") else text)


def test_rows_as_objects() -> None:
    assert columns(Row) == ("name", "names", "count", "share", "sure")
    assert row_object(Row("a", ("x",), None, 1.0, True)) == {
        "name": "a", "names": ["x"], "count": None, "share": 1.0, "sure": True,
    }  # fmt: skip
