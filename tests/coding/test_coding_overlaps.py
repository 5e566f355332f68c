from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.coding.overlaps import Overlaps

STRETCHES = st.tuples(st.integers(0, 3000), st.integers(1, 1500)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(STRETCHES, max_size=30), STRETCHES)
def test_finds_what_a_look_at_all_finds(things: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    overlaps: Overlaps[int] = Overlaps()
    for number, (start, end) in enumerate(things):
        overlaps.add(start, end, number)
    start, end = asked
    found = sorted(number for _, _, number in overlaps.over(start, end))
    assert found == [n for n, (low, high) in enumerate(things) if low < end and start < high]
    assert overlaps.around(start, end) == [n for n, (low, high) in enumerate(things) if low <= start and end <= high]
