"""Make everything that the coder ships, from labelled reports to ONNX: one command, which can be stopped and run again.

    python training/run.py GOLD... --data SETS --work FOLDER [--choosing GOLD] [--variants FOLDER]

GOLD are folders of marsad-record/1 files (the first holds the real reports; ``data/conflict-reports/records`` is the
other), SETS is the folder of public sets. Steps that are done are not done again; the encoder goes on after its last
two hundred steps. What comes of it is written into the package: ``coding/models`` and ``coding/lexicon``. On two cores
that do nothing else it takes about an hour and a half. Needs ``training/requirements.txt``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
PACKAGE: Final = HERE.parent / "src/marsad/coding"
HELD_OUT: Final = ("re3d-1", "re3d-2", "re3d-6", "re3d-C", "re3d-F", "own-w3-", "own-w8-")
"""Reports whose ids begin so take no part in the models on which factors and probabilities are fitted."""
SETS: Final = (
    "wikievents:1.0", "re3d:1.0", "plover_gsr:0.5", "rams:0.3", "muc4:0.3", "gum_news:0.6", "litbank:0.3",
    "ecbplus:0.2", "polnear:0.4",
)  # fmt: skip
"""Public sets of the first stage, with their weights."""
MOST: Final = 110
"""Records of each public set at most."""
TEXTS: Final = ("muc4", "rams", "ecbplus", "polnear", "cameo_ner")
"""Public sets whose texts, without labels, teach syntax in the last stages."""
MOST_TEXTS: Final = 900
"""Texts of each of these at most."""


def run(made: Path, script: str, *words: str | Path) -> None:
    """Run a step unless what it makes is there. Exits when the step fails."""
    if made.exists():
        print(f"-- {made.name} is there", flush=True)
        return
    command = [sys.executable, str(HERE / script), *map(str, words)]
    print("--", script, *map(str, words), flush=True)
    if subprocess.run(command, env={**os.environ, "PYTHONPATH": f"{HERE.parent / 'src'}"}, check=False).returncode:
        sys.exit(f"{script} failed; mend what it says and run the same command again")


def steps(gold: Sequence[Path], sets: Path, work: Path, choosing: Path | None, variants: Path | None) -> None:
    """All steps in their order."""
    without = ("--without", *HELD_OUT)
    some = ("--sets", *SETS, "--data", sets, "--most", str(MOST))
    texts = ("--texts", *TEXTS, "--most-texts", str(MOST_TEXTS))
    spun = ("--variants", variants) if variants else ()
    parses, model, rules = work / "parses.jsonl", work / "model", work / "rules"
    run(work / "parsed", "encoder/parses.py", *gold, "--out", parses, *some, *texts, *spun)
    (work / "parsed").touch()
    syntax = (*spun, *texts, "--data", sets)
    stages = (
        ("public", "2", "1.5e-4", (*without, *some)),
        ("reports", "16", "1.5e-4", (*without, *spun)),
        ("chosen", "3", "1e-4", (*without, *syntax)),
        ("whole", "3", "1e-4", syntax),
    )
    before: tuple[str | Path, ...] = ()
    for stage, passes, rate, more in stages:
        made = work / stage
        how = ("--parses", parses, "--out", made, "--passes", passes, "--rate", rate)
        run(made / "model.pt", "encoder/train.py", *gold, *how, *before, *more)
        before = ("--start", made / "model.pt")
    shipped = work / "shipped"
    for made, *names in ((model, "reports", "chosen"), (shipped, "chosen", "whole")):
        run(made / "model.pt", "encoder/mean.py", *(work / name / "model.pt" for name in names), "--out", made)
        run(made / "encoder.onnx", "encoder/export.py", made / "model.pt", "--out", made)
    if not rules.exists():
        shutil.copytree(PACKAGE / "lexicon", work / "rules.new", dirs_exist_ok=True)
        run(rules, "fit.py", *gold, "--out", work / "rules.new", "--encoder", model, *without)
        (work / "rules.new").rename(rules)
    held_out = ("--held-out", gold[0], *HELD_OUT, *(("--choosing", choosing) if choosing else ()))
    using = ("--encoder", model, "--rules", rules)
    blend = model / "blend.toml"
    run(blend, "blend.py", *held_out, *using, "--out", blend)
    run(
        model / "calibration.toml", "calibrate.py", *held_out, *using,
        "--blend", blend, "--out", model / "calibration.toml",
    )  # fmt: skip
    run(work / "scores", "scores.py", *held_out, *using, "--blend", blend, "--rules-alone")
    for name in ("encoder.onnx", "heads.safetensors", "tokenizer.json"):
        shutil.copyfile(shipped / name, PACKAGE / "models" / name)
    for name in ("blend.toml", "calibration.toml"):
        shutil.copyfile(model / name, PACKAGE / "models" / name)
    run(work / "tables", "fit.py", *gold)
    (work / "tables").touch()


def main() -> None:
    """Read the command line and make all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--choosing", type=Path)
    parser.add_argument("--variants", type=Path, help="folder of spun variants (training/variants.py)")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    steps(options.gold, options.data, options.work, options.choosing, options.variants)


if __name__ == "__main__":
    main()
