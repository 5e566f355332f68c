"""A page with answers: the sentence, figures, tables and what was assumed; one file, no script, nothing from elsewhere.

The same part can stand in another page: it has its own style, whose colours follow the page's.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from marsad.analysis.picture import response_figures
from marsad.analysis.response import Response
from marsad.analysis.svg import NARROW, Figure, escaped, style_sheet
from marsad.analysis.telling import assumptions, facts, ranged
from marsad.analysis.verdict import Verdict
from marsad.analysis.wording import ratio_words

__all__ = ["answer_page", "answer_part", "answer_style", "question"]

_PAGE: Final = """
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;
background:#fff;color:#1f2328}h1{font-size:1.3rem}
@media (prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}}
"""
_PART: Final = """
.answer-part :is(h2,h3,h4){font-size:1rem;margin:2rem 0 .2rem}.answer-part .point{font-size:1.1rem;margin:2rem 0 .5rem}
.answer-part .verdict{font-size:1.15rem;margin:.6rem 0;border-inline-start:4px solid #0b5fae;
padding:.2rem 0 .2rem .9rem}
.answer-part figure{margin:0 0 2rem;max-width:56rem}
.answer-part figcaption p{font-size:.875rem;margin:0 0 .4rem;opacity:.8}
.answer-part svg{display:block;width:100%;max-width:56rem;height:auto}.answer-part svg.small{display:none}
.answer-part table{border-collapse:collapse;font-size:.9rem}.answer-part ul{margin:.4rem 0;padding-inline-start:1.2rem;
list-style:disc}.answer-part td,.answer-part th{text-align:start;font-weight:400;padding:.25rem .9rem .25rem 0;
border-bottom:1px solid #8d8a8266;vertical-align:top}.answer-part thead th{font-weight:600}
.answer-part .scroll{overflow-x:auto}
@media (max-width:44rem){.answer-part svg.small{display:block}.answer-part svg.large{display:none}}
@media (prefers-color-scheme:dark){.answer-part .verdict{border-color:#6cb2f7}}
@media print{.answer-part figure{break-inside:avoid}}
"""
_THEMED: Final = """
.answer-part .marsad{--ink:inherit;--soft:inherit;--paper:inherit;--line:var(--rule);--fact:var(--rule-strong);
--fit:var(--accent);--mark:var(--denied);--second:var(--planned);--third:var(--requested)}
.answer-part .verdict{border-color:var(--accent)}.answer-part :is(h3,h4){font-family:var(--serif)}
"""


def answer_style(*, themed: bool = False) -> str:
    """The style of :func:`answer_part`, with that of its figures; ``themed`` for Marsad's pages, in their colours."""
    return _PART + style_sheet() + (_THEMED if themed else "")


def answer_page(judged: Sequence[tuple[Response, Verdict]]) -> str:
    """The page for the answers of one or several turning points."""
    style = _PAGE + answer_style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = question(judged)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'; "
        "img-src data:; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<link rel="icon" href="data:,">\n'
        f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{escaped(title)}</h1>\n"
        f"{answer_part(judged, below=1)}\n</main>\n</body>\n</html>\n"
    )


def question(judged: Sequence[tuple[Response, Verdict]]) -> str:
    """What is asked, in words."""
    return "Did anything change after " + ", ".join(one.turning_point for one, _ in judged) + "?"


def answer_part(judged: Sequence[tuple[Response, Verdict]], below: int = 2) -> str:
    """The answers as a part of a page, ``below`` a heading of this level; it needs :func:`answer_style`."""
    body = "\n".join(_section(one, verdict, below + 1, len(judged) > 1) for one, verdict in judged)
    return f'<div class="answer-part">\n{body}\n</div>'


def _section(one: Response, verdict: Verdict, level: int, headed: bool) -> str:
    inner = f"h{level + headed}"
    rows = [(row.name, ratio_words(row.ratio), ranged(row.low, row.high), f"{row.p:.3f}") for row in one.variants]
    parts = [
        (f'<h{level} class="point">{escaped(one.turning_point)}</h{level}>\n' if headed else "")
        + f'<p class="verdict">{escaped(verdict.sentence)}</p>',
        _table(None, facts(one)),
        *(_figure(figure, inner) for figure in response_figures(one)),
    ]
    if rows:
        parts.append(f"<{inner}>With other choices</{inner}>")
        parts.append(_table(("with another choice", "ratio", "95 % interval", "p"), rows))
    said = "".join(f"<li>{escaped(words)}</li>" for words in assumptions(one))
    parts.append(f"<{inner}>What was assumed</{inner}><ul>{said}</ul>")
    return "\n".join(parts)


def _figure(figure: Figure, heading: str) -> str:
    """A figure drawn for a page and for a small screen; the one that does not fit is not shown."""
    large = figure.svg(style=False, headed=False).replace('class="marsad"', 'class="marsad large"', 1)
    small = figure.svg(NARROW, style=False, headed=False).replace('class="marsad"', 'class="marsad small"', 1)
    return (
        f"<figure><figcaption><{heading}>{escaped(figure.title)}</{heading}><p>{escaped(figure.about)}</p></figcaption>\n"
        f"{large}{small}</figure>"
    )


def _table(heads: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> str:
    head = ""
    if heads:
        head = "<thead><tr>" + "".join(f'<th scope="col">{escaped(one)}</th>' for one in heads) + "</tr></thead>"
    body = "".join(
        f'<tr><th scope="row">{escaped(row[0])}</th>'
        + "".join(f"<td>{escaped(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    table = f"<table>{head}<tbody>{body}</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="Table">{table}</div>'
