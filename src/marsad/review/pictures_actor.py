"""One actor: what it is called, its ties with their passages, what it did and had done to it, and when."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import apsw
import numpy as np
from starlette.exceptions import HTTPException

from marsad.casebook.ties import tie_words
from marsad.knowledge import Knowledge
from marsad.records import Json
from marsad.review.pictures_choosing import Mask
from marsad.review.pictures_columns import Columns
from marsad.review.pictures_timeline import overview
from marsad.vocabulary import EVENT_TYPES

__all__ = ["actor_data"]

_MOST_TIES: Final = 60
_MOST_PASSAGES: Final = 3
_MOST_OTHERS: Final = 12
_MOST_COLUMNS: Final = 160


def actor_data(columns: Columns, mask: Mask, knowledge: Knowledge, db: apsw.Connection, key: str) -> Json:
    """The party of this key among the chosen incidents. Raises HTTPException (404) where there is none."""
    number = columns.party(key)
    if number is None:
        raise HTTPException(404, f"there is no party {key[:80]!r} in this casebook")
    fact = columns.parties[number]
    known = knowledge.actors.get(fact.known) if fact.known else None
    incident, who, whom = columns.acts
    did, had = _incidents(incident[who == number], mask), _incidents(incident[whom == number], mask)
    return {
        "key": key, "name": fact.name, "kind": fact.kind, "named": fact.named, "called": list(columns.called[number]),
        "known": None if known is None else {
            "name": known.name, "aliases": list(dict.fromkeys((*known.aliases, *known.arabic))), "source": known.source,
            "country": known.country,
            "part_of": [knowledge.actors[one].name for one in known.part_of],
            "backed_by": [knowledge.actors[one].name for one in known.backed_by],
        },
        "did": _side(columns, did, mask, (who, whom), number), "had": _side(columns, had, mask, (whom, who), number),
        "total": len(set(did.tolist()) | set(had.tolist())), **_ties(columns, db, number),
    }  # fmt: skip


def _incidents(at: Any, mask: Mask) -> Any:
    found = np.unique(at)
    return found[mask[found]]


def _side(columns: Columns, at: Any, mask: Mask, ends: tuple[Any, Any], number: int) -> Json:
    """What the party did, or had done to it: by type, by the other party, and in time."""
    own, other = ends
    acts = (own == number) & (other >= 0) & mask[columns.acts[0]]
    pairs = np.unique(np.stack((other[acts], columns.acts[0][acts])), axis=1)
    numbers, counts = np.unique(pairs[0], return_counts=True)
    types = Counter(columns.type[at].tolist())
    inside = np.zeros(len(columns), dtype=np.bool_)
    inside[at] = True
    return {
        "incidents": len(at),
        "types": [[EVENT_TYPES[code], n] for code, n in types.most_common() if code >= 0],
        "others": [
            {"key": columns.parties[n].key, "name": columns.parties[n].name, "incidents": int(c)}
            for n, c in sorted(zip(numbers.tolist(), counts.tolist(), strict=True), key=lambda one: (-one[1], one[0]))
        ][:_MOST_OTHERS],
        "time": overview(columns, inside, _MOST_COLUMNS),
    }  # fmt: skip


def _ties(columns: Columns, db: apsw.Connection, number: int) -> Json:
    one, other = columns.tie_ends
    found: dict[tuple[int, int, str], list[int]] = {}
    for at in np.flatnonzero(((one == number) | (other == number)) & (one != other)).tolist():
        found.setdefault((int(one[at]), int(other[at]), columns.ties[at].relation), []).append(at)
    ordered = sorted(found.items(), key=lambda pair: (-len({columns.ties[n].origin for n in pair[1]}), pair[1][0]))
    ties = []
    for (a, b, relation), numbers in ordered[:_MOST_TIES]:
        told = [columns.ties[n] for n in numbers]
        ties.append({
            "subject": _end(columns, a), "relation": relation, "object": _end(columns, b),
            "reports": len({one.report for one in told}), "origins": len({one.origin for one in told}),
            "passages": [
                {
                    "report": words.report, "title": words.title, "published": words.published,
                    "passage": words.passage[:400], "sentence": words.sentence, "span": [words.start, words.end],
                    "according_to": list(words.according_to),
                }
                for words in tie_words(db, _by_origin(told)[:_MOST_PASSAGES])
            ],
        })  # fmt: skip
    return {"ties": ties, "ties_left": max(len(ordered) - _MOST_TIES, 0)}


def _by_origin(told: list[Any]) -> list[Any]:
    """One of each independent account first."""
    seen: set[int] = set()
    first = [one for one in told if not (one.origin in seen or seen.add(one.origin))]  # type: ignore[func-returns-value]
    return first + [one for one in told if one not in first]


def _end(columns: Columns, number: int) -> Json:
    return {"key": columns.parties[number].key, "name": columns.parties[number].name}
