"""Marsad: from conflict reporting to sourced records.

Names are loaded when first used, so that ``import marsad`` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marsad.casebook import Casebook
    from marsad.coding import Coder
    from marsad.errors import MarsadError
    from marsad.reading import Outcome, read
    from marsad.records import Record, Report

__version__ = "0.1.0"

__all__ = [
    "Casebook",
    "Coder",
    "MarsadError",
    "Outcome",
    "Record",
    "Report",
    "__version__",
    "read",
]

_HOMES = {
    "Casebook": "marsad.casebook",
    "Coder": "marsad.coding",
    "MarsadError": "marsad.errors",
    "Outcome": "marsad.reading",
    "Record": "marsad.records",
    "Report": "marsad.records",
    "read": "marsad.reading",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'marsad' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
