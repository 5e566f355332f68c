"""The claims of a dossier by origin, each with its words in their context, and the list of its sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from marsad.exchange.dossier import Dossier
from marsad.exchange.excerpt import ROLES, excerpt
from marsad.exchange.markup import Html, bdi, el
from marsad.vocabulary import SPUN

if TYPE_CHECKING:
    from marsad.casebook import ReportRow
    from marsad.incidents import Join, Telling

__all__ = ["claims_part", "reference", "sources_part", "toll_words"]

_WEB: Final = re.compile(r"https?://[^\s\x00-\x1f]+\Z", re.IGNORECASE)
_MADE: Final = {
    "identical": "the same words as", "reprint": "reprint of", "additions": "copy, with additions, of",
    "spun": "machine-spun rewrite of", "back-translated": "translated-and-back rewrite of",
}  # fmt: skip


def reference(dossier: Dossier, report: str) -> Html:
    """A small number that leads to a report in the list of sources."""
    number = dossier.numbers[report]
    return el("sup", el("a", f"[{number}]", href=f"#source-{number}"))


def claims_part(dossier: Dossier) -> Html:
    """What each report says, those that go back to one account together."""
    origins = dossier.origins
    found = [_origin(dossier, at, origin, claims) for at, (origin, claims) in enumerate(origins.items(), 1)]
    key = [el("span", el("mark", words, class_=role)) for role, words in ROLES.items()]
    return el("section", el("h2", "What each account says"), el("p", *key, class_="key"), *found)


def _origin(dossier: Dossier, at: int, origin: str, claims: Sequence[Telling]) -> Html:
    root = dossier.reports[origin]
    reports = dict.fromkeys(one.report for one in claims)
    copies = f"{len(reports)} reports go back to it" if len(reports) > 1 else "one report"
    if origin not in reports:
        copies += ", itself not among those that tell of this"
    return el(
        "div",
        el("h3", f"Account {at}: ", bdi(root.source or root.report)),
        el("p", bdi(root.title) if root.title else None, " · " if root.title else None, copies),
        *(_claim(dossier, one) for one in claims),
        class_="origin",
    )


def _claim(dossier: Dossier, one: Telling) -> Html:
    record, claim, row = dossier.records[one.report], dossier.claim(one), dossier.reports[one.report]
    made = _MADE.get(row.kind or "")
    says = f"according to {', '.join(one.says)}" if one.says else "in its own voice"
    facts = [
        el("span", el("b", one.type, f" {one.mode}" if one.mode else None)),
        el("span", one.status.replace("-", " "), class_="denied" if one.status == "did-not-happen" else None),
        el("span", one.certainty), el("span", bdi(says)),
    ]  # fmt: skip
    for name, toll in (("killed", one.killed), ("injured", one.injured)):
        count = toll_words(toll.low, toll.best, toll.high) if toll is not None else ""
        if count:
            facts.append(el("span", el("b", count), f" {name}"))
    if one.time is not None:
        start, end = one.time.told
        facts.append(el("span", start if start == end else f"{start} to {end}"))
    if one.spot is not None:
        facts.append(el("span", bdi(one.spot.name)))
    join = next((join for join in dossier.joins if one.id in (join.one, join.other)), None)
    return el(
        "article",
        el("p", el("b", bdi(row.source or row.report)), f", {row.published}" if row.published else None,
           reference(dossier, one.report), f" · {made} " if made and row.of else None,
           bdi(row.of) if made and row.of else None, f" · characters {one.passage.start}–{one.passage.end}"),
        el("blockquote", excerpt(record, claim), dir="auto") if claim is not None else el(
            "p", "The record of this report has changed since.", class_="note"),
        el("p", *facts, class_="facts"),
        el("p", _joined(one, join), class_="note") if join is not None else None,
        class_="claim",
    )  # fmt: skip


def _joined(one: Telling, join: Join) -> Html:
    other = join.other if join.one == one.id else join.one
    return el("span", "Together with ", bdi(other), f" ({join.probability:.0%} likely one happening): ",
              bdi("; ".join(join.reasons)))  # fmt: skip


def toll_words(low: int | None, best: int | None, high: int | None) -> str:
    """A count as it is shown: ``9``, ``at least 9``, ``9 (8–12)``, ``8–?``; empty where there is none."""
    if best is not None:
        if low == best and high is None:
            return f"at least {best}"
        return str(best) if low == best == high else f"{best} ({_or(low)}–{_or(high)})"
    return "" if low is None and high is None else f"{_or(low)}–{_or(high)}"


def _or(count: int | None) -> str:
    return "?" if count is None else str(count)


def sources_part(dossier: Dossier) -> Html:
    """The reports, numbered."""
    found = [_source(number, dossier.reports[report]) for number, report in enumerate(dossier.records, 1)]
    return el("section", el("h2", "Sources"), el("ol", *found, class_="trail"))


def _source(number: int, row: ReportRow) -> Html:
    link: object = None
    if row.url:
        link = el("a", row.url, href=row.url, rel="noreferrer noopener") if _WEB.match(row.url) else bdi(row.url)
    parts = [
        el("b", bdi(row.source or "no publisher named")), bdi(row.title) if row.title else None,
        row.published, link, el("span", "report ", bdi(row.report)),
        f"goes back to {row.origin}" if row.origin not in (None, row.report) else None,
        f"reads as machine-spun ({row.spun:.2f})" if row.spun is not None and row.spun >= SPUN else None,
    ]  # fmt: skip
    shown = [part for part in parts if part is not None]
    words: list[object] = []
    for part in shown:
        words += [" · ", part] if words else [part]
    return el("li", el("span", f"[{number}]"), el("span", *words), id=f"source-{number}")
