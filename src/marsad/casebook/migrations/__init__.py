"""The steps by which a casebook reaches the present schema: one SQL file for each, in order.

A step, once released, never changes; a new schema is a new file. The number
that a file's name begins with is the ``user_version`` that its step leads to.
"""

from __future__ import annotations

from importlib.resources import files

__all__ = ["steps"]


def steps() -> list[tuple[int, str]]:
    """Each step's version and SQL, in order; versions run 1, 2, 3 ..."""
    found = sorted(
        (file.name, file.read_text(encoding="utf-8"))
        for file in files(__name__).iterdir()
        if file.name.endswith(".sql")
    )
    return [(int(name[:4]), sql) for name, sql in found]
