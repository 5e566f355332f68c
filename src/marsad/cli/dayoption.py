"""Options that take a day, and give its ordinal."""

from __future__ import annotations

from typing import Any

import click

__all__ = ["day_option"]


def day_option(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """A callback for an option: the ordinal of the day, or of each; None where none was given."""
    from marsad.analysis.events import day_number
    from marsad.errors import AnalysisError

    try:
        if isinstance(value, tuple):
            return tuple(day_number(one) for one in value)
        return None if value is None else day_number(value)
    except AnalysisError as error:
        raise click.BadParameter(str(error), context, parameter) from None
