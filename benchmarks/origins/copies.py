"""Copies of a text as sites make them: reprints, cuts, merged reports, spun and translated-and-back rewrites.

What changes depends on the text and the seed alone. Spinning needs lemminflect and one of the Debian packages
mythes-en-us and wordnet-base.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "accuracy"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "training"))

from spin import PHRASE, PHRASES, QUOTED, STAY, form_of, like_case
from thesaurus import Thesaurus
from variants import THESAURUS, read

__all__ = ["Synonyms", "added_to", "cut", "merged", "mythes", "paragraphs", "part_in", "reprint", "spun", "translated",
           "wordnet"]  # fmt: skip

Synonyms = Callable[[str, str], list[str]]
"""Synonyms of a lemma in a word class (noun, verb, adj, adv)."""

_WORD: Final = re.compile(r"[A-Za-z]+")
_KINDS: Final = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv"}
_CREDITS: Final = ("(AP)", "(Reuters)", "Reuters", "The Associated Press", "AFP", "From our agencies")
_HEADLINES: Final = ("LIVE:", "What we know so far", "UPDATE 1:", "Breaking news", "World in brief")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without blank ones."""
    return [p.strip() for p in re.split(r"\n\s*\n|\n", text) if p.strip()]


def _sentences(paragraph: str) -> list[str]:
    return re.split(r"(?<=[.!?][\"”])\s+|(?<=[.!?])\s+", paragraph)


@cache
def _mythes() -> dict[tuple[str, str], list[str]]:
    return read(THESAURUS)


def mythes(lemma: str, kind: str) -> list[str]:
    """Synonyms of any sense, by the thesaurus of mythes-en-us: a careless spinner's choice."""
    return _mythes().get((lemma, kind), [])


@cache
def _wordnet() -> Thesaurus:
    return Thesaurus()


def wordnet(lemma: str, kind: str) -> list[str]:
    """Synonyms of the first two senses, by WordNet."""
    return _wordnet().synonyms(lemma, kind) or _wordnet().synonyms(lemma, kind, 1)


@cache
def _reading(word: str) -> tuple[tuple[str, str, str], ...]:
    """(lemma, word class, tag) of each way to read a word form, nouns first."""
    from lemminflect import getAllInflections, getAllLemmas  # type: ignore[import-untyped,unused-ignore]

    found = []
    for upos, lemmas in getAllLemmas(word).items():
        for lemma in lemmas:
            for tag, forms in getAllInflections(lemma, upos).items():
                if word in forms and upos in _KINDS:
                    found.append((lemma, _KINDS[upos], tag))
                    break
    return tuple(sorted(found, key=lambda r: ("noun", "verb", "adj", "adv").index(r[1])))


def spun(text: str, share: float, seed: int, synonyms: Synonyms = mythes, small: float = 0.5) -> str:
    """``share`` of the words that have synonyms swapped, and ``small`` of the set small words; quotations stay."""
    draw = random.Random(f"spun {seed} {text[:60]}")
    quoted = [False] * (len(text) + 1)
    for found in QUOTED.finditer(text):
        quoted[found.start() : found.end()] = [True] * (found.end() - found.start())
    cased = text != text.lower()
    pieces, last, taken = [], 0, 0
    edits = []
    for found in PHRASE.finditer(text):
        if draw.random() < small and not quoted[found.start()]:
            edits.append((found.start(), found.end(), like_case(draw.choice(PHRASES[found[0].lower()]), found[0])))
    for found in _WORD.finditer(text):
        word = found[0]
        if quoted[found.start()] or not word.islower() or word in STAY or len(word) < 4 or draw.random() > share:
            continue
        readings = _reading(word)
        if not readings or (not cased and draw.random() < 0.2):
            continue
        lemma, kind, tag = draw.choice(readings)
        choices = synonyms(lemma, kind)
        if choices and (form := form_of(draw.choice(choices), tag, kind)) and lemma not in STAY:
            edits.append((found.start(), found.end(), form))
    for start, end, new in sorted(edits):
        if start >= taken:
            pieces += [text[last:start], new]
            last = taken = end
    return "".join([*pieces, text[last:]])


def reprint(text: str, seed: int) -> str:
    """A new headline, perhaps a credit, a few small edits, and sometimes the last paragraphs cut."""
    draw = random.Random(f"reprint {seed} {text[:60]}")
    parts = paragraphs(text)
    if len(parts) > 4 and draw.random() < 0.6:
        parts = parts[: max(3, round(len(parts) * draw.uniform(0.6, 0.95)))]
    sentences = [(n, s) for n, p in enumerate(parts) for s in _sentences(p)]
    kept = [(n, s) for n, s in sentences if draw.random() > 0.06]
    parts = [" ".join(s for m, s in kept if m == n) for n in range(len(parts))]
    text = "\n\n".join(p for p in parts if p)
    text = re.sub(r"\bpercent\b", "per cent", text)
    for old, new in (("said", "told reporters"), (" which ", " that "), ("Monday", "on Monday"), (" and ", " & ")):
        if draw.random() < 0.4:
            text = text.replace(old, new, draw.choice((1, 2)))
    head = [draw.choice(_HEADLINES)] if draw.random() < 0.5 else []
    return "\n\n".join([*head, text, *([draw.choice(_CREDITS)] if draw.random() < 0.5 else [])])


def cut(text: str, seed: int, low: float = 0.3, high: float = 0.6) -> str:
    """A run of paragraphs, ``low`` to ``high`` of all."""
    draw = random.Random(f"cut {seed} {text[:60]}")
    parts = paragraphs(text)
    many = max(2, round(len(parts) * draw.uniform(low, high)))
    start = draw.randrange(max(1, len(parts) - many + 1))
    return "\n\n".join(parts[start : start + many])


def part_in(text: str, other: str, seed: int, share: float = 0.5) -> str:
    """A run of paragraphs of ``text`` set into paragraphs of ``other``, so that ``share`` of the words are copied."""
    draw = random.Random(f"part {seed} {text[:60]}")
    run = paragraphs(cut(text, seed, 0.4, 0.7))
    rest, words = [], sum(len(p.split()) for p in run) * (1 - share) / share
    for paragraph in paragraphs(other):
        if words <= 0:
            break
        rest.append(paragraph)
        words -= len(paragraph.split())
    at = draw.randint(0, len(rest))
    return "\n\n".join([*rest[:at], *run, *rest[at:]])


def merged(first: str, second: str, seed: int) -> str:
    """The first half of one report and a half of another."""
    return "\n\n".join([cut(first, seed, 0.45, 0.55), cut(second, seed, 0.45, 0.55)])


def added_to(text: str, other: str, seed: int) -> str:
    """The whole of ``text``, with a few paragraphs of ``other`` put between and behind."""
    draw = random.Random(f"added {seed} {text[:60]}")
    parts = paragraphs(text)
    more = paragraphs(other)[: max(1, len(parts) // 3)]
    for paragraph in more:
        parts.insert(draw.randint(1, len(parts)), paragraph)
    return "\n\n".join(parts)


_BACK: Final = (
    (r"\b(\w+) and (\w+)\b", r"\2 as well as \1", 0.15), (r"\bthe\b", "", 0.08), (r"\ba\b", "one", 0.08),
    (r"\bof the\b", "of", 0.12), (r"\bin order to\b|\bto\b", "in order to", 0.06), (r"\bhad been\b", "was", 0.4),
    (r"\bhas been\b", "was", 0.4), (r"\bhave been\b", "were", 0.4), (r"\bwas\b", "has been", 0.1),
    (r"\b(in|on|at)\b", "on", 0.15), (r"\bby\b", "through", 0.2), (r"\bfor\b", "during", 0.08),
    (r"\bmore than\b", "over", 0.6), (r"\babout\b", "approximately", 0.6), (r"\bwho\b", "which", 0.15),
    (r"\bthat\b", "", 0.3), (r"\bafter\b", "following", 0.3), (r"\bbut\b", "however", 0.5),
    (r"\bdidn't\b", "did not", 1.0), (r"\bdon't\b", "do not", 1.0), (r"n't\b", " not", 1.0),
    (r"'re\b", " are", 1.0), (r"'ll\b", " will", 1.0), (r"\bcould\b", "was able to", 0.3),
    (r"\bmust\b", "have to", 0.5), (r"\bstarted\b", "began", 0.6), (r"\bkilled\b", "murdered", 0.3),
    (r"\btold\b", "said to", 0.5), (r"\bhis\b", "their", 0.1), (r"\bwould\b", "will", 0.2),
)  # fmt: skip
_SAID: Final = re.compile(r"\b([A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,2}) said\b")
_FRONT: Final = re.compile(r"^([A-Z][^.,;\"“]{25,}?),? ((?:on|in|at|after|since|during|before) [^.,;\"“]{4,40})\.$")


def translated(text: str, seed: int, share: float = 0.25) -> str:
    """A stand-in for machine translation and back: grammar, order and words change, in quotations too; names stay."""
    draw = random.Random(f"back {seed} {text[:60]}")
    done = []
    for paragraph in paragraphs(text):
        sentences = []
        for sentence in _sentences(paragraph):
            if (found := _FRONT.match(sentence)) and draw.random() < 0.6:
                sentence = f"{found[2][0].upper()}{found[2][1:]}, {found[1][0].lower()}{found[1][1:]}."
            sentence = _SAID.sub(lambda m: f"said {m[1]}" if draw.random() < 0.5 else m[0], sentence)
            for old, new, often in _BACK:
                sentence = re.sub(old, lambda m, n=new, o=often: m.expand(n) if draw.random() < o else m[0], sentence)
            sentences.append(re.sub(r" {2,}", " ", sentence))
        done.append(" ".join(sentences))
    plain = "\n\n".join(done).translate({ord(c): "\x00" for c in '"“”'})
    # Without marks nothing is quoted, so that words in quotations change as well.
    swapped = spun(plain, share, seed, wordnet, small=0.1)
    return swapped.replace("\x00", '"')
