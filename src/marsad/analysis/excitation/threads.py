"""One thread of linear algebra while a model is fitted.

A fit multiplies many small matrices one after another. BLAS libraries share each product out
over all cores, where threads mostly wait for each other; on a busy machine that costs ten times
the work itself. What the caller had set is put back afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from threadpoolctl import ThreadpoolController

__all__ = ["one_blas_thread"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


@cache
def _controller() -> ThreadpoolController:
    """The BLAS libraries in this process; looking for them takes longer than a small fit, so it is done once."""
    import scipy.linalg  # noqa: F401  (it brings a BLAS of its own, which must be there to be found)

    return ThreadpoolController()


def one_blas_thread(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Let the function's linear algebra use one thread; calls may be nested."""

    @wraps(function)
    def held(*arguments: _P.args, **named: _P.kwargs) -> _R:
        with _controller().limit(limits=1, user_api="blas"):
            return function(*arguments, **named)

    return held
