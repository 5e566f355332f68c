"""Answering one question of the analysis at a time, in a process of its own that can be stopped; answers are kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from threading import Lock, Thread, Timer
from typing import IO, Final

from starlette.exceptions import HTTPException

from marsad.records import Json
from marsad.review.analysis_asked import Question

__all__ = ["COMMAND", "Running"]

COMMAND: Final = (sys.executable, "-m", "marsad.review.analysis_worker")
_MOST_KEPT: Final = 8
"""Answers that are kept, the latest; one may have some megabytes of figures."""
_MOST_SECONDS: Final = 900.0
_GRACE: Final = 3.0
_AWAY: Final = "the analysis ended early: the terminal of 'marsad serve' says why"


class Running:
    """Questions about the casebook at ``path``. ``command`` is another for tests."""

    def __init__(self, path: str, command: Sequence[str] = COMMAND) -> None:
        self._path, self._command, self._lock = os.path.abspath(path), tuple(command), Lock()
        self._answers: OrderedDict[str, Json] = OrderedDict()
        self._job: _Job | None = None

    def ask(self, question: Question, changes: int) -> Json:
        """Begin to answer; what was asked before, of the same casebook, is answered at once.

        Raises HTTPException (409) while another question is being answered, (503) where no process can be begun.
        """
        key = question.key(changes)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return _kept(key, self._answers[key])
            job = self._job
            if job is not None and job.going:
                if job.key == key:
                    return job.to_json()
                raise HTTPException(409, "another question is being answered: wait until it is, or stop that")
            job = _Job(key, question)
            try:
                job.start(self._command, self._path)
            except OSError as error:
                raise HTTPException(503, f"the question could not be begun: {error.strerror or error}") from None
            self._job = job
            Thread(target=self._follow, args=(job,), daemon=True).start()
            return job.to_json()

    def state(self, key: str | None = None) -> Json:
        """How far a question is, or the one that was asked last.

        Raises HTTPException (404) for one that is not kept.
        """
        with self._lock:
            if key is not None and key in self._answers:
                return _kept(key, self._answers[key])
            if self._job is not None and key in (None, self._job.key):
                return self._job.to_json()
        if key is None:
            return {"state": "idle", "id": None, "kind": None, "question": None, "stage": None, "seconds": 0.0,
                    "wrong": None}  # fmt: skip
        raise HTTPException(404, "this answer is not kept any more: ask again")

    def answer(self, key: str) -> Json:
        """A whole answer. Raises HTTPException (404) for one that is not there."""
        with self._lock:
            if key not in self._answers:
                raise HTTPException(404, "this answer is not kept any more: ask again")
            return self._answers[key]

    def stop(self) -> Json:
        """Stop what is being answered."""
        with self._lock:
            if self._job is not None and self._job.going:
                self._job.stop()
        return self.state()

    def close(self) -> None:
        """Stop, and wait a little for it."""
        with self._lock:
            job = self._job
        if job is not None and job.going:
            job.stop()
            with suppress(subprocess.TimeoutExpired):
                job.process.wait(_GRACE)

    def _follow(self, job: _Job) -> None:
        result: Json | None = None
        wrong: str | None = _AWAY
        try:
            result, wrong = job.read(self._lock)
        finally:
            self._end(job, result, wrong)

    def _end(self, job: _Job, result: Json | None, wrong: str | None) -> None:
        with self._lock:
            if result is not None and not job.stopping:
                self._answers[job.key] = {"kind": job.question.kind, "question": job.question.to_json(), **result}
                while len(self._answers) > _MOST_KEPT:
                    self._answers.popitem(last=False)
            job.end(wrong if result is None else None)


class _Job:
    """One question that is being answered, or was."""

    process: subprocess.Popen[str]

    def __init__(self, key: str, question: Question) -> None:
        self.key, self.question = key, question
        self.stopping = False
        self._state, self._stage = "working", "starting"
        self._wrong: str | None = None
        self._began = time.monotonic()
        self._ended: float | None = None
        self._errors: IO[str]

    @property
    def going(self) -> bool:
        return self._state in ("working", "stopping")

    def start(self, command: Sequence[str], path: str) -> None:
        # One thread for small matrices: more of them would only wait for each other.
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
        self._errors = TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - closed by the thread
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, env=environment,
            encoding="utf-8", errors="replace", start_new_session=True,
        )  # fmt: skip
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, 5)
        assert self.process.stdin is not None
        with suppress(OSError), self.process.stdin as asked:  # it may have ended already, which is told then
            json.dump({"path": path, "question": self.question.to_json()}, asked)

    def read(self, lock: Lock) -> tuple[Json | None, str | None]:
        """Follow the process to its end: its result, or what went wrong."""
        result, wrong = None, None
        watch = Timer(_MOST_SECONDS, self._late)
        watch.daemon = True
        watch.start()
        assert self.process.stdout is not None
        with self.process.stdout as lines, self._errors as errors:
            for line in lines:
                told = _told(line)
                with lock:
                    self._stage = str(told.get("stage", self._stage))
                result, wrong = told.get("result", result), told.get("wrong", wrong)
            code = self.process.wait()
            watch.cancel()
            if result is None and wrong is None:
                errors.seek(0)
                if code and not self.stopping:
                    sys.stderr.write(errors.read()[-8000:])
                wrong = self._wrong or _AWAY
        return result if isinstance(result, dict) else None, wrong

    def stop(self) -> None:
        self.stopping, self._state = True, "stopping"
        with suppress(OSError):
            self.process.kill()  # it writes nothing that could be left half done

    def end(self, wrong: str | None) -> None:
        self._state = "stopped" if self.stopping else "failed" if wrong else "done"
        self._wrong = None if self.stopping else wrong
        self._ended = time.monotonic()

    def _late(self) -> None:
        self._wrong = f"no answer in {_MOST_SECONDS / 60:.0f} minutes: choose fewer days, dates or parties"
        with suppress(OSError):
            self.process.kill()

    def to_json(self) -> Json:
        return {
            "state": self._state, "id": self.key, "kind": self.question.kind, "question": self.question.to_json(),
            "stage": self._stage if self.going else None,
            "seconds": round((self._ended or time.monotonic()) - self._began, 1), "wrong": self._wrong,
        }  # fmt: skip


def _told(line: str) -> Json:
    with suppress(ValueError):
        data = json.loads(line)
        if isinstance(data, dict):
            return data
    return {}


def _kept(key: str, answer: Json) -> Json:
    return {
        "state": "done", "id": key, "kind": answer["kind"], "question": answer["question"], "stage": None,
        "seconds": 0.0, "wrong": None,
    }  # fmt: skip
