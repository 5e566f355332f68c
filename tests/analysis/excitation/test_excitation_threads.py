"""Linear algebra is held to one thread inside a fit, and let go as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from threadpoolctl import ThreadpoolController

from marsad.analysis.excitation.threads import one_blas_thread


@pytest.fixture
def two_threads() -> Iterator[ThreadpoolController]:
    import scipy.linalg  # noqa: F401

    controller = ThreadpoolController()
    with controller.limit(limits=2, user_api="blas"):
        yield controller


def threads(controller: ThreadpoolController) -> set[int]:
    return {library.num_threads for library in controller.select(user_api="blas").lib_controllers}


def test_one_thread_inside_and_as_before_after(two_threads: ThreadpoolController) -> None:
    before = threads(two_threads)
    assert max(before) == 2

    @one_blas_thread
    def inner() -> set[int]:
        return threads(two_threads)

    @one_blas_thread
    def outer() -> tuple[set[int], set[int]]:
        return inner(), threads(two_threads)

    assert outer() == ({1}, {1})
    assert threads(two_threads) == before


def test_an_error_lets_go_too(two_threads: ThreadpoolController) -> None:
    @one_blas_thread
    def wrong() -> None:
        raise KeyError("no")

    with pytest.raises(KeyError):
        wrong()
    assert max(threads(two_threads)) == 2
