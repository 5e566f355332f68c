"""The two trainings of the encoder: side by side where there are cores for both, stopped together, resumable."""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "training"

_STEP = """
import os, pathlib, sys, time
made, other, ending = sys.argv[1:]
print("warming up", flush=True)
print("20 steps, with", os.environ.get("OMP_NUM_THREADS"), flush=True)
until = time.monotonic() + 30
while other != "-" and not pathlib.Path(other + ".begun").exists():
    assert time.monotonic() < until, "the other never began"
    pathlib.Path(made + ".begun").touch()
    time.sleep(0.01)
pathlib.Path(made + ".begun").touch()
if ending == "fail":
    sys.exit("no room left")
if ending == "hang":
    time.sleep(60)
pathlib.Path(made).touch()
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.syspath_prepend(str(FOLDER))
    # By its place: the benchmarks have a run.py too.
    spec = importlib.util.spec_from_file_location("training_run", FOLDER / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "training_run", module)
    spec.loader.exec_module(module)
    (tmp_path / "step.py").write_text(_STEP)
    monkeypatch.setattr(module, "HERE", tmp_path)
    return module


def step(folder: Path, name: str, other: str = "-", ending: str = "well") -> tuple[Path, tuple[str | Path, ...]]:
    return folder / name, ("step.py", folder / name, folder / other if other != "-" else "-", ending)


def test_two_series_run_side_by_side_on_half_of_the_cores_each(
    run: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Each first step waits for the other's: one after the other they would never end.
    series = {
        "one": [step(tmp_path, "a", "b"), step(tmp_path, "c")],
        "two": [step(tmp_path, "b", "a"), step(tmp_path, "d")],
    }
    run.run_all(series, tmp_path, 4)
    assert all((tmp_path / name).exists() for name in "abcd")
    said = capsys.readouterr().out
    assert said.count("one: 20 steps, with 2\n") == 2
    assert "warming up" not in said
    assert (tmp_path / "two.log").read_text().count("warming up\n") == 2


def test_one_that_fails_stops_the_other_and_says_where_to_read_why(run: ModuleType, tmp_path: Path) -> None:
    series = {
        "one": [step(tmp_path, "a", "b", "fail"), step(tmp_path, "c")],
        "two": [step(tmp_path, "b", "a", "hang"), step(tmp_path, "d")],
    }
    began = time.monotonic()
    with pytest.raises(SystemExit, match=r"step\.py failed for 'one' \(two stopped too\): read the end of .*one\.log"):
        run.run_all(series, tmp_path, 2)
    assert time.monotonic() - began < 30
    assert "no room left" in (tmp_path / "one.log").read_text()
    assert not any((tmp_path / name).exists() for name in "abcd")


def test_what_is_done_is_not_done_again(run: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").touch()
    run.run_all({"one": [step(tmp_path, "a", ending="fail"), step(tmp_path, "b")], "two": []}, tmp_path, 2)
    assert (tmp_path / "b").exists()
    assert "one: a is there\n" in capsys.readouterr().out


def test_on_one_core_or_a_gpu_they_run_one_after_the_other(run: ModuleType, tmp_path: Path) -> None:
    run.run_all({"one": [step(tmp_path, "a")], "two": [step(tmp_path, "b")]}, tmp_path, 1)
    assert (tmp_path / "a").exists()
    assert (tmp_path / "b").exists()
    assert not (tmp_path / "one.log").exists()
    with pytest.raises(SystemExit, match=r"step\.py failed; mend what it says"):
        run.run_all({"one": [step(tmp_path, "c", ending="fail")], "two": []}, tmp_path, 1)


def test_both_models_are_made_by_the_same_steps(run: ModuleType, tmp_path: Path) -> None:
    ways = {"a": ("--without", "x"), "b": ()}
    two = [run.training([tmp_path / "gold"], tmp_path / name, 1, *how) for name, how in ways.items()]
    assert [words[0] for _, words in two[0]] == ["encoder/distil.py", "encoder/export.py"]
    one, other = (
        [str(word).replace(str(tmp_path / name), "") for _, words in steps for word in words]
        for name, steps in zip("ab", two, strict=True)
    )
    assert [word for word in one if word not in {"--without", "x"}] == other
    assert one[one.index("--teachers") + 1] == one[one.index("--start") + 1] == str(run.DISTILLED)


def test_of_several_runs_the_mean_is_taken(run: ModuleType, tmp_path: Path) -> None:
    steps = run.training([tmp_path / "gold"], tmp_path / "m", 2)
    assert [words[0] for _, words in steps] == ["encoder/distil.py"] * 2 + ["encoder/mean.py", "encoder/export.py"]
    seeds = [words[words.index("--seed") + 1] for _, words in steps[:2]]
    assert seeds == ["0", "1"]
    each = [tmp_path / "m/run0/model.pt", tmp_path / "m/run1/model.pt"]
    assert [made for made, _ in steps] == [*each, tmp_path / "m/model.pt", tmp_path / "m/encoder.onnx"]
    assert list(steps[2][1][1:3]) == each


def test_a_teacher_goes_from_stage_to_stage(run: ModuleType, tmp_path: Path) -> None:
    gold, adapted = [tmp_path / "gold"], tmp_path / "adapted"
    steps = run.teaching(gold, adapted, tmp_path / "t", ("--device", "cpu"), ("p",), (), ("c",))
    assert [words[0] for _, words in steps] == ["encoder/train.py"] * 3 + ["encoder/mean.py"]
    starts = [words[words.index("--start") + 1] for _, words in steps[:3]]
    assert starts == [tmp_path / "adapted", tmp_path / "t/public/model.pt", tmp_path / "t/reports/model.pt"]
    assert steps[0][1][-1] == "p"
    assert steps[2][1][-1] == "c"
    assert steps[3][1][1:3] == (tmp_path / "t/reports/model.pt", tmp_path / "t/chosen/model.pt")
