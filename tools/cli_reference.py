"""Write docs/cli.md from the commands themselves.

python tools/cli_reference.py            # write it
python tools/cli_reference.py --check    # say whether it is up to date
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import click

from marsad.cli.main import VERBS, command

TARGET = Path(__file__).parents[1] / "docs/cli.md"
HEAD = """# The command line

This page is made from the commands' own help by `tools/cli_reference.py`.
`marsad VERB --help` prints the same.
"""


def reference() -> str:
    """The whole page."""
    context = command.make_context("marsad", [], resilient_parsing=True)
    parts = [HEAD, *_section(command, context), "## Verbs", ""]
    verbs = [(verb, command.get_command(context, verb)) for verb in VERBS]
    parts += [f"- [`{verb}`](#marsad-{verb}): {found.get_short_help_str(200)}" for verb, found in verbs if found]
    parts.append("")
    for verb, found in verbs:
        if found:
            own = click.Context(found, context, verb)
            parts += [f"## `marsad {verb}`", "", *_section(found, own)]
            for name, part in getattr(found, "commands", {}).items():
                parts += [f"### `marsad {verb} {name}`", "", *_section(part, click.Context(part, own, name))]
    return "\n".join(parts)


def _section(verb: click.Command, context: click.Context) -> list[str]:
    """Usage, meaning, options and examples of one command."""
    usage = " ".join([context.command_path, *verb.collect_usage_pieces(context)])
    lines = ["```text", usage, "```", "", inspect.cleandoc(verb.help or ""), ""]
    for parameter in verb.params:
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record:
            lines.append(f"- `{record[0]}`: {record[1]}")
    for block in (verb.epilog or "").replace("\b\n", "").strip().split("\n\n"):
        title, _, rest = block.partition("\n")
        # "Examples:" and its commands, or a paragraph whose lines stand as they are.
        lines += ["", title, "", "```sh", inspect.cleandoc(rest), "```"] if title.endswith(":") else ["", block]
    return [*lines, ""]


def main() -> int:
    """Write the page, or with ``--check`` compare it."""
    page = reference()
    if "--check" in sys.argv[1:]:
        if TARGET.exists() and TARGET.read_text(encoding="utf-8") == page:
            return 0
        print(f"{TARGET.name} is not up to date: run python tools/cli_reference.py", file=sys.stderr)
        return 1
    TARGET.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
