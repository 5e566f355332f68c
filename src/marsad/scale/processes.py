"""Code many reports on several cores, in order, whatever happens to a worker."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from marsad.errors import CodingError
from marsad.records import Record, Report
from marsad.scale.chunks import Item, chunks, is_large
from marsad.scale.opening import CoderLike, Failure, Opener, code_one, code_together, open_coder
from marsad.scale.worker import Worker, is_broken

__all__ = ["code_many", "usable_cores"]

Result = Record | Failure
_HELD: Final = 64
"""Places in the order looked at, at most, before it is decided where the reports among them are coded."""
_AHEAD: Final = 2
"""Chunks that a worker has at a time: one that it works on, one that waits for it."""
_UNDELIVERED: Final = 4
"""Chunks for each worker, at most, that are underway or done but not yet the next in order."""

_STARTS: Final = 3
"""Times that a worker is started anew before the work is given up."""


def usable_cores() -> int:
    """Cores that this process may run on, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def code_many(
    reports: Iterable[Report | None],
    *,
    packs: Sequence[Path] = (),
    jobs: int | None = None,
    opener: Opener = open_coder,
    coder: CoderLike | None = None,
) -> Generator[Record | Failure | None]:
    """The record of each report, or why it has none, in order; None, where given, comes back in its place.

    ``reports`` is taken in no faster than it is coded, so it may be endless.
    ``jobs`` is the number of worker processes (all usable cores if None). Fewer
    than 12 reports of fewer than 60,000 characters together, and any number
    with ``jobs=1``, are coded in this process, by ``coder`` where one is given
    (it must be what ``opener(packs)`` gives).

    A worker that is killed costs no report but the one that it was killed over:
    those it had are coded again one at a time, and that one becomes a failure.
    Close the iterator (``contextlib.closing``) to end the workers early.

    Workers are fresh interpreters: in a script of your own, call this below
    ``if __name__ == "__main__":``.

    Raises KnowledgeError, ModelError or CodingError when the coder or a worker
    cannot start.
    """
    items, here = iter(reports), _Here(packs, opener, coder)
    workers = usable_cores() if jobs is None else max(jobs, 1)
    if workers == 1:
        yield from map(here.code, items)
        return
    while held := _held(items):
        if is_large(held):
            yield from _Pool(workers, opener, packs).code(chain(held, items))
            return
        yield from here.code_all(held)


def _held(items: Iterator[Item]) -> list[Item]:
    """The next items: enough to be large, or all that are left, or a few; None alone where it comes first."""
    held: list[Item] = []
    for item in items:
        held.append(item)
        if held[0] is None or len(held) >= _HELD or is_large(held):
            break
    return held


class _Here:
    """The coder in this process, opened when the first report comes."""

    def __init__(self, packs: Sequence[Path], opener: Opener, coder: CoderLike | None) -> None:
        self._packs, self._opener, self._coder = packs, opener, coder

    def code(self, item: Item) -> Result | None:
        if item is None:
            return None
        if self._coder is None:
            self._coder = self._opener(self._packs)
        return code_one(self._coder, item)

    def code_all(self, items: Sequence[Item]) -> list[Result | None]:
        """Some items at once."""
        reports = [item for item in items if item is not None]
        if reports and self._coder is None:
            self._coder = self._opener(self._packs)
        results = iter(code_together(self._coder, reports) if self._coder is not None else [])
        return [None if item is None else next(results) for item in items]


@dataclass(slots=True)
class _Flight:
    """A chunk underway."""

    items: list[Item]
    worker: Worker
    future: Future[list[Result]]
    recoded: list[Result] | None = None
    """The results, where the worker ended and they were coded again."""

    @property
    def reports(self) -> list[Report]:
        return [item for item in self.items if item]

    @property
    def is_done(self) -> bool:
        return self.recoded is not None or self.future.done()


class _Pool:
    """Workers, and the chunks that they have, in the order of the reports."""

    def __init__(self, size: int, opener: Opener, packs: Sequence[Path]) -> None:
        self._opener, self._packs = opener, packs
        self._flights: deque[_Flight] = deque()
        self._workers: list[Worker] = [self._fresh() for _ in range(size)]

    def _fresh(self) -> Worker:
        return Worker(self._opener, self._packs)

    def code(self, items: Iterable[Item]) -> Iterator[Result | None]:
        try:
            for chunk in chunks(items):
                while not self._send(chunk):
                    yield from self._landed()
                while self._flights and self._flights[0].is_done:
                    yield from self._landed()
            while self._flights:
                yield from self._landed()
        finally:
            for worker in self._workers:
                worker.kill()
            for worker in self._workers:
                worker.close()

    def _send(self, chunk: list[Item]) -> bool:
        """Give the chunk to the least busy worker, waiting for one; False when the first results have to go first."""
        while len(self._flights) < _UNDELIVERED * len(self._workers):
            # A worker that died is replaced when its chunks' turn comes, so that there are never more than agreed.
            living = [worker for worker in self._workers if not worker.is_dead]
            if living and (worker := min(living, key=Worker.load)).load() < _AHEAD:
                self._flights.append(_Flight(chunk, worker, worker.submit([item for item in chunk if item])))
                return True
            if self._flights[0].is_done:
                return False
            wait([flight.future for flight in self._flights if not flight.is_done], return_when=FIRST_COMPLETED)
        return False

    def _landed(self) -> Iterator[Result | None]:
        """The results of the first chunk, waiting for them."""
        flight = self._flights[0]
        if flight.recoded is None:
            try:
                flight.recoded = flight.future.result()
            except BrokenProcessPool:
                self._recode(flight.worker)
        results = iter(flight.recoded or ())
        self._flights.popleft()
        for item in flight.items:
            yield next(results) if item else None

    def _recode(self, dead: Worker) -> None:
        """Code what a dead worker had one report at a time, and put a fresh worker in its place."""
        place = self._workers.index(dead)
        dead.close()
        worker = self._ready(place)
        for flight in self._flights:
            if flight.worker is not dead or not is_broken(flight.future):
                continue
            results: list[Result] = []
            for report in flight.reports:
                try:
                    results += worker.submit([report]).result()
                except BrokenProcessPool:
                    worker.close()
                    results.append(Failure(report.id, f"the process that was coding it {worker.obituary()}"))
                    worker = self._ready(place)
            flight.recoded = results

    def _ready(self, place: int) -> Worker:
        """A fresh worker that has loaded its models, so that its death afterwards is a report's doing."""
        for _ in range(_STARTS):
            worker = self._workers[place] = self._fresh()
            try:
                worker.submit([]).result()
                return worker
            except BrokenProcessPool:
                worker.close()
        raise CodingError(
            f"a worker process {worker.obituary()} before it could begin: free some memory or use --jobs 1"
        )
