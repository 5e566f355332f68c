"""Attention for training on a CPU: as transformers' plain one, with less to draw and to copy.

A fifth of the time of a step went into drawing which attention weights are dropped, one random number for each of
twelve heads of windows squared. Here eight are decided by one number of 64 bits, the weights stay in the sixteen bits
in which they are multiplied, and the query is scaled instead of the scores.
"""

from __future__ import annotations

from typing import Any, Final

import torch
from torch import nn
from transformers import AttentionInterface
from transformers.masking_utils import AttentionMaskInterface, eager_mask

NAME: Final = "thrifty"
_LEVELS: Final = 256


def dropped(weights: torch.Tensor, share: float) -> torch.Tensor:
    """The weights, a share of them zero and the others larger for it; the share is rounded to a 256th."""
    edge = round(share * _LEVELS)
    size = weights.numel()
    numbers = torch.randint(-(2**63), 2**63 - 1, ((size + 7) // 8,), dtype=torch.int64, device=weights.device)
    kept = numbers.view(torch.uint8)[:size].view(weights.shape) >= edge
    return weights * kept.to(weights.dtype).mul_(_LEVELS / (_LEVELS - edge))


def attend(
    module: nn.Module, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor,
    attention_mask: torch.Tensor | None, scaling: float | None = None, dropout: float = 0.0, **_: Any,
) -> tuple[torch.Tensor, torch.Tensor]:  # fmt: skip
    """What transformers asks of an attention: (batch, pieces, heads, numbers), and the weights."""
    scaled = query * (query.size(-1) ** -0.5 if scaling is None else scaling)
    scores = torch.matmul(scaled, key.transpose(2, 3))
    if attention_mask is not None:
        scores = scores + attention_mask
    weights = torch.softmax(scores, dim=-1).to(query.dtype)
    if module.training and dropout:
        weights = dropped(weights, dropout)
    return torch.matmul(weights, value).transpose(1, 2).contiguous(), weights


AttentionInterface.register(NAME, attend)
AttentionMaskInterface.register(NAME, eager_mask)
