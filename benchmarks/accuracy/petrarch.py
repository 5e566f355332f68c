"""PETRARCH-2's own test records: sentences with the events that it must code.

These are the only sentences for which PETRARCH-2's coding is released together
with the text. They are its regression tests, mostly invented ("Arnor",
"Gondor"), with dictionaries made for them, so PETRARCH-2 has 100 per cent by
construction: it is its home ground and not a measure of how well it codes news.
What they tell is how near a coder comes that has never seen those dictionaries.

Taken: the records about coding itself (DEMO, AGENT, ACTOR, COMPOUND, PARSING)
whose event code is one of WEIS, which these dictionaries use; left out are
comments (023), codes made up to test a mechanism (903, 345 ...), the records
that test how dictionaries are read (SYNSET, PATTERN, DATE, MODIFY, VERB), and
events without a country on both sides. WEIS's cue categories are mapped to PLOVER
types (``TYPES``); two where it does not tell them apart. An actor is right where
its name in the sentence (``NAMES``) has the country code that is expected;
sectors (GOV, MIL) are not compared. Scored are dyads: type, source, target. A
visit that PETRARCH-2 codes twice (032 and 033) counts once.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from rows import Count, Row, Setting

from marsad.records import Record

NAME = "petrarch"
TITLE = "PETRARCH-2 test records"

Dyad = tuple[str, str]

CATEGORIES = frozenset({"DEMO", "AGENT", "AGENTS", "ACTOR", "COMPOUND", "PARSING"})
TYPES: dict[str, set[str]] = {
    "03": {"CONSULT", "AGREE"},
    "04": {"SUPPORT"},
    "05": {"AGREE", "AID"},
    "06": {"SUPPORT", "RETREAT", "CONCEDE"},
    "07": {"AID"},
    "08": {"AGREE", "SUPPORT"},
    "09": {"REQUEST"},
    "10": {"REQUEST"},
    "11": {"REJECT"},
    "12": {"ACCUSE"},
    "13": {"ACCUSE", "REJECT"},
    "16": {"THREATEN"},
    "17": {"THREATEN"},
    "18": {"MOBILIZE", "PROTEST"},
    "19": {"SANCTION", "REJECT"},
    "20": {"SANCTION"},
    "21": {"COERCE"},
    "22": {"ASSAULT"},
}
"""WEIS cue category and the PLOVER types that are right for it."""
AGAIN = frozenset({"033"})
"""A visit from the host's side, which repeats the guest's."""

NAMES = {
    "ARN": "Arnor", "GON": "Gondor|Minas Tirith", "DAG": "Dagolath", "OSG": "Osgiliath", "ERI": "Eriador",
    "CAL": "Calenardhon|Calimehtar", "ITH": "Ithilen", "MOR": "Mordor|Cirith Ungol", "ROH": "Rohan",
    "FOR": "Fornost|Umbardacil", "BRE": "Bree|Romendacil", "DOL": "Dol.Amroth", "HOB": "Gollum|Frodo",
    "ELF": "Caras Galadhon|Galadriel", "LBY": "Libya", "PHL": "Philippines", "FRA": "France", "DNK": "Danish|Denmark",
    "USA": "White House|Washington|United States|KU |K.U.", "RUS": "Russian", "PRK": "North Korea|Pyongyang|Hermit",
    "KOR": "Seoul|South Korea", "KUW": "Kuwait", "AUS": "Australia", "CAF": "Central African Republic",
    "NZE": "New Zealand", "IGO": "European Union|International Criminal Court|African Union|AU",
}  # fmt: skip
"""Country code and the names that have it in these sentences."""


@dataclass(slots=True)
class Case:
    """A sentence and the dyads that are expected, each with the types that are right."""

    text: str
    dyads: dict[Dyad, set[str]]


def cases(text: str) -> list[Case]:
    """The cases of one file of test records; each sentence once."""
    found: dict[str, Case] = {}
    for head, body in re.findall(r"<Sentence (.*?)>(.*?)</Sentence>", text, re.DOTALL):
        category = re.search(r'category *= *"(\w+)"', head)
        sentence = re.search(r"<Text>(.*?)</Text>", body, re.DOTALL)
        if not category or category[1] not in CATEGORIES or not sentence:
            continue
        dyads: dict[Dyad, set[str]] = {}
        whole = True
        for coding in re.findall(r"<EventCoding (.*?)>", body):
            fields = dict(re.findall(r'(\w+) *= *"(.*?)"', coding))
            code = fields.get("eventcode", "")
            source, target = fields.get("sourcecode", "")[:3], fields.get("targetcode", "")[:3]
            if code == "023" or code in AGAIN:
                continue
            if len(code) == 3 and code[:2] in TYPES and source in NAMES and target in NAMES:
                dyads.setdefault((source, target), set()).update(TYPES[code[:2]])
            else:
                whole = False
        words = " ".join(html.unescape(sentence[1]).split())
        if whole and dyads:
            found.setdefault(words, Case(words, dyads))
    return list(found.values())


def countries(record: Record, ids: tuple[str, ...]) -> set[str]:
    """The country codes of some actors, by all the words with which they are mentioned."""
    words = " ".join(
        part for actor in record.actors if actor.id in ids
        for part in (actor.name, *(m.of(record.text) for m in actor.mentions))
    )  # fmt: skip
    return {code for code, names in NAMES.items() if re.search(names, words + " ")}


def measure(setting: Setting) -> list[Row]:
    """The rows of this set. Raises Absent."""
    file = setting.path("data", "petrarch2", "text", "PETR.UnitTest.records.xml")
    taken = setting.some(cases(file.read_text(encoding="utf-8")))
    kinds, dyads, whole = Count(), Count(), Count()
    for case, record in zip(taken, setting.code(c.text for c in taken), strict=True):
        coded: dict[Dyad, set[str]] = {}
        for claim in record.events:
            for source in countries(record, claim.actors):
                for target in countries(record, claim.recipients) - {source}:
                    coded.setdefault((source, target), set()).add(claim.type)
        types = {claim.type for claim in record.events}
        kinds.gold += 1
        kinds.hits += any(types & wanted for wanted in case.dyads.values())
        for count in (dyads, whole):
            count.gold += len(case.dyads)
            count.system += len(coded)
        dyads.hits += len(coded.keys() & case.dyads.keys())
        whole.hits += sum(bool(coded.get(dyad, set()) & wanted) for dyad, wanted in case.dyads.items())
    of = f"{dyads.gold} dyads in {kinds.gold} sentences"
    return [
        Row("type", "event type", kinds.recall, f"{kinds.gold} sentences"),
        Row("dyad", "source and target, F1", dyads.f1, of),
        Row("record", "type, source and target, F1", whole.f1, of),
    ]
