"""Signs in a report of where it was taken from: wire credits, datelines, "reprinted from"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from marsad.records import Passage, Report

__all__ = ["Credit", "credits_of", "is_wire"]

_AGENCIES: Final = {
    "AP": r"\bAP\b|Associated Press", "Reuters": r"\bReuters\b|\bREUTERS\b", "AFP": r"\bAFP\b|Agence France[- ]Presse",
    "UPI": r"\bUPI\b|United Press International", "dpa": r"\bdpa\b|\bDPA\b", "Xinhua": r"\bXinhua\b|\bXINHUA\b",
    "TASS": r"\bTASS\b|ITAR-TASS", "Interfax": r"\bInterfax\b", "Anadolu": r"\bAnadolu(?: Agency)?\b",
    "EFE": r"\bEFE\b", "ANSA": r"\bANSA\b", "SANA": r"\bSANA\b", "IRNA": r"\bIRNA\b", "WAFA": r"\bWAFA\b",
    "PTI": r"\bPTI\b|Press Trust of India", "Kyodo": r"\bKyodo\b", "Yonhap": r"\bYonhap\b",
}  # fmt: skip
_ANY: Final = re.compile("|".join(f"(?P<a{n}>{pattern})" for n, pattern in enumerate(_AGENCIES.values())))
_NAMES: Final = tuple(_AGENCIES)
_DATELINE: Final = re.compile(r"[^\n]{0,80}?\((?P<inside>[^()\n]{2,40})\)\s*(?:[-–—:]|--)")
_LINE: Final = re.compile(
    r"(?:(?:by|from|source|credit|via|with)\b[:\s]*)?(?:the )?(?P<inside>[^\n.!?]{2,40})[.]?", re.IGNORECASE
)
_NAME: Final = r"[A-Z](?:[\w’'-]|\.(?=\w))*(?: [A-Z](?:[\w’'-]|\.(?=\w))*){0,4}"
_TAKEN: Final = re.compile(
    r"\b(?i:(?:re-?printed|re-?published|reposted|adapted|taken|syndicated) (?:with permission )?from (?:the )?)"
    rf"(?P<whom>{_NAME})"
    r"|\b(?i:(?:this (?:article|story|report) (?:was |has been )?(?:first |originally )?(?:appeared|published|ran)"
    r"|(?:originally|first) (?:published|appeared)) (?:in|on|by|at) (?:the )?)"
    rf"(?P<where>{_NAME})"
)
_ENDS: Final = 3
"""Credits stand in the first and last lines."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom a report names as the one it has the story from, and in which words."""

    whom: str
    passage: Passage


def credits_of(text: str) -> tuple[Credit, ...]:
    """The credits of a report, in order: agencies in a dateline, byline or last line, and "reprinted from"."""
    found: dict[str, Credit] = {}
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    for number, (start, end) in enumerate(lines):
        if _ENDS <= number < len(lines) - _ENDS:
            continue
        for pattern in (_DATELINE.match(text, start, end), _LINE.fullmatch(text[start:end].strip())):
            agency = pattern and _ANY.search(pattern["inside"])
            if agency and agency.lastgroup:
                at = text.find(agency[0], start, end)
                name = _NAMES[int(agency.lastgroup[1:])]
                found.setdefault(name, Credit(name, Passage(at, at + len(agency[0]))))
    for taken in _TAKEN.finditer(text):
        whom = taken["whom"] or taken["where"]
        found.setdefault(whom, Credit(whom, Passage(taken.start(), taken.end())))
    return tuple(sorted(found.values(), key=lambda credit: credit.passage))


def is_wire(report: Report) -> str | None:
    """The agency that published a report, by its source's name; None for any other."""
    agency = _ANY.search(report.source.name or "")
    return _NAMES[int(agency.lastgroup[1:])] if agency and agency.lastgroup else None
