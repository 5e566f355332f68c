"""``marsad code``: reports in, records out."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from marsad.cli.inputs import Tally, coded, input_options, outcomes, start_coder
from marsad.cli.terminal import emit

__all__ = ["command"]


@click.command(
    "code",
    epilog="""\b
Examples:
  marsad code article.html
  marsad code reports/ --out records.jsonl
  marsad code statement.pdf --published 2014-09-23 --pack my-actors.json
  marsad code tweets.jsonl --text-field full_text --date-field created_at""",
)
@input_options
@click.option(
    "--out", "-o", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="Write the records here instead of to stdout; the file appears once it is complete.",
)  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context, /, paths: tuple[Path, ...], published: str | None, packs: tuple[Path, ...],
    quiet: bool, out: Path | None, **fields: Any,
) -> None:  # fmt: skip
    """Code reports: write one marsad-record/1 JSON line for each.

    PATH is a file (text, HTML, PDF, mail, feed, JSON lines, ...) or a folder of them.
    """
    from marsad.exchange.atomic import whole_file
    from marsad.exchange.jsonl import line

    coder, tally = start_coder(packs), Tally()
    try:
        with whole_file(out) if out else nullcontext(sys.stdout) as lines:
            for _, record, _ in coded(outcomes(paths, published, fields), coder, tally, quiet):
                if record and out:
                    lines.write(line(record.to_json()) + "\n")
                elif record:
                    emit(line(record.to_json()) + "\n")
                    sys.stdout.flush()
    finally:
        tally.tell(quiet)
    ctx.exit(tally.exit_code)
