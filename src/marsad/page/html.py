"""One HTML file that holds the records, the script that shows them, and nothing from elsewhere.

The file's content security policy allows this very script and style, by their
hashes, and no other; it allows no connection of any kind.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Sequence
from dataclasses import dataclass
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

__all__ = ["Opening", "render_page", "write_page"]

_OPENING: Final = """
.opening{max-width:100rem;margin:0 auto;padding:1rem clamp(.9rem,2.5vw,2.5rem);border-bottom:1px solid var(--rule)}
.opening summary{cursor:pointer;width:fit-content}.opening summary h2{display:inline;font:600 1.35rem var(--serif)}
"""
_FORBIDDEN: Final = {"page.js": ("</script", "<!--"), "page.css": ("</style", "<!--")}


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands at the top of a page, before its records, and can be read without its script.

    ``markup`` is HTML and ``style`` CSS, both taken as they are: whoever makes them escapes the words in them.
    """

    title: str
    markup: str
    style: str


def render_page(
    records: Sequence[Record], title: str | None = None, origins: Sequence[OriginRow] | None = None,
    opening: Opening | None = None,
) -> str:  # fmt: skip
    """The page for ``records`` as HTML text; the same records always give the same page.

    ``title`` heads the page; without one, a lone report's own title does, or how many there are. ``origins`` says of
    each record, in the same order, which report it is a copy of. ``opening`` stands at the top.
    Raises MarsadError when the page's script was not built.
    """
    script, style = _asset("page.js"), _asset("page.css")
    styles = [style] if opening is None else [style, _OPENING + opening.style]
    heading = title
    if heading is None:
        heading = records[0].title if len(records) == 1 else _counted(records, origins)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            "style-src " + " ".join(f"'{_hash(one)}'" for one in styles),
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
        + "".join(f"<style>{one}</style>\n" for one in styles)
        + f"</head>\n<body>\n{_opened(opening)}"
        '<div id="marsad"><noscript><p>This page shows its records by JavaScript, which is switched off here. '
        "The records stand in the file as JSON.</p></noscript></div>\n"
        f'<script type="application/json" id="marsad-data">{embedded(page_data(records, title, origins))}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _opened(opening: Opening | None) -> str:
    if opening is None:
        return ""
    words = html.escape(_line(opening.title))
    return (
        f'<section class="opening" aria-label="{words}">\n<details open>\n<summary><h2>{words}</h2></summary>\n'
        f"{opening.markup}\n</details>\n</section>\n"
    )


def _counted(records: Sequence[Record], origins: Sequence[OriginRow] | None) -> str | None:
    if not records:
        return None
    if origins is None:
        return f"{len(records):,} reports"
    return count_words(len(records), sum(row.of is None for row in origins))


def write_page(
    records: Sequence[Record], path: Path, title: str | None = None, origins: Sequence[OriginRow] | None = None,
    opening: Opening | None = None,
) -> None:  # fmt: skip
    """Write the page for ``records`` to ``path``, whole or not at all.

    Raises MarsadError when the page's script was not built or ``path`` cannot be written.
    """
    page = render_page(records, title, origins, opening)
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
    words = _line(title or "")
    return html.escape(f"{words} – Marsad" if words else "Marsad")


def _line(words: str) -> str:
    return " ".join("".join(c if c.isprintable() or c == "\u200f" else " " for c in words).split())
