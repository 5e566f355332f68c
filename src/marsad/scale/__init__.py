"""Coding of many reports on all cores, with the results of one core."""

from __future__ import annotations

from marsad.scale.opening import CoderLike, Failure, Opener
from marsad.scale.processes import code_many, usable_cores

__all__ = ["CoderLike", "Failure", "Opener", "code_many", "usable_cores"]
