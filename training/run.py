"""Make everything that the coder ships, from labelled reports to ONNX: one command, which can be stopped and run again.

    python training/run.py GOLD... --data SETS --work FOLDER [--choosing GOLD] [--variants FOLDER] [--runs N]
        [--device cuda]

GOLD are folders of marsad-record/1 files: real reports, ``data/conflict-reports/records``, and what ``labelled.py``
makes. SETS is the folder of public sets. Steps that are done are not done again; the encoder goes on after its last
two hundred steps. What comes of it is written into the package: ``coding/models`` and ``coding/lexicon``.

The encoder is trained twice by one recipe, from the same weights (``encoder/distilled.safetensors``): without the
reports held out (factors, probabilities and figures are of this one) and with all (this one ships). On a CPU of two
cores or more the two are trained side by side, each on half of the cores and with some 3.5 GB of memory: two threads
of one training do less than twice the work of one. What each says is in ``WORK/model.log`` and ``WORK/shipped.log``,
how far it is on the terminal. With ``--runs 2`` each is the mean of two runs, as what ships is. Where the weights to
start from are missing they are made first, of six teachers: half an hour on a GPU, most of a day on two cores. How
long it all takes: ``training/README.md``. Needs ``training/requirements.txt``.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import Final, TextIO

Words = tuple[str | Path, ...]
Step = tuple[Path, Words]
"""What a step makes, and its script with what that is told."""

HERE: Final = Path(__file__).resolve().parent
PACKAGE: Final = HERE.parent / "src/marsad/coding"
HELD_OUT: Final = (
    "re3d-1", "re3d-2", "re3d-6", "re3d-C", "re3d-F", "own-w3-", "own-w8-",
    "muc-02", "muc4-DEV-MUC3-02", "ecb-3", "ecbplus-3", "wn-f", "wn-d", "gum_news-f", "gum_news-d",
)  # fmt: skip
"""Reports whose ids begin so take no part in the models on which factors and probabilities are fitted; of those that
are in a public set too, the set's record has none either."""
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
"""Stages of a teacher's training: name, passes, highest rate."""
TEACHERS: Final = ("0.25", "0.5", "0.25", "0.5", "0.25", "0.5")
"""Each teacher's share of the readings of a report that are of a spun variant."""
STUDENT: Final = ("4", "3.2e-4")
"""Passes over what the teachers judge, and the highest rate, of the model that learns from all of them."""
LAST: Final = ("1", "2e-4")
"""The same of the last training, in which that model is its own only teacher."""
DISTILLED: Final = HERE / "encoder/distilled.safetensors"
"""What the six teachers taught, without the reports held out; the repository holds it."""


_PROGRESS: Final = re.compile(r"pass \d|\d+ steps|goes on|--")
"""How a line begins that says how far a training is."""


def run(made: Path, script: str, *words: str | Path) -> None:
    """Run a step unless what it makes is there. Exits when the step fails."""
    if made.exists():
        print(f"-- {made.name} is there", flush=True)
        return
    print("--", script, *map(str, words), flush=True)
    if subprocess.run(_command(script, *words), env=_environment(), check=False).returncode:
        sys.exit(f"{script} failed; mend what it says and run the same command again")


def _command(script: str | Path, *words: str | Path) -> list[str]:
    return [sys.executable, str(HERE / script), *map(str, words)]


def _cores() -> int:
    """Cores that this process may run on; the package itself need not be installed here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _environment(threads: int | None = None) -> dict[str, str]:
    given = {} if threads is None else dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))
    return {**os.environ, **given, "PYTHONPATH": f"{HERE.parent / 'src'}"}


def run_all(series: Mapping[str, Sequence[Step]], logs: Path, cores: int) -> None:
    """Run several series of steps, each in its order: side by side, each on its share of the cores, where there are
    enough of these for all, else one after the other. Exits when a step fails; the other series are stopped then.

    ``logs`` is the folder for what the steps of each series say where they run side by side.
    """
    if cores < len(series):
        for made, words in (step for steps in series.values() for step in steps):
            run(made, *map(str, words))
        return
    together = _Together(logs, cores // len(series))
    with ThreadPoolExecutor(len(series)) as threads, ExitStack() as stack:
        stack.callback(together.stop)  # also where a person stops it all
        for one in [threads.submit(together.go, name, steps) for name, steps in series.items()]:
            one.result()
    if together.failed:
        name, script = together.failed
        others = " and ".join(other for other in series if other != name)
        sys.exit(
            f"{script} failed for {name!r} ({others} stopped too): read the end of {together.log(name)}, mend what it "
            "says and run the same command again; what is done is not done again"
        )


class _Together:
    """Series of steps that run at the same time; one failing stops all."""

    def __init__(self, logs: Path, threads: int) -> None:
        self._logs, self._threads = logs, threads
        self._lock = Lock()
        self._running: set[subprocess.Popen[str]] = set()
        self._stopped = False
        self.failed: tuple[str, str] | None = None
        """The series and the script that failed first."""

    def log(self, name: str) -> Path:
        """Where what the steps of a series say is written."""
        return self._logs / f"{name}.log"

    def go(self, name: str, steps: Sequence[Step]) -> None:
        """The steps of one series, as far as nothing fails."""
        with self.log(name).open("a", encoding="utf-8") as log:
            for made, (script, *words) in steps:
                if made.exists():
                    print(f"{name}: {made.name} is there", flush=True)
                elif not self._step(name, log, _command(script, *words)):
                    return

    def _step(self, name: str, log: TextIO, command: list[str]) -> bool:
        """One step, to its end; is it to be gone on? What tells of progress is said on the terminal too."""
        with self._lock:
            if self._stopped:
                return False
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=_environment(self._threads),
                text=True, encoding="utf-8", errors="replace",
            )  # fmt: skip
            self._running.add(process)
        script = Path(command[1]).name
        self._say(name, log, f"-- {' '.join([script, *command[2:]])}\n")
        with process:
            for line in process.stdout or ():
                self._say(name, log, line)
        with self._lock:
            self._running.discard(process)
            if process.returncode and not self._stopped:
                self.failed = name, script
        if process.returncode:
            self.stop()
        return process.returncode == 0

    def _say(self, name: str, log: TextIO, line: str) -> None:
        log.write(line)
        log.flush()
        if _PROGRESS.match(line):
            print(f"{name}: {line}", end="", flush=True)

    def stop(self) -> None:
        """Start nothing more and end what runs."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.terminate()


def teaching(gold: Sequence[Path], adapted: Path, made: Path, always: Words, *stages: Words) -> list[Step]:
    """The steps of one teacher: public sets and reports, then reports, then reports with further texts for syntax, each
    from what the stage before made; the mean of the last two. ``stages`` are each one's options beside those that are
    ``always`` given.
    """
    before = adapted
    steps: list[Step] = []
    for (stage, passes, rate), more in zip(STAGES, stages, strict=True):
        folder = made / stage
        how = ("--out", folder, "--passes", passes, "--rate", rate, "--start", before)
        steps.append((folder / "model.pt", ("encoder/train.py", *gold, *how, *always, *more)))
        before = folder / "model.pt"
    last = [made / stage / "model.pt" for stage, *_ in STAGES[1:]]
    steps.append((made / "model.pt", ("encoder/mean.py", *last, "--out", made)))
    return steps


def training(gold: Sequence[Path], made: Path, runs: int, *how: str | Path) -> list[Step]:
    """The steps of one model: reports, and what the weights that it starts from judge of other texts; of several runs
    the mean; that as the package ships it."""
    passes, rate = LAST
    words = ("--start", DISTILLED, "--teachers", DISTILLED, "--passes", passes, "--rate", rate)
    folders = [made] if runs == 1 else [made / f"run{number}" for number in range(runs)]
    found: list[Step] = [
        (folder / "model.pt", ("encoder/distil.py", *gold, *words, "--seed", str(number), "--out", folder, *how))
        for number, folder in enumerate(folders)
    ]
    if runs > 1:
        each = [model for model, _ in found]
        found.append((made / "model.pt", ("encoder/mean.py", *each, "--out", made)))
    return [*found, (made / "encoder.onnx", ("encoder/export.py", made / "model.pt", "--out", made))]


def steps(
    gold: Sequence[Path],
    sets: Path,
    work: Path,
    choosing: Path | None,
    variants: Path | None,
    runs: int,
    device: str,
) -> None:
    """All steps in their order."""
    without = ("--without", *HELD_OUT)
    some = ("--sets", *SETS, "--data", sets, "--most", str(MOST))
    texts = ("--texts", *TEXTS, "--most-texts", str(MOST_TEXTS))
    varied: Words = ("--variants", variants) if variants else ()
    chosen: Words = ("--choosing", choosing) if choosing else ()
    parses, model, rules = work / "parses.jsonl", work / "model", work / "rules"
    run(work / "parsed", "encoder/parses.py", *gold, "--out", parses, *some, *texts, *varied)
    (work / "parsed").touch()
    spun = work / "spun.jsonl"
    run(spun, "spuntexts.py", "--out", spun, *some, *texts)
    always = ("--parses", parses, "--device", device, *varied)
    judged = (*some, *texts, "--spun", spun, "--never", *HELD_OUT, *chosen)
    if not DISTILLED.exists():
        # Neither the reports held out nor those for choosing are read, so that both models may start from it.
        adapted = work / "adapted.safetensors"
        run(
            adapted, "encoder/adapt.py", *gold, "--data", sets, "--out", adapted, "--device", device, *varied,
            *chosen, *without, "--state", work / "adapting.pt",
        )  # fmt: skip
        public = (*some, "--most-windows", str(MOST_WINDOWS))
        syntax = (*texts, "--most-text-windows", str(MOST_TEXT_WINDOWS), "--data", sets)
        for number, share in enumerate(TEACHERS):
            how = (*always, *without, "--variant-share", share, "--seed", str(number))
            for made, (script, *words) in teaching(gold, adapted, work / f"teacher{number}", how, public, (), syntax):
                run(made, str(script), *words)
        first, student = work / "first/model.pt", work / "student"
        passes, rate = STAGES[0][1:]
        run(
            first, "encoder/train.py", *gold, "--out", first.parent, "--start", adapted, "--passes", passes,
            "--rate", rate, "--parses", parses, "--device", device, *without, *public,
        )  # fmt: skip
        passes, rate = STUDENT
        teachers = [work / f"teacher{number}/model.pt" for number in range(len(TEACHERS))]
        run(
            student / "model.pt", "encoder/distil.py", *gold, "--out", student, "--start", first,
            "--passes", passes, "--rate", rate, *always, *judged, *without, "--teachers", *teachers,
        )  # fmt: skip
        run(DISTILLED, "encoder/keeping.py", student / "model.pt", "--out", DISTILLED)
    shipped = work / "shipped"
    two = {
        "model": training(gold, model, runs, *always, *judged, *without),
        "shipped": training(gold, shipped, runs, *always, *judged),
    }
    # On a GPU each takes all of it.
    run_all(two, work, _cores() if device == "cpu" else 1)
    # The tables are fitted on what the weights read from which both start: the two know the reports by heart.
    start = work / "start"
    run(start / "encoder.onnx", "encoder/export.py", DISTILLED, "--out", start)
    if not rules.exists():
        shutil.copytree(PACKAGE / "lexicon", work / "rules.new", dirs_exist_ok=True)
        run(rules, "fit.py", *gold, "--out", work / "rules.new", "--encoder", start, *without)
        (work / "rules.new").rename(rules)
    held_out = ("--held-out", *gold, *HELD_OUT, *chosen)
    using = ("--encoder", model, "--rules", rules)
    blend = model / "blend.toml"
    run(blend, "blend.py", *held_out, *using, *varied, "--out", blend)
    run(
        model / "calibration.toml", "calibrate.py", *held_out, *using,
        "--blend", blend, "--out", model / "calibration.toml",
    )  # fmt: skip
    run(work / "scores", "scores.py", *held_out, *using, "--blend", blend, "--rules-alone")
    for name in ("encoder.onnx", "heads.safetensors", "tokenizer.json"):
        shutil.copyfile(shipped / name, PACKAGE / "models" / name)
    for name in ("blend.toml", "calibration.toml"):
        shutil.copyfile(model / name, PACKAGE / "models" / name)
    run(work / "tables", "fit.py", *gold, "--encoder", start)
    (work / "tables").touch()


def main() -> None:
    """Read the command line and make all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--choosing", type=Path)
    parser.add_argument("--variants", type=Path, help="folder of spun variants (training/variants.py)")
    parser.add_argument("--runs", type=int, default=1, help="runs of which each model is the mean")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"), help="what the encoder is trained on")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    steps(options.gold, options.data, options.work, options.choosing, options.variants, options.runs, options.device)


if __name__ == "__main__":
    main()
