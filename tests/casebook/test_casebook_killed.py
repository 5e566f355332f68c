"""A process that is killed while it adds loses nothing that it was told is kept, and leaves no half report."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from marsad.casebook import Casebook, Filters

ADDER = """
import sys
sys.path.insert(0, sys.argv[2])
from casebook_making import OLD, TEXT, record, report
from marsad.casebook import Casebook
with Casebook(sys.argv[1], create=True) as casebook:
    number = len(casebook.reports())
    while True:
        number += 1
        one = report(f"n{number}", TEXT + f" word{number} " + "filler " * (number % 400))
        added = casebook.add(one, record(one), OLD)
        sys.stdout.write(added.report_id + chr(10))
        sys.stdout.flush()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")
def test_kill(tmp_path: Path) -> None:
    path = tmp_path / "killed.casebook"
    acknowledged: set[str] = set()
    moments = random.Random(7)
    for _ in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", ADDER, str(path), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        lines = [child.stdout.readline()]
        time.sleep(moments.uniform(0, 0.25))
        os.kill(child.pid, signal.SIGKILL)
        # A last line without its end was cut by the kill, after the commit that it tells of.
        lines += child.stdout.readlines()
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        acknowledged |= {text.strip() for text in lines if text.endswith("\n")}

        with Casebook(path) as casebook:
            assert casebook.check() == []
            kept = {row.report for row in casebook.reports()}
            assert casebook.untold == 0
            claims = [one.id for each in casebook.listed_incidents() for one in each.claims]
            assert sorted(claims) == sorted(f"{report}:e{number}" for report in kept for number in (1, 2, 3))
            assert acknowledged <= kept
            # At most the one that was under way when each kill came is there without having been told.
            assert len(kept) <= len(acknowledged) + 6
            assert all(row.events == 3 and row.statements == 1 and row.actors == 3 for row in casebook.reports())
            assert {record.id for record in casebook.records()} == kept
            for name in sorted(kept)[-3:]:
                assert [row.event for row in casebook.events(Filters(report=name))] == ["e1", "e2", "e3"]
                assert [found.report for found in casebook.search(f"word{name[1:]}")] == [name]
    assert len(acknowledged) >= 6
