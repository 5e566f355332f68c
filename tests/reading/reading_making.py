"""Files made by hand for the tests of reading."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

from marsad.reading import Outcome

One = Callable[..., Outcome]
"""Write content under a name, read it with options, and give the only outcome."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], info: str = "", trailer: str = "") -> bytes:
    """A PDF of pages of ``(x, y, words)`` in 10-point Helvetica; y in points from the foot."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", f"<<{info}>>"]
    kids = []
    for page in pages:
        words = "".join(f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in page)
        objects.append(f"<</Length {len(words)}>>stream\n{words}endstream")
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out = "%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{o:010} 00000 n \n" for o in offsets)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 4 0 R{trailer}>>\nstartxref\n{start}\n%%EOF"
    return out.encode("latin-1")


def docx(body: str, core: str = "", head: str = "", **parts: str) -> bytes:
    """A Word file with ``body`` as the content of ``w:body``; ``parts`` are further files below word/."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:notes xmlns:w="{W}">{content}</w:notes>')
        if core:
            archive.writestr(
                "docProps/core.xml",
                '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
                ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
                f"{core}</cp:coreProperties>",
            )
    return buffer.getvalue()


def paragraph(*words: str) -> str:
    """A Word paragraph with a run for each of ``words``."""
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{w}</w:t></w:r>' for w in words) + "</w:p>"
