from __future__ import annotations

import pytest
from origins_texts import INDEPENDENT, ORIGINAL, OTHER, REPRINT, SPUN, parts

from marsad.origins.sidebyside import side_by_side
from marsad.origins.wording import Wording

MOVED = "\n\n".join([*parts(OTHER)[:2], *reversed(parts(SPUN))])


@pytest.mark.parametrize("right", [ORIGINAL, REPRINT, SPUN, INDEPENDENT, OTHER, MOVED, ""])
def test_every_unit_stands_once_and_in_order(right: str) -> None:
    rows = list(side_by_side(ORIGINAL, right))
    assert [row.left for row in rows if row.left] == [unit.passage for unit in Wording(ORIGINAL).units]
    assert [row.right for row in rows if row.right] == [unit.passage for unit in Wording(right).units]
    for row in rows:
        for whole, changed in ((row.left, row.left_changed), (row.right, row.right_changed)):
            assert all(whole and whole.start <= p.start < p.end <= whole.end for p in changed)


def test_what_differs_is_marked() -> None:
    rows = list(side_by_side(ORIGINAL, SPUN))
    assert all(row.left and row.right for row in rows)
    marked = {passage.of(SPUN) for row in rows for passage in row.right_changed}
    assert {"assaulted", "daybreak"} <= marked
    assert not any(row.left_changed or row.right_changed for row in side_by_side(ORIGINAL, ORIGINAL))
