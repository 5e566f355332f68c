"""How far two coders of the same documents agree, neither of them being gold.

Two kinds of figures:

- *F1 per layer*. Scoring B against A and A against B differ a little, because
  actors are identified through the one taken as gold; the figure is the mean
  of both, so it does not depend on who comes first.
- *Chance-corrected agreement* on the labels of matched items: events paired by
  their triggers alone (not by type, which would flatter it), statements by
  their content. Two coefficients over the same pairs of labels:

  Krippendorff's alpha for nominal data,
  ``alpha = 1 - D_o / D_e``, where ``D_o`` is the share of pairs whose labels
  differ and ``D_e = 1 - sum_c n_c (n_c - 1) / (n (n - 1))`` with ``n_c`` the
  uses of label ``c`` by both coders and ``n`` their sum (K. Krippendorff,
  *Content Analysis*, 3rd ed., Sage 2013, chapter 12).

  Cohen's kappa, ``kappa = (p_o - p_e) / (1 - p_e)``, where ``p_o`` is the share
  of pairs with the same label and ``p_e = sum_c p_A(c) p_B(c)`` (J. Cohen, "A
  coefficient of agreement for nominal scales", *Educational and Psychological
  Measurement* 20, 1960, 37-46).

Both are None where they are not defined: no pairs, or one label used throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.decisions.coefficients import alpha, kappa
from marsad.errors import EvaluationError
from marsad.evaluation.matching import pairs, share, share_of_pieces
from marsad.evaluation.scores import FOUND_ROWS, evaluate
from marsad.evaluation.view import Event, View, read_view

__all__ = ["Agreement", "LabelAgreement", "agreement", "alpha", "kappa"]

Labels = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """Agreement on one label: ``n`` matched items, per cent the same, alpha and kappa (-1 to 1, or None)."""

    n: int
    same: float
    alpha: float | None
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two coders over ``documents`` documents; ``f1`` in per cent by row."""

    documents: int
    f1: Mapping[str, float]
    labels: Mapping[str, LabelAgreement]

    def to_json(self) -> dict[str, Any]:
        """The figures as plain data."""
        return {
            "documents": self.documents,
            "f1": dict(self.f1),
            "labels": {
                name: {"n": label.n, "same": label.same, "alpha": label.alpha, "kappa": label.kappa}
                for name, label in self.labels.items()
            },
        }

    def text(self) -> str:
        """The figures as a table to read."""
        lines = [f"{self.documents} documents coded by both"]
        lines += [f"{name:12} F1 {value:5}" for name, value in self.f1.items()]
        for name, label in self.labels.items():
            lines.append(
                f"{name:12} same {label.same:5}  alpha {_shown(label.alpha)}  kappa {_shown(label.kappa)}  n {label.n}"
            )
        return "\n".join(lines)


def _shown(value: float | None) -> str:
    return "    -" if value is None else f"{value:5.3f}"


def agreement(a: Mapping[str, Mapping[str, Any]], b: Mapping[str, Mapping[str, Any]]) -> Agreement:
    """Agreement of two coders over the documents that both have.

    Raises EvaluationError when they share no document, when a record is
    malformed or when two texts differ.
    """
    both = [name for name in a if name in b]
    if not both:
        raise EvaluationError("the two coders have no document in common; check the ids of their records")
    left, right = {name: a[name] for name in both}, {name: b[name] for name in both}
    one, other = evaluate(left, right).table(), evaluate(right, left).table()
    collected: dict[str, Labels] = {row: [] for row in ("type", "status", "certainty", "mode", "manner")}
    for name in both:
        _collect(left[name], right[name], collected)
    return Agreement(
        documents=len(both),
        f1={row: round((one[row]["F1"] + other[row]["F1"]) / 2, 1) for row in FOUND_ROWS},
        labels={row: _label_agreement(labels) for row, labels in collected.items()},
    )


def _collect(a: Mapping[str, Any], b: Mapping[str, Any], collected: dict[str, Labels]) -> None:
    left, right = read_view(a), read_view(b)
    for i, j in pairs(left.events, right.events, _meeting):
        x, y = left.events[i], right.events[j]
        collected["type"].append((x.type, y.type))
        collected["status"].append((str(x.status), str(y.status)))
        collected["certainty"].append((str(x.certainty), str(y.certainty)))
        if x.type == y.type:
            collected["mode"].append((str(x.mode), str(y.mode)))
    for i, j in _statements(left, right):
        collected["manner"].append((left.quotes[i].manner, right.quotes[j].manner))


def _meeting(a: Event, b: Event) -> float:
    return max((share(x, y) for x in a.triggers for y in b.triggers), default=0.0)


def _statements(left: View, right: View) -> list[tuple[int, int]]:
    return pairs(left.quotes, right.quotes, lambda g, s: share_of_pieces(g.content, s.content))


def _label_agreement(labels: Sequence[tuple[str, str]]) -> LabelAgreement:
    same = sum(x == y for x, y in labels)
    return LabelAgreement(
        len(labels), round(100 * same / len(labels), 1) if labels else 0.0, alpha(labels), kappa(labels)
    )
