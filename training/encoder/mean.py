"""The mean of the weights of several runs, which judges better than any of them (Wortsman and others 2022).

python training/encoder/mean.py MODEL.pt ... --out FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def mean(models: list[Path]) -> dict[str, torch.Tensor]:
    """The mean of each weight; the runs must go back to one start."""
    loaded = [torch.load(path, weights_only=True) for path in models]
    return {
        name: torch.stack([weights[name] for weights in loaded]).mean(dim=0) if value.is_floating_point() else value
        for name, value in loaded[0].items()
    }


def main() -> None:
    """Read the command line and write the mean."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean(options.models), options.out / "model.pt")


if __name__ == "__main__":
    main()
