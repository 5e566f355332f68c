"""PDF files: the text layer, page by page, with lines joined to paragraphs."""

from __future__ import annotations

import re
from typing import Any, Final

from marsad.errors import ReadingError
from marsad.reading.draft import Draft
from marsad.reading.options import ReadOptions
from marsad.reading.reflow import Line, reflow

__all__ = ["read_pdf"]

# PDFium writes U+FFFE or U+0002 where a line ends in a hyphen that breaks a word.
_BREAKS: Final = str.maketrans({"\ufffe": "\u00ad", "\x02": "\u00ad", "\x00": None})
_LINE_END: Final = re.compile(r"\r\n?|\n")
_MADE_BY: Final = re.compile(r"(microsoft \w+ - .*|untitled.*|.*\.(docx?|indd|pdf|odt|rtf|qxd|pptx?))\Z", re.I)


def read_pdf(data: bytes, options: ReadOptions) -> list[Draft]:
    """The draft of a PDF file. Raises ReadingError when it is locked, damaged or has no text layer.

    Pages are joined by blank lines. The dates in a PDF say when the file was
    made, which need not be when the report came out, and are not used.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadingError("the PDF is encrypted: save a copy without a password") from None
        raise ReadingError(f"not a readable PDF: {str(error)[:100]}") from None
    notes: list[str] = []
    pages: list[str] = []
    count = len(document)
    if count > options.max_pages:
        notes.append(f"only {options.max_pages:,} of {count:,} pages read")
    length = 0
    damaged = 0
    for index in range(min(count, options.max_pages)):
        try:
            page = _page(document, index)
        except pypdfium2.PdfiumError:
            damaged += 1
            continue
        if page:
            pages.append(page)
            length += len(page)
        if length > options.max_characters:
            break
    if damaged:
        notes.append(f"{damaged:,} of {count:,} pages are damaged")
    if not pages:
        raise ReadingError("no text layer: the PDF holds only pictures, or nothing; run OCR on it first")
    about = document.get_metadata_dict(skip_empty=True)
    title = about.get("Title", "")
    return [
        Draft(
            "\n\n".join(pages),
            title=None if _MADE_BY.match(title) else title,
            author=about.get("Author"),
            notes=tuple(notes),
        )
    ]


def _page(document: Any, index: int) -> str:
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            return reflow(_lines(text))
        finally:
            text.close()
    finally:
        page.close()


def _lines(textpage: Any) -> list[Line]:
    """The lines of a page with where they stand on it, in points."""
    whole = textpage.get_text_range()
    lines: list[Line] = []
    if len(whole) != textpage.count_chars():  # characters outside the BMP: positions would be off
        return [Line(_clean(words)) for words in _LINE_END.split(whole)]
    position = 0
    for words in _LINE_END.split(whole):
        lines.append(_placed(textpage, words, position))
        position += len(words)
        position += 2 if whole.startswith("\r\n", position) else 1
    return lines


def _placed(textpage: Any, words: str, position: int) -> Line:
    clean = _clean(words)
    if not clean:
        return Line("")
    first = position + len(words) - len(words.lstrip())
    last = position + len(words.rstrip()) - 1
    try:
        left, bottom, _, _ = textpage.get_charbox(first, loose=True)
        _, _, right, top = textpage.get_charbox(last, loose=True)
    except Exception:  # a position is a help, never a need
        return Line(clean)
    return Line(clean, left, right, bottom, top)


def _clean(words: str) -> str:
    return " ".join(words.translate(_BREAKS).split())
