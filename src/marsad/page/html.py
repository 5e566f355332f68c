"""One HTML file that holds the records, the script that shows them, and nothing from elsewhere.

The file's content security policy allows this very script and style, by their
hashes, and no other; it allows no connection of any kind.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from marsad.atomic import whole_file
from marsad.errors import MarsadError
from marsad.page.data import embedded, page_data
from marsad.records import Record
from marsad.vocabulary import count_words

if TYPE_CHECKING:
    from marsad.origins import OriginRow

__all__ = ["render_page", "write_page"]

_FORBIDDEN: Final = {"page.js": ("</script", "<!--"), "page.css": ("</style", "<!--")}


def render_page(
    records: Sequence[Record], title: str | None = None, origins: Sequence[OriginRow] | None = None
) -> str:  # fmt: skip
    """The page for ``records`` as HTML text; the same records always give the same page.

    ``title`` heads the page; without one, a lone report's own title does, or how many there are. ``origins`` says of
    each record, in the same order, which report it is a copy of.
    Raises MarsadError when the page's script was not built.
    """
    script, style = _asset("page.js"), _asset("page.css")
    heading = title
    if heading is None:
        heading = records[0].title if len(records) == 1 else _counted(records, origins)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{_title(heading)}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        '<div id="marsad"><noscript><p>This page shows its records by JavaScript, which is switched off here. '
        "The records stand in the file as JSON.</p></noscript></div>\n"
        f'<script type="application/json" id="marsad-data">{embedded(page_data(records, title, origins))}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _counted(records: Sequence[Record], origins: Sequence[OriginRow] | None) -> str | None:
    if not records:
        return None
    if origins is None:
        return f"{len(records):,} reports"
    return count_words(len(records), sum(row.of is None for row in origins))


def write_page(
    records: Sequence[Record], path: Path, title: str | None = None, origins: Sequence[OriginRow] | None = None
) -> None:  # fmt: skip
    """Write the page for ``records`` to ``path``, whole or not at all.

    Raises MarsadError when the page's script was not built or ``path`` cannot be written.
    """
    page = render_page(records, title, origins)
    try:
        with whole_file(path, keep=False) as file:
            file.write(page)
    except OSError as error:
        raise MarsadError(f"cannot write the page to {path}: {error.strerror or error}") from None


def _asset(name: str) -> str:
    try:
        text = (files("marsad.page") / "assets" / name).read_text("utf-8")
    except (OSError, ModuleNotFoundError):
        raise MarsadError(
            f"the page's {name} was not built: install Marsad with pip, or run npm ci and npm run build in frontend/"
        ) from None
    for mark in _FORBIDDEN[name]:
        if mark in text.lower():
            raise MarsadError(f"the page's {name} holds {mark!r} and cannot stand in a page: build it again")
    return text


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _title(title: str | None) -> str:
    """The words of the title element: one line, no controls, no lone surrogates."""
    words = " ".join("".join(c if c.isprintable() or c == "\u200f" else " " for c in title or "").split())
    return html.escape(f"{words} – Marsad" if words else "Marsad")
