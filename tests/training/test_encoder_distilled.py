"""The weights that the encoder's training starts from: kept as data, of the model that ships."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors import safe_open

from marsad.coding.encoder.inventory import PAIR_HEADS, PAIR_WIDTH, TOKEN_HEADS

FOLDER = Path(__file__).resolve().parents[2] / "training/encoder"
FILE = FOLDER / "distilled.safetensors"
LAYERS, HIDDEN, PIECES = 6, 384, 30522


@pytest.fixture(scope="module")
def weights() -> dict[str, Any]:
    with safe_open(FILE, framework="numpy") as file:
        assert file.metadata()["format"] == "marsad-weights/1"
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118


def test_tables_are_whole_numbers_with_a_scale_a_row(weights: dict[str, Any]) -> None:
    scales = {name for name in weights if name.endswith(":scale")}
    assert {name.removesuffix(":scale") for name in scales} == {n for n, v in weights.items() if v.dtype == np.int8}
    for name in scales:
        table = weights[name.removesuffix(":scale")]
        assert weights[name].shape == (len(table), 1)
        assert (weights[name] > 0).all(), name
        assert np.isfinite(weights[name]).all(), name
        assert np.abs(table.astype(int)).max() <= 127
    assert weights["encoder.embeddings.word_embeddings.weight"].shape == (PIECES, HIDDEN)
    assert all(f"encoder.encoder.layer.{n}.output.dense.weight" in weights for n in range(LAYERS))


def test_all_of_the_model_is_kept(weights: dict[str, Any]) -> None:
    assert {name.partition(".")[0] for name in weights} == {"encoder", "shape", "token", "pair", "arc"}
    assert weights["shape.weight"].shape == (4, HIDDEN)
    assert np.abs(weights["shape.weight"].astype(float)).max() > 0.01
    assert weights["token.weight"].shape == (sum(len(names) for names in TOKEN_HEADS.values()), HIDDEN)
    for name, labels in PAIR_HEADS.items():
        assert weights[f"pair.{name}.out.weight"].shape == (len(labels), PAIR_WIDTH)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    torch: Any = pytest.importorskip("torch", reason="training needs torch (training/requirements.txt)")
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    keeping = importlib.import_module("keeping")
    torch.manual_seed(0)
    state = {
        "encoder.table": torch.randn(100, 80) * torch.logspace(-3, 1, 100)[:, None],
        "encoder.bias": torch.randn(80),
        "shape.weight": torch.randn(4, 80),
        "token.weight": torch.randn(3, 80),
    }
    state["encoder.table"][7] = 0
    file = tmp_path / "weights.safetensors"
    keeping.save_weights(state, file, {"base": "none"})
    found = keeping.load_weights(file)
    assert set(found) == set(state)
    assert torch.allclose(found["token.weight"], state["token.weight"], atol=2e-3)
    off = (found["encoder.table"] - state["encoder.table"]).abs()
    assert (off <= state["encoder.table"].abs().amax(1, keepdim=True) / 127).all()
    assert torch.allclose(found["encoder.bias"], state["encoder.bias"], atol=2e-3)
    assert all(value.dtype == torch.float32 for value in found.values())
