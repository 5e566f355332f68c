"""The inputs of a command: its PATH arguments and reading options, coded one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import click

from marsad.cli.terminal import progress, say
from marsad.errors import MarsadError, ModelError

if TYPE_CHECKING:
    from marsad.reading import Outcome
    from marsad.records import Record, Report

__all__ = ["Coded", "Tally", "coded", "input_options", "outcomes", "refuse_to_overwrite", "start_coder"]

Command = TypeVar("Command", bound=Callable[..., Any])
_FIELDS: Final = {
    "id": "id", "text": "text", "title": "title", "published": "date of publication", "url": "address",
}  # fmt: skip


class CoderLike(Protocol):
    """What the commands need of a coder."""

    def code(self, report: Report) -> Record: ...


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
        if status == "ok":
            self.ok += 1
        else:
            self.problems.append((name, status, reason or "no reason given"))

    @property
    def exit_code(self) -> int:
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
    options: list[Callable[[Command], Command]] = [
        click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)),
        click.option(
            "--published", metavar="DATE",
            help="When the reports were published, whatever they say themselves: 2020-07-04, 2020-07 or 2020.",
        ),
        click.option(
            "--pack", "packs", metavar="FILE", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
            help="A further actor pack (who is who). May be given more than once.",
        ),
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


def start_coder(packs: Iterable[Path]) -> Any:
    """The coder with these packs. Raises CodingError or KnowledgeError when it cannot start."""
    from marsad.coding import Coder

    return Coder(packs=list(packs))


def outcomes(paths: Iterable[Path], published: str | None, fields: dict[str, Any]) -> Iterator[Outcome]:
    """Every report below ``paths`` in turn, or why there is none."""
    from marsad.reading import ReadOptions, read

    chosen = {name: value for name, value in fields.items() if value is not None}
    return read(list(paths), ReadOptions(published=published, **chosen))


def coded(
    found: Iterable[Outcome],
    coder: CoderLike,
    tally: Tally,
    quiet: bool,
    known: Callable[[Report], tuple[str, str | None] | None] = lambda _: None,
) -> Iterator[Coded]:
    """Code the report of each outcome.

    One report that cannot be coded does not stop the others. One whose outcome
    is ``known`` is not coded again. ``tally`` counts each input when the caller
    comes back for the next, that is, once it is dealt with.

    Raises ModelError: without its models no report can be coded.
    """
    with progress(found, None, quiet) as items:
        for outcome in items:
            before = known(outcome.report) if outcome.report else None
            one = Coded(outcome.name, outcome.report, None, *before) if before else _code(outcome, coder)
            yield one
            tally.add(one.name, one.status, one.reason)


def _code(outcome: Outcome, coder: CoderLike) -> Coded:
    from marsad.casebook.outcome import outcome_of

    if outcome.report is None:
        return Coded(outcome.name, None, None, "failed", outcome.reason)
    try:
        record = coder.code(outcome.report)
    except ModelError:
        raise
    except MarsadError as error:
        return Coded(outcome.name, outcome.report, None, "failed", str(error))
    ending = (outcome.status, outcome.reason) if outcome.status != "ok" else outcome_of(outcome.report, record)
    return Coded(outcome.name, outcome.report, record, *ending)
