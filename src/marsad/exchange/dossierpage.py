"""A dossier as one HTML file: no script, no style but its own, nothing from elsewhere; to read, print and keep."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from marsad import __version__
from marsad.atomic import whole_file
from marsad.casebook import Casebook
from marsad.exchange.dossier import Dossier, dossier
from marsad.exchange.dossierclaims import claims_part, reference, sources_part
from marsad.exchange.dossiertrail import moment, open_part, trail_part
from marsad.exchange.markup import Html, bdi, el, join
from marsad.exchange.reported import reported
from marsad.exchange.strip import strip
from marsad.incidents import RULES
from marsad.incidents.describing import dated
from marsad.incidents.timing import of_dates

if TYPE_CHECKING:
    from marsad.incidents import Figure, Rules
    from marsad.incidents.answers import Answer

__all__ = ["render_dossier", "write_dossier"]

_NAMES: Final = {
    "type": "What", "actors": "Who", "recipients": "To whom", "time": "When", "place": "Where", "killed": "Killed",
    "injured": "Injured", "status": "Status",
}  # fmt: skip
_COUNTS: Final = ("killed", "injured")


def render_dossier(dossier: Dossier) -> str:
    """The page as HTML text; the same casebook always gives the same page."""
    style = (files("marsad.exchange") / "dossier.css").read_text("utf-8")
    mark = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{mark}'; img-src data:; base-uri 'none'; form-action 'none'"
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("link", rel="icon", href="data:,"),
        el("title", f"{' '.join(_title(dossier).split())} – dossier – Marsad"),
        Html(f"<style>{style}</style>"),
    )
    body = el(
        "body",
        el(
            "main",
            *_head(dossier), _figures(dossier), _disagreements(dossier), claims_part(dossier), trail_part(dossier),
            open_part(dossier), sources_part(dossier), _foot(dossier),
        ),
    )  # fmt: skip
    return f'<!DOCTYPE html>\n<html lang="en">{head}{body}</html>\n'


def write_dossier(casebook: Casebook, incident: str, path: Path, rules: Rules | None = None) -> None:
    """Write an incident's dossier to ``path``, whole or not at all.

    Raises as :func:`marsad.exchange.dossier.dossier` does, and OSError where the file cannot be written.
    """
    page = render_dossier(dossier(casebook, incident, rules))
    with whole_file(path, keep=False) as file:
        file.write(page)


def _value(dossier: Dossier, field: str) -> str:
    return dossier.summary.value(field)


def _when(figure: Figure | None) -> str:
    days = of_dates(figure.data["start"], figure.data["end"]) if figure is not None else None
    return dated(days) if days is not None else ""


def _title(dossier: Dossier) -> str:
    where, when = _value(dossier, "place"), _when(dossier.summary.figures.get("time"))
    kind, _, mode = _value(dossier, "type").partition(" ")
    what = f"{kind.capitalize()}{f' ({_rule(mode)})' if mode else ''}"
    return ", ".join(part for part in (f"{what} in {where}" if where else what, when) if part)


def _head(dossier: Dossier) -> Iterator[Html]:
    summary, incident = dossier.summary, dossier.settled.incident
    yield el(
        "p", el("b", "Incident dossier"), el("span", bdi(dossier.casebook)), el("span", bdi(incident.id)),
        el("span", incident.count), class_="over",
    )  # fmt: skip
    yield el("h1", bdi(_title(dossier)))
    actors, whom = _value(dossier, "actors"), _value(dossier, "recipients")
    yield el(
        "p", bdi(actors) if actors else "Nobody is named as having done it",
        *((el("span", "→", class_="arrow"), bdi(whom)) if whom else ()), _tolls(dossier), class_="lead",
    )  # fmt: skip
    grade = summary.grade
    yield el(
        "div", el("span", grade.name.capitalize(), class_="grade"), el("p", bdi(grade.why)),
        el("small", "set by ", bdi(grade.by)) if grade.by else None, class_=f"verdict {grade.name}",
    )  # fmt: skip
    if dossier.settled.rejected:
        yield el("p", "A reviewer rejected this incident.", class_="rejected")


def _tolls(dossier: Dossier) -> str | None:
    """``: 9 killed, 3 injured``."""
    told = [f"{value} {name}" for name in _COUNTS if (value := _value(dossier, name))]
    return f": {', '.join(told)}" if told else None


def _figures(dossier: Dossier) -> Html:
    rows = [_figure_row(name, figure) for name, figure in dossier.summary.figures.items()]
    missing = [words.lower() for name, words in _NAMES.items() if name not in dossier.summary.figures]
    return el(
        "section",
        el("h2", "What is known, and by which rule"),
        el(
            "table",
            el("thead", el("tr", *(el("th", head, scope="col") for head in (
                "", "By the rule", "Rests on", "Under other rules")))),
            el("tbody", *rows),
        ),
        el("p", f"Nothing is said of: {', '.join(missing)}.", class_="note") if missing else None,
        *_reported(dossier),
    )  # fmt: skip


def _reported(dossier: Dossier) -> Iterator[Html]:
    picture = reported(dossier)
    if picture is not None:
        yield el("h3", "When it was reported")
        yield picture
        if any(one.status == "did-not-happen" for one in dossier.settled.incident.tellings):
            yield el("p", "An open circle says that it did not happen.", class_="note")


def _figure_row(name: str, figure: Figure) -> Html:
    moves = [
        el("span", el("b", bdi(value)), f" ({', '.join(map(_rule, rules))})") for value, rules in figure.moves.items()
    ]
    return el(
        "tr",
        el("th", _NAMES[name], scope="row"),
        el(
            "td", el("span", bdi(_shown(figure)), class_="value"),
            el("span", _rule(figure.rule), class_="rule", title=RULES[figure.rule]),
        ),
        el("td", figure.counted),
        el("td", join("; ", moves) if moves else "does not move", class_="moves"),
    )  # fmt: skip


def _shown(figure: Figure) -> str:
    return _when(figure) or figure.value if figure.field == "time" else figure.value


def _rule(name: str) -> str:
    return name.replace("-", " ")


def _disagreements(dossier: Dossier) -> Html | None:
    """Fields to which several answers are given; those of parties only where they are not all taken together."""
    if len(dossier.settled.incident.tellings) < 2:
        return None
    parts = []
    for name, figure in dossier.summary.figures.items():
        answers = figure.answers
        taken = len(figure.data) if isinstance(figure.data, list) else 1
        if len(answers) < 2 or taken >= len(answers):
            continue
        parts.append(el("h3", _NAMES[name]))
        if name in _COUNTS and (picture := strip(figure)) is not None:
            parts.append(picture)
        parts.append(el("div", *(_side(dossier, one, at < taken) for at, one in enumerate(answers)), class_="sides"))
    if not parts:
        return None
    return el("section", el("h2", "Where the reports disagree"), *parts)


def _side(dossier: Dossier, answer: Answer, taken: bool) -> Html:
    lines: dict[Html, None] = {}
    for one in answer.tellings:
        says = f"according to {', '.join(one.says)}" if one.says else "in its own voice"
        mark = reference(dossier, one.report)
        lines[el("li", bdi(one.source or one.report), f", {one.certainty}, ", bdi(says), mark)] = None
    return el(
        "div", el("span", "taken", class_="tag") if taken else None, el("p", bdi(answer.value), class_="value"),
        el("p", _many(answer.reports, "report"), ", ", _many(answer.origins, "origin"), class_="note"),
        el("ul", *lines), class_="side taken" if taken else "side",
    )  # fmt: skip


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _foot(dossier: Dossier) -> Html:
    coders = sorted({_coder(record.extra.get("coder")) for record in dossier.records.values()} - {""})
    latest = dossier.latest
    return el(
        "footer",
        el("p", f"Made by Marsad {__version__} from the casebook ", bdi(dossier.casebook), ".",
           f" Coded by {'; '.join(coders)}." if coders else None),
        el("p", f"As of decision {latest.number} ({moment(latest.at)}), whose hash in the chain is ",
           el("span", latest.hash, class_="hash"), ".") if latest is not None else el("p", "Nothing was decided yet."),
        el("p", "Offsets are code points of the reports' texts. Words in quotation blocks are the reports' own."),
        class_="foot",
    )  # fmt: skip


def _coder(given: Any) -> str:
    if not hasattr(given, "get"):
        return ""
    words = [str(given.get(key))[:60] for key in ("name", "version") if given.get(key)]
    return re.sub(r"\s+", " ", " ".join(words))
