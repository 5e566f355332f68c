"""The attention that training uses on a CPU is transformers' plain one, and drops what it is asked to."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

NEEDS = "training needs torch and transformers (training/requirements.txt)"
torch: Any = pytest.importorskip("torch", reason=NEEDS)
pytest.importorskip("transformers", reason=NEEDS)

FOLDER = str(Path(__file__).resolve().parents[2] / "training/encoder")
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)
attention = importlib.import_module("attention")


def bert(kind: str) -> Any:
    transformers = importlib.import_module("transformers")
    config = transformers.BertConfig(
        vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=32,
        attn_implementation=kind,
    )  # fmt: skip
    return transformers.BertModel(config, add_pooling_layer=False).eval()


def test_vectors_and_slopes_are_those_of_the_plain_attention() -> None:
    torch.manual_seed(1)
    plain, thrifty = bert("eager"), bert(attention.NAME)
    thrifty.load_state_dict(plain.state_dict())
    ids = torch.randint(0, 40, (2, 11))
    mask = torch.ones_like(ids)
    mask[1, 6:] = 0
    found = []
    for model in (plain, thrifty):
        vectors = model(ids, attention_mask=mask).last_hidden_state[mask.bool()]
        vectors.square().sum().backward()
        found.append((vectors.detach(), model.encoder.layer[0].attention.self.query.weight.grad))
    for one, other in zip(*found, strict=True):
        assert torch.allclose(one, other, atol=1e-5)
    whole = thrifty(ids, attention_mask=torch.ones_like(ids)).last_hidden_state[mask.bool()]
    assert not torch.allclose(whole, found[1][0], atol=1e-3)  # the mask has a say


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_a_share_is_dropped_and_the_mean_stays(share: float) -> None:
    torch.manual_seed(2)
    found = attention.dropped(torch.ones(3, 5, 7, 1001), share)
    assert float((found == 0).float().mean()) == pytest.approx(share, abs=0.006)
    assert float(found.mean()) == pytest.approx(1, abs=0.01)
    assert len(found.unique()) == 2


def test_weights_are_dropped_in_training_alone() -> None:
    torch.manual_seed(3)
    model, ids = bert(attention.NAME), torch.arange(12)[None]
    with torch.no_grad():
        assert torch.equal(model(ids).last_hidden_state, model(ids).last_hidden_state)
        model.train()
        for name, part in model.named_modules():
            if isinstance(part, torch.nn.Dropout) and "attention.self" not in name:
                part.p = 0.0
        assert not torch.equal(model(ids).last_hidden_state, model(ids).last_hidden_state)
