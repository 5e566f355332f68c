"""A small picture of when an incident was and when it was reported: a row for each independent account."""

from __future__ import annotations

from datetime import date
from typing import Final

from marsad.exchange.dossier import Dossier
from marsad.exchange.markup import Html, el
from marsad.incidents.timing import of_dates

__all__ = ["reported"]

_WIDTH: Final = 680
_LEFT: Final = 170
_RIGHT: Final = 40
_ROW: Final = 26
_TOP: Final = 30
_MOST: Final = 16
"""Accounts that are drawn; more would be a list."""
_LONGEST: Final = 22


def reported(dossier: Dossier) -> Html | None:
    """The dates of the reports by account, beside the time that the rule takes; None where fewer than two have one.

    A filled circle says that it happened, an open one that it did not; a date that is no single day is a bar.
    """
    dated = {origin: [one for one in claims if one.published is not None] for origin, claims in dossier.origins.items()}
    rows = [(origin, claims) for origin, claims in dated.items() if claims]
    if not 2 <= len(rows) <= _MOST:
        return None
    figure = dossier.summary.figures.get("time")
    time = of_dates(figure.data["start"], figure.data["end"]) if figure is not None else None
    spans = [one.published for _, claims in rows for one in claims if one.published is not None]
    low = min([span.first for span in spans] + ([time.first] if time else []))
    high = max([span.last for span in spans] + ([time.last] if time else []))

    def across(day: int) -> float:
        return float(round(_LEFT + (day - low) / max(high - low, 1) * (_WIDTH - _LEFT - _RIGHT), 1))

    bottom = _TOP + _ROW * len(rows)
    parts: list[Html] = []
    if time is not None:
        start, end = across(time.first), across(time.last)
        parts.append(
            el("rect", x=start - 4, y=_TOP - 12, width=end - start + 8, height=bottom - _TOP + 12, class_="was")
        )
        parts.append(el("text", "when it was", x=start, y=_TOP - 17, class_="axis-word"))
    for at, (origin, claims) in enumerate(rows):
        y = _TOP + _ROW * at + _ROW // 2
        row = dossier.reports[origin]
        name = row.source or row.report
        parts.append(
            el("text", name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…", x=0, y=y + 4, class_="label")
        )
        parts.append(el("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, class_="axis"))
        for one in {claim.report: claim for claim in reversed(claims)}.values():
            if one.published is None:
                continue
            first, last = across(one.published.first), across(one.published.last)
            number = dossier.numbers[one.report]
            told = el("title", f"[{number}] {one.published.told[0]}, {one.status.replace('-', ' ')}")
            if last > first:
                parts.append(el("line", told, x1=first, x2=last, y1=y, y2=y, class_="range"))
            denied = one.status == "did-not-happen"
            parts.append(
                el("circle", told, cx=(first + last) / 2, cy=y, r=6, class_="count" if denied else "count chosen")
            )
    parts.append(el("text", _day(low), x=_LEFT, y=bottom + 16, class_="axis-word"))
    if high > low:
        parts.append(el("text", _day(high), x=_WIDTH - _RIGHT, y=bottom + 16, class_="axis-word"))
    words = []
    for origin, claims in rows:
        days = ", ".join(one.published.told[0] for one in claims if one.published is not None)
        words.append(f"{dossier.reports[origin].source or origin}: {days}")
    return el(
        "svg", *parts, viewBox=f"0 0 {_WIDTH} {bottom + 24}", class_="strip reported", role="img",
        aria_label=f"When it was reported: {'; '.join(words)}",
    )  # fmt: skip


def _day(day: int) -> str:
    found = date.fromordinal(day)
    return f"{found.day} {found:%b} {found.year}"
