"""PDF files: the text layer, page by page, with lines joined to paragraphs."""

from __future__ import annotations

import re
from typing import Any, Final

from marsad.errors import ReadingError
from marsad.reading.draft import Draft
from marsad.reading.options import ReadOptions
from marsad.reading.reflow import SOFT, Line, join_pages, reflow

__all__ = ["read_pdf"]

# PDFium writes U+FFFE or U+0002, and no line end, where a line ends in a hyphen.
_BREAKS: Final = str.maketrans({"\ufffe": SOFT, "\x02": SOFT, "\x00": None})
_LINE_END: Final = re.compile("\r\n?|\n|(?<=[\ufffe\x02])")
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
    pages, notes = _pages(document, options)
    if not any(pages):
        raise ReadingError("; ".join((*notes, "no text layer: run OCR on the PDF first if it shows text")))
    about = document.get_metadata_dict(skip_empty=True)
    title = about.get("Title", "").strip()
    return [
        Draft(
            join_pages(pages),
            title=None if _MADE_BY.match(title) else title,
            author=about.get("Author"),
            notes=tuple(notes),
        )
    ]


def _pages(document: Any, options: ReadOptions) -> tuple[list[list[str]], list[str]]:
    """The paragraphs of each page within the limits, and what could not be read."""
    import pypdfium2

    count = len(document)
    pages: list[list[str]] = []
    length = damaged = bare = 0
    for index in range(min(count, options.max_pages)):
        try:
            page, pictures = _page(document, index)
        except pypdfium2.PdfiumError:
            page, pictures = [], False
            damaged += 1
        bare += pictures
        pages.append(page)
        length += sum(map(len, page))
        if length > options.max_characters:
            break
    notes = []
    if len(pages) < count:
        notes.append(f"only {len(pages):,} of {count:,} pages read")
    if damaged:
        notes.append(f"{damaged:,} of {count:,} pages are damaged")
    if bare and any(pages):
        notes.append(f"{bare:,} of {count:,} pages are pictures without a text layer")
    return pages, notes


def _page(document: Any, index: int) -> tuple[list[str], bool]:
    """The paragraphs of one page, and whether it holds a picture and no text."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    page = document[index]
    try:
        text = page.get_textpage()
        try:
            paragraphs = reflow(_lines(text))
        finally:
            text.close()
        bare = not paragraphs and any(True for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))
        return paragraphs, bare
    finally:
        page.close()


def _lines(textpage: Any) -> list[Line]:
    """The lines of a page with where they stand on it, in points."""
    whole = textpage.get_text_range()
    lines: list[Line] = []
    if len(whole) != textpage.count_chars():  # characters outside the BMP: positions would be off
        return [Line(_clean(words)) for words in _LINE_END.split(whole)]
    position = 0
    for match in (*_LINE_END.finditer(whole), None):
        end = match.start() if match else len(whole)
        lines.append(_placed(textpage, whole[position:end], position))
        position = match.end() if match else end
    return lines


def _placed(textpage: Any, words: str, position: int) -> Line:
    """A line with its edges, and its height taken from a letter in its middle, clear of bullets and notes."""
    clean = _clean(words)
    if not clean:
        return Line("")
    first = len(words) - len(words.lstrip())
    last = len(words.rstrip()) - 1
    letter = next((i for i in range(len(words) // 2, last) if words[i].isalnum()), first)
    try:
        left = textpage.get_charbox(position + first, loose=True)[0]
        right = textpage.get_charbox(position + last, loose=True)[2]
        _, bottom, _, top = textpage.get_charbox(position + letter, loose=True)
    except Exception:  # a position is a help, never a need
        return Line(clean)
    return Line(clean, left, right, bottom, top)


def _clean(words: str) -> str:
    return " ".join(words.translate(_BREAKS).split())
