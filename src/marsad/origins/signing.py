"""Signatures of many texts, made in other processes while this one looks the earlier ones up."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import Final, Self

from marsad.origins.signatures import Signatures, Signed

__all__ = ["Signers"]

_AHEAD: Final = 3
"""Batches under way for each process: enough that none waits, few enough to bound memory."""


class Signers:
    """``processes`` other processes that make signatures; with none, this one does. Close it when done.

    The signatures are the same either way, also where a process ends before its
    time: what it had to do is then done here. New processes import the main
    module, so a script keeps its own work under ``if __name__ == "__main__"``.
    """

    def __init__(self, processes: int = 1) -> None:
        self._processes = processes
        self._others = ProcessPoolExecutor(processes, mp_context=get_context("spawn")) if processes > 0 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; what they have still to do is dropped."""
        if self._others is not None:
            self._others.shutdown(cancel_futures=True)

    def in_turn(self, batches: Iterable[Sequence[str]]) -> Iterator[tuple[Sequence[str], Signed]]:
        """Each batch of texts with its signatures, in the order of the batches, of which few are taken ahead."""
        rest = iter(batches)
        under_way: deque[tuple[Sequence[str], Future[Signed] | None]] = deque()
        while True:
            for batch in islice(rest, max(1, _AHEAD * self._processes) - len(under_way)):
                under_way.append((batch, self._given(batch)))
            if not under_way:
                return
            batch, future = under_way.popleft()
            yield batch, _taken(batch, future)

    def _given(self, batch: Sequence[str]) -> Future[Signed] | None:
        try:
            return self._others.submit(_of, batch) if self._others is not None else None
        except BrokenProcessPool:
            return None


@cache
def _signatures() -> Signatures:
    """Those of this process, which remember its words."""
    return Signatures()


def _of(batch: Sequence[str]) -> Signed:
    return _signatures().of(batch)


def _taken(batch: Sequence[str], future: Future[Signed] | None) -> Signed:
    try:
        return _of(batch) if future is None else future.result()
    except BrokenProcessPool:
        return _of(batch)
