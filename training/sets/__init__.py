"""Loaders of public data sets: each turns one set into partial records that say what they label.

Source: every loader's own docstring names its set and the licence it comes under.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from . import cameo_ner, ecbplus, factuality, gum_news, litbank, muc4, plover_gsr, polnear, rams, re3d, wikievents
from .partial import PartialRecord

__all__ = ["LOADERS"]

LOADERS: Final[dict[str, tuple[str, Callable[[Path], Iterable[PartialRecord]]]]] = {
    "wikievents": ("wikievents", wikievents.load),
    "rams": ("rams", rams.load),
    "re3d": ("re3d", re3d.load),
    "gum_news": ("gum_news", gum_news.load),
    "ecbplus": ("ecbplus", ecbplus.load),
    "polnear": ("polnear", polnear.load),
    "litbank": ("litbank", litbank.load),
    "factuality": ("factuality", factuality.load),
    "plover_gsr": ("plover_gsr", plover_gsr.load),
    "cameo_ner": ("conflibert", cameo_ner.load),
    "muc4": ("muc4", muc4.load),
}
"""Name of a set -> its folder under the data, and its loader."""
