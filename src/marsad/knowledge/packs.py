"""Reading actor packs: TOML, or TSV for long tables. The format is in ``docs/knowledge.md``."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from marsad.errors import KnowledgeError
from marsad.knowledge.actors import KnownActor, Term
from marsad.vocabulary import KINDS

__all__ = ["read_pack"]

LIMIT: Final = 8_000_000  # bytes; a pack is written by hand
_ID: Final = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LISTS: Final = ("aliases", "arabic", "adjectives", "people", "part_of", "backed_by")
_TEXTS: Final = ("id", "name", "kind", "country", "source", "died")
_TERM: Final = ("office", "body", "start", "end", "checked", "source")
_TSV: Final = (*_TEXTS, *_LISTS, "office", "body", "start", "end", "checked")
_STATES: Final = ("iso2", "name", "other_names", "adjectives", "people", "capital", "latitude", "longitude")
_STATES_SOURCE: Final = "https://en.wikipedia.org/wiki/ISO_3166-1_alpha-2"


def read_pack(path: Path) -> tuple[KnownActor, ...]:
    """The actors of the pack at ``path``; :class:`KnowledgeError` says what is wrong with it."""
    try:
        if path.stat().st_size > LIMIT:
            raise KnowledgeError(f"{path.name}: larger than {LIMIT:,} bytes; split the pack")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KnowledgeError(f"{path.name}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path.name}: not UTF-8; save it as UTF-8") from error
    if path.suffix == ".toml":
        return _from_toml(path.name, text)
    if path.suffix == ".tsv":
        return _from_tsv(path.name, text)
    raise KnowledgeError(f"{path.name}: a pack ends in .toml or .tsv")


def _from_toml(where: str, text: str) -> tuple[KnownActor, ...]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{where}: not TOML: {error}") from error
    entries = data.pop("actor", None)
    data.pop("pack", None)
    if data or not isinstance(entries, list) or not entries:
        raise KnowledgeError(f"{where}: a pack holds [[actor]] tables, and [pack] at most; see docs/knowledge.md")
    return tuple(_actor(f"{where}, actor {n}", entry) for n, entry in enumerate(entries, 1))


def _rows(where: str, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a TSV with their numbers, as a mapping by the names in its first line."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        raise KnowledgeError(f"{where}: empty; the first line names the columns")
    reader = csv.reader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(reader)
    for (number, _), row in zip(lines[1:], reader, strict=True):
        if len(row) != len(header):
            raise KnowledgeError(f"{where}, line {number}: {len(row)} columns where the first line has {len(header)}")
        yield number, dict(zip(header, (cell.strip() for cell in row), strict=True))


def _from_tsv(where: str, text: str) -> tuple[KnownActor, ...]:
    entries: dict[str, dict[str, Any]] = {}
    for number, row in _rows(where, text):
        if row.keys() == set(_STATES):
            entries[row["iso2"]] = _state(row)
            continue
        if unknown := sorted(row.keys() - set(_TSV)):
            raise KnowledgeError(f"{where}: no such column: {unknown[0]!r}; see docs/knowledge.md")
        identity = row.get("id", "")
        entry = entries.get(identity)
        if entry is None:  # a later line with the same id only adds a term
            entry = {key: row[key] for key in _TEXTS if row.get(key)}
            entry |= {key: row[key].split("|") for key in _LISTS if row.get(key)}
            entries[identity] = entry
        elif row.get("name") not in ("", None, entry.get("name")):
            raise KnowledgeError(f"{where}, line {number}: {identity!r} has another name above; ids are for one actor")
        if row.get("office"):
            entry.setdefault("terms", []).append({key: row[key] for key in _TERM if row.get(key)})
    return tuple(_actor(f"{where}, {identity or 'line without id'}", entry) for identity, entry in entries.items())


def _state(row: Mapping[str, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": row["iso2"].lower(), "name": row["name"], "kind": "state", "country": row["iso2"]}
    entry["source"] = _STATES_SOURCE
    for key, column in (("aliases", "other_names"), ("adjectives", "adjectives"), ("people", "people")):
        entry[key] = row[column].split("|") if row[column] else []
    return entry


def _actor(where: str, entry: object) -> KnownActor:
    if not isinstance(entry, dict):
        raise KnowledgeError(f"{where}: an actor is a table of keys and values")
    if unknown := sorted(entry.keys() - {*_TEXTS, *_LISTS, "terms"}):
        raise KnowledgeError(f"{where}: no such key: {unknown[0]!r}; see docs/knowledge.md")
    texts: dict[str, Any] = {key: _text(where, key, entry[key]) for key in _TEXTS if key in entry}
    if missing := [key for key in ("id", "name", "kind", "source") if key not in texts]:
        raise KnowledgeError(f"{where}: {missing[0]!r} is missing")
    if not _ID.fullmatch(texts["id"]):
        raise KnowledgeError(f"{where}: id {texts['id']!r} is not like 'iq.kataib-hezbollah'")
    if texts["kind"] not in KINDS:
        raise KnowledgeError(f"{where}: kind {texts['kind']!r} is none of {', '.join(KINDS)}")
    if not texts["source"].startswith(("https://", "http://")):
        raise KnowledgeError(f"{where}: source must be a web address, not {texts['source']!r}")
    if not _COUNTRY.fullmatch(texts.get("country", "XX")):
        raise KnowledgeError(f"{where}: country {texts['country']!r} is not an ISO 3166-1 alpha-2 code")
    if not _DATE.fullmatch(texts.get("died", "2000")):
        raise KnowledgeError(f"{where}: died {texts['died']!r} is not an ISO date")
    lists: dict[str, Any] = {key: _texts(where, key, entry[key]) for key in _LISTS if key in entry}
    terms = entry.get("terms", [])
    if not isinstance(terms, list):
        raise KnowledgeError(f"{where}: terms is a list of tables")
    return KnownActor(**texts, **lists, terms=tuple(_term(where, term) for term in terms))


def _term(where: str, entry: object) -> Term:
    if not isinstance(entry, dict) or entry.keys() - set(_TERM):
        raise KnowledgeError(f"{where}: a term has the keys {', '.join(_TERM)}")
    values = {key: _text(where, f"terms.{key}", value) for key, value in entry.items()}
    if missing := [key for key in ("office", "body", "start", "source") if key not in values]:
        raise KnowledgeError(f"{where}: a term lacks {missing[0]!r}")
    start, end, checked = values["start"], values.get("end"), values.get("checked")
    if not all(_DATE.fullmatch(date) for date in (start, end or start, checked or start)):
        raise KnowledgeError(f"{where}: start, end and checked of a term are ISO dates, such as 2018-10-25")
    if end is not None and end < start[: len(end)]:
        raise KnowledgeError(f"{where}: the term as {values['office']} ends before it starts")
    return Term(values["office"].lower(), values["body"], start, end, values["source"], checked)


def _text(where: str, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise KnowledgeError(f"{where}: {key} must be a text that is not empty")
    return value.strip()


def _texts(where: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise KnowledgeError(f"{where}: {key} must be a list of texts")
    return tuple(dict.fromkeys(_text(where, key, item) for item in value))
