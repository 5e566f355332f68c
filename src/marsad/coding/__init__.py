"""The coder: from a report to a record of what it says."""

from __future__ import annotations

from marsad.coding.coder import Coder

__all__ = ["Coder"]
