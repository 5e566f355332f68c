from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import exchange_making as making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.casebook import Casebook, Filters
from marsad.decisions import Decision, Target
from marsad.errors import ExchangeError, IncidentError
from marsad.exchange import happened
from marsad.exchange.casebook import ROWS, table_rows
from marsad.exchange.columns import columns_of, described
from marsad.exchange.meanings import ABOUT, MEANINGS
from marsad.exchange.table import cell, plain, row_object
from marsad.exchange.wanted import FITTING, Wanted
from marsad.exchange.writing import checked_form, form_of, text_lines, write_file
from marsad.incidents import Rules
from marsad.records import Record

DOCS = Path(__file__).parents[2] / "docs/exports.md"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return making.make(tmp_path_factory.mktemp("exports") / "ark.casebook")


@pytest.fixture
def casebook(path: Path) -> Iterator[Casebook]:
    with Casebook(path, write=False) as opened, opened.as_of_now():
        yield opened


def objects(casebook: Casebook, what: str, **filters: Any) -> list[dict[str, Any]]:
    return [row_object(row) for row in table_rows(casebook, Wanted(what, Filters(**filters)))]


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("what", ROWS)
def test_json_lines_read_back_equal(casebook: Casebook, what: str, tmp_path: Path) -> None:
    rows, file = objects(casebook, what), tmp_path / "x.jsonl"
    assert write_file(casebook, Wanted(what), "jsonl", file) == len(rows) > 0
    assert [json.loads(text) for text in file.read_text("utf-8").splitlines()] == rows


@pytest.mark.parametrize("what", ROWS)
def test_parquet_reads_back_equal(casebook: Casebook, what: str, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    rows, file = objects(casebook, what), tmp_path / "x.parquet"
    assert write_file(casebook, Wanted(what), "parquet", file) == len(rows)
    table = pq.read_table(file)
    assert table.to_pylist() == rows
    assert table.schema.metadata[b"marsad.table"] == what.encode()
    meanings = {field.name: field.metadata[b"meaning"].decode() for field in table.schema}
    assert meanings == {one.name: one.meaning for one in columns_of(what, ROWS[what])}


@pytest.mark.parametrize("what", ROWS)
def test_csv_reads_back_equal(casebook: Casebook, what: str) -> None:
    head, *found = read_csv("".join(text_lines(casebook, Wanted(what), "csv")))
    rows = objects(casebook, what)
    assert head == list(rows[0])
    kinds = {one.name: one.kind for one in columns_of(what, ROWS[what])}
    for cells, row in zip(found, rows, strict=True):
        for name, text in zip(head, cells, strict=True):
            value = row[name]
            if kinds[name] in ("texts", "wholes"):
                assert plain(text) == "; ".join(map(str, value))
            elif kinds[name] == "text":
                assert plain(text) == (value or "")
            elif kinds[name] == "truth":
                assert text == str(value).lower()
            else:
                assert (float(text) if text else None) == value
            assert not text.lstrip("\u202e \t\r\n").startswith(("=", "+", "@"))


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(file: Path) -> dict[str, list[dict[str, Any]]]:
    """The cells of a workbook by sheet, as they stand in its XML: nothing of a reader's own making is between."""
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        names = [
            one.attrib["name"] for one in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        ]
        assert not [name for name in archive.namelist() if "externalLink" in name or "hyperlink" in name.lower()]
        found = {}
        for number, name in enumerate(names, 1):
            root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(root.iter(f"{MAIN}f"))
            assert not list(root.iter(f"{MAIN}hyperlink"))
            found[name] = [
                {
                    cell.attrib["r"].rstrip("0123456789"): (cell.attrib.get("t", "n"), "".join(cell.itertext()))
                    for cell in row
                }
                for row in root.iter(f"{MAIN}row")
            ]
        return found


@pytest.mark.parametrize("what", ROWS)
def test_a_workbook_has_every_value_and_no_formula(casebook: Casebook, what: str, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    rows = objects(casebook, what)
    assert write_file(casebook, Wanted(what), "xlsx", file) == len(rows)
    found = sheets(file)
    assert list(found) == [what, "columns"]
    head, *body = found[what]
    names = [text for _, text in head.values()]
    assert names == [one.name for one in columns_of(what, ROWS[what])]
    letters = dict(zip(names, head, strict=True))
    for cells, row in zip(body, rows, strict=True):
        for name, value in row.items():
            kind, text = cells.get(letters[name], ("", ""))
            if value is None or value in ([], ""):
                assert (kind, text) == ("", "")
            elif isinstance(value, bool):
                assert (kind, text) == ("b", str(int(value)))
            elif isinstance(value, int | float):
                assert (kind, float(text)) == ("n", value)
            else:
                whole = "; ".join(map(str, value)) if isinstance(value, list) else value
                assert kind == "inlineStr"
                assert text.replace("_x000B_", "\x0b") == whole
    assert [text for row in found["columns"][1:] for _, text in row.values()] == [
        text for one in columns_of(what, ROWS[what]) for text in (one.name, one.meaning)
    ]


def test_the_shared_formula_cells_as_an_office_program_reads_them(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    source = making.SHARED / "badinput/made/formula_cells.txt"
    if not source.exists():
        pytest.skip("the shared bad input is not here")
    from marsad.casebook.rows import RelationRow
    from marsad.exchange.xlsx import write_xlsx

    cells = [text for text in source.read_bytes().decode("utf-8").split("\n") if text]
    rows = [RelationRow(text, None, text, "fights", text, (text,), text, text, 0, 1) for text in cells]
    with (tmp_path / "x.xlsx").open("wb") as file:
        write_xlsx(file, "relations", "", columns_of("relations", RelationRow), rows)
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["relations"]
    for row, text in zip(sheet.iter_rows(min_row=2), cells, strict=True):
        assert row[0].data_type == "s"
        assert row[0].value.replace("_x000D_", "\r") == text
        assert row[0].quotePrefix == (cell(text) != text)


def test_a_full_sheet_goes_on_in_another_and_a_long_cell_says_that_it_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from marsad.casebook.rows import RelationRow
    from marsad.exchange import xlsx

    monkeypatch.setattr(xlsx, "_MOST_ROWS", 3)
    long = "🔥" * 20_000
    rows = [RelationRow(str(n), None, long, "fights", "b", (), "", "", n, 1) for n in range(5)]
    with (tmp_path / "x.xlsx").open("wb") as file:
        xlsx.write_xlsx(file, "relations", "", columns_of("relations", RelationRow), rows)
    found = sheets(tmp_path / "x.xlsx")
    assert [len(found[name]) for name in found] == [3, 3, 2, 11 + 1]
    assert list(found) == ["relations", "relations 2", "relations 3", "columns"]
    text = found["relations"][1]["C"][1]
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.endswith("🔥 [...]")


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_what_makes_a_cell_safe_can_be_taken_off(text: str) -> None:
    assert plain(str(cell(text))) == text


@pytest.mark.parametrize("text", ["'=1", "''=1", "' x", "'", "it's", "'-1'"])
def test_own_apostrophes_come_back(text: str) -> None:
    assert plain(str(cell(text))) == text


def test_incidents_say_their_rules_and_how_far_they_move(casebook: Casebook) -> None:
    [row] = objects(casebook, "incidents", type="ASSAULT", place="Ark")
    assert (row["reports"], row["origins"], row["counted"]) == (3, 3, "3 reports, 3 origins")
    assert (row["grade"], row["grade_by"]) == ("contested", None)
    assert "Reem Brigade denies it" in row["why"]
    assert (row["killed_least"], row["killed_most"], row["killed_best"] in (4, 6)) == (4, 6, True)
    assert row["killed_rule"] == "most-independent-origins"
    assert any("lowest" in one or "highest" in one for one in row["killed_others"])
    assert (row["time_start"], row["time_earliest"], row["time_latest"]) == ("2020-05-03",) * 3
    assert sorted(row["report_ids"]) == ["denial", "mill", "other"]
    assert row["incident"] == f"{row['report_ids'][0]}:e1"
    lowest = Wanted("incidents", Filters(place="Ark", type="ASSAULT"), rules=Rules({"killed": "lowest"}))
    [by] = table_rows(casebook, lowest)
    assert (by.killed_best, by.killed_rule, by.killed_most) == (4, "lowest", 6)
    assert {one["incident"] for one in objects(casebook, "incidents", report="mill")} == {row["incident"], "mill:e2"}
    assert not list(table_rows(casebook, Wanted("incidents", grade="confirmed")))
    with pytest.raises(IncidentError, match="superb"):
        list(table_rows(casebook, Wanted("incidents", grade="superb")))


def test_incidents_in_turn_are_all_incidents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(happened, "_AT_ONCE", 1)
    with Casebook(making.make(tmp_path / "x.casebook")) as casebook:
        shelled = [("other", making.at(making.OTHER, "shelled")), ("denial", making.at(making.DENIAL, "shelled"))]
        raid = ("mill", making.at(making.MILL, "raided"))
        for kind, claims in (("split", shelled[:1]), ("merge", [raid, shelled[1]]), ("reject", [raid])):
            assert list(happened.listed_in_turn(casebook)) == casebook.listed_incidents()
            casebook.decide(Decision(kind, Target("incident", claims=tuple(claims)), "Ana"))  # type: ignore[arg-type]
        in_turn = list(happened.listed_in_turn(casebook))
        assert in_turn == casebook.listed_incidents()
        assert {len(one.claims) for one in in_turn} == {1, 3}
        assert [one.rejected for one in in_turn].count(True) == 1
        of_other = [one for one in happened.listed_in_turn(casebook, "other") if one.claims[0].report == "other"]
        assert of_other == [one for one in in_turn if one.claims[0].report == "other"]
        assert len(objects(casebook, "incidents")) == len(in_turn) - 1


def test_claims_have_their_passage_and_why_they_are_together(casebook: Casebook) -> None:
    rows = [one for one in objects(casebook, "claims") if one["event"] == "e1"]
    texts = {record.id: record.text for record in making.records()}
    assert len(rows) == 3
    assert len({one["incident"] for one in rows}) == 1
    for row in rows:
        assert texts[row["report"]][row["start"] : row["end"]] == row["words"] == "shelled"
        assert 0.45 <= row["probability"] <= 1
        assert row["joined_to"] in {f"{one['report']}:{one['event']}" for one in rows}
        assert row["reasons"]
    assert {one["report"]: one["according_to"] for one in rows}["denial"] == ["Reem Brigade"]
    [alone] = [one for one in objects(casebook, "claims") if one["incident"] == "mill:e2"]
    assert (alone["probability"], alone["joined_to"], alone["reasons"]) == (None, None, [])


def test_what_reviewers_decided_is_in_unless_it_is_asked_as_coded(casebook: Casebook) -> None:
    reviewed, coded = (objects(casebook, "events", report="mill", as_coded=as_coded) for as_coded in (False, True))
    assert [one["killed_best"] for one in reviewed] == [4, 2]
    assert [one["killed_best"] for one in coded] == [4, None]
    [own] = text_lines(casebook, Wanted("records", Filters(report="mill", as_coded=True)), "jsonl")
    assert Record.loads(own).events[1].killed is None
    [whole] = text_lines(casebook, Wanted("records", Filters(report="mill")), "jsonl")
    assert Record.loads(whole).events[1].killed is not None
    assert len(objects(casebook, "incidents", as_coded=True)) == len(objects(casebook, "incidents"))


def test_decisions_and_audit(casebook: Casebook) -> None:
    decisions = objects(casebook, "decisions")
    assert [(one["number"], one["kind"], one["who"]) for one in decisions] == [
        (1, "correct", "Ana"), (2, "accept", "Ana"), (3, "note", "=Bob()"),
    ]  # fmt: skip
    assert (decisions[0]["words"], decisions[0]["field"]) == ("raided", "killed")
    assert json.loads(decisions[0]["value"])["best"] == 2
    assert json.loads(decisions[0]["was"]) is None
    audit = objects(casebook, "audit")
    assert [(one["undoes"], one["undone_by"], one["in_force"]) for one in audit] == [
        (None, None, True), (None, None, True), (None, None, True), (None, 5, False), (4, None, False),
    ]  # fmt: skip
    before = "0" * 64
    for one in audit:
        assert one["previous"] == before
        before = hashlib.sha256(f"{before}\n{one['entry']}".encode()).hexdigest()
        assert (one["hash"], one["chained"]) == (before, True)
    assert len(objects(casebook, "audit", report="other")) == 2
    assert objects(casebook, "audit", until="2020") == []
    assert len(objects(casebook, "decisions", limit=2)) == 2


def test_the_chain_can_be_checked_with_the_csv_alone(casebook: Casebook) -> None:
    head, *rows = read_csv("".join(text_lines(casebook, Wanted("audit"), "csv")))
    for row in rows:
        of = dict(zip(head, row, strict=True))
        assert hashlib.sha256(f"{of['previous']}\n{of['entry']}".encode()).hexdigest() == of["hash"]


def test_a_changed_entry_shows(tmp_path: Path) -> None:
    import sqlite3

    path = making.make(tmp_path / "x.casebook")
    with sqlite3.connect(path) as db:
        [[data]] = db.execute("SELECT data FROM decisions WHERE number = 2")
        db.execute("UPDATE decisions SET data = ? WHERE number = 2", (data.replace('"Ana"', '"Eve"'),))
    db.close()
    with Casebook(path, write=False) as casebook:
        assert [one["chained"] for one in objects(casebook, "audit")] == [True, False, True, True, True]


@pytest.mark.parametrize(
    ("what", "filters", "grade"),
    [("decisions", {"type": "ASSAULT"}, None), ("incidents", {"speaker": "x"}, None), ("events", {}, "weak"),
     ("reports", {"actor": "x"}, None), ("statements", {"place": "x"}, None), ("audit", {"as_coded": True}, None)],
)  # fmt: skip
def test_a_condition_that_means_nothing_is_refused(what: str, filters: dict[str, Any], grade: str | None) -> None:
    with pytest.raises(ExchangeError, match="choose among"):
        Wanted(what, Filters(**filters), grade)


def test_formats() -> None:
    assert [form_of(name) for name in ("a.csv", "b.JSONL", "c.x.xlsx", "d.parquet", "e.jsonld")] == [
        "csv", "jsonl", "xlsx", "parquet", "jsonld",
    ]  # fmt: skip
    for name in ("events.xslx", "events", ".csv"):
        with pytest.raises(ExchangeError, match="does not tell the format"):
            form_of(name)
    for what, form in (("records", "csv"), ("events", "jsonld"), ("annotations", "csv"), ("events", "doc")):
        with pytest.raises(ExchangeError):
            checked_form(what, form)
    with pytest.raises(ExchangeError, match="none of"):
        Wanted("pictures")


def test_without_pyarrow_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ExchangeError, match=r"pip install pyarrow") as raised:
        checked_form("events", "parquet")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "parquet"])
def test_no_half_file(path: Path, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    file = tmp_path / f"x.{form}"
    file.write_text("as it was")

    def broken(self: Casebook, filters: Filters) -> Iterator[Any]:
        yield from list(events(self, filters))[:2]
        raise OSError("the disk is gone")

    events = Casebook.events
    monkeypatch.setattr(Casebook, "events", broken)
    with Casebook(path, write=False) as casebook, pytest.raises(OSError, match="disk is gone"):
        write_file(casebook, Wanted("events"), form, file)
    assert file.read_text() == "as it was"
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_every_column_has_its_meaning_here_and_in_the_documentation() -> None:
    assert set(ABOUT) == set(ROWS) == set(FITTING) - {"records", "annotations"}
    told = DOCS.read_text("utf-8") if DOCS.exists() else None
    for what, kind in ROWS.items():
        columns = columns_of(what, kind)
        own = {name for name in MEANINGS[what] if name not in {one.name for one in columns}}
        assert not own, f"{what} has no column {own}"
        assert all(one.meaning for one in columns)
        if told is not None:
            assert described(what, kind) in told, f"docs/exports.md does not have the columns of {what}"


def test_what_others_write_meanwhile_is_not_in(tmp_path: Path) -> None:
    path = making.make(tmp_path / "x.casebook", decided=False)
    with Casebook(path, write=False) as casebook, casebook.as_of_now():
        rows = table_rows(casebook, Wanted("claims"))
        first = next(rows)
        with Casebook(path) as writing:
            making.decide(writing)
            for _ in writing.join_incidents():
                pass
        assert [first.report, *(one.report for one in rows)].count("mill") == 2
        assert not list(table_rows(casebook, Wanted("decisions")))
    with Casebook(path, write=False) as casebook:
        assert list(table_rows(casebook, Wanted("decisions")))
