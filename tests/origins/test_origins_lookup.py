from __future__ import annotations

import numpy as np
import pytest
from origins_texts import INDEPENDENT, ORIGINAL, OTHER, REPRINT, SPUN, TRANSLATED

from marsad.origins.lookup import BANDS, Lookup
from marsad.origins.signatures import SLOTS, Signatures


def random_signatures(count: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint16]]:
    """Rows of which every third is a neighbour of an earlier one."""
    draw = np.random.default_rng(seed)
    rows = draw.integers(0, 65536, (count, SLOTS), dtype=np.uint16)
    for number in range(3, count, 3):
        like = draw.random(SLOTS) < draw.uniform(0.05, 0.9)
        rows[number, like] = rows[draw.integers(0, number), like]
    return rows


@pytest.mark.parametrize("step", [1, 7, 500, 3000])
def test_finds_what_comparing_all_with_all_finds(step: int) -> None:
    rows = random_signatures(3000, 1)
    lookup, found = Lookup(), set()
    for at in range(0, len(rows), step):
        result = lookup.add(rows[at : at + step], 8)
        found |= {tuple(pair) for pair in zip(*(column.tolist() for column in result), strict=True)}
    expected = set()
    for number, row in enumerate(rows):
        same = rows[:number] == row
        bands = (same[:, 0::2] & same[:, 1::2]).any(axis=1)
        for other in np.flatnonzero(bands & (same.sum(axis=1) >= 8)):
            expected.add((number, int(other), int(same[other].sum())))
    assert len(expected) > 500
    assert found == expected


def test_a_text_takes_a_kibibyte_at_most() -> None:
    lookup = Lookup()
    for seed in range(20):
        lookup.add(random_signatures(1000, seed), 8)
        if len(lookup) > 2000:
            assert lookup.nbytes / len(lookup) <= 1024
    assert len(lookup) == 20_000


def test_boilerplate_shared_by_thousands_is_found_among_the_latest() -> None:
    rows = np.repeat(random_signatures(1, 3), 5000, axis=0)
    lookup = Lookup()
    lookup.add(rows, 8)
    found = lookup.add(rows[:1], 8)
    assert 50 < len(found.earlier) <= 200
    assert found.earlier.min() > 4500


def test_nothing_in_nothing_out() -> None:
    lookup = Lookup()
    assert len(lookup.add(np.zeros((0, SLOTS), np.uint16), 8).asking) == 0
    assert len(lookup) == 0
    assert BANDS * 2 == SLOTS


def agreement(a: str, b: str) -> float:
    signed = Signatures().of([a, b])
    assert signed.owners.tolist() == [0, 1]
    return float((signed.rows[0] == signed.rows[1]).mean())


def test_signatures_agree_as_far_as_texts_do() -> None:
    assert agreement(ORIGINAL, ORIGINAL) == 1.0
    assert agreement(ORIGINAL, REPRINT) > 0.5
    assert agreement(ORIGINAL, SPUN) > 0.15
    assert agreement(ORIGINAL, TRANSLATED) > 0.06
    assert agreement(ORIGINAL, INDEPENDENT) < 0.06
    assert agreement(ORIGINAL, OTHER) < 0.04


def test_signatures_depend_on_nothing_but_the_text() -> None:
    texts = [ORIGINAL, "too short", OTHER * 3, "", SPUN]
    together = Signatures().of(texts)
    assert together.owners.tolist() == [0, 2, 2, 4]
    assert together.wholes.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    alone = [Signatures().of([text]) for text in texts]
    assert np.array_equal(together.rows, np.concatenate([signed.rows for signed in alone]))
    assert np.array_equal(together.halves, np.concatenate([signed.halves for signed in alone]))
    warm = Signatures()
    warm.of([INDEPENDENT])
    assert np.array_equal(warm.of(texts).rows, together.rows)


def test_the_half_of_a_report_is_more_like_what_was_copied_into_it() -> None:
    half = " ".join(OTHER.split()[:110])
    signed = Signatures().of([f"{half} " + " ".join(SPUN.split()[:110]), ORIGINAL])
    whole = (signed.rows[0] == signed.rows[1]).sum()
    first, second = ((signed.halves[n] == signed.rows[1]).sum() for n in (0, 1))
    assert first < whole < second
