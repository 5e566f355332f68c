"""Reports put aside on disk, fetched again by number when they are compared."""

from __future__ import annotations

import json
import zlib
from array import array
from dataclasses import asdict
from tempfile import TemporaryFile
from types import TracebackType
from typing import Protocol, Self

from marsad.records import Report, Source

__all__ = ["ReportStore", "Reports"]


class Reports(Protocol):
    """Where an index of origins puts its reports, and gets them from when it compares them."""

    def keep(self, report: Report) -> int:
        """Put one aside; its number: 0 for the first, then 1, and so on."""
        ...

    def fetch(self, number: int) -> Report:
        """The report of this number."""
        ...


class ReportStore:
    """Reports in a temporary file, compressed; eight bytes of memory each. A context manager."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115
        self._starts = array("Q", [0])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Delete the file; the store cannot be used afterwards."""
        self._file.close()

    def keep(self, report: Report) -> int:
        """Put one aside. Raises OSError when the disk is full."""
        data = zlib.compress(json.dumps(asdict(report), default=str).encode(), 1)
        self._file.seek(self._starts[-1])
        self._file.write(data)
        self._starts.append(self._starts[-1] + len(data))
        return len(self._starts) - 2

    def fetch(self, number: int) -> Report:
        """The report of this number. Raises IndexError where there is none."""
        if not 0 <= number < len(self):
            raise IndexError(f"no report {number}")
        start, end = self._starts[number], self._starts[number + 1]
        self._file.seek(start)
        data = json.loads(zlib.decompress(self._file.read(end - start)))
        return Report(**{**data, "source": Source(**data["source"])})
