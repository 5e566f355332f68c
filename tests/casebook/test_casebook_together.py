"""Several programs that write one casebook, which the first of them makes, take turns."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from marsad.casebook import Casebook

ADDER = """
import sys
sys.path.insert(0, sys.argv[2])
from casebook_making import OLD, TEXT, record, report
from marsad.casebook import Casebook
with Casebook(sys.argv[1], create=True) as casebook:
    for number in range(25):
        one = report(f"{sys.argv[3]}{number}", f"{TEXT} {sys.argv[3]} {number}")
        casebook.add(one, record(one), OLD)
"""


def test_three_writers(tmp_path: Path) -> None:
    path, here = tmp_path / "shared.casebook", Path(__file__).parent
    children = [subprocess.Popen([sys.executable, "-c", ADDER, str(path), str(here), name]) for name in "abc"]
    assert [child.wait(timeout=60) for child in children] == [0, 0, 0]
    with Casebook(path) as casebook:
        assert {row.report for row in casebook.reports()} == {f"{name}{n}" for name in "abc" for n in range(25)}
        assert [run.records for run in casebook.runs()] == [75]
        assert casebook.check() == []
