"""The real machine-spun report of July 2020: what the coder makes of it as it is, restored, and in a clean version.

    python benchmarks/origins/real_report.py
    python benchmarks/origins/real_report.py --cases FOLDER   # write both labelled versions

Needs the report (``../shared/reports/iraq-militias-2020-07.txt``), which is not part of this project and of which
nothing is kept here but offsets. ``real_clean.tsv``: passages of the report and the few words that likely stood in
their place, by hand. ``real_gold.json``: labels of the report by the guidelines of the shared gold records, by hand,
without its text; they were finished before any coder was run on them. The clean version carries the same labels.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "accuracy"))

from remap import Edit, change, moved

from marsad.coding import Coder
from marsad.evaluation import evaluate, reports_of
from marsad.origins.restoring import RestoringCoder
from marsad.records import Report

HERE: Final = Path(__file__).parent
REPORT: Final = HERE.resolve().parents[2] / "shared/reports/iraq-militias-2020-07.txt"
ROWS: Final = (
    "trigger", "type", "who", "claim", "record", "quote30", "speaker", "direct", "mention", "b3", "relation", "times",
    "places",
)  # fmt: skip
HELD: Final = ("type", "who", "record", "quote30", "speaker", "direct")
"""Rows of events and statements, which should keep nine tenths of what the clean version gets."""


def versions() -> tuple[dict[str, Any], dict[str, Any]]:
    """The labelled report as it is, and its clean version. Exits where the report is absent or another."""
    if not REPORT.is_file():
        sys.exit(f"skipped: {REPORT.name} is not at hand")
    gold = json.loads((HERE / "real_gold.json").read_text(encoding="utf-8"))
    text = REPORT.read_text(encoding="utf-8")
    if hashlib.sha256(text.encode()).hexdigest() != gold.pop("sha256"):
        sys.exit(f"{REPORT.name} is not the text that was labelled")
    rows = (HERE / "real_clean.tsv").read_text(encoding="utf-8").splitlines()[1:]
    edits = [Edit(int(start), int(end), stood) for start, end, stood in (row.split("\t") for row in rows)]
    spun = {**gold, "text": text}
    clean = {**moved(spun, change(text, edits)), "id": gold["id"] + "-clean"}
    return spun, clean


def figures(gold: dict[str, Any], record: dict[str, Any]) -> dict[str, float]:
    """The rows of one record, in per cent."""
    return evaluate({gold["id"]: gold}, {gold["id"]: record}).figures()


def main() -> None:
    """Code all versions, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, metavar="FOLDER", help="write the labelled versions, and code nothing")
    arguments = parser.parse_args()
    spun, clean = versions()
    if arguments.cases:
        arguments.cases.mkdir(parents=True, exist_ok=True)
        for record in (spun, clean):
            text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
            (arguments.cases / f"{record['id']}.json").write_text(text, encoding="utf-8")
        return
    report, source = _report(spun), _report(clean)
    coder, restoring = Coder(), RestoringCoder()
    found = {
        "clean": figures(clean, coder.code(source).to_json()),
        "spun": figures(spun, coder.code(report).to_json()),
        "restored": figures(spun, restoring.code(report).to_json()),
        "from its copy": figures(spun, restoring.code(report, source).to_json()),
    }
    print(f"{'':10s}" + "".join(f"{name:>15s}" for name in found))
    for row in ROWS:
        best = found["clean"][row]
        cells = [f"{each[row]:.1f} ({each[row] / best:.0%})" if best else f"{each[row]:.1f}" for each in found.values()]
        print(f"{row:10s}" + "".join(f"{cell:>15s}" for cell in cells))
    for name in list(found)[1:]:
        short = [row for row in HELD if found[name][row] < 0.9 * found["clean"][row]]
        print(f"{name}: short of nine tenths of clean in {', '.join(short) or 'none of the rows held'}")


def _report(record: dict[str, Any]) -> Report:
    return next(iter(reports_of({record["id"]: record})))


if __name__ == "__main__":
    main()
