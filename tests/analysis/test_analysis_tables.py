"""Event tables: what is read, and what is said of rows that cannot be. All rows are made up."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from analysis_making import write
from openpyxl import Workbook

from marsad.analysis.events import Choose, EventTable
from marsad.analysis.series import daily, exact_times
from marsad.analysis.tables import read_events
from marsad.errors import AnalysisError

SHARED = Path(__file__).parents[2].parent / "shared/data/events_series"


def table(tmp_path: Path, text: str, name: str = "events.csv") -> EventTable:
    return read_events(write(tmp_path / name, text))


def test_a_row_is_an_event_and_days_without_rows_are_zero(tmp_path: Path) -> None:
    found = table(tmp_path, "date,actor,place\n2020-01-03,Red Column,Hadun\n2020-01-03,,Belkat\n2020-01-06,X,\n")
    counted = daily(found)
    assert counted.counts.tolist() == [2, 0, 0, 1]
    assert counted.observed.all()
    assert daily(found, Choose(actor="red column")).counts.tolist() == [1, 0, 0, 0]
    assert daily(found, Choose(place="Belkat")).counts.tolist() == [1, 0, 0, 0]


def test_a_filter_does_not_shorten_the_time_that_was_watched(tmp_path: Path) -> None:
    found = table(tmp_path, "date,actor\n2020-01-01,A\n2020-01-05,B\n2020-01-09,A\n")
    assert len(daily(found, Choose(actor="B"))) == 9


def test_counts_with_zeros_list_the_days_that_were_watched(tmp_path: Path) -> None:
    found = table(tmp_path, "date,count\n2020-01-01,3\n2020-01-02,0\n2020-01-04,1\n2020-01-05,\n2020-01-06,2\n")
    counted = daily(found)
    assert counted.counts.tolist() == [3, 0, 0, 1, 0, 2]
    assert counted.observed.tolist() == [True, True, False, True, False, True]


def test_counts_without_zeros_are_of_days_that_were_all_watched(tmp_path: Path) -> None:
    assert daily(table(tmp_path, "date,count\n2020-01-01,3\n2020-01-04,1\n")).observed.all()


def test_an_event_in_june_is_spread_over_june(tmp_path: Path) -> None:
    found = table(tmp_path, "date\n2020-05-31\n2020-06\n2020-07-01\n")
    counted = daily(found)
    assert counted.counts[1:31] == pytest.approx([1 / 30] * 30)
    assert counted.counts.sum() == pytest.approx(3)
    assert counted.coarse == 1
    assert daily(found, coarse="first").counts[1] == 1
    assert daily(found, coarse="last").counts[30] == 1
    assert daily(found, coarse="drop").counts.sum() == 2


def test_precision_in_words(tmp_path: Path) -> None:
    found = table(tmp_path, "date,precision\n2020-06-10,day\n2020-06-10,week\n2020-06-10,month\n2020-06-10,year\n")
    spans = [(one.last - one.first + 1) for one in found.events]
    assert spans == [1, 7, 30, 366]


def test_acled(tmp_path: Path) -> None:
    head = (
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,actor2,admin1,location"
    )
    rows = (
        "X1,03 January 2020,1,Battles,Armed clash,Red Column,Hill Band; Sons,Police,North,Hadun\n"
        "X2,04 January 2020,2,Battles,Armed clash,Red Column,,Police,North,Belkat\n"
        "X3,20 February 2020,3,Protests,Peaceful protest,Students,,,South,Sennar\n"
    )
    found = table(tmp_path, f"{head}\n{rows}")
    assert found.kind == "acled"
    assert [(one.last - one.first + 1) for one in found.events] == [1, 7, 29]
    assert found.events[0].actors == ("Red Column", "Hill Band", "Sons")
    assert daily(found, Choose(actor="Hill Band", recipient="police", place="north")).events == 1
    assert daily(found, Choose(type="battles")).events == 2


def test_ucdp_with_tags_below_the_head(tmp_path: Path) -> None:
    text = (
        "id,date_start,date_end,date_prec,side_a,side_b,dyad_name,adm_1,best\n"
        ",#date+start,#date+end,,,,,,#affected+killed\n"
        "7,2014-01-24,2014-01-25,2,Government of Arkesh,Red Column,Arkesh - Red Column,Hadun,8\n"
        "8,2014-02-01,2014-02-28,4,Red Column,Civilians,Red Column - Civilians,Hadun,3\n"
    )
    found = table(tmp_path, text)
    assert found.kind == "ucdp"
    assert [(one.last - one.first + 1) for one in found.events] == [2, 28]
    assert [one.count for one in found.events] == [1, 1]
    assert daily(found, Choose(party="red column")).events == 2
    assert daily(found, Choose(actor="red column")).events == 1


def test_times_of_day(tmp_path: Path) -> None:
    found = table(tmp_path, "time,city\n2020-01-01 06:00:00,A\n2020-01-01 18:00,B\n2020-01-02,A\n")
    times, drawn = exact_times(found)
    assert times[:2] == pytest.approx([0.25, 0.75])
    assert 1 <= times[2] <= 2
    assert drawn == pytest.approx(1 / 3)


def test_rows_without_a_date_are_counted(tmp_path: Path) -> None:
    found = table(tmp_path, "date,actor\n2020-01-01,A\n,B\nNA,B\n2020-01-02,A\n")
    assert found.undated == 2
    assert len(found.events) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date\n2020-01-01\n03/04/2020\n", "row 3, column date: '03/04/2020' is no date, or could be two"),
        ("date,count\n2020-01-01,many\n", "row 2, column count: 'many' is not a count"),
        ("date,count\n2020-01-01,-3\n", "row 2, column count"),
        ("date,count\n2020-01-01,inf\n", "row 2, column count"),
        ("date,precision\n2020-01-01,roughly\n", "row 2, column precision: 'roughly' is none of"),
        ("date,end\n2020-01-05,2020-01-01\n", "row 2, column end: 2020-01-01 is before 2020-01-05"),
        ("date,end\n2020-01-05,2040-01-01\n", "row 2, column date: spans more than ten years"),
        ("date\n2020-01-01\n1020-01-05\n", "150 years, from 1020-01-05 (row 3) to 2020-01-01 (row 2)"),
        ("date,count\n2020-01-01,\n2020-01-02,NA\n", "column count is empty in every row"),
        ('date,actor\n2020-01-01,A\n2020-01-02,"B\n2020-01-03,C\n', "row 3: a quotation mark is not closed"),
        ('date,actor\n2020-01-01,"' + "x\n" * 600_000, "row 2: a cell of more than 1 MB"),
        ("when,who\n2020-01-05,A\n", "has no column 'date'"),
        ("", "is empty"),
        ("date,actor\n", "has no row with a date"),
        ("date\n2020-13-05\n", "row 2, column date"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(AnalysisError, match=r"events\.csv") as caught:
        table(tmp_path, text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_semicolons_tabs_and_gzip(tmp_path: Path) -> None:
    assert len(table(tmp_path, "date;actor\n2020-01-01;A\n").events) == 1
    assert len(table(tmp_path, "date\tactor\n2020-01-01\tA\n").events) == 1
    packed = tmp_path / "events.csv.gz"
    packed.write_bytes(gzip.compress(b"date\n2020-01-01\n2020-01-02\n"))
    assert len(read_events(packed).events) == 2


def test_other_encodings_and_binary_files_are_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes("date,actor\n2020-01-01,Bücker\n".encode("latin-1"))
    with pytest.raises(AnalysisError, match="not UTF-8"):
        read_events(bad)
    bad.write_bytes(b"\x7fELF\0\0\0\n\0\0")
    with pytest.raises(AnalysisError, match="no table"):
        read_events(bad)
    bad.write_bytes(gzip.compress(b"RDX2\nX\n\xe9\0\0\0\x02"))
    with pytest.raises(AnalysisError, match="no table"):
        read_events(bad)
    bad.write_bytes(gzip.compress(b"date\n2020-01-01\n")[:-6])
    with pytest.raises(AnalysisError, match="damaged"):
        read_events(bad)


def test_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["date", "count", "actor"], [date(2020, 1, 1), 2, "A"], [datetime(2020, 1, 3, 12, 30), 1, None]):
        sheet.append(row)
    path = tmp_path / "events.xlsx"
    book.save(path)
    found = read_events(path)
    assert daily(found).counts.tolist() == [2, 0, 1]
    assert found.events[1].moment == pytest.approx(12.5 / 24)


def test_a_hostile_workbook_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "events.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
    with pytest.raises(AnalysisError, match="cannot be read as XLSX") as caught:
        read_events(path)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_published_exports() -> None:
    iraq = read_events(SHARED / "hdx_irq/ged_iraq.csv")
    assert iraq.kind == "ucdp"
    assert len(iraq.events) == 7473
    assert daily(iraq, Choose(party="IS")).coarse > 0
