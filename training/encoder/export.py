"""Write a trained model as the package ships it: eight-bit ONNX, the pair heads' last layers, the tokenizer.

python training/encoder/export.py MODEL --out FOLDER

MODEL is a ``model.pt``, or what ``keeping.py`` kept.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from keeping import load_weights
from model import Model
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import save_file
from train import base_model

from marsad.coding.encoder.inventory import PAIR_HEADS

INPUTS = ["ids", "shapes"]
NAMES = ["logits", "projections", "vectors"]


class Exported(torch.nn.Module):
    """The model as it runs: one window without padding."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model
        sides = model.sides()
        self.labels = model.token.out_features
        # All heads in one product: twelve small ones take twice as long.
        self.heads = torch.nn.Linear(model.token.in_features, self.labels + sum(s.out_features for s in sides))
        self.heads.weight.data = torch.cat([model.token.weight, *(s.weight for s in sides)]).detach().clone()
        self.heads.bias.data = torch.cat([model.token.bias, *(s.bias for s in sides)]).detach().clone()

    def forward(self, ids: torch.Tensor, shapes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits, projections and vector of every piece."""
        vectors = self.model.vectors(ids, shapes, torch.ones_like(ids))
        out = self.heads(vectors)
        return out[..., : self.labels], out[..., self.labels :], vectors


def export(model: Model, folder: Path) -> None:
    """Write ``encoder.onnx``, ``heads.safetensors`` and ``tokenizer.json`` to a folder."""
    model.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as where, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(where) / "plain.onnx"
        torch.onnx.export(
            Exported(model),
            (torch.randint(1000, 2000, (1, 64)), torch.randint(0, 4, (1, 64))),
            str(plain),
            input_names=INPUTS,
            output_names=NAMES,
            dynamic_axes={name: {1: "pieces"} for name in (*INPUTS, *NAMES)},
            opset_version=17,
            dynamo=False,
        )
        # The runtime fuses what it can by itself; a graph fused beforehand is no quicker on eight-bit weights.
        quantize_dynamic(
            str(plain),
            str(folder / "encoder.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    # The graph names the tool that made it and where; neither belongs into the package.
    graph = onnx.load(str(folder / "encoder.onnx"))
    graph.producer_name, graph.doc_string = "marsad", ""
    onnx.save(graph, str(folder / "encoder.onnx"))
    weights = {}
    for name in PAIR_HEADS:
        head = model.pair[name]
        weights[f"{name}.mix"] = head.mix.weight.T.contiguous()
        weights[f"{name}.distance"] = head.distance.weight
        weights[f"{name}.sentences"] = head.sentences.weight
        weights[f"{name}.out"] = head.out.weight.T.contiguous()
        weights[f"{name}.bias"] = head.out.bias
    weights["arc.distance"] = model.arc.distance.weight[:, 0].contiguous()
    save_file({name: value.detach().clone() for name, value in weights.items()}, str(folder / "heads.safetensors"))
    shutil.copyfile(base_model() / "tokenizer.json", folder / "tokenizer.json")


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model = Model(base_model())
    model.load_state_dict(load_weights(options.model))
    export(model, options.out)


if __name__ == "__main__":
    main()
