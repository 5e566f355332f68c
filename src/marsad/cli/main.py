"""The command ``marsad``: finds the verb, and turns errors into one line and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

import click

from marsad import __version__
from marsad.cli.terminal import complain
from marsad.errors import MarsadError

__all__ = ["VERBS", "command", "main"]

VERBS: Final = (
    "code", "report", "add", "events", "statements", "actors", "reports", "search", "export", "evaluate",
    "codebook", "origins", "incidents", "dossier", "series", "respond", "provoke", "excitation", "whatif", "serve",
    "decide", "decisions", "undo",
)  # fmt: skip
"""Each is the module ``marsad.cli.VERB`` and its click command ``command``."""

_BROKEN_PIPE: Final = 141  # 128 + SIGPIPE, what a shell shows for any other program


class _Verbs(click.Group):
    """A group whose verbs are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        found: click.Command = import_module(f"marsad.cli.{cmd_name}").command
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _drop_output()
            raise click.exceptions.Exit(_BROKEN_PIPE) from None


def _drop_output() -> None:
    """Let what is left of stdout go nowhere: Python would complain once more when it closes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.command(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  marsad code article.html > records.jsonl
  marsad report article.html --out page.html
  marsad add syria.casebook reports/
  marsad events syria.casebook --type ASSAULT --since 2014-06

\b
Exit codes: 0 all well; 1 some input failed or was read in part (the rest is
done); 2 wrong use, or the work could not start; 130 interrupted, 143 ended by
SIGTERM (what was done is kept).""",
)
@click.version_option(__version__, "--version", prog_name="marsad", message="%(prog)s %(version)s")
def command() -> None:
    """From conflict reporting to sourced records: who did what to whom, who says so, and how firmly.

    Nothing here uses the network.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; never raises what a user can cause."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result = command.main(arguments, prog_name="marsad", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
    except click.UsageError as error:
        hint = f" (see '{error.ctx.command_path} --help')" if error.ctx else ""
        complain(error.format_message() + hint)
    except click.ClickException as error:
        complain(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return 130
    except MarsadError as error:
        complain(str(error))
    except OSError as error:
        if error.errno == errno.ENOSPC and not error.filename:
            _drop_output()
        complain(f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error))
    return 2


if __name__ == "__main__":
    sys.exit(main())
