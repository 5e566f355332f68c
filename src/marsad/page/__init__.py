"""The page: records as one self-contained HTML file that a person reads."""

from __future__ import annotations

from marsad.page.html import Opening, render_page, write_page

__all__ = ["Opening", "render_page", "write_page"]
