"""Which events, in one word of the command line: ``FIELD:VALUE``, several with ``+`` between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from marsad.analysis.events import Choose

__all__ = ["CHOOSING", "choose_of"]

_FIELDS: Final = ("actor", "recipient", "party", "type", "place")
CHOOSING: Final = f"FIELD:VALUE, several with + between them; fields: {', '.join(_FIELDS)}"
"""How it is written, for a help text."""


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
