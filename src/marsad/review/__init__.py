"""The review page: a small server on this computer, at which a person reads a casebook and decides.

``docs/review.md`` says how to use it and what keeps it safe.
"""

from __future__ import annotations

from marsad.review.app import review_app
from marsad.review.serving import Address, serve

__all__ = ["Address", "review_app", "serve"]
