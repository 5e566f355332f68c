"""Signatures made in other processes are those made here, in the same order, whatever becomes of the processes."""

from __future__ import annotations

import os
import signal

import numpy as np
import pytest

from marsad.origins.signatures import Signatures, Signed
from marsad.origins.signing import Signers

BATCHES = [[f"On day {n} the army of {n} attacked the town near river {m}, and many left." for m in range(n)]
           for n in (3, 0, 1, 5, 2, 4, 6, 1)]  # fmt: skip


def same(one: Signed, other: Signed) -> bool:
    return all(
        np.array_equal(a, b)
        for a, b in (
            (one.rows, other.rows), (one.owners, other.owners), (one.halves, other.halves), (one.wholes, other.wholes),
        )
    )  # fmt: skip


@pytest.mark.parametrize("processes", [0, 2])
def test_each_batch_comes_back_in_its_turn_with_its_signatures(processes: int) -> None:
    here = Signatures()
    with Signers(processes) as signers:
        for _ in range(2):
            found = list(signers.in_turn(BATCHES))
            assert [batch for batch, _ in found] == BATCHES
            assert all(same(signed, here.of(batch)) for batch, signed in found)


def test_few_batches_are_taken_ahead() -> None:
    taken: list[int] = []
    with Signers(0) as signers:
        rest = signers.in_turn(taken.append(n) or batch for n, batch in enumerate(BATCHES))  # type: ignore[func-returns-value]
        next(rest)
        assert taken == [0]


def test_what_a_dead_process_had_to_do_is_done_here() -> None:
    here = Signatures()
    with Signers(1) as signers:
        rest = signers.in_turn(BATCHES)
        found = [next(rest)]
        assert signers._others is not None
        for process in list(signers._others._processes.values()):
            os.kill(process.pid or 0, signal.SIGKILL)
        found += rest
    assert [batch for batch, _ in found] == BATCHES
    assert all(same(signed, here.of(batch)) for batch, signed in found)
