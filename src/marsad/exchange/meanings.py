"""What each column of each table means: for the documentation, and for the files that can carry it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["ABOUT", "MEANINGS"]

ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reports": "One row for each report.",
        "events": "One row for each claim: one report's account of one event.",
        "statements": "One row for each statement: what a report puts in somebody's mouth.",
        "actors": "One row for each actor of each report.",
        "relations": "One row for each tie between two actors that a report tells of.",
        "incidents": "One row for each incident: a happening that claims of several reports are about.",
        "claims": "One row for each claim of each incident: which report says what of it.",
        "decisions": "One row for each decision of a reviewer that is in force.",
        "audit": "One row for each entry of the audit trail, undone ones and undos too, with the chain of hashes.",
    }
)
"""What there is a row for, by table."""

_EVERY: Final = {
    "report": "id of the report in the casebook",
    "published": "date of the report's publication, ISO, to the day, month or year",
    "origin": "id of the report that this one goes back to: copies, reprints and spun rewrites share one",
    "source": "publisher of the report",
    "start": "where the passage begins, in code points of the report's text, from 0",
    "end": "where it ends, itself not included",
    "passage": "the words from `start` to `end`",
    "sentence": "the sentence around the passage, for reading; nothing is coded from it",
    "according_to": "to whom the report ascribes it; `author`: it says so in its own voice",
    "type": "PLOVER type",
    "mode": "mode of the type",
    "actors": "who did it",
    "recipients": "to whom or with whom it was done",
    "status": "`happened`, `did-not-happen`, `planned`, `requested` or `conditional`",
    "certainty": "how firmly its source says so: `certain`, `probable` or `possible`",
    "time_start": "first day, month or year it is said to have been, ISO",
    "time_end": "last one, itself included",
    "place": "where, the most specific first",
    "latitude": "degrees north, to about a tenth",
    "longitude": "degrees east, to about a tenth",
    "kind": "what it is",
}
_TOLL: Final = {
    "low": "at least so many", "best": "the figure that is given; of a range its middle", "high": "at most so many",
}  # fmt: skip
_FIELDS: Final = {
    "type": "the type", "actors": "who did it", "recipients": "to whom it was done", "time": "the time",
    "place": "the place", "killed": "the number killed", "injured": "the number injured", "status": "the status",
}  # fmt: skip


def _tolls() -> Iterator[tuple[str, str]]:
    for name in ("killed", "injured"):
        for end, words in _TOLL.items():
            yield f"{name}_{end}", f"people {name}: {words}"


def _ruled() -> Iterator[tuple[str, str]]:
    for name, words in _FIELDS.items():
        yield f"{name}_rule", f"the rule by which {words} is taken"
        yield f"{name}_reports", "reports that say so"
        yield f"{name}_origins", "independent accounts among them"
        yield f"{name}_others", "what other rules give, where it is something else: `value (rule, rule)`"
    for name in ("killed", "injured"):
        yield f"{name}_least", f"the lowest number {name} under any rule"
        yield f"{name}_most", f"the highest number {name} under any rule"
    yield "time_earliest", "the earliest date under any rule"
    yield "time_latest", "the latest date under any rule"


_DECIDED: Final = {
    "number": "the decision's number, from 1, in the order in which they were made",
    "at": "when, UTC",
    "who": "the reviewer's name",
    "step": "number of the first of the decisions that were taken in one go; empty: taken alone",
    "kind": "`accept`, `correct`, `reject`, `merge`, `split`, `add` or `note`",
    "part": "what it is about: `event`, `statement`, `actor`, `relation`, `report` or `incident`",
    "report": "id of the report that it is about; empty for incidents",
    "start": "where the passage that it is about begins, in code points",
    "words": "the words of that passage",
    "claims": "of an incident: the claims that it is about, as `REPORT:START-END`",
    "field": "the field that it is about; empty: the whole",
    "why": "the reason that was given",
}

MEANINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "every": {**_EVERY, **dict(_tolls())},
        "reports": {
            "title": "its title",
            "url": "its address",
            "language": "its language, ISO 639-1",
            "outcome": "`ok`, or `partial` where not all of it could be read or coded",
            "reason": "why it is partial",
            "added_at": "when it came into the casebook, UTC",
            "events": "events in its record",
            "statements": "statements in its record",
            "actors": "actors in its record",
            "also_named": "other ids under which the same content came in",
            "kind": "how it is made from the report `of`: `identical`, `reprint`, `additions`, `spun`, "
            "`back-translated`; else `independent`",
            "of": "id of the report that it is made from",
            "spun": "probability that it is machine-spun",
        },
        "events": {"event": "id of the event in the report's record", "start": "where the trigger begins, in code "
                   "points of the report's text, from 0", "passage": "the trigger: the words that tell of it"},
        "statements": {
            "statement": "id of the statement in the report's record",
            "speaker": "who says so; empty where the text does not tell",
            "speaker_kind": "what the speaker is: `person`, `government`, `armed-group` ...",
            "anonymous": "whether the text gives the speaker no name",
            "manner": "`direct` (in quotation marks), `indirect` or `mixed`",
            "cue": "the words that report it",
            "content": "what is said, its pieces separated by ` … `",
            "start": "where its first piece begins, in code points of the report's text, from 0",
            "end": "where its last piece ends, itself not included",
        },
        "actors": {
            "actor": "id of the actor in the report's record",
            "name": "the actor's name",
            "kind": "what the actor is: `person`, `government`, `armed-group` ...",
            "mentions": "passages that refer to the actor",
            "called": "the different words of these passages",
            "start": "where the first mention begins, in code points of the report's text, from 0",
        },
        "relations": {
            "subject": "the one end of the tie",
            "relation": "`part-of`, `member-of`, `leads`, `works-for`, `backed-by`, `allied-with`, `fights` or "
            "`linked-to`",
            "object": "the other end",
        },
        "incidents": {
            **dict(_ruled()),
            "incident": "the incident's id: `REPORT:EVENT` of its first claim",
            "reports": "reports that tell of it",
            "origins": "independent accounts that these go back to",
            "claims": "claims of it",
            "counted": "the same in words: `9 reports, 3 origins`",
            "grade": "how far it can be relied on: `confirmed`, `fair`, `weak`, `contested` or `discounted`",
            "why": "the sentence that explains the grade",
            "grade_by": "who set the grade by hand; empty: computed",
            "exact_to": "how exact the place is: `town`, `area` or `country`; the point of an area is its middle",
            "sources": "publishers of the reports",
            "report_ids": "ids of the reports",
            "first_published": "the earliest date of these",
            "last_published": "the latest",
            "decisions": "numbers of the decisions in force about the incident",
        },
        "claims": {
            "incident": "id of the incident that the claim is in",
            "event": "id of the event in the report's record",
            "start": "where the trigger begins, in code points of the report's text, from 0",
            "words": "the words from `start` to `end`",
            "probability": "how likely this claim and `joined_to` were found to be of one happening; empty where it "
            "stands alone, or where a reviewer put them together",
            "joined_to": "the claim (`REPORT:EVENT`) with which it was put together",
            "reasons": "what spoke for and against that",
        },
        "decisions": {
            **_DECIDED,
            "value": "what is right by the reviewer, as JSON; what was accepted or added",
            "was": "what a corrected field was before, as JSON",
        },
        "audit": {
            **_DECIDED,
            "kind": "as in decisions, and `undo`",
            "undoes": "of an undo: the number of the decision that holds no longer by it",
            "undone_by": "number of the undo by which it holds no longer",
            "in_force": "whether it holds",
            "previous": "the hash before it; 64 zeros before the first",
            "hash": "SHA-256, in hexadecimal, of `previous`, a line feed and `entry`",
            "chained": "whether that is so, and `previous` is the hash of the entry before",
            "entry": "the whole decision as canonical JSON, as it was hashed",
        },
    }
)  # fmt: skip
"""What each column means: those of ``every`` table, and those of each."""
