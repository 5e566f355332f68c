"""The open data set is complete and as its card says, and its check finds what is broken."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "data" / "conflict-reports"
CHECK = DATA / "check.py"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, CHECK, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The data set, to be damaged."""
    return Path(shutil.copytree(DATA, tmp_path / "copy"))


def change(folder: Path, name: str, how: Callable[[dict[str, Any]], object]) -> None:
    file = folder / "records" / f"{name}.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    how(record)
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def test_the_data_set_is_as_it_should_be() -> None:
    done = run()
    assert done.returncode == 0, done.stdout
    assert "nothing wrong" in done.stdout


DAMAGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "span": (lambda r: r["events"][0].update(span=[5, 5]), "bad span"),
    "type": (lambda r: r["events"][0].update(type="WAR"), "not one of its values"),
    "licence": (lambda r: r["source"].update(licence="CC BY-NC 4.0"), "licence"),
    "no licence": (lambda r: r["source"].pop("licence"), "licence"),
    "fictional": (lambda r: r["source"].update(fictional="no"), "fictional"),
    "invented but factual": (lambda r: r["source"].update(region="Iraq (invented)"), "invented"),
    "id": (lambda r: r.update(id="other"), "file's name"),
    "genre": (lambda r: r["source"].update(genre=" "), "genre"),
    "topic": (lambda r: r["source"].update(region="Japan"), "its region gives 'east-asia'"),
    "nothing labelled": (
        lambda r: r.update({key: [] for key in ("actors", "events", "statements", "relations")}),
        "nothing is labelled",
    ),
    "counts": (lambda r: r["times"].pop(), "counts"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_record_is_found(damage: str, copy: Path) -> None:
    how, said = DAMAGES[damage]
    change(copy, "own-w1-01", how)
    done = run(copy)
    assert done.returncode == 1
    assert said in done.stdout


def test_a_topic_in_both_parts_is_found(copy: Path) -> None:
    split = copy / "split.tsv"
    lines = split.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if line.endswith("sahel\theld-out"))
    lines[number] = lines[number].replace("held-out", "train")
    split.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(copy)
    assert done.returncode == 1
    assert "'sahel' is in both parts" in done.stdout


def test_a_story_in_both_parts_is_found(copy: Path) -> None:
    record = json.loads((copy / "records" / "own-w2-15.json").read_text(encoding="utf-8"))
    for part, region in (("held-out", "Mali"), ("train", "Iraq")):
        again = record | {"id": f"own-x-{part}", "text": record["text"] + part, "source": record["source"].copy()}
        again["source"]["region"] = region
        (copy / "records" / f"{again['id']}.json").write_text(json.dumps(again), encoding="utf-8")
    done = run(copy, "--write-split", "--write-counts")
    assert done.returncode == 1
    assert "own-x-held-out is held out and tells the story of own-x-train" in done.stdout


def test_missing_and_superfluous_lines_and_files_are_found(copy: Path) -> None:
    (copy / "records" / "own-w1-02.json").unlink()
    (copy / "records" / "notes.txt").write_text("notes", encoding="utf-8")
    shutil.copy(copy / "records" / "own-w1-03.json", copy / "records" / "own-x-01.json")
    done = run(copy)
    assert done.returncode == 1
    for said in ("own-w1-02 has no record", "notes.txt", "own-x-01 is not listed", "comes 2 times"):
        assert said in done.stdout


def test_new_records_get_a_part_and_listed_ones_keep_theirs(copy: Path) -> None:
    before = (copy / "split.tsv").read_text(encoding="utf-8").splitlines()
    record = json.loads((copy / "records" / "own-w1-03.json").read_text(encoding="utf-8"))
    for number, region in enumerate(("Mali", "Atlantis", "Iraq")):
        name = f"own-x-{number}"
        actors = [actor | {"name": f"{actor['name']} {number}"} for actor in record["actors"]]
        new = record | {"id": name, "text": record["text"] + name, "actors": actors, "places": []}
        new["source"] = record["source"] | {"region": region}
        (copy / "records" / f"{name}.json").write_text(json.dumps(new), encoding="utf-8")
    done = run(copy, "--write-split", "--write-counts")
    assert done.returncode == 0, done.stdout
    after = (copy / "split.tsv").read_text(encoding="utf-8").splitlines()
    assert set(before) < set(after)
    assert "own-x-0\tsahel\theld-out" in after
    assert "own-x-2\tiraq\ttrain" in after
    assert any(line.startswith("own-x-1\tatlantis\t") for line in after)
    run(copy, "--write-split")
    assert (copy / "split.tsv").read_text(encoding="utf-8").splitlines() == after


def test_filling_in_from_nothing_gives_the_same_every_time(copy: Path) -> None:
    made = []
    for _ in range(2):
        (copy / "split.tsv").unlink()
        run(copy, "--write-split")
        made.append((copy / "split.tsv").read_text(encoding="utf-8"))
    assert made[0] == made[1]
    assert made[0].count("\n") == len(list((copy / "records").glob("*.json"))) + 1
