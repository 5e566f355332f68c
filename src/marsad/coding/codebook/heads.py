"""Fits the heads of a codebook: one for each type, on one setting that cross-validation inside the cases has chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from marsad.coding.codebook.cases import Case, Lexicon
from marsad.coding.codebook.reading import BLOCKS
from marsad.coding.codebook.regression import Doubles, fit, scaling, sigmoid
from marsad.coding.encoder.judgement import Floats
from marsad.coding.encoder.windows import Ints

__all__ = ["OTHERS", "Heads", "fit_heads", "folds"]

_INNER: Final = 5
_PENALTIES: Final = (0.5, 0.05)
_FLOOR: Final = 3.0
"""Of the mean variance of a vector's directions: what is added to that of each before they are evened out."""
_WITH_WORDS: Final = (False, True)
_SURE: Final = 1.0
"""Standard errors by which another setting must be better than the first one: less is mostly chance."""
_LOWEST: Final = 0.25
OTHERS: Final = 15.0
"""Texts that do not tell of a type for each that does, in the mix that probabilities are scaled to: however
many types a codebook has, 0.5 means the same."""


@dataclass(frozen=True, slots=True)
class Heads:
    """What the fit came to. Scores are ``rows @ vectors + words @ lexical + bias``; the scale makes them log-odds.

    Shapes: ``vectors`` (numbers of a row, types), ``lexical`` (words, types),
    ``bias`` (types), ``scale`` (2, types), ``thresholds`` (types): the probabilities
    from which on a text is taken for a type.
    """

    lexicon: Lexicon
    vectors: Floats
    lexical: Floats
    bias: Floats
    scale: Floats
    thresholds: Floats
    penalty: float
    with_words: bool

    def log_odds(self, rows: Floats, stems: Sequence[frozenset[str]]) -> Doubles:
        """The log-odds that words tell of each type, of shape (rows, types)."""
        scores = rows @ self.vectors + self.lexicon.rows(stems) @ self.lexical + self.bias
        odds: Doubles = (scores * self.scale[0] + self.scale[1]).astype(np.float64)
        return odds

    def probabilities(self, case: Case) -> Doubles:
        """The probability that a text tells of each type: that of its likeliest words."""
        found: Doubles = sigmoid(self.log_odds(case.rows, case.stems).max(axis=0))
        return found


def folds(found: Sequence[Case], count: int, seed: int) -> Ints:
    """The fold of each case: copies stay together; each type, counter-examples and background are spread evenly."""
    draw = np.random.default_rng(seed)
    groups: dict[int, list[int]] = {}
    for number, case in enumerate(found):
        groups.setdefault(case.group, []).append(number)
    fold = np.zeros(len(found), np.int64)
    strata: dict[tuple[str, tuple[int, ...]], list[list[int]]] = {}
    for members in groups.values():
        first = found[members[0]]
        strata.setdefault((first.kind, tuple(sorted(first.types or first.near))), []).append(members)
    at = 0
    for key in sorted(strata):
        for place in draw.permutation(len(strata[key])):
            fold[strata[key][place]] = at % count
            at += 1
    return fold


class _Table:
    """The cases as one matrix."""

    def __init__(self, found: Sequence[Case], types: int) -> None:
        self.cases, self.types = found, types
        self.owner = np.repeat(np.arange(len(found)), [len(case.rows) for case in found])
        rows = np.concatenate([case.rows for case in found])
        ordinary = np.array([case.kind == "background" for case in found])[self.owner]
        each = (1.0 / np.bincount(self.owner))[self.owner]
        self.middle = np.average(rows, axis=0, weights=each)
        self.turns = [_evening(part, each) for part in np.split(rows - self.middle, BLOCKS, axis=1)]
        self.lexicon = Lexicon.of(found)
        scaled = np.concatenate(
            [part @ turn for part, turn in zip(np.split(rows - self.middle, BLOCKS, axis=1), self.turns, strict=True)],
            axis=1,
        )
        lexical = self.lexicon.rows([stem for case in found for stem in case.stems])
        self.width = scaled.shape[1]
        self.matrix = np.concatenate([scaled, lexical], axis=1).astype(np.float32)
        first = np.concatenate([[0], np.cumsum([len(case.rows) for case in found])])[:-1]
        self.labels = np.zeros((len(self.owner), types))
        self.shares = np.repeat(each[:, None], types, axis=1)
        self.truth = np.zeros((len(found), types))
        for number, case in enumerate(found):
            for kind in case.types:
                mine = self.owner == number
                told = first[number] + np.array(case.told)
                self.labels[mine, kind] = 1.0
                self.shares[mine, kind] = 0.0
                self.shares[told, kind] = 1.0 / len(told)
                self.truth[number, kind] = 1.0
        self.ordinary = ordinary

    def weights(self, inside: Any) -> Doubles:
        """The weight of each row: yes and no weigh the same; half of no is the background, half all else."""
        shares = self.shares * inside[:, None]
        yes = self.labels > 0
        total = np.maximum((shares * yes).sum(axis=0), 1.0)
        out = np.where(yes, shares, 0.0)
        parts = [~yes & self.ordinary[:, None], ~yes & ~self.ordinary[:, None]]
        sums = [(shares * part).sum(axis=0) for part in parts]
        for part, mass, other in zip(parts, sums, reversed(sums), strict=True):
            share = np.where(other > 0, 0.5, 1.0)
            out += np.where(part, shares * share * total / np.maximum(mass, 1e-9), 0.0)
        return 2.0 * out

    def fit(self, inside: Any, penalty: float, with_words: bool, start: Doubles | None) -> Doubles:
        matrix = self.matrix if with_words else self.matrix[:, : self.width]
        kept = np.flatnonzero(inside)
        weights = self.weights(inside)
        return fit(matrix[kept], self.labels[kept], weights[kept], penalty, start)

    def scores(self, weights: Doubles, with_words: bool) -> Doubles:
        """The score of each case: that of its likeliest row."""
        matrix = self.matrix if with_words else self.matrix[:, : self.width]
        rows = (matrix @ weights[:-1].astype(np.float32)).astype(np.float64) + weights[-1]
        out = np.full((len(self.cases), self.types), -np.inf)
        np.maximum.at(out, self.owner, rows)
        return out


def _evening(rows: Floats, weights: Doubles) -> Doubles:
    """What turns vectors around zero so that their directions vary more alike, and their mean squared length is one.

    An encoder varies most in few directions, those of what it was trained for. Evened out, what a user's type
    needs weighs more. ``_FLOOR`` keeps directions in which there is next to nothing from being blown up.
    """
    spreads, directions = np.linalg.eigh(np.cov(rows.astype(np.float64), rowvar=False, aweights=weights, ddof=0))
    spreads = np.maximum(spreads, 0.0)
    even = 1.0 / np.sqrt(spreads + _FLOOR * max(float(spreads.mean()), 1e-9))
    length = np.sqrt(max(float((spreads * even**2).sum()), 1e-9))
    turned: Doubles = directions * (even / length)
    return turned


def fit_heads(found: Sequence[Case], types: int, seed: int = 0) -> Heads:
    """Choose penalty and columns by cross-validation inside these cases; the mean of its parts' heads is what is kept.

    The scale and the thresholds are fitted to the held-out scores.
    """
    table = _Table(found, types)
    fold = folds(found, _INNER, seed)[table.owner]
    ordinary = np.array([case.kind == "background" for case in found])
    best: tuple[Doubles, float, bool, list[tuple[float, float]], list[float], Doubles] | None = None
    for with_words in _WITH_WORDS:
        parts: list[Doubles | None] = [None] * _INNER
        for penalty in _PENALTIES:
            held_out = np.zeros((len(found), types))
            for number in range(_INNER):
                parts[number] = part = table.fit(fold != number, penalty, with_words, parts[number])
                mine = table.owner[fold == number]
                held_out[mine] = table.scores(part, with_words)[mine]
            scales = [_scale(held_out[:, kind], table.truth[:, kind]) for kind in range(types)]
            losses = [_losses(held_out[:, k], table.truth[:, k], scales[k]) for k in range(types)]
            loss: Doubles = np.sum(losses, axis=0)
            if best is None or _is_better(best[0] - loss, ordinary):
                kept = [_scale(held_out[:, kind], table.truth[:, kind], OTHERS) for kind in range(types)]
                bars = [_threshold(held_out[:, k] * kept[k][0] + kept[k][1], table.truth[:, k]) for k in range(types)]
                best = (
                    loss,
                    penalty,
                    with_words,
                    kept,
                    bars,
                    np.mean([part for part in parts if part is not None], axis=0),
                )
    assert best is not None
    # The mean of the parts' heads, not one of all texts: its scores spread as those do that the scale was fitted to.
    _, penalty, with_words, scales, thresholds, weights = best
    own = np.split(weights[: table.width], BLOCKS)
    vectors = np.concatenate([turn @ part for turn, part in zip(table.turns, own, strict=True)])
    lexical = weights[table.width : -1] if with_words else np.zeros((0, types))
    return Heads(
        lexicon=table.lexicon if with_words else Lexicon((), np.zeros(0, np.float32)),
        vectors=vectors.astype(np.float32),
        lexical=lexical.astype(np.float32),
        bias=(weights[-1] - table.middle @ vectors).astype(np.float32),
        scale=np.array(scales, np.float32).T,
        thresholds=np.array(thresholds, np.float32),
        penalty=penalty,
        with_words=with_words,
    )


def _scale(scores: Doubles, truth: Doubles, others: float | None = None) -> tuple[float, float]:
    """As :func:`scaling`; the texts that are not of the type weigh ``others`` times those that are, if fewer."""
    yes = float(truth.sum())
    light = 1.0 if others is None else min(1.0, others * yes / max(1.0, len(truth) - yes))
    return scaling(scores, truth, np.where(truth > 0, 1.0, light))


def _threshold(odds: Doubles, truth: Doubles) -> float:
    """Half of the best F1 that held-out texts reach: where calibrated probabilities are cut for the best F1.

    Source: Lipton, Elkan and Naryanaswamy 2014, theorem 1.
    """
    taken = truth[np.argsort(-odds, kind="stable")].cumsum()
    best = float((2.0 * taken / (np.arange(1, len(truth) + 1) + truth.sum())).max())
    return min(0.5, max(_LOWEST, best / 2.0))


def _is_better(gains: Doubles, ordinary: Any) -> bool:
    """Is it more than chance that texts gain by another setting?

    The background is easy and there is much of it: it weighs as much as all that the user gave.
    """
    parts = [part for part in (gains[~ordinary], gains[ordinary]) if len(part) > 1]
    error = np.sqrt(sum(float(part.var(ddof=1)) / len(part) for part in parts))
    return bool(sum(float(part.mean()) for part in parts) > _SURE * error)


def _losses(scores: Doubles, truth: Doubles, scale: tuple[float, float]) -> Doubles:
    odds = scores * scale[0] + scale[1]
    losses: Doubles = np.logaddexp(0.0, odds) - truth * odds
    return losses
