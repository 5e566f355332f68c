"""Which events: the options that choose them, and the same in one word, ``FIELD:VALUE``, several with ``+`` between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from marsad.analysis.events import Choose

__all__ = ["CHOOSING", "choice_options", "choose_of", "watched_options"]

_FIELDS: Final = ("actor", "recipient", "party", "type", "place")
CHOOSING: Final = f"FIELD:VALUE, several with + between them; fields: {', '.join(_FIELDS)}"
"""How it is written, for a help text."""


def watched_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--since`` and ``--until``: ordinals of days, or None.

    A month or a year is its first day, or its last. The command is not called where the one lies after the other.
    """

    @wraps(command)
    def checked(*args: Any, **given: Any) -> Any:
        since, until = given.get("since"), given.get("until")
        if since is not None and until is not None and since > until:
            first, last = date.fromordinal(since), date.fromordinal(until)
            raise click.UsageError(f"--since {first} is after --until {last}: no day lies between them")
        return command(*args, **given)

    made = click.option(
        "--until", metavar="DATE", callback=_end_of, help="Last day that was watched (the last event's)."
    )(checked)
    return click.option(
        "--since", metavar="DATE", callback=_end_of, help="First day that was watched (the first event's)."
    )(made)


def _end_of(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """The ordinal of the first day that ``--since`` speaks of, or of the last one that ``--until`` does."""
    from marsad.analysis.spans import read_span

    if value is None:
        return None
    span = read_span(value) if len(value) < 100 else None
    if span is None or span[2] is not None:
        raise click.BadParameter(
            f"{value[:40]!r} is not a date such as 2020-07-04, 2020-07 or 2020", context, parameter
        )  # fmt: skip
    return span[1] if parameter.name == "until" else span[0]


def choice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by whose names a ``Choose`` is made: actor, recipient, party, type, place."""
    options = (
        ("--actor", "NAME", "Only what this actor did: whole words, any case; or NAME* for all that begin so."),
        ("--recipient", "NAME", "Only what was done to this one."),
        ("--party", "NAME", "Only where this one is on either side."),
        ("--type", "TYPE", "Only events of this type."),
        ("--place", "NAME", "Only events at this place."),
    )
    for name, metavar, words in reversed(options):
        command = click.option(name, metavar=metavar, help=words)(command)
    return command


def choose_of(text: str, option: str) -> Choose:
    """The choice that a text describes. Raises UsageError, which names the ``option``, where it describes none."""
    from marsad.analysis.events import Choose

    pairs = [part.partition(":") for part in text.split("+")]
    choice = {field.strip(): value.strip() for field, _, value in pairs}
    if len(choice) < len(pairs):
        raise click.UsageError(f"{option} {text}: each field once")
    if not set(choice) <= set(_FIELDS) or not all(choice.values()):
        raise click.UsageError(f"{option} {text}: write FIELD:VALUE; fields are {', '.join(_FIELDS)}")
    return Choose(**choice)
