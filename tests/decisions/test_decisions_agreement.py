"""Agreement of reviewers, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.decisions import Decision, Kind, Target, reviewer_agreement
from marsad.decisions.coefficients import alpha, kappa, share_alike
from marsad.records import Passage

SEEN: dict[str, Any] = {
    "type": "ASSAULT", "mode": None, "actors": [{"name": "Red Front", "kind": "other", "mentions": [[0, 3]]}],
    "recipients": [], "time": None, "place": None, "killed": None, "injured": None, "status": "happened",
    "certainty": "certain", "according_to": ["author"], "span": [10, 16], "also": [],
}  # fmt: skip


def said(number: int, who: str, kind: Kind, at: int, field: str | None = None, value: Any = None) -> Decision:
    """A decision as a casebook keeps it."""
    target = Target("event", "r1", Passage(at, at + 6), field)
    basis = {"seen": SEEN, "coded": None if kind == "add" else SEEN}
    return Decision(kind, target, who, value, "", number, basis=basis)


def test_coefficients_by_hand() -> None:
    # Twenty pairs: 9 yes-yes, 5 no-no, 4 yes-no, 2 no-yes.
    pairs = [("y", "y")] * 9 + [("n", "n")] * 5 + [("y", "n")] * 4 + [("n", "y")] * 2
    assert share_alike(pairs) == pytest.approx(0.7)
    # By chance: 13/20 * 11/20 + 7/20 * 9/20 = .515
    assert kappa(pairs) == pytest.approx((0.7 - 0.515) / (1 - 0.515))
    # 24 uses of y and 16 of n in 40: expected difference 1 - (24*23 + 16*15) / (40*39)
    assert alpha(pairs) == pytest.approx(1 - 0.3 / (1 - (24 * 23 + 16 * 15) / (40 * 39)))
    assert (share_alike([]), kappa([]), alpha([])) == (None, None, None)
    assert kappa([("y", "y")]) is None
    assert alpha([("y", "y")]) is None
    assert (kappa([("y", "n"), ("n", "y")]), alpha([("y", "y"), ("n", "n")])) == (-1.0, 1.0)


def test_reviewers_and_coder() -> None:
    found = {
        (one.one, one.other): one.fields
        for one in reviewer_agreement(
            [
                said(1, "Ann", "accept", 10, None, SEEN),
                said(2, "Ann", "correct", 30, "type", "COERCE"),
                said(3, "Ann", "reject", 50),
                said(4, "Ann", "correct", 70, "type", "ASSAULT"),
                said(5, "Bob", "correct", 12, "type", "THREATEN"),
                said(6, "Bob", "correct", 30, "type", "COERCE"),
                said(7, "Bob", "accept", 50, None, SEEN),
                said(8, "Bob", "correct", 10, "actors", [{"name": "red front", "kind": "x", "mentions": [[50, 53]]}]),
                said(9, "Bob", "note", 90),
                said(10, "Cy", "add", 200, None, SEEN),
            ]
        )
    }
    assert set(found) == {("Ann", None), ("Bob", None), ("Cy", None), ("Ann", "Bob")}
    both = found["Ann", "Bob"]
    assert (both["event type"].n, both["event type"].same) == (2, 0.5)
    # ASSAULT-THREATEN, COERCE-COERCE: by chance 1/2 * 1/2.
    assert both["event type"].kappa == pytest.approx((0.5 - 0.25) / 0.75)
    assert (both["event actors"].n, both["event actors"].same) == (1, 1.0)
    assert (both["event is"].n, both["event is"].same) == (1, 0.0)
    mine = found["Ann", None]
    assert (mine["event is"].n, mine["event is"].same) == (2, 0.5)
    assert mine["event type"].n == 3
    assert mine["event type"].same == pytest.approx(2 / 3)
    assert (mine["event status"].n, mine["event status"].same) == (1, 1.0)
    assert found["Cy", None]["event is"].same == 0.0
    assert set(found["Cy", None]) == {"event is"}


def test_the_last_word_in_force_counts() -> None:
    first = [said(1, "Ann", "correct", 10, "type", "COERCE"), said(2, "Ann", "correct", 10, "type", "ASSAULT")]
    assert reviewer_agreement(first)[0].fields["event type"].same == 1.0
    undo = Decision("undo", first[1].target, "Ann", {"number": 2}, number=3)
    assert reviewer_agreement([*first, undo])[0].fields["event type"].same == 0.0
    data = reviewer_agreement(first)[0].to_json()
    assert data["fields"]["event type"] == {"n": 1, "same": 1.0, "kappa": None, "alpha": None}
    assert reviewer_agreement([]) == []
