"""A model that learns: where it starts, what each step moves and how far, and where a stopped training goes on."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from keeping import load_weights
from model import Model, attention_on
from tokenizers import Tokenizer

__all__ = ["Learning", "begun", "word_pieces"]

HEADS_FASTER = 8
"""How many times the encoder's rate is that of the heads."""


def word_pieces(base: Path) -> Tokenizer:
    """MiniLM's word pieces, of texts as long as they are."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def begun(base: Path, start: Path | None, device: torch.device) -> Model:
    """A model with the weights of ``start``, as far as that has them. Exits when they are another model's."""
    model = Model(base, attention_on(device))
    if start:
        wrong = model.load_state_dict(load_weights(start), strict=False).unexpected_keys
        if wrong:
            sys.exit(f"{start} is not of this model: {wrong[0]}; make it anew")
    return model.to(device)


class Learning:
    """A training of so many steps whose rate rises and falls; the table of word pieces stays as it is.

    Attributes:
        passes: Passes that were done when it was stopped.
        steps: Steps that were done of the one after these.
    """

    def __init__(self, model: Model, rate: float, steps: int, folder: Path, device: torch.device) -> None:
        self._model, self._folder = model, folder
        for parameter in model.encoder.embeddings.parameters():
            parameter.requires_grad = False
        inner = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
        heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
        rates = [rate, HEADS_FASTER * rate]
        self._optimiser = torch.optim.AdamW(
            [{"params": inner, "lr": rates[0]}, {"params": heads, "lr": rates[1]}],
            weight_decay=0.01,
            fused=device.type == "cuda",
        )
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimiser, rates, total_steps=steps + 1, pct_start=0.1
        )
        self._state = folder / "state.pt"
        self._parts = {"model": model, "optimiser": self._optimiser, "schedule": self._schedule}
        self.passes = self.steps = 0
        if self._state.exists():
            saved = torch.load(self._state, map_location=device, weights_only=True)
            for name, part in self._parts.items():
                part.load_state_dict(saved[name])
            self.passes, self.steps = saved["passes"], saved["steps"]
            print(f"goes on after pass {self.passes}, step {self.steps}", flush=True)

    def step(self, loss: torch.Tensor) -> None:
        """One step down."""
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimiser.step()
        if self._schedule.last_epoch < self._schedule.total_steps - 1:
            self._schedule.step()

    def save(self, passes: int, steps: int) -> None:
        """Write down all that is needed to go on from here."""
        now = {name: part.state_dict() for name, part in self._parts.items()} | {"passes": passes, "steps": steps}
        new = self._state.with_suffix(".new")
        torch.save(now, new)
        new.replace(self._state)

    def finish(self) -> None:
        """Write the weights to ``model.pt``."""
        torch.save({name: value.cpu() for name, value in self._model.state_dict().items()}, self._folder / "model.pt")
