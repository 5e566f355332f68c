"""``marsad serve``: the review page, on this computer alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from marsad.cli.terminal import emit, say

if TYPE_CHECKING:
    from marsad.review import Address

__all__ = ["command"]


@click.command(
    "serve",
    short_help="Open the review page of a casebook, on this computer alone.",
    epilog="""\b
Examples:
  marsad serve syria.casebook
  marsad serve syria.casebook --port 8765 --open""",
)
@click.argument("casebook", metavar="CASEBOOK", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port (a free one if not given).")
@click.option("--open", "in_browser", is_flag=True, help="Open the page in the browser at once.")
def command(casebook: Path, port: int, in_browser: bool) -> None:
    """Open the review page of CASEBOOK, where a person reads events beside their reports.

    The page is at 127.0.0.1 only, and nothing of it leaves this computer. The
    address that is printed holds a secret: whoever opens it can read the casebook
    and decide in it. It is a new one each time. Stop with Ctrl-C.
    """
    from marsad.casebook import Casebook
    from marsad.review import serve

    # Opened for writing once, so that a casebook of an older Marsad is brought up to date.
    with Casebook(casebook):
        pass
    serve(casebook, port=port, ready=lambda address: _ready(address, in_browser))


def _ready(address: Address, in_browser: bool) -> None:
    import sys
    import webbrowser

    emit(f"{address.url}\n")
    sys.stdout.flush()
    say("open this address in a browser; stop with Ctrl-C")
    if in_browser and not webbrowser.open(address.url):
        say("no browser could be opened")
