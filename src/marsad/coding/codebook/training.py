"""Trains a codebook and measures it: every figure is of texts that had no part in the heads that judge them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from marsad.coding.codebook.cases import Case, background, cases
from marsad.coding.codebook.heads import fit_heads, folds
from marsad.coding.codebook.regression import Doubles
from marsad.coding.codebook.trained import TrainedCodebook, TrainedType, encoder_fingerprint
from marsad.coding.encoder import Encoder
from marsad.errors import CodebookError
from marsad.ontology.codebook import LEAST, Codebook, remarks

__all__ = ["Confusion", "Figures", "Training", "train"]

_FOLDS: Final = 5
_DRAWS: Final = 400
_OVERLAP: Final = 0.2


@dataclass(frozen=True, slots=True)
class Figures:
    """How a type was found in texts held out. ``low`` and ``high`` bound F1 in nine draws of the texts out of ten."""

    name: str
    examples: int
    found: int
    wrong: dict[str, int]
    """Texts of each kind that were wrongly taken for the type."""
    precision: float
    recall: float
    f1: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """Texts of one kind that were taken for something else, in words; ``texts`` are the surest of them."""

    words: str
    texts: tuple[str, ...]


@dataclass(slots=True)
class Training:
    """A trained codebook and what its training tells: figures, confusions, warnings, numbers of texts and folds."""

    codebook: TrainedCodebook
    figures: list[Figures]
    confusions: list[Confusion]
    warnings: list[str]
    folds: int
    examples: int
    counters: int
    ordinary: int


def train(codebook: Codebook) -> Training:
    """Fit the heads of a codebook on the frozen encoder, and measure them by cross-validation.

    Raises CodebookError where a type has too few examples, ModelError.
    """
    from marsad import __version__

    encoder = Encoder.load()
    warnings = remarks(codebook)
    found = cases(codebook, encoder, background())
    count = len(codebook.types)
    groups = [len({case.group for case in found if number in case.types}) for number in range(count)]
    for kind, size in zip(codebook.types, groups, strict=True):
        if size < LEAST:
            raise CodebookError(
                f"type {kind.name!r} has {size} different examples: give at least {LEAST}, better ten to fifty"
            )
    number = min([_FOLDS, *groups])
    fold = folds(found, number, 1)
    # How far each text is above or below what is needed to be taken for each type.
    margins = np.zeros((len(found), count))
    for part in range(number):
        heads = fit_heads([case for case, f in zip(found, fold, strict=True) if f != part], count)
        for at in np.flatnonzero(fold == part):
            margins[at] = heads.probabilities(found[at]) - heads.thresholds
    names = [kind.name for kind in codebook.types]
    figures = [_figures(found, margins, at, names) for at in range(count)]
    warnings += _overlaps(found, margins, names)
    kinds = [case.kind for case in found]
    about = {
        "marsad": __version__,
        "folds": number,
        "examples": kinds.count("example"),
        "counter_examples": kinds.count("counter"),
        "background": kinds.count("background"),
    }
    trained = TrainedCodebook(
        name=codebook.name,
        types=tuple(
            TrainedType(
                kind.name,
                kind.definition,
                kind.parent,
                {
                    "examples": f.examples,
                    "precision": round(f.precision, 3),
                    "recall": round(f.recall, 3),
                    "f1": round(f.f1, 3),
                    "f1_low": round(f.low, 3),
                    "f1_high": round(f.high, 3),
                },
            )
            for kind, f in zip(codebook.types, figures, strict=True)
        ),
        heads=fit_heads(found, count),
        encoder=encoder_fingerprint(),
        about=about,
    )
    return Training(
        trained,
        figures,
        _confusions(found, margins, names),
        warnings,
        number,
        kinds.count("example"),
        kinds.count("counter"),
        kinds.count("background"),
    )


def _figures(found: Sequence[Case], margins: Doubles, number: int, names: list[str]) -> Figures:
    truth = np.array([number in case.types for case in found])
    taken = margins[:, number] >= 0
    draw = np.random.default_rng(7)
    yes, no = np.flatnonzero(truth), np.flatnonzero(~truth)
    drawn = []
    for _ in range(_DRAWS):
        some = np.concatenate([draw.choice(yes, len(yes)), draw.choice(no, len(no)) if len(no) else no])
        drawn.append(_f1(int((taken & truth)[some].sum()), int(taken[some].sum()), len(yes)))
    wrong: dict[str, int] = {}
    for case, is_taken, is_true in zip(found, taken, truth, strict=True):
        if is_taken and not is_true:
            kind = " and ".join(names[t] for t in sorted(case.types)) or case.kind
            wrong[kind] = wrong.get(kind, 0) + 1
    right = int((taken & truth).sum())
    low, high = np.quantile(drawn, [0.05, 0.95])
    return Figures(
        name=names[number],
        examples=len(yes),
        found=right,
        wrong=wrong,
        precision=right / max(1, int(taken.sum())),
        recall=right / max(1, len(yes)),
        f1=_f1(right, int(taken.sum()), len(yes)),
        low=float(low),
        high=float(high),
    )


def _f1(right: int, taken: int, there: int) -> float:
    return 2 * right / max(1, taken + there)


def _confusions(found: Sequence[Case], margins: Doubles, names: list[str]) -> list[Confusion]:
    out = []
    for number, name in enumerate(names):
        mine = [at for at, case in enumerate(found) if number in case.types]
        missed = [at for at in mine if margins[at, number] < 0]
        if missed:
            missed.sort(key=lambda at: float(margins[at, number]))
            out.append(Confusion(f"{len(missed)} of {len(mine)} examples of {name} were missed", _texts(found, missed)))
        for other, its_name in enumerate(names):
            theirs = [at for at, case in enumerate(found) if other in case.types and number not in case.types]
            if other != number:
                _taken(out, found, margins, theirs, number, f"examples of {its_name} were taken for {name}")
        near = [at for at, case in enumerate(found) if case.kind == "counter"]
        _taken(out, found, margins, near, number, f"counter-examples were taken for {name}")
        ordinary = [at for at, case in enumerate(found) if case.kind == "background"]
        _taken(out, found, margins, ordinary, number, f"ordinary sentences were taken for {name}")
    return out


def _taken(
    out: list[Confusion], found: Sequence[Case], margins: Doubles, whose: list[int], number: int, words: str
) -> None:
    taken = sorted((at for at in whose if margins[at, number] >= 0), key=lambda at: -float(margins[at, number]))
    if taken:
        out.append(Confusion(f"{len(taken)} of {len(whose)} {words}", _texts(found, taken)))


def _texts(found: Sequence[Case], numbers: list[int]) -> tuple[str, ...]:
    return tuple(found[at].text for at in numbers)


def _overlaps(found: Sequence[Case], margins: Doubles, names: list[str]) -> list[str]:
    """Two types of which one's examples are often taken for the other's."""
    out = []
    for one in range(len(names)):
        for two in range(one + 1, len(names)):
            shares = []
            for mine, other in ((one, two), (two, one)):
                own = [at for at, case in enumerate(found) if mine in case.types and other not in case.types]
                crossed = sum(margins[at, other] >= 0 for at in own)
                shares.append(crossed / max(1, len(own)))
            if max(shares) >= _OVERLAP:
                out.append(
                    f"{names[one]} and {names[two]} overlap: {round(100 * max(shares))} per cent of one's examples "
                    "were taken for the other: sharpen the definitions, or make them one type"
                )
    return out
