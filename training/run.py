"""Make everything that the coder ships, from labelled reports to ONNX: one command, which can be stopped and run again.

    python training/run.py GOLD... --data SETS --work FOLDER [--choosing GOLD] [--variants FOLDER]

GOLD are folders of marsad-record/1 files (the first holds the real reports; ``data/conflict-reports/records`` is the
other), SETS is the folder of public sets. Steps that are done are not done again; the encoder goes on after its last
whole pass. What comes of it is written into the package: ``coding/models`` and ``coding/lexicon``. On two cores that do
nothing else it takes about an hour and a half. Needs ``training/requirements.txt``.
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
"""Reports whose ids begin so take no part in the models on which factors and thresholds are chosen."""
SETS: Final = (
    "wikievents:1.0", "re3d:1.0", "plover_gsr:0.5", "rams:0.3", "muc4:0.3", "gum_news:0.6", "litbank:0.3",
    "ecbplus:0.2", "polnear:0.4",
)  # fmt: skip
"""Public sets of the first stage, with their weights."""
MOST: Final = 110
"""Records of each public set at most."""


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
    first, chosen, whole = work / "first", work / "chosen", work / "whole"
    rules, model = work / "rules", work / "model"
    if not rules.exists():
        shutil.copytree(PACKAGE / "lexicon", work / "rules.new", dirs_exist_ok=True)
        run(rules, "fit.py", *gold, "--out", work / "rules.new", *without)
        (work / "rules.new").rename(rules)
    train = "encoder/train.py"
    run(first / "model.pt", train, *gold, "--out", first, "--passes", "2", *without, *some)
    spun = ("--variants", variants) if variants else ()
    start = ("--start", first / "model.pt", "--rate", "1.2e-4")
    run(chosen / "model.pt", train, *gold, "--out", chosen, "--passes", "9", *without, *start)
    run(model / "encoder.onnx", "encoder/export.py", chosen / "model.pt", "--out", model)
    held_out = ("--held-out", gold[0], *HELD_OUT, *(("--choosing", choosing) if choosing else ()))
    using = ("--encoder", model, "--rules", rules)
    run(model / "blend.toml", "blend.py", *held_out, *using, "--out", model / "blend.toml")
    run(
        model / "calibration.toml", "calibrate.py", *held_out, *using,
        "--blend", model / "blend.toml", "--out", model / "calibration.toml",
    )  # fmt: skip
    run(whole / "model.pt", train, *gold, "--out", whole, "--passes", "8", *start, *spun)
    run(whole / "encoder.onnx", "encoder/export.py", whole / "model.pt", "--out", whole)
    run(whole / "tables", "fit.py", *gold)
    (whole / "tables").touch()
    for name in ("encoder.onnx", "heads.safetensors", "tokenizer.json"):
        shutil.copyfile(whole / name, PACKAGE / "models" / name)
    for name in ("blend.toml", "calibration.toml"):
        shutil.copyfile(model / name, PACKAGE / "models" / name)


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
