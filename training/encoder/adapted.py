"""Weights of the encoder kept as eight-bit rows: a quarter of their size, and no more than data when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file, save_file

__all__ = ["ADAPTED", "load_adapted", "save_adapted"]

ADAPTED: Final = Path(__file__).with_name("adapted.safetensors")
"""MiniLM after further masked-word training (``adapt.py``); what the training of the coder's encoder starts from."""
SCALE: Final = ":scale"
LEAST: Final = 5000
"""Smaller tables are kept as sixteen-bit numbers."""


def save_adapted(state: Mapping[str, torch.Tensor], file: Path, about: Mapping[str, str]) -> None:
    """Write the encoder's tables as whole numbers from -127 to 127 with a scale a row, the rest in sixteen bits.

    ``about`` is what the file says of itself; other weights than the encoder's and its shapes' are left out.
    """
    kept: dict[str, torch.Tensor] = {}
    for name, value in state.items():
        if not name.startswith(("encoder.", "shape.")):
            continue
        numbers = value.detach().float().cpu()
        if numbers.ndim == 2 and numbers.numel() > LEAST:
            scale = numbers.abs().amax(dim=1, keepdim=True) / 127
            scale[scale == 0] = 1
            kept[name] = (numbers / scale).round().to(torch.int8)
            kept[name + SCALE] = scale.half()
        else:
            kept[name] = numbers.half()
    save_file(kept, str(file), {"format": "marsad-adapted/1", **about})


def load_adapted(file: Path) -> dict[str, torch.Tensor]:
    """The weights by their names in the model; the heads' are not among them."""
    found = load_file(str(file))
    scales = {name: found.pop(name) for name in list(found) if name.endswith(SCALE)}
    return {name: value.float() * scales.get(name + SCALE, torch.ones(())) for name, value in found.items()}
