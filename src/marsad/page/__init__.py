"""The page: records as one self-contained HTML file that a person reads."""

from __future__ import annotations

from marsad.page.html import render_page, write_page

__all__ = ["render_page", "write_page"]
