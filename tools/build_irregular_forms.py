"""Write the forms of nouns and verbs whose lemma the rules of spelling get wrong.

    python tools/build_irregular_forms.py [--out FILE]

Forms and lemmas are those of the package lemminflect 0.2.3 (MIT), which has them from the SPECIALIST Lexicon of the
US National Library of Medicine (free for any use). Of these, the ones whose lemma WordNet knows are kept.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import sys
from pathlib import Path

from marsad.coding.lemmas import by_rule
from marsad.coding.wordclasses import classes

LEXICON = Path(__file__).parents[1] / "src/marsad/coding/lexicon"


def forms() -> list[tuple[str, str, str]]:
    """Form, part of speech and first lemma of every noun and verb that lemminflect lists."""
    package = importlib.util.find_spec("lemminflect")
    if package is None or not package.submodule_search_locations:
        sys.exit("install lemminflect first: pip install lemminflect==0.2.3")
    file = Path(package.submodule_search_locations[0]) / "resources" / "lemma_lu.csv.gz"
    rows = [line.split(",") for line in gzip.decompress(file.read_bytes()).decode().splitlines()]
    return [(form, pos.upper(), lemmas.split("/")[0]) for form, pos, lemmas in rows if pos in ("noun", "verb")]


def main() -> None:
    """Read the command line and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=LEXICON / "irregular_forms.tsv")
    options = parser.parse_args()
    kept = sorted(
        (form, pos, lemma)
        for form, pos, lemma in forms()
        if form.isalpha() and form != lemma and classes(lemma, pos)[0] and by_rule(form, pos) != lemma
    )
    lines = ["form\tpos\tlemma", *("\t".join(row) for row in kept), ""]
    options.out.write_text("\n".join(lines), encoding="utf-8")
    print(f"{len(kept)} forms in {options.out}")


if __name__ == "__main__":
    main()
