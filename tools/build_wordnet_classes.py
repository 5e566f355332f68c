"""Make ``src/marsad/coding/lexicon/word_classes.tsv`` from WordNet 3.0.

    python tools/build_wordnet_classes.py /usr/share/wordnet src/marsad/coding/lexicon/word_classes.tsv

Needs Debian's ``wordnet-base`` (the folder) and the package ``wordfreq``. For
every noun and verb of one word that English text really uses, the row gives
the classes of its first senses: WordNet's lexicographer file, then the
hypernyms above the first sense, nearest first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from wordfreq import zipf_frequency

LEXNAMES = {
    "noun": dict(
        enumerate(
            "Tops act animal artifact attribute body cognition communication event feeling food group location motive "
            "object person phenomenon plant possession process quantity relation shape state substance time".split(),
            start=3,
        )
    ),
    "verb": dict(
        enumerate(
            "body change cognition communication competition consumption contact creation emotion motion perception "
            "possession social stative weather".split(),
            start=29,
        )
    ),
}
LEAST_FREQUENT = 2.2
"""Zipf frequency below which a word is left out (about one in six million)."""
DEEPEST = 4
"""Hypernyms above the first sense that are kept."""


def synsets(path: Path) -> dict[str, tuple[int, str, list[str]]]:
    """Offset -> lexicographer file, first word, hypernym offsets."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        parts = line.split(" | ")[0].split()
        count = int(parts[3], 16)
        pointers = parts[4 + 2 * count :]
        above = [pointers[i + 1] for i in range(1, 1 + 4 * int(pointers[0]), 4) if pointers[i] in ("@", "@i")]
        found[parts[0]] = (int(parts[1]), parts[4].lower(), above)
    return found


def rows(folder: Path, pos: str) -> Iterator[str]:
    """The table's rows of one part of speech."""
    known = synsets(folder / f"data.{pos}")
    for line in (folder / f"index.{pos}").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        parts = line.split()
        lemma = parts[0]
        if not lemma.isalpha() or zipf_frequency(lemma, "en") < LEAST_FREQUENT:
            continue
        senses = parts[-int(parts[2]) :]
        files = list(dict.fromkeys(LEXNAMES[pos][known[s][0]] for s in senses[:3]))
        chain: list[str] = []
        at = known[senses[0]]
        chain.append(at[1])
        while at[2] and len(chain) < DEEPEST + 1:
            at = known[at[2][0]]
            chain.append(at[1])
        yield f"{lemma}\t{pos}\t{' '.join(files)}\t{' '.join(chain)}"


def main(folder: str, target: str) -> None:
    """Write the table."""
    lines = ["lemma\tpos\tfiles\thypernyms"]
    for pos in ("noun", "verb"):
        lines += sorted(rows(Path(folder), pos))
    Path(target).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
