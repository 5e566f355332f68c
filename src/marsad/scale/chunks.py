"""Reports in portions that are worth sending to another process."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Final

from marsad.records import Report

__all__ = ["Item", "chunks", "is_large", "weight"]

Item = Report | None
"""A report, or None for a place in the order that needs no coding."""

CHUNK_ITEMS: Final = 16
CHUNK_CHARACTERS: Final = 32_000
"""About a second of work: sending costs little beside it, and little is lost with a worker."""
PATIENCE: Final = 0.5
"""Seconds after which a chunk is sent as it is, so that slow reading keeps no worker waiting."""
LARGE_REPORTS: Final = 12
LARGE_CHARACTERS: Final = 60_000
"""From here on several workers are sooner done than one process, although each has to load the models."""


def weight(items: Iterable[Item]) -> int:
    """Characters of text."""
    return sum(len(item.text) for item in items if item)


def is_large(items: list[Item]) -> bool:
    """Do these reports pay for starting workers?"""
    return sum(item is not None for item in items) >= LARGE_REPORTS or weight(items) >= LARGE_CHARACTERS


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in order, in lists that are taken only as far as they are asked for."""
    chunk: list[Item] = []
    characters, begun = 0, 0.0
    for item in items:
        begun = begun if chunk else time.monotonic()
        chunk.append(item)
        characters += len(item.text) if item else 0
        full = len(chunk) >= CHUNK_ITEMS or characters >= CHUNK_CHARACTERS
        if full or time.monotonic() - begun >= PATIENCE:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk
