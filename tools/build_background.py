"""Write src/marsad/coding/codebook/background.txt: ordinary sentences from the open data set of conflict reports.

python tools/build_background.py

Two sentences of each report, by a fixed draw. A user's event types are learned
against them; see docs/codebooks.md.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Final

from marsad.coding.codebook.passages import sentences

ROOT: Final = Path(__file__).parents[1]
TARGET: Final = ROOT / "src/marsad/coding/codebook/background.txt"
EACH: Final = 2
MOST: Final = 400
HEAD: Final = """# Ordinary sentences of conflict reporting: what a user's event types are told apart from.
# Drawn by tools/build_background.py from data/conflict-reports, CC BY 4.0: original texts, the greater part
# fictional. They tell of nothing that can be cited.
"""


def main() -> None:
    """Draw and write."""
    draw = random.Random(20140922)
    found: list[str] = []
    for path in sorted((ROOT / "data/conflict-reports/records").glob("*.json")):
        text = json.loads(path.read_text(encoding="utf-8"))["text"]
        pieces = [" ".join(sentence.of(text).split()) for sentence in sentences(text)]
        fit = [p for p in pieces if 40 <= len(p) <= 320 and p[-1] in '.!?”"' and not p.startswith("#")]
        found += draw.sample(fit, min(EACH, len(fit)))
    chosen = sorted(draw.sample(sorted(set(found)), min(MOST, len(set(found)))))
    TARGET.write_text(HEAD + "".join(f"{line}\n" for line in chosen), encoding="utf-8")


if __name__ == "__main__":
    main()
