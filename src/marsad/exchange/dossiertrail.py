"""What reviewers decided about an incident, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from marsad.decisions import Decision
from marsad.exchange.dossier import Dossier
from marsad.exchange.dossierclaims import toll_words
from marsad.exchange.jsonl import line
from marsad.exchange.markup import Html, bdi, el

__all__ = ["moment", "open_part", "trail_part"]

_DID: Final = {
    "accept": "accepted", "correct": "corrected", "reject": "rejected", "merge": "put together", "split": "split off",
    "add": "added", "note": "noted",
}  # fmt: skip
_LONGEST: Final = 300
_MOST: Final = 40
"""Questions about other claims that are written out."""


def trail_part(dossier: Dossier) -> Html:
    """The decisions in force about the incident and its claims, by number."""
    by_number = {one.number or 0: one for one in dossier.decisions}
    found = [_decision(dossier, by_number[number]) for number in sorted(by_number)]
    if not found:
        return el("section", el("h2", "Decisions"), el("p", "Nobody has decided anything about it yet.", class_="note"))
    return el("section", el("h2", "Decisions"), el("ol", *found, class_="trail"))


def _decision(dossier: Dossier, one: Decision) -> Html:
    target = one.target
    about: list[object] = [f" {target.field.replace('_', ' ')} of" if target.field else "", f" the {target.part}"]
    if target.report is not None:
        record = dossier.records.get(target.report)
        if record is not None and target.passage is not None:
            about += [" at ", el("q", bdi(" ".join(target.passage.of(record.text).split())[:80]))]
        about += [" in ", bdi(target.report)]
    elif one.kind in ("merge", "split"):
        about = [f" {len(target.claims)} claims"]
    did = _DID.get(one.kind, one.kind)
    if target.part == "incident" and one.kind == "correct":
        did = "set" if target.field == "grade" else "set the rule for"
    was = (one.basis or {}).get("seen") if isinstance(one.basis, Mapping) else None
    change: list[object] = []
    if one.kind == "correct":
        if isinstance(was, Mapping) and target.field in was:
            change += [": ", el("del", bdi(_words(was[target.field])))]
        change += [" → " if change else ": ", el("b", bdi(_words(one.value)))]
    return el(
        "li",
        el("span", str(one.number)),
        el(
            "span", el("b", bdi(one.who)), f" {did}", *about, *change, f" · {moment(one.at)}",
            el("br") if one.why else None, el("span", bdi(one.why), class_="why") if one.why else None,
        ),
    )  # fmt: skip


def _words(value: Any) -> str:
    """A decided value in a few words; what has no short form, as JSON."""
    if value is None or value == []:
        return "nothing"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list):
        return "; ".join(_words(one) for one in value)[:_LONGEST]
    if isinstance(value, Mapping):
        if value.get("name"):
            return str(value["name"])
        if {"low", "best", "high"} & set(value):
            return toll_words(*(value.get(key) for key in ("low", "best", "high")))
        if "start" in value:
            start, end = value.get("start"), value.get("end")
            return str(start) if start == end else f"{start} to {end}"
    return line(value)[:_LONGEST]


def moment(at: str) -> str:
    """A time in UTC as a person reads it: ``2026-11-26 11:09 UTC``."""
    return f"{at[:10]} {at[11:16]} UTC" if len(at) >= 16 else at


def open_part(dossier: Dossier) -> Html | None:
    """What a person would have to find out."""
    found = list(_open(dossier))
    return el("section", el("h2", "Open questions"), el("ul", *found, class_="open")) if found else None


def _open(dossier: Dossier) -> Iterator[Html]:
    for one in dossier.questions[:_MOST]:
        done = "put together meanwhile" if one.joined else "left apart meanwhile"
        yield el(
            "li", bdi(one.text), " ",
            el("span", f"{one.probability:.0%} likely; {done}; ", bdi("; ".join(one.reasons)), class_="note"),
        )  # fmt: skip
    if len(dossier.questions) > _MOST:
        yield el("li", f"{len(dossier.questions) - _MOST:,} more of this kind, less doubtful.")
    figures = dossier.summary.figures
    for field, asked in (("actors", "Who did it?"), ("time", "When was it?"), ("place", "Where was it?")):
        if field not in figures:
            yield el("li", f"{asked} No report says.")
    if dossier.summary.grade.name in ("contested", "discounted"):
        yield el("li", "Did it happen? Some say that it did not.")
    if dossier.settled.incident.origins == 1 and dossier.summary.grade.name != "discounted":
        yield el("li", "Does any other account, independent of this one, tell of it?")
