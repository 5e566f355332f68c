"""Event types of users: heads on the frozen encoder, trained from a few examples and applied to records."""

from __future__ import annotations

from marsad.coding.codebook.trained import TrainedCodebook
from marsad.coding.codebook.training import Training, train

__all__ = ["TrainedCodebook", "Training", "train"]
