"""Where a set lies."""

from __future__ import annotations

from pathlib import Path

__all__ = ["set_folder"]


def set_folder(folder: Path, name: str) -> Path:
    """The folder of a set: ``folder`` itself, or the one of that name in it where ``folder`` holds all sets."""
    return folder / name if (folder / name).is_dir() else folder
