"""``marsad incidents``: what happened, by the claims of all reports that tell of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from marsad.cli.listings import filter_options, nothing_fits
from marsad.cli.sources import is_casebook, open_source
from marsad.cli.terminal import emit, emit_lines, progress, say

if TYPE_CHECKING:
    from marsad.casebook import Casebook
    from marsad.incidents import Figure, Incidents, Join, Question, Rules, Summary
    from marsad.records import Record

__all__ = ["command"]


@click.command(
    "incidents",
    short_help="List incidents: what happened, by all reports that tell of it, and how sure that is.",
    epilog="""\b
Examples:
  marsad incidents syria.casebook
  marsad incidents syria.casebook --since 2014-06 --until 2014-08 --grade contested
  marsad incidents records.jsonl --rule killed=lowest --rule injured=lowest --reasons
  marsad incidents syria.casebook --rule killed=chosen-source-first --chosen "Reuters" --json
  marsad incidents syria.casebook --questions""",
)
@click.argument(
    "sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
)
@filter_options("type", "status", "actor", "place", "since", "until", "report", "limit")
@click.option(
    "--grade", metavar="GRADE",
    help="Only incidents of this grade: confirmed, fair, weak, contested, discounted.",
)  # fmt: skip
@click.option(
    "--rule", "rules", metavar="FIELD=RULE", multiple=True,
    help="By which rule a field is taken; may be given more than once. Fields: type, actors, recipients, time, place, "
    "killed, injured, status. Rules: most-independent-origins (if not given), latest, most-certain, "
    "chosen-source-first, and for counts lowest, median, highest.",
)  # fmt: skip
@click.option(
    "--chosen", metavar="NAME", multiple=True,
    help="A source for the rule chosen-source-first, the first given before the others.",
)  # fmt: skip
@click.option("--reasons", is_flag=True, help="Also show the claims of each incident and why they were put together.")
@click.option("--questions", is_flag=True, help="List what is doubtful instead: which claims may be one happening.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no count.")
def command(
    sources: tuple[Path, ...], rules: tuple[str, ...], chosen: tuple[str, ...], reasons: bool, questions: bool,
    as_json: bool, quiet: bool, limit: int | None, **choice: Any,
) -> None:  # fmt: skip
    """List incidents: what happened, when and where, who did it to whom, how many died, and how sure that is.

    SOURCE is a casebook, or records that 'marsad code' wrote: a file, a folder of
    files, or - for standard input. Claims of different reports about one happening
    are put together; where they disagree, all answers are kept, and a rule says
    which one is shown.
    """
    from marsad.exchange.jsonl import line
    from marsad.incidents import Choice, Rules

    fits, by = Choice(**choice), Rules(_parsed(rules), chosen)
    with _happened(sources, quiet) as joined:
        if questions:
            _ask(joined, limit, as_json, quiet)
            return
        shown = 0
        for found in islice(filter(fits, joined.summaries(by)), limit):
            shown += 1
            if as_json:
                emit(line(found.to_json()) + "\n")
            else:
                emit_lines([*([""] if shown > 1 else []), *_lines(found, joined, reasons)])
    if not (as_json or quiet):
        say(f"{shown} incident{'s' * (shown != 1)}" if shown else nothing_fits("incident", choice))


def _parsed(rules: tuple[str, ...]) -> dict[str, str]:
    for rule in rules:
        if "=" not in rule:
            raise click.UsageError(f"--rule {rule}: write FIELD=RULE, such as killed=lowest")
    return dict(rule.split("=", 1) for rule in rules)


class _Happened(Protocol):
    """Incidents, wherever they are."""

    def summaries(self, rules: Rules) -> Iterator[Summary]:
        """Each by these rules."""
        ...

    def joins(self, found: Summary) -> Iterable[Join]:
        """By what one came together."""
        ...

    def questions(self) -> Iterable[Question]:
        """What is doubtful."""
        ...


class _Kept:
    """Those that a casebook keeps, with reviewers' decisions applied; rejected ones are left out."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook

    def summaries(self, rules: Rules) -> Iterator[Summary]:
        for one in self._casebook.listed_incidents():
            if not one.rejected:
                yield self._casebook.settled(one).summary(rules)

    def joins(self, found: Summary) -> Iterable[Join]:
        # Where reviewers merged it, from more than one incident.
        return dict.fromkeys(
            join for one in found.incident.tellings for join in self._casebook.joins(one.report, one.claim)
        )

    def questions(self) -> Iterable[Question]:
        return self._casebook.questions()


class _Joined:
    """Those of records, or of several sources, joined in memory."""

    def __init__(self, incidents: Incidents) -> None:
        self._incidents = incidents

    def summaries(self, rules: Rules) -> Iterator[Summary]:
        from marsad.incidents import summary

        return (summary(incident, rules) for incident in self._incidents)

    def joins(self, found: Summary) -> Iterable[Join]:
        return self._incidents.joins(found.incident.id)

    def questions(self) -> Iterable[Question]:
        return self._incidents.questions()


@contextmanager
def _happened(sources: tuple[Path, ...], quiet: bool) -> Iterator[_Happened]:
    """The incidents of all sources together; of one casebook those that it keeps."""
    from marsad.casebook import Casebook

    if len(sources) > 1 or not is_casebook(sources[0]):
        yield _Joined(_together(sources, quiet))
        return
    with Casebook(sources[0], write=False) as casebook:
        waiting = casebook.untold
    if waiting:
        with Casebook(sources[0]) as casebook, progress(casebook.join_incidents(), waiting, quiet, "incidents") as told:
            deque(told, 0)
    with Casebook(sources[0], write=False) as casebook:
        yield _Kept(casebook)


def _together(sources: tuple[Path, ...], quiet: bool) -> Incidents:
    """The incidents of all sources; a second report of the same id is ``ID~2``."""
    from marsad.incidents import Incidents
    from marsad.knowledge import Gazetteer

    joined = Incidents(gazetteer=Gazetteer.open())
    seen: set[str] = set()
    for path in sources:
        with open_source(path) as casebook:
            origins = {row.report: row.origin for row in casebook.reports()}
            names = {report: _free(report, seen) for report in origins}
            with progress(casebook.records(), len(origins), quiet) as records:
                for report_id, record in _renamed(records, names):
                    origin = origins[report_id] or report_id
                    joined.add(record.report, record, names.get(origin, origin))
    return joined


def _free(report: str, seen: set[str]) -> str:
    name, count = report, 1
    while name in seen:
        count += 1
        name = f"{report}~{count}"
    seen.add(name)
    return name


def _renamed(records: Iterator[Record], names: dict[str, str]) -> Iterator[tuple[str, Record]]:
    for record in records:
        yield record.id, record if names[record.id] == record.id else replace(record, id=names[record.id])


def _ask(joined: _Happened, limit: int | None, as_json: bool, quiet: bool) -> None:
    from marsad.exchange.jsonl import line

    found = None
    for found in islice(joined.questions(), limit):
        if as_json:
            emit(line(_question(found)) + "\n")
            continue
        done = "put together" if found.joined else "left apart"
        emit_lines([f"{found.text} ({found.probability:.2f}: {'; '.join(found.reasons)}; {done})"])
    if found is None and not (as_json or quiet):
        say("no questions: of no two claims is it doubtful whether they are one happening")


def _question(asked: Question) -> dict[str, object]:
    return {
        "question": asked.text, "claims": [asked.one, asked.other], "probability": round(asked.probability, 3),
        "joined": asked.joined, "reasons": list(asked.reasons),
    }  # fmt: skip


def _lines(found: Summary, joined: _Happened, reasons: bool) -> Iterator[str]:
    """A head line, a line for each field, the grade, and what it rests on."""
    where = ", ".join(filter(None, (found.value("time") or "no date", found.value("place"), found.value("type"))))
    yield f"{where}  [{found.incident.id}]"
    yield f"  {_who(found)}"
    for field in ("time", "place", "killed", "injured", "status"):
        if field in found.figures and not (field == "status" and found.value(field) == "happened"):
            yield f"  {field}: {_figure(found.figures[field])}"
    for field in ("type", "actors", "recipients"):
        if field in found.figures and len(found.figures[field].answers) > 1:
            yield f"  {field}: {_figure(found.figures[field])}"
    yield f"  {found.incident.count}; {found.grade.name}: {found.grade.why}"
    if reasons:
        for one in found.incident.tellings:
            says = f", according to {', '.join(one.says)}" if one.says else ""
            published = f", {one.published.told[0]}" if one.published else ""
            yield f"    {one.id}{published}: {one.wording.trigger!r} {one.type}, {one.status}{says}"
        for join in joined.joins(found):
            yield f"    {join.one} = {join.other} ({join.probability:.2f}): {'; '.join(join.reasons)}"


def _who(found: Summary) -> str:
    whom = found.value("recipients")
    return f"{found.value('actors') or 'nobody named'}{f' -> {whom}' if whom else ''}"


def _figure(figure: Figure) -> str:
    """``12 (most-independent-origins: 2 reports, 1 origin; latest: 15)``."""
    other = "; ".join(f"{', '.join(rules)}: {value}" for value, rules in figure.moves.items())
    return f"{figure.value} ({figure.rule}: {figure.counted}{f'; {other}' if other else ''})"
