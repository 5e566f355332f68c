"""Web pages: the main text, title, date, author and site, without menus and hidden text."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree
from lxml import html as lxml_html

from marsad.reading.dates import iso_date
from marsad.reading.draft import Draft
from marsad.reading.encoding import decode
from marsad.reading.options import ReadOptions
from marsad.records import Source

__all__ = ["read_html", "read_markup"]

_UNREAD: Final = frozenset(
    {"head", "noscript", "script", "style", "template", "svg", "math", "object", "iframe", "select"}
)
_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"}
    | {"li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul"}
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_XML_HEAD: Final = re.compile(r"<\?xml[^>]*\?>")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_html(data: bytes, options: ReadOptions) -> list[Draft]:
    """The draft of one HTML page."""
    markup, note = decode(data, html=True)
    return [read_markup(markup, (note,) if note else ())]


def read_markup(markup: str, notes: tuple[str, ...] = ()) -> Draft:
    """The draft of a page already decoded.

    trafilatura finds the main text; where it finds none, all visible text is
    taken. What a page hides from its readers is left out: ``hidden``,
    ``display:none``, scripts, templates, comments.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    clean = _NOT_XML.sub(" ", _XML_HEAD.sub("", markup[:500].lstrip(), count=1) + markup[500:])
    try:
        tree = lxml_html.document_fromstring(clean.encode(), parser=parser, ensure_head_body=True)
    except etree.ParserError:  # no element at all
        return Draft("", notes=notes)
    limits = {entry.message for entry in parser.error_log if "XML_PARSE_HUGE" in entry.message}
    if any("depth" in message.lower() for message in limits):
        notes = (*notes, "elements nested more than 256 deep were not read")
    elif limits:
        notes = (*notes, "a part longer than the HTML parser takes was not read")
    _drop_hidden(tree)
    _unwrap(tree)
    plain = _visible(tree)
    page = _main_text(tree)
    if page is None:
        return Draft(plain, title=_title(tree), notes=notes)
    return Draft(
        _paragraphs(page.text or "") or plain,
        title=page.title or _title(tree),
        published=iso_date(page.date),
        author=page.author,
        source=Source(name=page.sitename, url=page.url),
        notes=notes,
    )


def _main_text(tree: Any) -> Any:
    """trafilatura's view of the page, or None; it may fail in many ways on strange markup."""
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except MemoryError:
        raise
    except Exception:
        return None


def _drop_hidden(tree: Any) -> None:
    for element in list(tree.iter(etree.Element)):
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        if (hidden or element.tag in ("template", "noscript")) and element.getparent() is not None:
            element.drop_tree()


def _unwrap(tree: Any) -> None:
    """Make line ends in the markup the spaces that a browser shows; trafilatura takes them for line breaks."""
    kept = {part for pre in tree.iter("pre") for part in pre.iter()}
    for element in tree.iter(etree.Element):
        if element not in kept and element.text and "\n" in element.text:
            element.text = _one_line(element.text)
        if element.tail and "\n" in element.tail and (element.tag == "pre" or element not in kept):
            element.tail = _one_line(element.tail)


def _visible(tree: Any) -> str:
    """All text of the page in reading order, one paragraph a block."""
    pieces: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        unread = element.tag in _UNREAD
        if event == "start":
            skipped += unread
            if element.tag in _BLOCKS:
                pieces.append("\n")
            if not skipped:
                pieces.append((element.text or "").replace("\n", " "))
        else:
            skipped -= unread
            if element.tag in _BLOCKS:
                pieces.append("\n")
            if not skipped:
                pieces.append((element.tail or "").replace("\n", " "))
    return _paragraphs("".join(pieces))


def _one_line(words: str) -> str:
    """``words`` with a space for each line end and the blanks around it."""
    first, *middle, last = words.split("\n")
    line = " ".join((first.rstrip(" \t\r"), *(part.strip(" \t\r") for part in middle), last.lstrip(" \t\r")))
    # character references may have brought in what lxml gives out but does not take back
    return _NOT_XML.sub(" ", line)


def _paragraphs(text: str) -> str:
    """Each line of ``text`` that is not blank, single spaces in it, a blank line between."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line)


def _title(tree: Any) -> str | None:
    found = tree.find(".//title")
    return None if found is None else "".join(found.itertext())
