"""RAMS, development part: one event in five sentences of news, with who did it and to whom.

RAMS's types of event are mapped to PLOVER's (``TYPES``); those that are none of
its types (births of companies, purchases, accidents) are left out. An event is
found where a trigger of the coder's overlaps the labelled one. A role is right
where the found event has an actor (or a recipient) with a mention that covers,
or lies in, the labelled span. The coder is given the bare text: neither the
trigger nor the spans, which published systems are given.
"""

from __future__ import annotations

import json
from typing import Any

from rows import Count, Row, Setting, Words, overlap

from marsad.records import Claim, Record

NAME = "rams"
TITLE = "RAMS dev"

TYPES: dict[str, set[str]] = {
    "artifactexistence.damagedestroy": {"ASSAULT"},
    "conflict.attack": {"ASSAULT"},
    "conflict.demonstrate": {"PROTEST"},
    "conflict.yield": {"RETREAT"},
    "contact.collaborate": {"CONSULT", "COOPERATE"},
    "contact.commandorder": {"REQUEST"},
    "contact.commitmentpromiseexpressintent": {"AGREE"},
    "contact.discussion": {"CONSULT"},
    "contact.negotiate": {"CONSULT"},
    "contact.requestadvise": {"REQUEST"},
    "contact.threatencoerce": {"THREATEN", "COERCE"},
    "government.agreements": {"SUPPORT", "AGREE", "RETREAT", "CONCEDE"},
    "justice.arrestjaildetain": {"COERCE"},
    "justice.initiatejudicialprocess": {"ACCUSE"},
    "justice.investigate": {"ACCUSE"},
    "justice.judicialconsequences": {"SANCTION", "ASSAULT"},
    "life.die.deathcausedbyviolentevents": {"ASSAULT"},
    "life.injure.injurycausedbyviolentevents": {"ASSAULT"},
    "transaction.transaction.embargosanction": {"SANCTION", "COERCE"},
    "transaction.transfermoney.embargosanction": {"SANCTION", "COERCE"},
    "transaction.transferownership.embargosanction": {"SANCTION", "COERCE"},
    "transaction.transaction.giftgrantprovideaid": {"AID"},
    "transaction.transfermoney.giftgrantprovideaid": {"AID"},
    "transaction.transferownership.giftgrantprovideaid": {"AID"},
}
"""RAMS type, with or without its last part, and the PLOVER types that are right for it."""

DOERS = frozenset(
    "attacker damager destroyer damagerdestroyer demonstrator yielder surrenderer retreater communicator jailer "
    "prosecutor investigator judgecourt executioner extraditer killer injurer giver preventer violator".split()
)
DONE_TO = frozenset("target recipient detainee defendant victim".split())
BOTH = frozenset("participant otherparticipant".split())


def plover(kind: str) -> set[str]:
    """The PLOVER types that are right for a RAMS type; empty for those that are none."""
    return TYPES.get(kind) or TYPES.get(kind.rpartition(".")[0]) or set()


def sides(role: str) -> list[str]:
    """The roles of a claim in which a RAMS role may stand."""
    return ["actors"] * (role in DOERS | BOTH) + ["recipients"] * (role in DONE_TO | BOTH)


def named(record: Record, claim: Claim, side: str) -> list[tuple[int, int]]:
    """Every mention of those on one side of a claim."""
    ids = getattr(claim, side)
    return [(m.start, m.end) for actor in record.actors if actor.id in ids for m in actor.mentions]


def measure(setting: Setting) -> list[Row]:
    """The rows of this set. Raises Absent."""
    lines = setting.path("data", "rams", "dev.jsonlines").read_text(encoding="utf-8").splitlines()
    documents: list[tuple[Words, dict[str, Any], set[str]]] = []
    for line in lines:
        data = json.loads(line)
        types = plover(data["evt_triggers"][0][2][0][0])
        if types:
            words = Words()
            for word in (word for sentence in data["sentences"] for word in sentence):
                words.add(word)
            documents.append((words, data, types))
    documents = list(setting.unseen(NAME, documents, lambda d: str(d[1]["doc_key"])))
    found, typed, roles = Count(), Count(), Count()
    events = 0
    for (words, data, types), record in zip(documents, setting.code(d[0].text for d in documents), strict=True):
        first, last, _ = data["evt_triggers"][0]
        trigger = words.passage(first, last)
        meeting = [c for c in record.events if any(overlap([trigger], [t]) for t in c.triggers)]
        best = next((c for c in meeting if c.type in types), None)
        events += len(record.events)
        found.gold += 1
        found.hits += bool(meeting)
        typed.gold += 1
        typed.hits += best is not None
        for _, (start, end), role in data["gold_evt_links"]:
            where = sides(role[11:])
            roles.gold += bool(where)
            roles.hits += best is not None and any(
                inside(words.passage(start, end), span) for side in where for span in named(record, best, side)
            )
    of = f"{found.gold} events"
    return [
        Row("trigger", "event found", found.recall, f"{of} ({events / max(1, found.gold):.1f} coded a text)"),
        Row("type", "… and its type right", typed.recall, of),
        Row("role", "who did it, to whom: right (from bare text)", roles.recall, f"{roles.gold} roles"),
    ]


def inside(gold: tuple[int, int], span: tuple[int, int]) -> bool:
    """One of the two lies in the other."""
    return overlap([gold], [span]) == min(gold[1] - gold[0], span[1] - span[0])
