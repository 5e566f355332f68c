"""Mail: the body, preferably the plain one, with subject, date and sender."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from typing import Final

from marsad.errors import ReadingError
from marsad.reading.dates import iso_date
from marsad.reading.draft import Draft
from marsad.reading.encoding import decode
from marsad.reading.html import read_markup
from marsad.reading.options import ReadOptions

__all__ = ["read_mail"]

_DECORATION: Final = frozenset({"image", "audio", "video"})


def read_mail(data: bytes, options: ReadOptions) -> list[Draft]:
    """The draft of one message. Raises ReadingError when it is no mail or has no readable body.

    Attached documents are not read; the draft's notes name them.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(("plain", "html"))
    except Exception as error:  # the mail parser fails in ways it does not document
        raise ReadingError(f"not a readable mail: {str(error)[:100]}") from None
    subject, date, sender = (_header(message, name) for name in ("subject", "date", "from"))
    if subject is None and date is None and sender is None:
        raise ReadingError("not a mail: it has no Subject, Date or From")
    if body is None:
        raise ReadingError("the mail has no text: neither a plain nor an HTML body")
    draft = _body(body)
    published = iso_date(date)
    notes = list(draft.notes)
    if date and published is None and options.published is None:
        notes.append(f"Date is {date[:40]!r}, which is no date")
    if attached := _attached(message, body):
        notes.append(f"attachments not read: {', '.join(attached[:10])}" + (" ..." if len(attached) > 10 else ""))
    return [Draft(draft.text, title=subject, published=published, author=sender, notes=tuple(notes))]


def _body(part: MIMEPart) -> Draft:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    html = part.get_content_type() == "text/html"
    charset = part.get_param("charset")
    text, note = decode(data, label=charset if isinstance(charset, str) else None, html=html)
    notes = (note,) if note else ()
    return read_markup(text, notes) if html else Draft(text, notes=notes)


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except Exception:  # as above, on malformed headers
        return None
    return None if value is None else str(value).strip() or None


def _attached(message: EmailMessage, body: MIMEPart) -> list[str]:
    """Names of the parts that carry content of their own and are not the body read."""
    names = []
    for part in message.walk():
        if part is body or part.is_multipart() or part.get_content_maintype() in _DECORATION:
            continue
        if part.get_content_disposition() == "attachment" or part.get_content_maintype() == "application":
            names.append((part.get_filename() or part.get_content_type())[:80])
    return names
