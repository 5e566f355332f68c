"""Is a text machine-spun, where, and by what signs?"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.origins.spun.document import document_features
from marsad.origins.spun.features import ABSENT, WordFeatures, word_features
from marsad.origins.spun.habits import article_errors, odd_says
from marsad.origins.spun.names import garbled
from marsad.origins.spun.narrative import Narrative, narrative
from marsad.origins.spun.passages import cut, stretches
from marsad.origins.spun.sign import Sign, Spun, SpunPassage
from marsad.origins.spun.tables import Tables, tables
from marsad.origins.spun.weights import Weights, weights

__all__ = ["judge_spun", "spun_probability"]

_TELLS: Final = 0.0
"""Log-odds from which a word is shown as a sign."""
_SHOWN: Final = 0.5
_SURE: Final = 0.85
"""From these probabilities on passages are shown, of a text that seems spun and of one that does not."""
_CLEAN: Final = -4.5
"""Log-odds of a text below which no passage of it is looked at."""


def judge_spun(text: str, signs_from: float = 0.0) -> Spun:
    """Whether a machine swapped words of ``text``, in which paragraphs, and by what signs.

    Only words outside quotations are looked at, and only English is known: text in another language is judged by the
    few words that English has too. Passages and signs, which take longer, are looked for from the probability
    ``signs_from`` on. Raises ModelError when the shipped tables are missing.
    """
    known, fitted = tables(), weights()
    story, found, logits, odds = _measured(text, known, fitted)
    if not len(found.rows):
        return Spun(0.0, (), ())
    if _share(odds) < signs_from:
        return Spun(_share(odds), (), ())
    return Spun(
        _share(odds), _passages(story, known, fitted, found, logits, odds), _signs(text, story, known, found, logits)
    )


def spun_probability(text: str) -> float:
    """The probability alone, as :func:`judge_spun` gives it; passages and signs are not looked for.

    Raises ModelError when the shipped tables are missing.
    """
    _, found, _, odds = _measured(text, tables(), weights())
    return _share(odds) if len(found.rows) else 0.0


def _measured(text: str, known: Tables, fitted: Weights) -> tuple[Narrative, WordFeatures, NDArray[np.float64], float]:
    """The words of a text outside quotations, those that are judged, the log-odds of each, and of the text."""
    story = narrative(text, known)
    found = word_features(story, known)
    logits = fitted.of_words(found.values)
    odds = fitted.of_document(document_features(story, known, found, logits), len(found.rows))
    return story, found, logits, odds


def _share(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, odds))))


def _passages(
    story: Narrative, known: Tables, fitted: Weights, found: WordFeatures, logits: NDArray[np.float64], odds: float
) -> tuple[SpunPassage, ...]:
    passages: list[SpunPassage] = []
    if odds < _CLEAN:
        return ()
    for start, end in stretches(story, found):
        part, here, own_logits = cut(story, found, logits, start, end)
        own = fitted.of_document(document_features(part, known, here, own_logits), len(here.rows))
        share = _share(fitted.of_passage(own, odds))
        if share > (_SHOWN if odds > 0.0 else _SURE):
            passages.append(SpunPassage(int(story.starts[start]), int(story.ends[end - 1]), share))
    return tuple(passages)


def _signs(
    text: str, story: Narrative, known: Tables, found: WordFeatures, logits: NDArray[np.float64]
) -> tuple[Sign, ...]:
    signs = []
    for at in np.flatnonzero(logits > _TELLS):
        row = int(found.rows[at])
        start, end = int(story.starts[row]), int(story.ends[row])
        name = bool(story.capital[row])
        better = known.words[found.best[at]] if found.values[at, 4] > 0.0 else None
        signs.append(
            Sign(
                start,
                end,
                "name" if name else "word",
                text[start:end],
                better.capitalize() if better and name else better,
                round(float(logits[at]), 2),
                _reason(found.values[at], better),
            )
        )
    for hit in garbled(story, known):
        start, end = int(story.starts[hit.row]), int(story.ends[hit.row])
        signs = [sign for sign in signs if sign.start != start]
        word, was = text[start:end], known.words[hit.was]
        phrase = text[int(story.starts[hit.first]) : int(story.ends[hit.last - 1])]
        reason = f'"{phrase}" is not usual, and "{hit.phrase}" is known'
        signs.append(Sign(start, end, "name", word, was.capitalize() if word[0].isupper() else was, 2.0, reason))
    for row in article_errors(story, known):
        start, end = int(story.starts[row]), int(story.ends[row])
        word = text[start:end]
        other = ("an" if word.lower() == "a" else "a").replace("a", word[0], 1)
        after = text[story.starts[row + 1] : story.ends[row + 1]]
        signs.append(Sign(start, end, "article", word, other, 1.0, f'"{word}" stands before "{after}"'))
    taken = {sign.start for sign in signs}
    for row in odd_says(story, known):
        start, end = int(story.starts[row]), int(story.ends[row])
        if start not in taken:
            reason = f'reporters seldom put "{text[start:end]}" beside a quotation'
            signs.append(Sign(start, end, "reporting verb", text[start:end], "said", 0.5, reason))
    return tuple(sorted(signs, key=lambda sign: (sign.start, sign.end)))


def _reason(values: NDArray[np.float32], better: str | None) -> str:
    sides = [float(v) for v in values[2:4] if v != ABSENT]
    if better and values[4] > 3.0:
        return f'"{better}" stands here {2 ** min(float(values[4]), 20.0):,.0f} times as often'
    if sides and min(sides) < -1.0:
        return "it is seldom beside this neighbour"
    return "spinners put it more often than people write it"
