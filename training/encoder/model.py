"""The encoder and its heads, in torch; at run time ONNX and numpy take their place."""

from __future__ import annotations

from pathlib import Path

import attention
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from marsad.coding.encoder.inventory import ARC_WIDTH, DISTANCES, PAIR_HEADS, PAIR_WIDTH, TOKEN_HEADS


def attention_on(device: torch.device) -> str:
    """Which of transformers' ways to work out attention is the quickest on a device."""
    return "sdpa" if device.type == "cuda" else attention.NAME


class PairHead(nn.Module):
    """Judges two spans: a layer over both, how far apart they are, and their product."""

    def __init__(self, hidden: int, labels: int) -> None:
        super().__init__()
        self.left = nn.Linear(hidden, PAIR_WIDTH)
        self.right = nn.Linear(hidden, PAIR_WIDTH)
        self.distance = nn.Embedding(2 * len(DISTANCES), PAIR_WIDTH)
        self.sentences = nn.Embedding(8, PAIR_WIDTH)
        self.mix = nn.Linear(PAIR_WIDTH, PAIR_WIDTH, bias=False)
        self.out = nn.Linear(PAIR_WIDTH, labels)
        nn.init.normal_(self.distance.weight, std=0.05)
        nn.init.normal_(self.sentences.weight, std=0.05)

    def forward(
        self, left: torch.Tensor, right: torch.Tensor, distance: torch.Tensor, sentences: torch.Tensor
    ) -> torch.Tensor:
        """``left``, ``right``: (pairs, PAIR_WIDTH), already projected; buckets: (pairs,). Logits: (pairs, labels)."""
        both = left + right + self.mix(left * right) + self.distance(distance) + self.sentences(sentences)
        return self.out(torch.relu(both))


class ArcHead(nn.Module):
    """Which word is a word's syntactic head: a product of the two, and how far apart they are (Dozat and Manning
    2017, without the layer in between)."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.left = nn.Linear(hidden, ARC_WIDTH)
        self.right = nn.Linear(hidden, ARC_WIDTH)
        self.distance = nn.Embedding(2 * len(DISTANCES), 1)
        nn.init.zeros_(self.distance.weight)

    def forward(self, left: torch.Tensor, right: torch.Tensor, distance: torch.Tensor) -> torch.Tensor:
        """Projections of the words, (..., words, ARC_WIDTH), and buckets, (words, words): logits of each word's
        heads."""
        return left @ right.transpose(-1, -2) / ARC_WIDTH**0.5 + self.distance(distance)[..., 0]


class Model(nn.Module):
    """MiniLM with one linear head per judgement of a word piece, and one :class:`PairHead` per judgement of two."""

    def __init__(self, base: Path, attention: str = "eager") -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(base), attn_implementation=attention, add_pooling_layer=False)
        hidden = self.encoder.config.hidden_size
        self.token = nn.Linear(hidden, sum(len(labels) for labels in TOKEN_HEADS.values()))
        self.pair = nn.ModuleDict({name: PairHead(hidden, len(labels)) for name, labels in PAIR_HEADS.items()})
        self.arc = ArcHead(hidden)
        self.shape = nn.Embedding(4, hidden)
        nn.init.zeros_(self.shape.weight)
        self.dropout = nn.Dropout(0.1)

    def sides(self) -> list[nn.Linear]:
        """Everything that projects a vector for one side of a pair, in the order of the outputs."""
        return [side for head in (*self.pair.values(), self.arc) for side in (head.left, head.right)]

    def vectors(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The vector of each piece; MiniLM itself doesn't see capitals."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.shape(shapes)
        return self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

    def forward(
        self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """All token heads' logits, all pair heads' projections and the vectors, each (batch, pieces, numbers)."""
        vectors = self.vectors(ids, shapes, mask)
        hidden = self.dropout(vectors)
        # All heads in one product: thirteen small ones take longer.
        every = [self.token, *self.sides()]
        weight, bias = torch.cat([one.weight for one in every]), torch.cat([one.bias for one in every])
        out = functional.linear(hidden, weight, bias)
        return out[..., : self.token.out_features], out[..., self.token.out_features :], vectors
