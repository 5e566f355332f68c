"""How far reviewers agree with each other and with the coder, by field, each figure with a sentence that says it."""

from __future__ import annotations

from collections import Counter
from typing import Final

from marsad.decisions import FIELDS, Agreeing, FieldAgreement, reviewer_agreement
from marsad.decisions.agreement import CODER
from marsad.records import Json
from marsad.review.index import Snapshot

__all__ = ["agreement_data"]

_FEW: Final = 10
"""Things of which both spoke, below which a figure says nothing yet."""


def agreement_data(snapshot: Snapshot) -> Json:
    """Who has decided how often; and each pair, those with the coder first, with ``n``, ``same`` (a share), ``kappa``,
    ``alpha`` and a sentence (``words``) for each field."""
    counts = Counter(one.who for one in snapshot.decisions if one.kind not in ("undo", "note"))
    return {
        "reviewers": [{"who": who, "decisions": number} for who, number in counts.most_common()],
        "pairs": [_pair(one) for one in reviewer_agreement(snapshot.decisions)],
    }


def _pair(pair: Agreeing) -> Json:
    return {
        "one": pair.one,
        "other": pair.other,
        "fields": [
            {
                "part": name.partition(" ")[0], "field": name.partition(" ")[2], "n": of.n, "same": round(of.same, 4),
                "kappa": _rounded(of.kappa), "alpha": _rounded(of.alpha),
                "words": _kept(of) if pair.other is CODER and name.endswith(" is") else _words(of),
            }
            for name, of in sorted(pair.fields.items(), key=lambda one: _order(one[0]))
        ],
    }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _order(name: str) -> tuple[int, int]:
    """Events first, and of each part whether there is one, then its fields as the format has them."""
    part, _, field = name.partition(" ")
    names = ("is", *FIELDS.get(part, ()))
    return list(FIELDS).index(part) if part in FIELDS else len(FIELDS), names.index(field) if field in names else 99


def _kept(of: FieldAgreement) -> str:
    # The coder never says that there is nothing: a comparison with chance would say nothing either.
    same = round(of.n * of.same)
    return f"{same} of {of.n} are as the coder has them; the others were rejected, or added."


def _words(of: FieldAgreement) -> str:
    same = round(of.n * of.same)
    head = f"The same in {same} of {of.n}"
    if of.n < _FEW:
        return f"{head}: too few to tell more."
    if of.kappa is None:
        return f"{head}: one answer throughout, so nothing can be said about chance."
    if of.kappa <= 0:
        return f"{head}: no more than chance alone would bring about."
    if of.same == 1:
        return f"{head}, always."
    return f"{head}: of what chance leaves open, {of.kappa:.0%} was agreed on."
