"""Reads users' codebooks: TOML, or CSV and JSON lines with one sentence a row."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from marsad.errors import CodebookError
from marsad.ontology.codebook import Codebook, Example, UserType

__all__ = ["read_codebook"]

_MOST_BYTES: Final = 10_000_000
_MARK: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_YES: Final = frozenset({"yes", "y", "true", "1", "x", "counter"})
_NO: Final = frozenset({"no", "n", "false", "0", ""})
_TOP: Final = frozenset({"name", "type", "counter_examples"})
_TYPE: Final = frozenset({"name", "definition", "parent", "examples", "counter_examples"})
_ROW: Final = ("type", "text", "trigger", "counter", "definition", "parent")


def read_codebook(path: Path) -> Codebook:
    """The codebook of a ``.toml``, ``.csv``, ``.tsv`` or ``.jsonl`` file.

    Raises CodebookError, which names the first thing that is wrong, or OSError.
    """
    data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    if not data:
        raise CodebookError(f"{path}: empty, or larger than {_MOST_BYTES:,} bytes: give sentences, not reports")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CodebookError(f"{path}: not UTF-8: save it as UTF-8 text") from None
    try:
        match path.suffix.lower():
            case ".toml":
                return _of_toml(tomllib.loads(text), path.stem)
            case ".csv" | ".tsv":
                return _of_rows(_csv_rows(text, "\t" if path.suffix.lower() == ".tsv" else ","), path.stem)
            case ".jsonl":
                return _of_rows(_json_rows(text), path.stem)
            case other:
                raise CodebookError(f"{other or 'no'} ending: a codebook is a .toml, .csv, .tsv or .jsonl file")
    except CodebookError as error:
        raise CodebookError(f"{path}: {error}") from None
    except (tomllib.TOMLDecodeError, csv.Error, RecursionError) as error:
        raise CodebookError(f"{path}: cannot be read: {error}") from None


def _of_toml(data: Mapping[str, Any], stem: str) -> Codebook:
    _only(data, _TOP, "at the top")
    types = data.get("type", [])
    if not isinstance(types, list) or not all(isinstance(kind, dict) for kind in types):
        raise CodebookError("'type' must be tables: begin each type with a line [[type]]")
    found = []
    for number, kind in enumerate(types, start=1):
        where = f"type {number}"
        name = _words(kind.get("name"), f"{where}: name")
        where = f"type {name!r}"
        _only(kind, _TYPE, where)
        found.append(
            UserType(
                name=name,
                definition=" ".join(_words(kind.get("definition", ""), f"{where}: definition").split()),
                parent=_words(kind["parent"], f"{where}: parent").upper() if "parent" in kind else None,
                examples=_examples(kind.get("examples", []), f"{where}: examples"),
                counter_examples=_examples(kind.get("counter_examples", []), f"{where}: counter_examples"),
            )
        )
    return Codebook(
        _words(data.get("name", stem), "name"),
        tuple(found),
        _examples(data.get("counter_examples", []), "counter_examples"),
    )


def _examples(given: object, where: str) -> tuple[Example, ...]:
    if not isinstance(given, list):
        raise CodebookError(f"{where} must be a list: [ ... ]")
    found = []
    for number, item in enumerate(given, start=1):
        if isinstance(item, str):
            found.append(_example(item, None, f"{where}, number {number}"))
        elif isinstance(item, dict):
            _only(item, frozenset({"text", "trigger"}), f"{where}, number {number}")
            text = _words(item.get("text"), f"{where}, number {number}: text")
            trigger = item.get("trigger")
            found.append(_example(text, trigger and _words(trigger, f"{where}: trigger"), f"{where}, number {number}"))
        else:
            raise CodebookError(f"{where}, number {number}: must be a sentence in quotation marks")
    return tuple(found)


def _of_rows(rows: Iterable[tuple[str, Mapping[str, Any]]], stem: str) -> Codebook:
    """The codebook of rows; those without a type are of none."""
    texts: dict[str, tuple[list[Example], list[Example]]] = {}
    about: dict[str, dict[str, str]] = {}
    general = []
    for where, row in rows:
        cells = {key: _words(row.get(key) or "", f"{where}: {key}").strip() for key in _ROW if key != "counter"}
        counter = str(row.get("counter") if row.get("counter") is not None else "").strip().casefold()
        if counter not in _YES | _NO:
            raise CodebookError(f"{where}: counter is {counter!r}: write yes for a counter-example, else nothing")
        example = _example(cells["text"], cells["trigger"] or None, where)
        if not cells["type"]:
            if counter in _NO:
                raise CodebookError(f"{where}: no type: name it, or write yes under counter")
            general.append(example)
            continue
        texts.setdefault(cells["type"], ([], []))[counter in _YES].append(example)
        known = about.setdefault(cells["type"], {})
        for key in ("definition", "parent"):
            if cells[key] and known.setdefault(key, cells[key]) != cells[key]:
                raise CodebookError(f"{where}: another {key} of {cells['type']!r} than before: keep one of them")
    return Codebook(
        stem,
        tuple(
            UserType(
                name,
                about[name].get("definition", ""),
                tuple(examples),
                tuple(counters),
                about[name]["parent"].upper() if "parent" in about[name] else None,
            )
            for name, (examples, counters) in texts.items()
        ),
        tuple(general),
    )


def _csv_rows(text: str, separator: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    heads = [head.strip().casefold() for head in reader.fieldnames or ()]
    if "text" not in heads or "type" not in heads:
        raise CodebookError(f"the first line must name the columns type and text (and may name {', '.join(_ROW[2:])})")
    if unknown := sorted(set(heads) - set(_ROW)):
        raise CodebookError(f"unknown column {unknown[0]!r}: the columns are {', '.join(_ROW)}")
    reader.fieldnames = heads
    for row in reader:
        where = f"line {reader.line_num}"
        if None in row:
            raise CodebookError(f"{where}: more cells than columns: put a text with commas in quotation marks")
        yield where, row


def _json_rows(text: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise CodebookError(f"line {number}: not JSON: {error}") from None
        if not isinstance(row, dict):
            raise CodebookError(f"line {number}: must be an object with type and text")
        _only(row, frozenset(_ROW), f"line {number}")
        if isinstance(row.get("counter"), bool):
            row["counter"] = "yes" if row["counter"] else "no"
        yield f"line {number}", row


def _example(text: str, trigger: str | None, where: str) -> Example:
    """``text`` without its ``[[ ]]``, which mark the words that tell of the event."""
    plain, marks, at = "", [], 0
    for found in _MARK.finditer(text):
        plain += text[at : found.start()]
        if not found[1].strip():
            raise CodebookError(f"{where}: nothing stands between [[ and ]]")
        inner = found[1]
        begin = len(plain) + len(inner) - len(inner.lstrip())
        marks.append((begin, begin + len(inner.strip())))
        plain, at = plain + inner, found.end()
    plain += text[at:]
    if "[[" in plain or "]]" in plain:
        raise CodebookError(f"{where}: [[ without ]], or the other way round: {text[:60]!r}")
    if trigger:
        begin = plain.find(trigger)
        if begin < 0:
            raise CodebookError(f"{where}: the trigger {trigger[:40]!r} does not stand in the text {plain[:60]!r}")
        marks.append((begin, begin + len(trigger)))
    if not plain.strip():
        raise CodebookError(f"{where}: no text")
    return Example(plain, tuple(sorted(marks)))


def _only(data: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    if unknown := sorted(set(data) - known):
        raise CodebookError(f"{where}: unknown key {unknown[0]!r}: the keys are {', '.join(sorted(known))}")


def _words(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise CodebookError(f"{where} must be words in quotation marks, not {str(value)[:40]!r}")
    if any(0xD800 <= ord(character) <= 0xDFFF for character in value):
        raise CodebookError(f"{where} holds half a character: write it anew")
    return value
