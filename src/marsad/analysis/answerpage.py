"""A page with answers: the sentence, pictures, tables and what was assumed; one file, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from marsad.analysis.picture import picture
from marsad.analysis.response import Response
from marsad.analysis.svg import STYLE
from marsad.analysis.telling import assumptions, facts, ranged, ratio_words
from marsad.analysis.verdict import Verdict

__all__ = ["answer_page"]

_PAGE: Final = """
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1rem;
background:#fff;color:#1f2328}h1{font-size:1.3rem}h2{font-size:1.05rem;margin-top:2rem}.verdict{font-size:1.15rem;
border-left:4px solid #0b5fae;padding:.2rem 0 .2rem .9rem}table{border-collapse:collapse;font-size:.9rem}
td,th{text-align:left;padding:.25rem .9rem .25rem 0;border-bottom:1px solid #d1d9e0;vertical-align:top}
.scroll{overflow-x:auto}svg{width:100%;min-width:38rem;height:auto}
@media (prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}td,th{border-color:#3d444d}
.verdict{border-color:#6cb2f7}}
"""


def answer_page(judged: Sequence[tuple[Response, Verdict]]) -> str:
    """The page for the answers of one or several turning points."""
    style = _PAGE + STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = "Did anything change after " + ", ".join(one.turning_point for one, _ in judged) + "?"
    body = "\n".join(_section(one, verdict, len(judged) > 1) for one, verdict in judged)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'; "
        "img-src data:; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"{body}\n</body>\n</html>\n"
    )


def _section(one: Response, verdict: Verdict, headed: bool) -> str:
    said = "".join(f"<li>{escape(words)}</li>" for words in assumptions(one))
    rows = [(row.name, ratio_words(row.ratio), ranged(row.low, row.high), f"{row.p:.3f}") for row in one.variants]
    parts = [
        (f"<h2>{escape(one.turning_point)}</h2>\n" if headed else "")
        + f'<p class="verdict">{escape(verdict.sentence)}</p>',
        f'<div class="scroll" tabindex="0" role="region" aria-label="Pictures">{picture(one, style=False)}</div>',
        _table(None, facts(one)),
    ]
    if rows:
        parts.append("<h3>With other choices</h3>")
        parts.append(_table(("with another choice", "ratio", "95 % interval", "p"), rows))
    parts.append(f"<h3>What was assumed</h3><ul>{said}</ul>")
    return "\n".join(parts)


def _table(heads: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> str:
    head = ""
    if heads:
        head = "<thead><tr>" + "".join(f'<th scope="col">{escape(one)}</th>' for one in heads) + "</tr></thead>"
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>"
        for row in rows
    )
    table = f"<table>{head}<tbody>{body}</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="Table">{table}</div>'
