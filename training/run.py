"""Make everything that the coder ships, from labelled reports to ONNX: one command, which can be stopped and run again.

    python training/run.py GOLD... --data SETS --work FOLDER [--choosing GOLD] [--variants FOLDER] [--device cuda]

GOLD are folders of marsad-record/1 files (the first holds the real reports; ``data/conflict-reports/records`` is the
other), SETS is the folder of public sets. Steps that are done are not done again; the encoder goes on after its last
two hundred steps. What comes of it is written into the package: ``coding/models`` and ``coding/lexicon``.

The encoder is trained twice by one recipe, from the same adapted MiniLM: without the reports held out (factors,
probabilities and figures are of this one) and with all (this one ships). On two cores that do nothing else it should
take a little over two hours, an hour and a half of them for the encoder: an estimate from the time of single steps,
not a measurement. Needs ``training/requirements.txt``.
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

Words = tuple[str | Path, ...]

HERE: Final = Path(__file__).resolve().parent
PACKAGE: Final = HERE.parent / "src/marsad/coding"
HELD_OUT: Final = ("re3d-1", "re3d-2", "re3d-6", "re3d-C", "re3d-F", "own-w3-", "own-w8-")
"""Reports whose ids begin so take no part in the models on which factors and probabilities are fitted."""
SETS: Final = (
    "wikievents:1.0", "re3d:1.0", "plover_gsr:0.5", "rams:0.3", "muc4:0.3", "gum_news:0.6", "litbank:0.3",
    "ecbplus:0.2", "polnear:0.4",
)  # fmt: skip
"""Public sets of the first stage, with their weights."""
MOST: Final = 250
"""Records of each public set at most."""
MOST_WINDOWS: Final = 1100
"""Windows drawn from these."""
TEXTS: Final = (
    "muc4", "rams", "ecbplus", "polnear", "cameo_ner", "insight_crime", "geoparsing", "timebank", "cameo_class",
)  # fmt: skip
"""Public sets whose texts, without labels, teach syntax in the last stage."""
MOST_TEXTS: Final = 1500
"""Texts of each of these at most."""
MOST_TEXT_WINDOWS: Final = 4000
"""Windows drawn from these."""
STAGES: Final = (("public", "2", "3.2e-4"), ("reports", "16", "3.2e-4"), ("chosen", "3", "2.1e-4"))
"""Stages of the encoder's training: name, passes, highest rate."""
ADAPTED: Final = HERE / "encoder/adapted.safetensors"
"""Where masked-word training put its weights; the repository holds them, since on two cores it takes days."""


def run(made: Path, script: str, *words: str | Path) -> None:
    """Run a step unless what it makes is there. Exits when the step fails."""
    if made.exists():
        print(f"-- {made.name} is there", flush=True)
        return
    command = [sys.executable, str(HERE / script), *map(str, words)]
    print("--", script, *map(str, words), flush=True)
    if subprocess.run(command, env={**os.environ, "PYTHONPATH": f"{HERE.parent / 'src'}"}, check=False).returncode:
        sys.exit(f"{script} failed; mend what it says and run the same command again")


def train(gold: Sequence[Path], made: Path, always: Words, *stages: Words) -> None:
    """One model: public sets and reports, then reports, then reports with further texts for syntax, each from what the
    stage before made; the mean of the last two, and that as the package ships it. ``stages`` are each one's options
    beside those that are ``always`` given.
    """
    before: Words = ("--adapted", ADAPTED)
    for (stage, passes, rate), more in zip(STAGES, stages, strict=True):
        folder = made / stage
        how = ("--out", folder, "--passes", passes, "--rate", rate)
        run(folder / "model.pt", "encoder/train.py", *gold, *how, *before, *always, *more)
        before = ("--start", folder / "model.pt")
    last = [made / stage / "model.pt" for stage, *_ in STAGES[1:]]
    run(made / "model.pt", "encoder/mean.py", *last, "--out", made)
    run(made / "encoder.onnx", "encoder/export.py", made / "model.pt", "--out", made)


def steps(
    gold: Sequence[Path], sets: Path, work: Path, choosing: Path | None, variants: Path | None, device: str
) -> None:
    """All steps in their order."""
    without = ("--without", *HELD_OUT)
    some = ("--sets", *SETS, "--data", sets, "--most", str(MOST))
    texts = ("--texts", *TEXTS, "--most-texts", str(MOST_TEXTS))
    spun: Words = ("--variants", variants) if variants else ()
    parses, model, rules = work / "parses.jsonl", work / "model", work / "rules"
    # It reads neither the reports held out nor those for choosing, so that both models may start from it.
    run(
        ADAPTED, "encoder/adapt.py", *gold, "--data", sets, "--out", ADAPTED, "--device", device, *spun,
        *(("--choosing", choosing) if choosing else ()), *without, "--state", work / "adapting.pt",
    )  # fmt: skip
    run(work / "parsed", "encoder/parses.py", *gold, "--out", parses, *some, *texts, *spun)
    (work / "parsed").touch()
    public = (*some, "--most-windows", str(MOST_WINDOWS))
    chosen = (*spun, *texts, "--most-text-windows", str(MOST_TEXT_WINDOWS), "--data", sets)
    always = ("--parses", parses, "--device", device)
    shipped = work / "shipped"
    train(gold, model, (*always, *without), public, spun, chosen)
    train(gold, shipped, always, public, spun, chosen)
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
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"), help="what the encoder is trained on")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    steps(options.gold, options.data, options.work, options.choosing, options.variants, options.device)


if __name__ == "__main__":
    main()
