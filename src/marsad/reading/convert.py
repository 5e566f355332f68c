"""From the bytes of one input to drafts: which reader takes which kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final, cast

from marsad.errors import ReadingError
from marsad.reading.draft import Draft, Refusal, finish
from marsad.reading.options import ReadOptions

__all__ = ["KINDS", "RISKY", "convert"]

KINDS: Final = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "mail",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""The reader of each suffix. ``jsonl`` is taken line by line before it comes here, as ``line``."""

RISKY: Final = frozenset({"html", "pdf", "docx", "mail"})
"""Kinds whose parsers may hang, crash or take all memory: they run in a process of their own."""

_READERS: Final = {
    "text": ("text", "read_text"),
    "markdown": ("markdown", "read_markdown"),
    "html": ("html", "read_html"),
    "pdf": ("pdf", "read_pdf"),
    "docx": ("docx", "read_docx"),
    "mail": ("mail", "read_mail"),
    "json": ("jsonlines", "read_json"),
    "line": ("jsonlines", "read_json_line"),
}
Reader = Callable[[bytes, ReadOptions], Sequence[Draft | Refusal]]


def convert(kind: str, data: bytes, options: ReadOptions) -> list[Draft | Refusal]:
    """The drafts and refusals of one input of a known kind, within the limits. Raises nothing for bad data."""
    module, name = _READERS[kind]
    reader = cast(Reader, getattr(import_module(f"marsad.reading.{module}"), name))
    try:
        return [finish(item, options) if isinstance(item, Draft) else item for item in reader(data, options)]
    except ReadingError as error:
        return [Refusal(str(error))]
    except MemoryError:
        return [Refusal(f"needs more than {options.max_memory >> 20} MiB of memory")]
    except RecursionError:
        return [Refusal("nested too deeply")]
    except Exception as error:  # parsers of untrusted data fail in ways they do not document
        return [Refusal(f"cannot be parsed as {kind}: {type(error).__name__}: {str(error)[:100]}")]
