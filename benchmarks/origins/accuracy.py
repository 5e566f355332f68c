"""Are copies found, are independent reports of one event left apart, and is each kind told?

    python benchmarks/origins/accuracy.py [--texts N] [--part tune|report] [--seed S] [--show] [--without-spun]

Everything goes through the index, as ``marsad origins`` does it: first the clean
texts and all ECB+ reports of the part's topics, then copies of the clean texts,
made by ``copies.py``. Figures in docs/origins.md are of the part "report"; what
was tuned was tuned on "tune" (ECB+ by odd and even topics, other sets by a hash
of the text's name). Needs lemminflect, mythes-en-us, wordnet-base and, for all
but Marsad's own texts, the shared data.
"""

from __future__ import annotations

import argparse
import random
import sys
import warnings
import zlib
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import combinations

import copies
from texts import Text, clean, same_event

from marsad.origins import Origins, ReportStore
from marsad.origins.judging import Side, judge
from marsad.origins.spun import spun_probability
from marsad.origins.wording import Wording
from marsad.records import Report

COPIED_RUN = 16
"""Words outside quotations in one row in two reports of one event: such two are no independent reports."""


def part_of(text: Text) -> str:
    """The part that a text belongs to."""
    number = int(text.event.removesuffix("plus")) if text.event else zlib.crc32(text.name.encode())
    return "tune" if number % 2 else "report"


def made_from(text: str, other: str, seed: int) -> dict[str, tuple[str, str]]:
    """Copies of a text by name, each with the kind it should be told as."""
    half = copies.part_in(text, other, seed)
    return {
        "reprint": ("reprint", copies.reprint(text, seed)),
        "cut": ("reprint", copies.cut(text, seed)),
        "with additions": ("additions", copies.added_to(text, other, seed)),
        "a part of it, half the report": ("additions", half),
        "a part of it, a third of the report": ("additions", copies.part_in(text, other, seed + 1, 0.35)),
        "merged with another": ("additions", copies.merged(text, other, seed)),
        "spun lightly (mythes)": ("spun", copies.spun(text, 0.3, seed)),
        "spun (mythes)": ("spun", copies.spun(text, 0.6, seed)),
        "spun hard (mythes)": ("spun", copies.spun(text, 0.9, seed, small=0.7)),
        "spun (WordNet)": ("spun", copies.spun(text, 0.7, seed, copies.wordnet)),
        "cut and spun": ("spun", copies.spun(copies.cut(text, seed), 0.6, seed)),
        "merged and spun": ("spun", copies.spun(copies.merged(text, other, seed), 0.6, seed)),
        "a part, half the report, spun hard": ("spun", copies.spun(half, 0.9, seed, small=0.7)),
        "translated and back": ("back-translated", copies.translated(text, seed, 0.4)),
    }


def shared_run(a: str, b: str) -> int:
    """Words outside quotations in the longest row that both have."""
    one, other = (
        [w for w, q in zip(wording.words, wording.quoted, strict=True) if not q] for wording in (Wording(a), Wording(b))
    )
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=int, default=120, help="clean texts to make copies of")
    parser.add_argument("--part", choices=("tune", "report"), default="report")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-spun", action="store_true", help="do not ask whether a text reads as spun")
    parser.add_argument("--show", action="store_true", help="name what went wrong")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    draw = random.Random(options.seed)
    pool = [text for text in clean("conflict-reports", "gum", "ecb", "muc", "polnear") if part_of(text) == options.part]
    draw.shuffle(pool)
    originals = pool[: options.texts]
    pairs = [pair for pair in same_event() if part_of(pair[0]) == options.part]
    base = {text.name: text for text in (*originals, *(text for pair in pairs for text in pair))}
    with ReportStore() as store:
        asked = None if options.without_spun else lambda number: spun_probability(store.fetch(number).text)
        index = Origins(store, asked)
        numbers = {name: index.add(Report(name, text.text)).number for name, text in base.items()}
        apart(index, numbers, base, pairs, options.show)
        press_conference(pairs, originals, options.seed)
        found(index, numbers, originals, options)
    return 0


def apart(
    index: Origins, numbers: dict[str, int], base: dict[str, Text], pairs: list[tuple[Text, Text]], show: bool
) -> None:
    """Which independent reports were put together."""
    origin = index.families.origin
    wrong, copied = [], 0
    for one, other in pairs:
        together = origin(numbers[one.name]) == origin(numbers[other.name])
        near = together or index.edge(numbers[one.name], numbers[other.name]) is not None
        if near and shared_run(one.text, other.text) >= COPIED_RUN:
            copied += 1
        elif together:
            wrong.append((one.name, other.name))
    families = defaultdict(list)
    for name, number in numbers.items():
        families[origin(number)].append(base[name])
    strangers = [
        (a.name, b.name) for family in families.values() for a, b in combinations(family, 2)
        if (a.event, a.corpus) != (b.event, b.corpus) or (a.event is None)
    ]  # fmt: skip
    print(f"reports of the same event: {len(pairs)} pairs, {copied} of them with a row of {COPIED_RUN} words or more")
    print(f"  put together without one: {len(wrong)} = {len(wrong) / max(1, len(pairs) - copied):.2%} of the others")
    print(f"reports of different events put together: {len(strangers)} pairs of {len(base)} reports")
    if show:
        print(*wrong, *strangers, sep="\n")


def press_conference(pairs: list[tuple[Text, Text]], others: list[Text], seed: int) -> None:
    """Independent reports of one event, each with the same three long statements put in: still independent?"""
    draw = random.Random(seed)
    chosen = [
        pair for pair in draw.sample(pairs, min(len(pairs), 300)) if shared_run(*(t.text for t in pair)) < COPIED_RUN
    ]
    before = after = 0
    for one, other in chosen:
        words = draw.choice(others).text.replace('"', "").split()
        said = [" ".join(words[at : at + 30]).strip(",.;: ") for at in (0, 30, 60)]
        texts = []
        for text in (one.text, other.text):
            parts = copies.paragraphs(text)
            for number, statement in enumerate(said):
                who = draw.choice(("the spokeswoman said", "she told reporters", "a spokeswoman for the office said"))
                parts.insert(min(len(parts), 2 + 3 * number), f'"{statement}," {who}.')
            texts.append("\n\n".join(parts))
        before += judge(*(Side.of(Report(t.name, t.text)) for t in (one, other))) is not None
        after += judge(*(Side.of(Report("", text)) for text in texts)) is not None
    print(f"the same 90 words of statements put into both of {len(chosen)} independent pairs: {after} taken for copies")
    print(f"  ({before} of them are without the statements)")


def found(index: Origins, numbers: dict[str, int], originals: list[Text], options: argparse.Namespace) -> None:
    """Which copies were found, and what they were taken for."""
    hits: dict[str, list[bool]] = defaultdict(list)
    told: dict[str, Counter[str]] = defaultdict(Counter)
    derived: dict[str, list[bool]] = defaultdict(list)
    right: list[bool] = []
    origins: dict[int, set[int]] = {}
    others = originals[len(originals) // 2 :] + originals[: len(originals) // 2]
    todo = [
        (text, name, kind, copy)
        for text, other in zip(originals, others, strict=True)
        for name, (kind, copy) in made_from(text.text, other.text, options.seed).items()
    ]
    for text, name, kind, copy in todo:
        placed = index.add(Report(f"{text.name} {name}", copy))
        numbers[f"{text.name} {name}"] = placed.number
        near = {placed.origin, *({placed.of} - {None}), *(numbers[edge.source] for edge in placed.also)}
        ours = origins[placed.number] = set(near).union(*(origins.get(number, set()) for number in near))
        good = index.families.origin(numbers[text.name]) in {index.families.origin(number) for number in ours}
        hits[name].append(good)
        edge = judge(Side.of(Report("source", text.text)), Side.of(Report("copy", copy)))
        if edge:
            told[name][edge.kind] += 1
            derived[name].append(edge.derived == "copy")
            right.append(edge.kind == kind)
        if not good and options.show:
            print("missed:", text.name, "|", name, "|", placed.kind, placed.of)
    print(f"copies of {len(originals)} texts:")
    for name, good in hits.items():
        as_what = ", ".join(f"{kind} {count / len(derived[name]):.0%}" for kind, count in told[name].most_common(3))
        way = sum(derived[name]) / max(1, len(derived[name]))
        print(f"  {name:36} found {sum(good) / len(good):.3f}   as the derived one {way:.0%}   told as {as_what}")
    every = [one for good in hits.values() for one in good]
    print(f"  {'all':36} found {sum(every) / len(every):.3f}   right kind {sum(right) / len(right):.3f}")


if __name__ == "__main__":
    sys.exit(main())
