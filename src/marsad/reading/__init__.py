"""Reading: files, folders and standard input become reports.

:func:`read` gives one :class:`Outcome` for every report that it met, good or
bad; it raises nothing for what is wrong with an input.
"""

from __future__ import annotations

from marsad.reading.options import ReadOptions
from marsad.reading.outcome import Outcome
from marsad.reading.run import read

__all__ = ["Outcome", "ReadOptions", "read"]
