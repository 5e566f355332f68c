"""Series of a table by actor, dyad, type and place; by day, week, month and moment. All rows are made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from analysis_making import write

from marsad.analysis.events import Choose, EventTable, day_number
from marsad.analysis.excitation.stamps import Stamps
from marsad.analysis.splitting import periods, split, split_times
from marsad.analysis.tables import read_events
from marsad.errors import AnalysisError

ROWS = """date,actor,recipient,type,place
2024-01-01,Red Column,Police,rocket,Hadun
2024-01-02,Red Column; Hill Band,Police,rocket,Hadun
2024-01-07,Police,Red Column,raid,Belkat
2024-01-08,Red Column,Police,shelling,
2024-02,Red Column,Police,rocket,Hadun
2024-03-03,Hill Band,Hill Band,clash,Belkat
"""


@pytest.fixture
def table(tmp_path: Path) -> EventTable:
    return read_events(write(tmp_path / "t.csv", ROWS))


def test_each_name_has_a_series_the_fullest_first(table: EventTable) -> None:
    found = split(table, "actor")
    assert {name: one.events for name, one in found.items()} == {"Red Column": 4, "Hill Band": 2, "Police": 1}
    assert list(found) == ["Red Column", "Hill Band", "Police"]
    assert {len(one) for one in found.values()} == {63}
    assert list(split(table, "type", least=2)) == ["rocket"]
    assert list(split(table, "place", most=1)) == ["Hadun"]
    assert split(table)["all"].events == 6


def test_a_dyad_is_directed_and_of_two(table: EventTable) -> None:
    assert list(split(table, "dyad")) == ["Red Column → Police", "Hill Band → Police", "Police → Red Column"]
    assert list(split(table, "recipient")) == ["Police", "Hill Band", "Red Column"]


def test_a_choice_and_dates_bound_all_series(table: EventTable) -> None:
    last = day_number("2024-01-31")
    found = split(table, "type", Choose(actor="red column"), until=last)
    assert {name: one.events for name, one in found.items()} == {"rocket": 2, "shelling": 1}
    with pytest.raises(AnalysisError, match="no event is left that names a place"):
        split(table, "place", Choose(type="shelling"))
    with pytest.raises(AnalysisError, match="nothing to split by"):
        split(table, "month")  # type: ignore[arg-type]


def test_weeks_begin_on_monday_and_carry_shares(table: EventTable) -> None:
    rows = list(periods(split(table, "type")["rocket"], "week"))
    assert (rows[0].date, rows[0].end, rows[0].count, rows[0].watched) == ("2024-01-01", "2024-01-07", 2, 7)
    assert [row.watched for row in rows] == [7] * 9
    # Of the event "in February", the four days of its first week.
    assert rows[4].count == pytest.approx(4 / 29, abs=1e-6)
    months = list(periods(split(table, "type")["rocket"], "month"))
    assert [(row.date, row.end, row.count) for row in months] == [
        ("2024-01-01", "2024-01-31", 2), ("2024-02-01", "2024-02-29", 1), ("2024-03-01", "2024-03-03", 0),
    ]  # fmt: skip


def test_missing_is_not_zero(tmp_path: Path) -> None:
    text = "date,count\n2024-01-01,2\n2024-01-02,0\n2024-01-09,\n2024-01-17,1\n2024-01-18,0\n"
    rows = list(periods(split(read_events(write(tmp_path / "t.csv", text)))["all"], "week"))
    assert [(row.count, row.watched) for row in rows] == [(2, 2), (None, 0), (1, 2)]
    days = list(periods(split(read_events(tmp_path / "t.csv"))["all"], "day"))
    assert [row.count for row in days[:3]] == [2, 0, None]


def test_effort_is_summed_over_the_days(tmp_path: Path) -> None:
    text = "date,effort\n2024-01-01,2\n2024-01-02,3\n2024-01-10,4\n"
    rows = list(periods(split(read_events(write(tmp_path / "t.csv", text)))["all"], "week"))
    assert [row.effort for row in rows] == [5, 4]


def test_moments_of_several_series_are_what_the_exact_model_takes(tmp_path: Path) -> None:
    text = "time,actor\n2024-01-01 06:00,A\n2024-01-01 18:00,B\n2024-01-03,A\n2024-01-02 12:00,A\n"
    found = split_times(read_events(write(tmp_path / "t.csv", text)), "actor")
    assert found.names == ("A", "B")
    assert found.times.tolist() == sorted(found.times.tolist())
    assert found.times[:3].tolist() == [0.25, 0.75, 1.5]
    assert found.marks[:3].tolist() == [0, 1, 0]
    assert found.drawn.tolist() == [False, False, False, True]
    stamps = Stamps.of(found.times, found.marks, found.horizon, len(found.names))
    assert np.array_equal(stamps.times, found.times)
    assert [row.time for row in found.rows()][:2] == ["2024-01-01T06:00:00", "2024-01-01T18:00:00"]


def test_dates_of_a_table_that_tell_how_sure_they_are(tmp_path: Path) -> None:
    text = "date,certainty\n2024-01-01,certain\n2024-01-02,possible\n2024-01-03,0.7\n2024-01-04,0.2\n2024-01-05,\n"
    found = read_events(write(tmp_path / "t.csv", text))
    assert [one.sure for one in found.events] == [True, False, True, False, True]
    for wrong in ("maybe", "3"):
        write(tmp_path / "w.csv", f"date,certainty\n2024-01-01,{wrong}\n")
        with pytest.raises(AnalysisError, match="column certainty"):
            read_events(tmp_path / "w.csv")
    ucdp = "id,date_start,date_end,date_prec,event_clarity\n1,2024-01-01,2024-01-01,1,1\n2,2024-01-02,2024-01-02,1,2\n"
    assert [one.sure for one in read_events(write(tmp_path / "u.csv", ucdp)).events] == [True, False]
