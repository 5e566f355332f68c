"""Shared by the tests of reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_making import One

from marsad.reading import Outcome, ReadOptions, read


@pytest.fixture
def one(tmp_path: Path) -> One:
    """Write bytes under a name, read the file, and give the only outcome."""

    def made(name: str, content: bytes | str, **options: object) -> Outcome:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (outcome,) = read([path], ReadOptions(**options))  # type: ignore[arg-type]
        return outcome

    return made
