"""ECB+: are actions that many reports tell of put together? On labelled actions, with the same rules as claims.

    python benchmarks/incidents/actions.py [--topics 2,5,12] [--data FOLDER]

Three settings, each with the usual baseline beside it, which puts together what has the same head lemma:

- corpus: all reports of all topics at once; nobody says which report is about what. This is the figure to look at.
- topics: each topic alone, as labelled (a topic has two happenings of one kind, such as two trials of two actresses).
- parts: each of the two halves of a topic alone, as labelled.

Singletons count. The weights were fitted on the other topics than the usual development topics, which are the default;
``--threshold`` was set on the topics that the weights were fitted on.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

from coreference import b_cubed, ceaf_e, conll, muc
from ecbplus import DEVELOPMENT, texts

from marsad.incidents.clustering import agglomerate
from marsad.incidents.likeness import wording_odds
from marsad.incidents.wording import ReportWords, Wording
from marsad.incidents.words import alike

DATA: Final = Path(__file__).resolve().parents[2].parent / "shared/data/ecbplus"
THRESHOLD: Final = 0.35
LEAST_ABOUT: Final = 0.05
"""Pairs in reports less alike than this are not looked at."""
LEAST: Final = 0.01
"""A pair less likely than this makes no link."""


class Mention(NamedTuple):
    """A labelled action: where it stands, how it is worded, and the name of its happening."""

    report: str
    topic: int
    part: str
    wording: Wording
    chain: str


def mentions(folder: Path, topics: Sequence[int]) -> list[Mention]:
    """The labelled actions of some topics."""
    found = []
    for text in texts(folder, topics):
        words = ReportWords(text.text)
        found += [
            Mention(text.name, text.topic, text.part, words.wording([action.span]), action.chain)
            for action in text.actions
        ]
    return found


def joined(some: Sequence[Mention], threshold: float) -> list[Hashable]:
    """A label for each mention: the first of those that it was put together with."""
    by_report: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(some):
        by_report[mention.report].append(number)
    links = []
    for one, other in [*combinations(by_report, 2), *((name, name) for name in by_report)]:
        about = alike(some[by_report[one][0]].wording.about, some[by_report[other][0]].wording.about)
        if about < LEAST_ABOUT:
            continue
        pairs = (
            combinations(by_report[one], 2)
            if one == other
            else ((a, b) for a in by_report[one] for b in by_report[other])
        )
        for a, b in pairs:
            odds = wording_odds(some[a].wording, some[b].wording, one == other, about)
            chance = 1.0 / (1.0 + math.exp(-odds))
            if chance >= LEAST:
                links.append((a, b, chance))
    merges, _ = agglomerate([1] * len(some), links, threshold, missing=LEAST / 2)
    label: list[Hashable] = list(range(len(some)))
    members = {number: [number] for number in range(len(some))}
    for merge in merges:
        members[merge.kept] += members.pop(merge.gone)
    for first, group in members.items():
        for number in group:
            label[number] = first
    return label


def lemma(some: Sequence[Mention]) -> list[Hashable]:
    """The baseline: the head's lemma, as a verb where it may be one."""
    return [min(mention.wording.lemmas, key=lambda one: (len(one), one)) for mention in some]


def apart(
    some: Sequence[Mention], by: Callable[[Mention], Hashable], label: Callable[[Sequence[Mention]], list[Hashable]]
) -> list[Hashable]:
    """The labels of each group alone."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for number, mention in enumerate(some):
        groups[by(mention)].append(number)
    out: list[Hashable] = [None] * len(some)
    for group, numbers in groups.items():
        for number, own in zip(numbers, label([some[n] for n in numbers]), strict=True):
            out[number] = (group, own)
    return out


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--topics", default=",".join(map(str, sorted(DEVELOPMENT))))
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    options = parser.parse_args()
    some = mentions(options.data, [int(topic) for topic in options.topics.split(",")])
    gold = [mention.chain for mention in some]
    print(f"{len(some)} actions of {len({m.report for m in some})} reports, {len(set(gold))} happenings")
    print(f"{'setting':28} MUC   B3    CEAFe CoNLL")
    for setting, by in (("corpus", lambda m: 0), ("topics", lambda m: m.topic), ("parts", lambda m: m.part)):
        for name, label in (("marsad", lambda s: joined(s, options.threshold)), ("same head lemma", lemma)):
            found = apart(some, by, label)
            figures = [score(gold, found).f1 for score in (muc, b_cubed, ceaf_e)]
            print(f"{setting + ', ' + name:28}", *(f"{value:.3f}" for value in (*figures, conll(gold, found))))


if __name__ == "__main__":
    main()
