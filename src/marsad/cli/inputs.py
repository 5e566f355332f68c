"""The inputs of a command: its PATH arguments and reading options, coded in turn on as many cores as allowed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from marsad.cli.terminal import progress, say
from marsad.cli.threads import one_thread
from marsad.errors import MarsadError

if TYPE_CHECKING:
    from marsad.casebook import Run
    from marsad.reading import Outcome
    from marsad.records import Record, Report
    from marsad.scale import Failure, Opener
    from marsad.scale.opening import CoderLike

__all__ = ["Coded", "Coding", "Tally", "coded", "input_options", "outcomes", "reading_options", "refuse_to_overwrite"]

Command = TypeVar("Command", bound=Callable[..., Any])
_FEW: Final = 6
_SMALL: Final = 200_000
"""Inputs, and bytes of each, below which the models load beside the reading."""
_FIELDS: Final = {
    "id": "id", "text": "text", "title": "title", "published": "date of publication", "url": "address",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coded:
    """One input, dealt with: ``ok``, ``partial`` or ``failed``; without a record where it failed or was known."""

    name: str
    report: Report | None
    record: Record | None
    status: str
    reason: str | None


@dataclass(slots=True)
class Tally:
    """How the inputs ended, and in which words a person is told so."""

    ok: int = 0
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, ``partial`` or ``failed``, and reason of each input that did not go well."""

    def add(self, name: str, status: str, reason: str | None) -> None:
        """Count one input."""
        if status == "ok":
            self.ok += 1
        else:
            self.problems.append((name, status, reason or "no reason given"))

    @property
    def exit_code(self) -> int:
        """1 where any input did not go well, else 0."""
        return 1 if self.problems else 0

    def summary(self) -> str:
        """``19 ok, 1 failed: x.pdf: no text layer``; with several problems, one line for each."""
        counts = {status: sum(p[1] == status for p in self.problems) for status in ("partial", "failed")}
        head = ", ".join([f"{self.ok} ok", *(f"{n} {status}" for status, n in counts.items() if n)])
        if len(self.problems) == 1:
            name, _, reason = self.problems[0]
            return f"{head}: {name}: {reason}"
        return "\n".join([head, *(f"  {status}: {name}: {reason}" for name, status, reason in self.problems)])

    def tell(self, quiet: bool) -> None:
        """Say the summary on stderr, unless ``quiet``."""
        if not quiet:
            for text in self.summary().split("\n"):
                say(text)


def input_options(command: Command) -> Command:
    """Give a command the arguments PATH... and the options of reading and coding."""
    return _options(command, coding=True)


def reading_options(command: Command) -> Command:
    """Give a command that codes nothing the arguments PATH... and the options of reading."""
    return _options(command, coding=False)


def _options(command: Command, *, coding: bool) -> Command:
    only_for_coding = [
        click.option(
            "--pack", "packs", metavar="FILE", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
            help="A further actor pack (who is who). May be given more than once.",
        ),
        click.option(
            "--codebook", "codebooks", metavar="FILE", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
            help="A trained codebook (event types of your own; see 'marsad codebook'). May be given more than once.",
        ),
        click.option(
            "--restore/--no-restore", default=True,
            help="Read garbled names and set phrases of machine-spun reports as what they were, and lead back to the "
            "words that stand there (on unless switched off). Other reports are not touched.",
        ),
        click.option(
            "--jobs", metavar="N", type=click.IntRange(min=1),
            help="Processes that code at the same time, about 250 MB of memory each (a core each if not given). "
            "They work in batches; with 1, each report comes out as soon as it is read and coded.",
        ),
    ]  # fmt: skip
    options: list[Callable[[Command], Command]] = [
        # Not "readable": one file that may not be read fails alone, and does not stop the others.
        click.argument(
            "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False)
        ),
        click.option(
            "--published", metavar="DATE",
            help="When the reports were published, whatever they say themselves: 2020-07-04, 2020-07 or 2020.",
        ),
        click.option(
            "--source", metavar="NAME", help="Who published the reports, where they do not say so themselves."
        ),
        *(only_for_coding if coding else ()),
        *(
            click.option(
                f"--{name}-field", f"{name}_field", metavar="NAME",
                help=f"In JSON and JSON lines: the key of the {words} ('{name}' if not given).",
            )
            for name, words in _FIELDS.items()
        ),
        click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def refuse_to_overwrite(out: Path | None, inputs: Iterable[Path]) -> None:
    """Raise UsageError where ``out`` is one of the inputs."""
    for path in inputs:
        if out and out.exists() and path.exists() and out.samefile(path):
            raise click.UsageError(f"--out {out} is one of the inputs: choose another name")


class Coding:
    """The coder with these packs and codebooks, and how many processes of it there may be (None: one for each core).

    With ``restore``, machine-spun reports are coded by what their garbled names were.

    Raises CodingError, KnowledgeError or CodebookError when the coder cannot start.
    """

    def __init__(
        self,
        packs: Iterable[Path],
        jobs: int | None,
        codebooks: Iterable[Path] = (),
        paths: Iterable[Path] = (),
        *,
        restore: bool = True,
    ) -> None:
        """``paths`` are the inputs: of a few small files, the models load while the first is being read."""
        one_thread()

        from marsad.coding import Coder
        from marsad.origins.restoring import RestoringCoder

        self._packs, self._jobs, books = tuple(packs), jobs, tuple(codebooks)
        self._restore = restore
        coder: type[Coder] | type[RestoringCoder] = RestoringCoder if restore else Coder
        self._opener: Opener = partial(coder, codebooks=books) if books else coder
        self._coder = self._opener(self._packs)
        self._warming: Thread | None = None
        if jobs == 1 or _few(list(paths)):
            self._warming = Thread(target=_warm_up, args=(self._coder,), daemon=True)
            self._warming.start()

    @property
    def run(self) -> Run:
        """The run of this coder."""
        from marsad.casebook import Run

        return Run.of(self._coder)

    def again(self, report: Report, cleaner: Report) -> Record | None:
        """A machine-spun report coded anew with the words of a cleaner copy; None where nothing is to be restored.

        Raises CodingError when it cannot be coded.
        """
        from marsad.origins.restoring import RestoringCoder

        if not self._restore or not isinstance(self._coder, RestoringCoder):
            return None
        return self._coder.code(report, cleaner)

    def results(self, reports: Iterable[Report | None]) -> Generator[Record | Failure | None]:
        """As :func:`marsad.scale.code_many`."""
        from marsad.scale import code_many

        if self._warming is not None:
            reports = _after(self._warming, reports)
        return code_many(reports, packs=self._packs, jobs=self._jobs, opener=self._opener, coder=self._coder)


def _few(paths: list[Path]) -> bool:
    """Are the inputs so few and small that this process codes them itself?"""
    try:
        return len(paths) < _FEW and all(p.is_file() and p.stat().st_size < _SMALL for p in paths)
    except OSError:
        return False


def _warm_up(coder: CoderLike) -> None:
    """Load the models; what is wrong with them is said when the first report is coded."""
    warm_up = getattr(coder, "warm_up", None)
    with suppress(MarsadError):
        if warm_up is not None:
            warm_up()


def _after(warming: Thread, reports: Iterable[Report | None]) -> Iterator[Report | None]:
    """The reports, the first of them once the models are loaded: they must not be loaded twice."""
    for report in reports:
        warming.join()
        yield report


def outcomes(paths: Iterable[Path], published: str | None, fields: dict[str, Any]) -> Iterator[Outcome]:
    """Every report below ``paths`` in turn, or why there is none."""
    from marsad.reading import ReadOptions, read

    chosen = {name: value for name, value in fields.items() if value is not None}
    return read(list(paths), ReadOptions(published=published, **chosen))


Known = tuple[str, str | None] | None
"""The outcome and reason of a report that need not be coded; None for one that does."""


def coded(
    found: Iterable[Outcome],
    coding: Coding,
    tally: Tally,
    quiet: bool,
    known: Callable[[Report], Known] = lambda _: None,
) -> AbstractContextManager[Iterator[Coded]]:
    """Code the report of each outcome: a context, at whose end nothing is left running, of the inputs in order.

    One report that cannot be coded does not stop the others. One whose outcome
    is ``known`` is not coded again. ``tally`` counts each input when the caller
    comes back for the next, that is, once it is dealt with.

    The iterator raises ModelError: without its models no report can be coded.
    """
    return closing(_coded(found, coding, tally, quiet, known))


def _coded(
    found: Iterable[Outcome], coding: Coding, tally: Tally, quiet: bool, known: Callable[[Report], Known]
) -> Generator[Coded]:
    begun: deque[tuple[Outcome, Known]] = deque()

    def reports() -> Iterator[Report | None]:
        for outcome in found:
            before = known(outcome.report) if outcome.report else None
            begun.append((outcome, before))
            yield None if before else outcome.report

    with closing(coding.results(reports())) as results, progress(results, None, quiet) as items:
        for result in items:
            outcome, before = begun.popleft()
            one = Coded(outcome.name, outcome.report, None, *before) if before else _ended(outcome, result)
            yield one
            tally.add(one.name, one.status, one.reason)


def _ended(outcome: Outcome, result: Record | Failure | None) -> Coded:
    from marsad.casebook.outcome import outcome_of
    from marsad.scale import Failure

    if outcome.report is None or result is None:
        return Coded(outcome.name, None, None, "failed", outcome.reason)
    if isinstance(result, Failure):
        return Coded(outcome.name, outcome.report, None, "failed", result.reason)
    ending = (outcome.status, outcome.reason) if outcome.status != "ok" else outcome_of(outcome.report, result)
    return Coded(outcome.name, outcome.report, result, *ending)
