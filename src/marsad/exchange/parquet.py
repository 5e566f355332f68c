"""Rows as Apache Parquet, some thousands at a time, by pyarrow, which is loaded only here: it is large."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import IO, Any, Final

from marsad import __version__
from marsad.errors import ExchangeError
from marsad.exchange.columns import Column

__all__ = ["check_parquet", "write_parquet"]

_AT_ONCE: Final = 4096
"""Rows of a group: what is in memory at a time."""


def check_parquet() -> None:
    """Raise ExchangeError where pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise ExchangeError("Parquet needs pyarrow, which is not installed: run 'pip install pyarrow'") from None


def write_parquet(target: IO[bytes], table: str, columns: Sequence[Column], rows: Iterable[Any]) -> None:
    """Write ``rows`` (dataclasses) as one Parquet file: lists as lists, whole numbers of 64 bits, text in UTF-8.

    What each column means stands in its field's metadata (``meaning``), the table's name and Marsad's version in the
    schema's. Raises ExchangeError where pyarrow is not installed.
    """
    check_parquet()
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_(),
        "texts": pa.list_(pa.string()), "wholes": pa.list_(pa.int64()),
    }  # fmt: skip
    schema = pa.schema(
        [pa.field(one.name, kinds[one.kind], one.empty, {"meaning": one.meaning}) for one in columns],
        {"marsad.table": table, "marsad.version": __version__},
    )
    left = iter(rows)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        while some := list(islice(left, _AT_ONCE)):
            arrays = [
                pa.array([_value(getattr(row, column.name)) for row in some], kinds[column.kind]) for column in columns
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return _whole(value)
    if isinstance(value, tuple):
        return [_whole(one) if isinstance(one, str) else one for one in value]
    return value


def _whole(text: str) -> str:
    """Without half characters, which UTF-8 does not have."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
