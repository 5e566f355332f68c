"""Word files: paragraphs, tables and notes, title, author and date of the core properties."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any, Final

from lxml import etree

from marsad.errors import LimitExceeded, ReadingError
from marsad.reading.dates import iso_date
from marsad.reading.draft import Draft
from marsad.reading.options import ReadOptions

__all__ = ["read_docx"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_TERMS: Final = "{http://purl.org/dc/terms/}"
_PARTS: Final = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_MOST_ENTRIES: Final = 10_000
_GIVEN: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def read_docx(data: bytes, options: ReadOptions) -> list[Draft]:
    """The draft of a .docx file; paragraphs stand with a blank line between.

    Deleted passages and field codes are left out; inserted ones are kept.
    Raises ReadingError when the file is damaged or locked, LimitExceeded when it
    unpacks to more than ``max_bytes``.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadingError("the Word file is encrypted or of the old .doc kind: save it as an open .docx")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
        if len(names) > _MOST_ENTRIES:
            raise LimitExceeded(f"the Word file holds {len(names):,} parts: more than {_MOST_ENTRIES:,}")
        if _PARTS[0] not in names:
            raise ReadingError("not a Word file: word/document.xml is missing")
        paragraphs: list[str] = []
        left = options.max_bytes
        for name in _PARTS:
            if name in names:
                part = _unpacked(archive, name, left)
                left -= len(part)
                paragraphs += _paragraphs(_tree(part))
        about = _about(_unpacked(archive, "docProps/core.xml", left)) if "docProps/core.xml" in names else {}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise ReadingError(f"not a readable Word file: {str(error)[:100]}") from None
    return [
        Draft(
            "\n\n".join(paragraphs),
            title=about.get("title"),
            published=iso_date(about.get("created")),
            author=about.get("creator"),
        )
    ]


def _unpacked(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as stream:
        part = stream.read(most + 1)
    if len(part) > most:
        raise LimitExceeded(f"the Word file unpacks to more than allowed ({name})")
    return part


def _tree(part: bytes) -> Any:
    """The XML of one part. No entities, no DTD, no network: Word writes none of them."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise ReadingError(f"the Word file is damaged: {str(error)[:100]}") from None
    if root.getroottree().docinfo.doctype:
        raise ReadingError("the Word file declares a document type, which no Word file does: not read")
    return root


def _paragraphs(root: Any) -> list[str]:
    """The paragraphs in order, those of table cells too."""
    found: list[str] = []
    open_paragraphs: list[list[str]] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if tag == _FALLBACK:
            skipped += 1 if event == "start" else -1
        if skipped or not isinstance(tag, str):
            continue
        space, _, name = tag.rpartition("}")
        if space + "}" not in (_W, _STRICT_W):
            continue
        if name == "p":
            if event == "start":
                open_paragraphs.append([])
            elif words := "".join(open_paragraphs.pop()).strip():
                found.append(words)
        elif event == "start" and open_paragraphs:
            if name == "t":
                open_paragraphs[-1].append(element.text or "")
            elif name in _GIVEN and not _is_tab_stop(element):
                open_paragraphs[-1].append(_GIVEN[name])
    return found


def _is_tab_stop(element: Any) -> bool:
    """``w:tab`` stands both for a tab in the text and, below ``w:tabs``, for a setting of the ruler."""
    parent = element.getparent()
    return parent is not None and str(parent.tag).endswith("}tabs")


def _about(part: bytes) -> dict[str, str]:
    try:
        root = _tree(part)
    except ReadingError:
        return {}
    named = {"title": f"{_DC}title", "creator": f"{_DC}creator", "created": f"{_TERMS}created"}
    return {key: words for key, tag in named.items() if (words := root.findtext(tag))}
