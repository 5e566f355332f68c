"""Senses of words from a thesaurus, their inflected forms, and how often forms are used on the web.

Two thesauri: MyThes (Debian's package mythes-en-us), with which texts are spun for training, and WordNet 3.0
(wordnet-base), with which they are spun for testing and from which the shipped table of substitutes is made. Needs
lemminflect, and wordsegment for the counts.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

__all__ = ["TAGS", "Form", "Senses", "bent", "counts", "forms", "kin", "mythes", "pairs", "respelt", "seen", "wordnet"]

MYTHES: Final = Path("/usr/share/mythes/th_en_US_v2.dat")
WORDNET: Final = Path("/usr/share/wordnet")
TAGS: Final = {"noun": ("NN", "NNS"), "verb": ("VB", "VBD", "VBG", "VBN", "VBZ"), "adj": ("JJ",), "adv": ("RB",)}
"""The Penn tags that a word of a class bends to."""
PLAIN: Final = re.compile(r"[a-z]+(?: [a-z]+)?")

SPELLING: Final = tuple(
    (re.compile(was), now)
    for was, now in (
        (r"ae|oe", "e"), (r"ise(?=$|[dnrs])", "ize"), (r"is(?=ing|ation|able)", "iz"), (r"ys(?=e|ing)", "yz"),
        (r"(?<=..)our", "or"), (r"(?<=[tbhc])re(s?)$", r"er\1"), (r"([lptgm])\1", r"\1"), (r"ogue", "og"),
        (r"ence", "ense"), (r"ph", "f"), (r"mme(s?)$", r"m\1"), (r"que(?=s?$)", "ck"), (r"gement", "gment"),
        (r"(?<=[aeiou])x(?=ion)", "ct"), (r"e(?=able|ment)", ""), (r"y", "i"),
    )
)  # fmt: skip

Senses = dict[tuple[str, str], list[list[str]]]
"""(lemma, word class) -> its senses in order, each the other words for it."""
Form = tuple[str, str, str]
"""Lemma, word class, Penn tag."""


def _there(path: Path, package: str) -> Path:
    if not path.exists():
        sys.exit(f"there is no {path}: install the Debian package {package}")
    return path


@cache
def mythes(near: bool = True) -> Senses:
    """The senses in MyThes; with ``near``, also words that it calls similar, related or more general."""
    found: Senses = defaultdict(list)
    lines = iter(_there(MYTHES, "mythes-en-us").read_text(encoding="utf-8", errors="replace").splitlines()[1:])
    for line in lines:
        word, _, count = line.partition("|")
        for _ in range(int(count)):
            kind, *others = next(lines).split("|")
            clean = []
            for other in others:
                plain, _, relation = other.partition(" (")
                if relation.startswith("antonym") or (relation and not near):
                    continue
                if PLAIN.fullmatch(plain) and plain != word:
                    clean.append(plain)
            found[word, kind.strip("()")].append(clean)
    return dict(found)


@cache
def wordnet() -> Senses:
    """The senses in WordNet; an adjective's also have the head words of those most like it."""
    _there(WORDNET / "data.noun", "wordnet-base")
    found: Senses = {}
    for pos in TAGS:
        own: dict[str, list[str]] = {}
        like: dict[str, list[str]] = {}
        for line in (WORDNET / f"data.{pos}").read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                continue
            cells = line.partition(" | ")[0].split()
            count = int(cells[3], 16)
            own[cells[0]] = [cell.partition("(")[0].replace("_", " ") for cell in cells[4 : 4 + 2 * count : 2]]
            pointers = cells[5 + 2 * count :]
            like[cells[0]] = [pointers[k + 1] for k in range(0, len(pointers) - 3, 4) if pointers[k] == "&"]
        for line in (WORDNET / f"index.{pos}").read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                continue
            cells = line.split()
            lemma = cells[0].replace("_", " ")
            senses = []
            for offset in cells[-int(cells[2]) :]:
                words = own[offset] + [word for other in like[offset] for word in own.get(other, [])[:1]]
                senses.append([word for word in words if PLAIN.fullmatch(word) and word != lemma])
            found[lemma, pos] = senses
    return found


@cache
def seen() -> dict[tuple[str, str], float]:
    """(lemma, word class) -> how often WordNet's own hand-labelled texts have it so, plus a half."""
    found: dict[tuple[str, str], float] = defaultdict(lambda: 0.5)
    classes = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
    for line in _there(WORDNET / "cntlist.rev", "wordnet-base").read_text(encoding="utf-8").splitlines():
        key, _, count = line.split(" ")
        lemma, _, rest = key.partition("%")
        found[lemma.replace("_", " "), classes[rest[0]]] += int(count)
    return found


@cache
def kin() -> Senses:
    """(lemma, word class) -> for each sense in WordNet the words of the senses above and below it."""
    found: Senses = {}
    for pos in ("noun", "verb"):
        own: dict[str, list[str]] = {}
        near: dict[str, list[str]] = {}
        for line in (_there(WORDNET / f"data.{pos}", "wordnet-base")).read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                continue
            cells = line.partition(" | ")[0].split()
            count = int(cells[3], 16)
            own[cells[0]] = [cell.replace("_", " ") for cell in cells[4 : 4 + 2 * count : 2]]
            pointers = cells[5 + 2 * count :]
            near[cells[0]] = [pointers[k + 1] for k in range(0, len(pointers) - 3, 4) if pointers[k] in "@~"]
        for line in (WORDNET / f"index.{pos}").read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                cells = line.split()
                found[cells[0].replace("_", " "), pos] = [
                    [word for other in near[offset] for word in own.get(other, []) if PLAIN.fullmatch(word)]
                    for offset in cells[-int(cells[2]) :]
                ]
    return found


def _table(name: str) -> list[tuple[str, int]]:
    spec = find_spec("wordsegment")
    if spec is None or spec.origin is None:
        sys.exit("the counts need the package wordsegment: pip install wordsegment==1.3.1")
    rows = []
    for line in (Path(spec.origin).parent / name).read_text(encoding="utf-8").splitlines():
        words, _, count = line.partition("\t")
        rows.append((words, int(count)))
    return rows


@cache
def counts() -> dict[str, int]:
    """Lower-case words of letters -> how often they stand in a corpus of 1.02 million million words of web pages."""
    return {word: count for word, count in _table("unigrams.txt") if word.isalpha() and word.isascii()}


def pairs() -> dict[tuple[str, str], int]:
    """Neighbouring words -> how often they stand so in the same corpus; counts below 100,000 are left out."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for words, count in _table("bigrams.txt"):
        first, _, second = words.lower().partition(" ")
        if first.isalpha() and second.isalpha():
            found[first, second] += count
    return dict(found)


@cache
def respelt(word: str) -> str:
    """The same for both spellings of a word that has a British and an American one; of use for synonyms only."""
    for was, now in SPELLING:
        word = was.sub(now, word)
    return word


@cache
def bent(lemma: str, tag: str) -> str | None:
    """The form of a word, or of two words of which the verb (first) or the noun (last) bends; None if there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lemminflect import getInflection  # type: ignore[import-untyped,unused-ignore]
    words = lemma.split(" ")
    at = 0 if tag.startswith("V") else len(words) - 1
    if tag in ("JJ", "RB", "NN", "VB"):
        return lemma
    found = getInflection(words[at], tag)
    if not found:
        return None
    words[at] = found[0]
    return " ".join(words)


@cache
def forms() -> dict[str, list[Form]]:
    """Single lower-case forms -> what they can be forms of, by WordNet's lemmas that the web uses."""
    known = counts()
    found: dict[str, list[Form]] = defaultdict(list)
    for lemma, pos in wordnet():
        if known.get(lemma, 0) < 50_000:
            continue
        for tag in TAGS[pos]:
            form = bent(lemma, tag)
            if form and form in known:
                found[form].append((lemma, pos, tag))
    return dict(found)
