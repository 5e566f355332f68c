"""A sum of small decision trees over many rows at once.

The table has one node a line: tree, node, feature, threshold, the nodes to go to where the value is at most that and
where it is more, and value; a leaf has no feature. The line of tree ``*`` has the sum to begin with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees"]


class Trees:
    """Trees read from a table. Raises ValueError or LookupError where it is malformed."""

    def __init__(self, table: str, features: Sequence[str]) -> None:
        rows = [line.split("\t") for line in table.split("\n")[1:] if line]
        column = {name: i for i, name in enumerate(features)}
        self.start: Final = float(rows[0][6])
        nodes = rows[1:]
        roots = [i for i, row in enumerate(nodes) if row[1] == "0"]
        self._roots: Final = np.array(roots, dtype=np.int32)
        base = 0
        feature = np.zeros(len(nodes), dtype=np.int32)
        threshold = np.full(len(nodes), np.inf, dtype=np.float32)
        low = np.arange(len(nodes), dtype=np.int32)
        high = np.arange(len(nodes), dtype=np.int32)
        self._value: Final = np.zeros(len(nodes), dtype=np.float64)
        depth = np.zeros(len(nodes), dtype=np.int32)
        for i, (_, node, name, limit, left, right, value) in enumerate(nodes):
            base = i if node == "0" else base
            if name:
                feature[i], threshold[i] = column[name], float(limit)
                low[i], high[i] = base + int(left), base + int(right)
                depth[low[i]] = depth[high[i]] = depth[i] + 1
            else:
                self._value[i] = float(value)
        self._feature, self._threshold = feature, threshold
        self._next: Final = np.stack([low, high], axis=1).ravel()
        """Of each node the one to go to where the value is at most its threshold, then the one where it is more."""
        self._depth: Final = int(depth.max())

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float64]:
        """The sum of all trees for each row of ``values``."""
        if not len(values):
            return np.zeros(0)
        flat = np.ascontiguousarray(values).ravel()
        rows = (np.arange(len(values), dtype=np.int32) * values.shape[1])[:, None]
        at = np.broadcast_to(self._roots, (len(values), len(self._roots)))
        for _ in range(self._depth):
            more = flat.take(rows + self._feature.take(at)) > self._threshold.take(at)
            at = self._next.take(2 * at + more)
        return np.asarray(self._value.take(at).sum(axis=1) + self.start, dtype=np.float64)
