"""Windows of texts that nobody labelled, with the spans that teachers find in them: what pairs are asked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

import numpy as np
import torch
from collating import collate
from examples import IGNORE, Span, Window
from judging import PARSED, Judgement, taught
from model import Model
from pairing import Prepared, prepare

__all__ = ["bare", "runs", "silver"]

AT_ONCE: Final = 48
"""Windows of a batch."""
LIKELY: Final = 0.4
"""From which probability on a span is taken for a mention: rather some that are none, since they are asked about."""


def bare(window: Window) -> Window:
    """The window without labels but those of its parse; every span of words is asked whether it is a mention."""
    labels = {head: row if head in PARSED else np.full_like(row, IGNORE) for head, row in window.labels.items()}
    labels["mention"] = np.zeros_like(labels["mention"])
    labels["mention"][[0, -1]] = IGNORE
    return replace(
        window, labels=labels, mentions=[], triggers=[], cues=[], roles=None, coref=None, events=None,
        relations=None, speakers=[], weight=1.0,
    )  # fmt: skip


def silver(windows: Sequence[Window], teachers: Sequence[Model], device: torch.device) -> Iterator[Prepared]:
    """The windows with the teachers' mentions, triggers and cues, the shortest first."""
    items = sorted((prepare(bare(window)) for window in windows), key=lambda item: len(item.window.ids))
    for first in range(0, len(items), AT_ONCE):
        some = items[first : first + AT_ONCE]
        said = taught(teachers, collate(some, device), device.type)
        at = 0
        for row, item in enumerate(some):
            asked = len(item.pairs["span"].places) if "span" in item.pairs else 0
            spans = said.pairs["span"][at : at + asked, 0].float().cpu().numpy() if asked else np.zeros(0)
            at += asked
            yield prepare(_filled(item, row, said, spans))


def _filled(item: Prepared, row: int, said: Judgement, spans: np.ndarray) -> Window:
    window = item.window
    size = len(window.ids)
    mentions: list[Span] = []
    if "span" in item.pairs:
        asked = item.pairs["span"]
        for one, two in asked.places[spans > LIKELY]:
            mentions.append((int(asked.left[one, 0]), int(asked.right[two, 1])))
    triggers, cues = (
        runs(said.tokens[head][row, :size].argmax(-1).cpu().numpy()[: size - 1]) for head in ("trigger", "cue")
    )
    mentions.sort()
    return replace(
        window, mentions=mentions, triggers=triggers, cues=cues,
        roles=np.zeros((len(triggers), len(mentions), 2), np.int64),
        coref=[str(number) for number in range(len(mentions))],
        events=[str(number) for number in range(len(triggers))],
        relations={}, speakers=[[0] if mentions else [] for _ in cues],
    )  # fmt: skip


def runs(labels: np.ndarray) -> list[Span]:
    """Pieces one after the other with the same label that isn't the first; what opens the window is none."""
    found, at = [], 0
    for label, group in groupby(labels.tolist()):
        size = len(list(group))
        if label and at:
            found.append((at, at + size))
        at += size
    return found
