"""``marsad origins``: which reports are copies or rewrites of which, so that copies count once."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.inputs import Tally, outcomes, reading_options
from marsad.cli.sources import is_casebook
from marsad.cli.terminal import emit, progress, visible
from marsad.vocabulary import SPUN

if TYPE_CHECKING:
    from marsad.casebook import Casebook
    from marsad.origins import Edge, OriginRow, Surveyed
    from marsad.records import Passage, Report

__all__ = ["command"]


@click.command(
    "origins",
    short_help="Find copies, reprints and rewrites: how many independent accounts there are.",
    epilog="""\b
Examples:
  marsad origins reports/
  marsad origins syria.casebook
  marsad origins reports/ --json > origins.jsonl
  marsad origins reports/ --diff first second""",
)
@reading_options
@click.option(
    "--json", "as_json", is_flag=True, help="Write JSON lines, one for each report, in the order they came in."
)
@click.option(
    "--diff", "pair", nargs=2, metavar="ID ID", default=None,
    help="Show the reports of these two ids side by side with their differences, instead of the list.",
)  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context, /, paths: tuple[Path, ...], published: str | None, quiet: bool, as_json: bool,
    pair: tuple[str, str] | None, **fields: Any,
) -> None:  # fmt: skip
    """Find which reports go back to one account: identical ones, reprints, copies with additions, rewrites.

    PATH is what 'marsad code' takes, or a casebook. Reports of one event that
    were written independently stay apart, though they name the same people and
    quote the same words. Nothing is coded.

    A casebook knows its origins: 'marsad add' has found them. Only those of an
    older casebook are looked for now, and kept.
    """
    from marsad.exchange.jsonl import line

    if pair and as_json:
        raise click.UsageError("give --json or --diff, not both")
    tally = Tally()
    with _surveyed(paths, published, fields, tally, quiet) as survey:
        if pair:
            _show_pair(survey, *pair)
        elif as_json:
            for row in survey.rows():
                emit(line(row.to_json()) + "\n")
        else:
            for text in _listing(survey):
                emit(text + "\n")
    tally.tell(quiet)
    ctx.exit(tally.exit_code)


@contextmanager
def _surveyed(
    paths: tuple[Path, ...], published: str | None, fields: dict[str, Any], tally: Tally, quiet: bool
) -> Iterator[Surveyed]:
    """The reports with their families: as one casebook keeps them, else found out now."""
    from marsad.origins import ReportStore, Survey
    from marsad.origins.spun import spun_probability

    with ExitStack() as open_files:
        if len(paths) == 1 and is_casebook(paths[0]):
            casebook = open_files.enter_context(_joined(paths[0], quiet))
            if not casebook.waiting:
                survey = open_files.enter_context(casebook.surveyed())
                tally.ok = len(survey)
                yield survey
                return
        found = Survey(open_files.enter_context(ReportStore()), spun_probability)
        with progress(_reports(paths, published, fields, tally), None, quiet, "reading") as reports:
            found.add(reports)
        yield found


def _joined(path: Path, quiet: bool) -> Casebook:
    """A casebook whose reports have joined their origins, so far as it can be written."""
    from marsad.casebook import Casebook
    from marsad.errors import CasebookError

    try:
        casebook = Casebook(path)
    except CasebookError as error:
        try:
            return Casebook(path, write=False)
        except CasebookError:
            raise error from None
    try:
        if waiting := casebook.waiting:
            with progress(casebook.join_origins(), waiting, quiet, "origins") as joined:
                deque(joined, 0)
    except BaseException:
        casebook.close()
        raise
    return casebook


def _reports(paths: Iterable[Path], published: str | None, fields: dict[str, Any], tally: Tally) -> Iterator[Report]:
    """The reports below the paths, and of the casebooks among them; the tally counts what could not be read."""
    from marsad.casebook import Casebook

    for of_casebook, group in groupby(paths, is_casebook):
        if not of_casebook:
            for outcome in outcomes(group, published, fields):
                if outcome.report:
                    yield outcome.report
                tally.add(outcome.name, outcome.status, outcome.reason)
            continue
        for path in group:
            with Casebook(path, write=False) as casebook:
                for record in casebook.records():
                    yield record.report
                    tally.add(record.id, "ok", None)


def _listing(survey: Surveyed) -> Iterator[str]:
    """The count, the families as trees, and the reports that stand alone."""
    yield survey.count
    alone: list[int] = []
    for family in survey.origins.listed():
        if len(family.members) == 1:
            alone.append(family.origin)
            continue
        yield ""
        yield from _tree(survey, family.origin)
    if alone:
        yield ""
        yield "Alone:" if len(alone) < len(survey) else "No two of them go back to one account:"
        for number in alone:
            yield f"  {_name(survey, number)}{_reads_spun(survey.row(number))}"


def _tree(survey: Surveyed, origin: int) -> Iterator[str]:
    """A family, indented by who is made from whom."""
    waiting = [(origin, 0)]
    while waiting:
        number, depth = waiting.pop()
        row = survey.row(number)
        how = f": {row.kind}: {_evidence(row)}" if row.of else ""
        yield f"{'  ' * depth}{_name(survey, number)}{_reads_spun(row)}{how}"
        waiting += [(child, depth + 1) for child in survey.origins.families.children(number)]


def _name(survey: Surveyed, number: int) -> str:
    report = survey.report(number)
    return ", ".join(filter(None, (report.id, report.published, report.source.name)))


def _reads_spun(row: OriginRow) -> str:
    return f" (reads as machine-spun, {row.spun:.2f})" if row.spun >= SPUN else ""


def _evidence(row: OriginRow) -> str:
    """The reasons, and which paragraphs are which, in one line."""
    edge = row.edge
    if edge is None:
        return ""
    parts = list(edge.reasons)
    if edge.credit and not any(edge.credit.whom in reason for reason in parts):
        parts.append(f"it names {edge.credit.whom} as its source")
    if edge.passages and row.kind != "identical":
        ranges = [f"{_range(p.paragraphs)} = {_range(p.of_paragraphs)}" for p in edge.passages[:3]]
        more = ", ..." if len(edge.passages) > len(ranges) else ""
        parts.append(f"paragraphs {', '.join(ranges)}{more} of {edge.source}")
    if edge.swaps:
        parts.append(", ".join(f"'{old}' -> '{new}'" for old, new in edge.swaps[:3]))
    parts += [f"{other.share:.0%} of its words are from {other.source}" for other in _further(row)]
    return "; ".join(parts)


def _further(row: OriginRow) -> Iterator[Edge]:
    """The other reports that it is made from; of copies of each other, which have the same passages, the first."""
    from marsad.origins.passages import overlap

    shown: list[list[Passage]] = []
    for other in row.also:
        passages = [shared.passage for shared in other.passages]
        if other.derived == row.report and all(overlap(passages, before) < 0.5 for before in shown):
            shown.append(passages)
            yield other


def _range(paragraphs: tuple[int, int]) -> str:
    first, last = paragraphs
    return str(first) if first == last else f"{first}-{last}"


def _show_pair(survey: Surveyed, first: str, second: str) -> None:
    """Two columns on a terminal, differences in colour; else both texts, passage after passage, marked by brackets."""
    from marsad.origins.sidebyside import side_by_side

    reports = []
    for report_id in (first, second):
        number = survey.number(report_id)
        if number is None:
            raise click.UsageError(f"no report has the id {report_id!r}: 'marsad origins PATH...' lists them")
        reports.append(survey.report(number))
    left, right = (report.text for report in reports)
    rows = (
        (_pieces(left, one.left, one.left_changed), _pieces(right, one.right, one.right_changed))
        for one in side_by_side(left, right)
    )
    if sys.stdout.isatty():
        _columns(first, second, rows)
        return
    for ours, theirs in rows:
        for mark, pieces in (("<", ours), (">", theirs)):
            if pieces:
                emit(f"{mark} " + "".join(f"[{text}]" if changed else text for text, changed in pieces) + "\n")
        emit("\n")


_Pieces = list[tuple[str, bool]]
"""Text of one line, and whether the other report has it otherwise."""


def _pieces(text: str, passage: Passage | None, changed: Iterable[Passage]) -> _Pieces:
    if passage is None:
        return []
    found, at = [], passage.start
    for start, end in changed:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    found.append((text[at : passage.end], False))
    return [(" ".join(words.splitlines()), marked) for words, marked in found if words]


def _columns(first: str, second: str, rows: Iterable[tuple[_Pieces, _Pieces]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=True)
    for head in (first, second):
        table.add_column(Text(visible(head)), ratio=1, overflow="fold")
    for ours, theirs in rows:
        table.add_row(
            *(Text.assemble(*((visible(t), "bold red" if c else "") for t, c in cell)) for cell in (ours, theirs))
        )
    Console().print(table)
