"""Incidents kept in memory beside a casebook: whatever happens to it, they are those that it would list anew."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from casebook_making import NEW, OLD
from test_casebook_incidents import news

from marsad.casebook import Casebook
from marsad.casebook.watching import Watched
from marsad.decisions import Decision, Target
from marsad.errors import DecisionError


@pytest.mark.parametrize("seed", range(4))
def test_watched_is_as_listed_anew(tmp_path: Path, seed: int) -> None:
    draw, reports = random.Random(seed), news(60, seed)
    watched, read = Watched(), 0
    with Casebook(tmp_path / "a.casebook", create=True) as casebook:
        for of, record in reports[:15]:
            casebook.add(of, record, OLD)
        waiting = reports[15:]
        for _ in range(45):
            claims = [one for each in casebook.listed_incidents() for one in each.claims]
            some = tuple((one.report, one.passage) for one in draw.sample(claims, 2))
            doing = draw.choice(("add", "add", "recode", "merge", "merge", "split", "reject", "grade", "event", "undo"))
            try:
                if doing == "add" and waiting:
                    casebook.add(*waiting.pop(), OLD)
                elif doing == "recode":
                    of, record = draw.choice(reports[:15])
                    casebook.add(of, record, draw.choice((OLD, NEW)))
                elif doing == "merge":
                    casebook.decide(Decision("merge", Target("incident", claims=some), "Ann"))
                elif doing == "split":
                    casebook.decide(Decision("split", Target("incident", claims=some[:1]), "Ann"))
                elif doing == "reject":
                    casebook.decide(Decision("reject", Target("incident", claims=some[:1]), "Ann"))
                elif doing == "grade":
                    target = Target("incident", claims=some[:1], field="grade")
                    casebook.decide(Decision("correct", target, "Ann", "weak"))
                elif doing == "event":
                    casebook.decide(Decision("reject", Target("event", *some[0]), "Ann"))
                elif doing == "undo":
                    casebook.undo(draw.randrange(1, 12), "Bob")
            except DecisionError:
                continue
            for _ in casebook.join_incidents():
                pass
            gone, new = watched.update(casebook)
            read += len(new)
            wanted = {one.incident.id: one for one in casebook.incidents()}
            assert watched.settled == wanted
            assert not gone & wanted.keys()
            assert new <= wanted.keys()
        assert watched.update(casebook) == (set(), set())
    # Nearly all stay as they are from one change to the next.
    assert read < 45 * len(wanted)


def test_one_more_report_makes_it_read_what_it_touched_only(tmp_path: Path) -> None:
    reports = news(40)
    watched = Watched()
    with Casebook(tmp_path / "a.casebook", create=True) as casebook:
        for of, record in reports[:39]:
            casebook.add(of, record, OLD)
        assert len(watched.update(casebook)[1]) == len(casebook.incidents()) > 3
        casebook.add(*reports[39], OLD)
        assert len(watched.update(casebook)[1]) <= 2
        assert watched.update(casebook) == (set(), set())
