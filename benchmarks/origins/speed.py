"""Signatures and look-up, beside datasketch on the same work: documents a second, and bytes for each.

    python benchmarks/origins/speed.py [--documents N] [--words N] [--datasketch N]

Documents are made of sentences of Marsad's own data set, so that no two are
alike and words are as frequent as they are; every tenth is a copy of an earlier
one with a fifth of its words changed. Both sides take the texts one after
another, look for earlier ones like it in 64 bands of 2 of 128 values, and add
it. datasketch gets the same shingles ready made ("shingles given"), and once
more it has to cut them itself, as plain Python does. The first figures are with the
look-up by halves, which Marsad does besides, once in one process and once with two
others that make the signatures; the comparison is without it, in one process. Needs
the extra "dev".
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from texts import clean

from marsad.origins.functionwords import FUNCTION_WORDS
from marsad.origins.lookup import BANDS, Lookup
from marsad.origins.signatures import SLOTS, Signatures
from marsad.origins.signing import Signers

BATCH = 256
LEAST = 7


def documents(count: int, words: int) -> list[str]:
    """Texts of ``words`` words."""
    draw = random.Random(count)
    pieces = (s.split() for text in clean("conflict-reports") for s in text.text.replace("\n", " ").split(". "))
    sentences = [piece for piece in pieces if piece]
    found: list[list[str]] = []
    for number in range(count):
        if number % 10 == 9:
            old = draw.choice(found)
            found.append([draw.choice(draw.choice(sentences)) if draw.random() < 0.2 else word for word in old])
            continue
        text: list[str] = []
        while len(text) < words:
            text += draw.choice(sentences)
        found.append(text[:words])
    return [" ".join(text) for text in found]


def ours(texts: list[str], halves: bool = True) -> tuple[int, int]:
    """Pairs found, and bytes of the index; with ``halves``, also looked up by the halves of each text."""
    signatures, lookup, pairs = Signatures(), Lookup(), 0
    for at in range(0, len(texts), BATCH):
        signed, before = signatures.of(texts[at : at + BATCH]), len(lookup)
        pairs += len(lookup.add(signed.rows, LEAST).agree)
        if halves:
            lookup.ask(signed.halves, before + signed.wholes, LEAST)
    return pairs, lookup.nbytes


def in_processes(texts: list[str], signers: Signers) -> int:
    """The same with halves, the signatures made by other processes. Pairs found."""
    lookup, pairs = Lookup(), 0
    for _, signed in signers.in_turn([texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]):
        before = len(lookup)
        pairs += len(lookup.add(signed.rows, LEAST).agree)
        lookup.ask(signed.halves, before + signed.wholes, LEAST)
    return pairs


def shingles(text: str) -> list[bytes]:
    """The shingles of ``signatures.py``, cut by plain Python: masked six-grams and pairs of content words."""
    words = [word.strip(".,;:!?\"'()") for word in text.split()]
    masked: list[str] = []
    for word in words:
        kept = word.lower() in FUNCTION_WORDS or word[:1].isupper() or word[:1].isdigit()
        if kept or not (masked and masked[-1] == ""):
            masked.append(word.lower() if kept else "")
    grams = [masked[k : k + 6] for k in range(len(masked) - 5)]
    content = [word.lower()[:5] for word in words if word.lower() not in FUNCTION_WORDS]
    found = {" ".join(gram) for gram in grams if gram.count("") <= 3} | {"|".join(pair) for pair in pairwise(content)}
    return [shingle.encode() for shingle in found]


def theirs(sets: list[list[bytes]]) -> int:
    """Pairs found by datasketch."""
    from datasketch import MinHash, MinHashLSH

    lookup, pairs = MinHashLSH(num_perm=SLOTS, params=(BANDS, SLOTS // BANDS)), 0
    for number, items in enumerate(sets):
        signature = MinHash(num_perm=SLOTS)
        signature.update_batch(items)
        pairs += len(lookup.query(signature))
        lookup.insert(number, signature, check_duplication=False)
    return pairs


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds of this process's time (other programs do not count), and what came of it."""
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--datasketch", type=int, default=5000, metavar="N", help="documents for datasketch; 0: none")
    options = parser.parse_args()
    texts = documents(options.documents, options.words)
    ours(texts[:BATCH])
    seconds, (pairs, size) = timed(lambda: ours(texts))  # type: ignore[misc]
    rate = len(texts) / seconds
    print(f"marsad: {len(texts)} documents of {options.words} words in {seconds:.2f} s: {rate:,.0f} a second")
    print(f"  {pairs} pairs, {size / len(texts):.0f} bytes a document")
    with Signers(2) as signers:
        in_processes(texts[: 8 * BATCH], signers)
        begun = time.perf_counter()
        again = in_processes(texts, signers)
        seconds = time.perf_counter() - begun
    print(f"  with two other processes, by the clock: {len(texts) / seconds:,.0f} a second, {again} pairs")
    some = texts[: options.datasketch]
    if some:
        same, _ = timed(lambda: ours(some, halves=False))
        sets = [shingles(text) for text in some]
        given, pairs = timed(lambda: theirs(sets))
        whole, _ = timed(lambda: theirs([shingles(text) for text in some]))
        print(f"datasketch, the first {len(some)}: {pairs} pairs")
        print(
            f"  shingles given: {len(some) / given:,.0f} a second; marsad, from the text, is {given / same:.1f} times"
        )
        print(f"  from the text:  {len(some) / whole:,.0f} a second; marsad is {whole / same:.1f} times as fast")
    return 0


if __name__ == "__main__":
    sys.exit(main())
