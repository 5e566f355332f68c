"""An archive of a million reports in bounded memory: seconds, bytes and pairs as the index grows.

    python benchmarks/origins/archive.py [--reports N] [--every N] [--processes N]

Signatures and look-up of texts as ``speed.py`` makes them, each batch looked up
here while other processes make the signatures of the next (two; with 0 this one
makes them too). Texts are made beforehand, some thousands at a time, while the
clock stands and no process has anything to do. At each mark also how fast some
more go in one by one, and the memory of this process.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from speed import BATCH, LEAST
from texts import clean

from marsad.origins.lookup import Lookup
from marsad.origins.signatures import Signatures
from marsad.origins.signing import Signers

CHUNK = 40 * BATCH
"""Texts made at a time."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--every", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    sentences = [s.strip() for text in clean("conflict-reports") for s in text.text.replace("\n", " ").split(". ")]
    draw = random.Random(1)
    words = sorted({word for sentence in sentences for word in sentence.split() if word.islower()})
    signatures, lookup = Signatures(), Lookup()
    pairs, spent = 0, 0.0

    def report() -> str:
        # Sentences with every third word drawn anew: a million texts of a few thousand sentences would all be alike.
        text: list[str] = []
        while len(text) < 300:
            text += [draw.choice(words) if draw.random() < 0.35 else w for w in draw.choice(sentences).split()]
        return " ".join(text[:300])

    signers = Signers(options.processes)
    list(signers.in_turn([[report()] for _ in range(8)]))
    while len(lookup) < options.reports:
        chunk = [[report() for _ in range(BATCH)] for _ in range(CHUNK // BATCH)]
        begun, before = time.perf_counter(), len(lookup)
        for _, signed in signers.in_turn(chunk):
            first = len(lookup)
            pairs += len(lookup.add(signed.rows, LEAST).agree)
            lookup.ask(signed.halves, first + signed.wholes, LEAST)
        spent += time.perf_counter() - begun
        if len(lookup) // options.every > before // options.every:
            rows = signatures.of([report() for _ in range(200)]).rows
            begun = time.perf_counter()
            for row in rows:
                lookup.add(row[None], LEAST)
            single = len(rows) / (time.perf_counter() - begun)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{len(lookup):9,} reports: {len(lookup) / spent:7,.0f} a second so far, {single:6,.0f} one by one, "
                f"{lookup.nbytes / len(lookup):.0f} bytes each, {pairs} pairs, peak {peak:,.0f} MiB",
                flush=True,
            )
    signers.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
