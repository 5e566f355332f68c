"""Write the tables' columns into docs/exports.md, from the meanings that the program itself has.

python tools/export_tables.py            # write them
python tools/export_tables.py --check    # say whether they are up to date
"""

from __future__ import annotations

import sys
from pathlib import Path

from marsad.exchange.casebook import ROWS
from marsad.exchange.columns import described
from marsad.exchange.meanings import ABOUT

TARGET = Path(__file__).parents[1] / "docs/exports.md"
HEAD = "<!-- columns: from here on this page is made by tools/export_tables.py -->\n"


def columns() -> str:
    """A section for each table."""
    parts = [HEAD]
    for name, row in ROWS.items():
        parts.append(f"\n### `{name}`\n\n{ABOUT[name]}\n\n{described(name, row)}")
    return "".join(parts)


def main() -> int:
    """Write them, or with ``--check`` compare them."""
    page = TARGET.read_text(encoding="utf-8")
    made = page[: page.index(HEAD)] + columns()
    if "--check" in sys.argv[1:]:
        if made == page:
            return 0
        print(f"{TARGET.name} is not up to date: run python tools/export_tables.py", file=sys.stderr)
        return 1
    TARGET.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
