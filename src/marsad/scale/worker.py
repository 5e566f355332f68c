"""The parent's end of one worker process."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import FrameType
from typing import Any, Final

from marsad.errors import CodingError
from marsad.records import Record, Report
from marsad.scale.child import begin, code_chunk
from marsad.scale.opening import Failure, Opener

__all__ = ["Worker", "is_broken"]

_ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""There is a worker for each core already: threads of numpy's libraries would only fight over them."""


class _Context(SpawnContext):
    """Starts a fresh interpreter (no threads or locks of this one in it), and remembers it."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[SpawnProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        process = SpawnProcess(*args, **kwargs)
        self.started.append(process)
        return process


class Worker:
    """One process with a coder of its own, started by the first chunk; close it when done.

    An executor with a single process: when that is killed, nothing that another
    worker does or holds (locks, half-written results) is touched.
    """

    def __init__(self, opener: Opener, packs: Sequence[Path]) -> None:
        self._context = _Context()
        self._futures: list[Future[list[Record | Failure]]] = []
        self._started = False
        try:
            self._executor = ProcessPoolExecutor(
                max_workers=1, mp_context=self._context, initializer=begin, initargs=(opener, tuple(packs))
            )
        except (OSError, ImportError, NotImplementedError) as error:
            raise CodingError(f"this system cannot run worker processes ({error}): use one job (--jobs 1)") from error

    def load(self) -> int:
        """How many chunks it has still to do."""
        self._futures = [future for future in self._futures if not future.done() or is_broken(future)]
        return sum(not future.done() for future in self._futures)

    @property
    def is_dead(self) -> bool:
        """Has the process ended before its work was done?"""
        return any(map(is_broken, self._futures))

    def submit(self, reports: list[Report]) -> Future[list[Record | Failure]]:
        """Have a chunk coded. The future raises BrokenProcessPool when the process ends before."""
        future: Future[list[Record | Failure]]
        try:
            # Starting this helper of multiprocessing later, within submit(), would unblock the signal too early.
            resource_tracker.ensure_running()
            with _interrupt_held_back(), _changed_environment():
                future = self._executor.submit(code_chunk, reports)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        except OSError as error:
            raise CodingError(f"a worker process cannot be started ({error}): use fewer --jobs") from error
        self._futures.append(future)
        if not self._started:
            self._started = True
            _leave_ends_to_child(self._executor)
        return future

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        for process in self._context.started:
            if process.pid is not None:
                process.kill()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        self.kill()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def obituary(self) -> str:
        """How the process ended, for a person: ``was killed (SIGKILL), perhaps for want of memory``."""
        codes = [process.exitcode for process in self._context.started if process.exitcode is not None]
        if not codes or codes[-1] >= 0:
            return "ended early" + (f" (exit code {codes[-1]})" if codes else "")
        try:
            name = signal.Signals(-codes[-1]).name
        except ValueError:
            name = f"signal {-codes[-1]}"
        return f"was killed ({name})" + (", perhaps for want of memory" if name == "SIGKILL" else "")


def is_broken(future: Future[list[Record | Failure]]) -> bool:
    """Did the process end before this chunk was done?"""
    return future.done() and not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)


def _leave_ends_to_child(executor: ProcessPoolExecutor) -> None:
    """Close this process's copies of the two pipe ends that only the child uses.

    With them open, a child that is killed while it sends half a result, or
    while it is being sent a chunk, would leave this process waiting for ever:
    a pipe ends only when its last copy is closed. Python closes the first of
    them itself since 3.11.7 (gh-94777), after the child's death.
    """
    for queue, end in (("_call_queue", "_reader"), ("_result_queue", "_writer")):
        connection = getattr(getattr(executor, queue, None), end, None)
        if connection is not None:
            connection.close()


@contextmanager
def _changed_environment() -> Iterator[None]:
    """The environment that a child inherits; it reads it when it loads numpy, before any code of ours."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _interrupt_held_back() -> Iterator[None]:
    """Let a Ctrl-C that comes meanwhile take effect afterwards.

    It would leave an executor half begun. A child that is started meanwhile
    inherits the blocked signal, so that Ctrl-C at a terminal, which reaches all
    processes of a program, leaves it to its parent from its first instant.
    """
    came: list[FrameType | None] = []
    usual = signal.getsignal(signal.SIGINT)
    here = callable(usual) and threading.current_thread() is threading.main_thread()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    if here:
        signal.signal(signal.SIGINT, lambda _, frame: came.append(frame))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if here:
            signal.signal(signal.SIGINT, usual)
    if came and callable(usual):
        usual(signal.SIGINT, came[0])
