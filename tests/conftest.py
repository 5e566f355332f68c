"""What all tests share."""

from __future__ import annotations

import os

# Small matrices are quicker on one thread, and many times so where other work runs; the commands set it too. It has to
# be there before numpy is.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
