"""``marsad decide``: what a reviewer says of a report, an event, a statement, an actor, a tie or an incident."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from marsad.cli.terminal import emit

if TYPE_CHECKING:
    from marsad.casebook import Casebook
    from marsad.decisions import Decision, Target
    from marsad.decisions.portable import Fact
    from marsad.records import Passage

__all__ = ["command", "described", "reviewer"]

_ACTIONS: Final = ("accept", "correct", "reject", "merge", "split", "add", "note")
_PARTS: Final = ("event", "statement", "actor", "relation", "report", "incident")
_SPAN: Final = re.compile(r"(\d{1,10})-(\d{1,10})")


def _who(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """The name given, else the one that the computer knows its user by."""
    import getpass

    try:
        return value or getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise click.UsageError("say who decides: --who NAME") from None


def reviewer(command: Any) -> Any:
    """Give a command the options --who and --why."""
    command = click.option("--why", default="", metavar="TEXT", help="The reason; of a note, what it says.")(command)
    return click.option(
        "--who", envvar="MARSAD_REVIEWER", callback=_who, metavar="NAME",
        help="Who decides; else $MARSAD_REVIEWER, else the name of this computer's user.",
    )(command)  # fmt: skip


@click.command(
    "decide",
    short_help="Accept, correct, reject, merge, split, add or note: a reviewer's decision.",
    epilog="""\b
Examples:
  marsad decide syria.casebook accept raid:e1
  marsad decide syria.casebook correct raid:e1 --field killed --value '{"low": 4, "best": 4}' --why "corrected later"
  marsad decide syria.casebook reject raid:e3 --why "a film"
  marsad decide syria.casebook add raid:120-128 --value '{"type": "ASSAULT", "actors": ["a1"]}'
  marsad decide syria.casebook merge raid:e1 second:e4
  marsad decide syria.casebook correct raid:e1 --part incident --field grade --value contested""",
)
@click.argument("source", metavar="CASEBOOK", type=click.Path(path_type=Path))
@click.argument("action", metavar="ACTION", type=click.Choice(_ACTIONS))
@click.argument("about", metavar="ABOUT...", nargs=-1, required=True)
@click.option("--field", metavar="NAME", help="The field that is accepted, corrected or rejected; else all of it.")
@click.option(
    "--value", metavar="JSON", help="What is right, or the fields of what is added; plain words stand as text."
)
@click.option(
    "--part", type=click.Choice(_PARTS),
    help="What ABOUT is about, where that is not plain: by passage (else event), or of an incident.",
)  # fmt: skip
@reviewer
@click.option("--json", "as_json", is_flag=True, help="Write the decision as a line of JSON.")
def command(
    source: Path, action: Any, about: tuple[str, ...], field: str | None, value: str | None, part: str | None,
    who: str, why: str, as_json: bool,
) -> None:  # fmt: skip
    """Say what is right. The decision is kept in CASEBOOK and stays in force when a later coder reads otherwise.

    ACTION is accept, correct, reject, merge, split, add or note. ABOUT is a report's id; REPORT:ID with the id of an
    event, statement or actor as the listings have it; or REPORT:START-END, the passage (in characters) that it
    stands on, which is how a missed one is added. To merge and split incidents, name their claims.

    'marsad decisions' lists what was decided, 'marsad undo' takes it back.
    """
    from marsad.casebook import Casebook
    from marsad.decisions import Decision
    from marsad.exchange.jsonl import line

    with Casebook(source) as casebook:
        target = _target(casebook, action, about, field, part)
        kept = casebook.decide(Decision(action, target, who, _value(value), why))
        emit(line(kept.to_json()) + "\n" if as_json else described(casebook, kept) + "\n")


def _value(given: str | None) -> Any:
    if given is None:
        return None
    try:
        return json.loads(given)
    except (ValueError, RecursionError):
        return given


def _target(casebook: Casebook, action: str, about: tuple[str, ...], field: str | None, part: str | None) -> Target:
    from marsad.decisions import Target

    if part == "incident" or action in ("merge", "split"):
        claims = []
        for one in about:
            report, _, passage, _ = _place(casebook, one, "event")
            if passage is None:
                raise click.UsageError(f"{one}: name a claim as REPORT:EVENT")
            claims.append((report, passage))
        return Target("incident", field=field, claims=tuple(claims))
    if len(about) > 1:
        raise click.UsageError(f"{action} is about one thing at a time")
    report, found, passage, nth = _place(casebook, about[0], part)
    return Target(found, report, passage, field, nth=nth)  # type: ignore[arg-type]


def _place(casebook: Casebook, about: str, part: str | None) -> tuple[str, str, Passage | None, int]:
    """The report, the part and the passage that ABOUT names, and which of those that stand on it."""
    from marsad.casebook import Filters
    from marsad.decisions.finding import exactly_at, passages_of
    from marsad.records import Actor, Claim, Passage, Relation, Statement

    if casebook.reports(Filters(report=about)):
        return about, part or "report", None, 0
    report, colon, item = about.rpartition(":")
    if not colon or not casebook.reports(Filters(report=report)):
        raise click.UsageError(f"{about}: there is no such report; 'marsad reports CASEBOOK' lists them")
    span = _SPAN.fullmatch(item)
    if span:
        passage = Passage(int(span[1]), int(span[2]))
        if passage.start >= passage.end:
            raise click.UsageError(f"{about}: a passage must end behind its start, as in REPORT:START-END")
        return report, part or "event", passage, 0
    reviewed = casebook.reviewed(report)
    of = reviewed.record
    kinds: tuple[tuple[str, type, tuple[Fact, ...]], ...] = (
        ("event", Claim, of.events), ("statement", Statement, of.statements), ("actor", Actor, of.actors),
    )  # fmt: skip
    for found, kind, live in kinds:
        facts: tuple[Fact, ...] = (*live, *(one for one in reviewed.rejected if isinstance(one, kind)))
        fact = next((one for one in facts if not isinstance(one, Relation) and one.id == item), None)
        if fact is not None:
            passage = passages_of(fact)[0]
            return report, found, passage, [one for one in facts if exactly_at(one, passage)].index(fact)
    raise click.UsageError(f"{about}: {report} has no event, statement or actor {item!r}")


def described(casebook: Casebook, decision: Decision) -> str:
    """A decision in one line."""
    target = decision.target
    words = []
    for report, passage in target.claims or ((target.report, target.passage),):
        if report is None:
            continue
        text = f" '{' '.join(passage.of(casebook.coded(report).text).split())[:60]}'" if passage else ""
        words.append(f"{report}{text}")
    what = f"undo {decision.undoes}" if decision.kind == "undo" else decision.kind
    field = f" {target.field}" if target.field else ""
    value = ""
    if decision.kind == "correct":
        value = f" = {_shown(decision.value)}"
    why = f": {decision.why}" if decision.why else ""
    return f"{decision.number} {decision.at} {decision.who}: {what} {target.part}{field} {', '.join(words)}{value}{why}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value) or "nothing"
    if isinstance(value, dict) and "mentions" in value:
        return str(value.get("name"))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
