"""Train the encoder on labelled reports and, at every step, on what teachers judge of texts that nobody labelled.

python training/encoder/distil.py GOLD... --start WEIGHTS --teachers WEIGHTS... --sets NAME... --texts NAME... \\
    --data SETS --out FOLDER [--without PREFIX ...] [--spun FILE] [--device cuda]

With several teachers their mean is learned by one model (Hinton and others 2015; Bucila and others 2006). With the
weights that it starts from as its only teacher, a model learns of further reports without forgetting what it knew
(Li and Hoiem 2016). Teachers read the texts as they are, the model more than half of them in other words
(``rewording.py``). Stopped, it goes on after its last two hundred steps.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import parses
import torch
from collating import collate
from examples import Cutter, Target, Window
from judging import Judgement, carried, differing, judge, taught
from keeping import load_weights
from learning import Learning, begun, word_pieces
from losses import total
from model import Model, attention_on
from pairing import Prepared, prepare
from rewording import Edit, reworded, rewordings
from silver import silver
from train import (
    LOWERED_SHARE,
    SAVE_EVERY,
    base_model,
    batches,
    load,
    load_public,
    load_texts,
    readings,
    variants_of,
)  # fmt: skip

SILVER_BATCH = 32
"""Windows of texts without labels in a step; of labelled ones ``train.BATCH``."""
SILVER_WEIGHT = 2.0
SPUN_SHARE = 0.6
"""Share of these that the model reads in other words."""
UNSHAPED = 0.06
"""Share of these that are read as if nothing in them were in capitals."""


def options_of(words: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--sets", nargs="*", default=[], help="public sets whose texts are judged by the teachers")
    parser.add_argument("--most", type=int, default=400, help="records of each at most")
    parser.add_argument("--texts", nargs="*", default=[], help="further public sets, of which only texts are read")
    parser.add_argument("--most-texts", type=int, default=800, help="texts of each at most")
    parser.add_argument("--spun", type=Path, help="what spinners make of the texts (training/spuntexts.py)")
    parser.add_argument("--spun-share", type=float, default=SPUN_SHARE, help="of the windows without labels")
    parser.add_argument("--parses", type=Path, help="parses of the texts (training/encoder/parses.py)")
    parser.add_argument("--variants", type=Path, help="folder of spun variants of the reports (training/variants.py)")
    parser.add_argument("--variant-share", type=float, default=0.4, help="of the readings of a report")
    parser.add_argument("--without", nargs="*", default=[], help="how the ids of reports that are left out begin")
    parser.add_argument("--never", nargs="*", default=[], help="of those whose texts not even a teacher judges")
    parser.add_argument("--choosing", type=Path, help="folder of reports whose texts no teacher judges either")
    parser.add_argument("--passes", type=int, default=1, help="over the texts without labels")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--weight", type=float, default=SILVER_WEIGHT, help="of what the teachers judge")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(words)


def texts_of(options: argparse.Namespace) -> list[str]:
    """The texts that the teachers judge, each once; those held out, or for choosing, are not among them."""
    never = tuple(options.never)
    folders = [*options.gold, *([options.choosing] if options.choosing else [])]
    out = set()
    for file in sorted(file for folder in folders for file in folder.glob("*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        if file.parent == options.choosing or record["id"].startswith(never or ("\0",)):
            out.add(record["text"])
    found = [target.text for target in load_texts(options.texts, options.data, 0, options.most_texts)]
    found += [target.text for target in load_public(options.sets, options.data, options.most, never)]
    return list(dict.fromkeys(text for text in found if text not in out))


def spins_in(file: Path | None) -> dict[str, list[list[Edit]]]:
    """Key of a text -> its spins; none where there is no file."""
    lines = file.read_text(encoding="utf-8").splitlines() if file else ()
    return {line["key"]: line["spins"] for line in map(json.loads, lines)}


def in_other_words(items: Sequence[Prepared], share: float) -> tuple[list[Prepared], list[np.ndarray]]:
    """The windows, at this share in other words, and for each of their pieces where what is said of it stands."""
    found, sources = [], []
    for item in items:
        ways = item.window.rewordings
        how = random.choice(ways) if ways and random.random() < share else None
        found.append(reworded(item, how) if how else item)
        sources.append(how.source.astype(np.int64) if how else np.arange(len(item.window.ids)))
    return found, sources


def padded(rows: Sequence[np.ndarray], length: int, device: torch.device) -> torch.Tensor:
    """Rows of whole numbers as one tensor of this length."""
    table = np.zeros((len(rows), length), np.int64)
    for row, own in zip(table, rows, strict=True):
        row[: len(own)] = own
    return torch.from_numpy(table).to(device)


def gold_batches(
    plain: Sequence[tuple[str, list[Prepared]]], spun: dict[str, list[list[Prepared]]], share: float, many: int
) -> list[list[Prepared]]:
    """So many batches of labelled windows: pass after pass, each report in itself or in one of its variants."""
    found: list[list[Prepared]] = []
    while plain and len(found) < many:
        found += batches(readings(plain, spun, share))
    return found[:many]


def teachers_of(files: Sequence[Path], base: Path, device: torch.device) -> list[Model]:
    """The teachers, who judge and don't learn."""
    teachers = []
    for file in files:
        teacher = Model(base, attention_on(device))
        teacher.load_state_dict(load_weights(file))
        teachers.append(teacher.to(device).eval().requires_grad_(False))
    return teachers


def main() -> None:
    """Read the command line and train."""
    options = options_of()
    options.out.mkdir(parents=True, exist_ok=True)
    device = torch.device(options.device)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    base = base_model()
    pieces = word_pieces(base)
    cutter = Cutter(pieces)
    spins = spins_in(options.spun)
    parsed = parses.load(options.parses) if options.parses else {}

    def windows_of(target: Target) -> list[Window]:
        target.syntax = parsed.get(parses.key(target.text))
        return list(cutter.windows([target]))

    def prepared(target: Target) -> list[Prepared]:
        return [prepare(window) for window in windows_of(target)]

    without = tuple(options.without)
    plain = [(target.id, prepared(target)) for target in load(options.gold, without)]
    spun = variants_of(options.variants, without, prepared)
    texts = texts_of(options)
    teachers = teachers_of(options.teachers, base, device)
    windows: list[Window] = []
    for text in texts:
        ways = rewordings(pieces, text, spins.get(parses.key(text), ()))
        for window, own in zip(windows_of(Target(text)), ways, strict=True):
            window.rewordings = own
            windows.append(window)
    print(f"{len(plain)} reports; {len(texts)} texts without labels, {len(windows)} windows", flush=True)
    found = list(silver(windows, teachers, device))
    fixed = [found[first : first + SILVER_BATCH] for first in range(0, len(found), SILVER_BATCH)]
    if not fixed:
        sys.exit("no texts for the teachers to judge: name --sets or --texts, and the folder of them with --data")

    def asked(number: int) -> Judgement:
        return taught(teachers, collate(fixed[number], device), device.type)

    # Where they are read more than once, what the teachers say is kept: some 1.5 GB.
    kept = {number: asked(number) for number in range(len(fixed))} if options.passes > 1 else {}
    model = begun(base, options.start, device)
    learning = Learning(model, options.rate, options.passes * len(fixed), options.out, device)
    start = time.monotonic()
    model.train()
    for number in range(learning.passes, options.passes):
        # What is read in which step depends on the seed and the pass alone, so that a stopped run reads the same.
        random.seed(1000 * options.seed + number)
        torch.manual_seed(1000 * options.seed + number)
        order = random.sample(range(len(fixed)), len(fixed))
        gold = gold_batches(plain, spun, options.variant_share, len(order))
        labelled = said = torch.zeros((), device=device)
        stopped_at = learning.steps if number == learning.passes else 0
        for step, which in enumerate(order, 1):
            if step <= stopped_at:
                continue
            says = kept.get(which) or asked(which)
            items, sources = in_other_words(fixed[which], options.spun_share)
            batch = collate(items, device)
            says = carried(says, padded(sources, batch.ids.shape[1], device))
            loss = torch.zeros((), device=device)
            if gold:
                own = collate(gold[step - 1], device, LOWERED_SHARE)
                with torch.autocast(device.type, dtype=torch.bfloat16):
                    logits, projected, _ = model(own.ids, own.shapes, own.mask)
                loss = total(model, logits.float(), projected.float(), own)[0]
                labelled = labelled + loss.detach()
            shaped = (torch.rand(len(batch.shapes), 1, device=device) >= UNSHAPED).long()
            far = differing(judge(model, batch, device.type, batch.shapes * shaped), says, batch)
            said = said + far.detach()
            learning.step(loss + options.weight * far)
            if step % SAVE_EVERY == 0 or step == len(order):
                since = step - stopped_at
                losses = f"labelled {float(labelled) / since:.3f}, as the teachers {float(said) / since:.3f}"
                print(f"{number * len(order) + step} steps, {time.monotonic() - start:.0f} s: {losses}", flush=True)
                learning.save(number, step)
        learning.save(number + 1, 0)
    learning.finish()


if __name__ == "__main__":
    main()
