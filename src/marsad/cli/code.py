"""``marsad code``: reports in, records out."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from marsad.cli.ending import ended_in_order
from marsad.cli.inputs import Coding, Tally, coded, input_options, outcomes, refuse_to_overwrite
from marsad.cli.terminal import emit, say

__all__ = ["command"]


@click.command(
    "code",
    epilog="""\b
Examples:
  marsad code article.html
  marsad code reports/ --out records.jsonl
  marsad code statement.pdf --published 2014-09-23 --pack my-actors.toml
  marsad code reports/ --codebook diplomatic-sites.codebook --out records.jsonl
  marsad code tweets.jsonl --text-field full_text --published-field created_at""",
)
@input_options
@click.option(
    "--out", "-o", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="Write the records here instead of to stdout; the file appears once it is complete.",
)  # fmt: skip
@click.pass_context
@ended_in_order()
def command(
    ctx: click.Context, /, paths: tuple[Path, ...], published: str | None, packs: tuple[Path, ...],
    codebooks: tuple[Path, ...], restore: bool, jobs: int | None, quiet: bool, out: Path | None, **fields: Any,
) -> None:  # fmt: skip
    """Code reports: write one marsad-record/1 JSON line for each.

    PATH is a file (text, Markdown, HTML, PDF, Word, mail, JSON or JSON lines), a
    folder of them, or - for standard input.
    """
    from marsad.atomic import whole_file
    from marsad.exchange.jsonl import line

    refuse_to_overwrite(out, paths)
    found, tally = outcomes(paths, published, fields), Tally()
    coding = Coding(packs, jobs, codebooks, paths, restore=restore)
    written = 0
    without_bar = quiet or (not out and sys.stdout.isatty())
    try:
        with (
            whole_file(out) if out else nullcontext(sys.stdout) as lines,
            coded(found, coding, tally, without_bar) as items,
        ):
            for one in items:
                if one.record and out:
                    lines.write(line(one.record.to_json()) + "\n")
                    written += 1
                elif one.record:
                    emit(line(one.record.to_json()) + "\n")
                    sys.stdout.flush()
    except KeyboardInterrupt:
        if out:
            say(f"what was done is in {out}.partial" if written else f"nothing was done yet: {out} is not written")
        raise
    finally:
        tally.tell(quiet)
    ctx.exit(tally.exit_code)
