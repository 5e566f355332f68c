"""Which events: the options that choose them, and the same in one word, ``FIELD:VALUE``, several with ``+`` between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import click

from marsad.cli.dayoption import day_option

if TYPE_CHECKING:
    from marsad.analysis.events import Choose

__all__ = ["CHOOSING", "choice_options", "choose_of", "watched_options"]

_FIELDS: Final = ("actor", "recipient", "party", "type", "place")
CHOOSING: Final = f"FIELD:VALUE, several with + between them; fields: {', '.join(_FIELDS)}"
"""How it is written, for a help text."""


def watched_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--since`` and ``--until``: ordinals of days, or None."""
    command = click.option(
        "--until", metavar="DATE", callback=day_option, help="Last day that was watched (the last event's)."
    )(command)
    return click.option(
        "--since", metavar="DATE", callback=day_option, help="First day that was watched (the first event's)."
    )(command)


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
