"""What a person does at the page: decisions and undos, kept in the casebook before they are acknowledged."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException

from marsad.casebook import Casebook
from marsad.decisions import Decision
from marsad.records import Json
from marsad.review.conflicts import refuse_unseen
from marsad.review.states import decision_data

__all__ = ["MOST_AT_ONCE", "decide", "undo"]

MOST_AT_ONCE: Final = 200
_PATIENCE: Final = 30.0
"""Seconds to wait for another writer: adding reports and joining incidents hold the file for a while."""


def decide(path: str, data: Json) -> Json:
    """Keep the decisions of one request: all of them, on disk, when this returns, or none.

    With ``seen``, the number of the latest decision that the person has seen, it is refused (409) where another person
    has decided on the same since. Raises HTTPException or DecisionError where one is not well formed or makes no sense,
    CasebookError where the file cannot be written.
    """
    given = data.get("decisions")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_AT_ONCE:
        raise HTTPException(400, f"decisions must be a list of 1 to {MOST_AT_ONCE}")
    if any(not isinstance(one, dict) or one.get("kind") == "undo" for one in given):
        raise HTTPException(400, "each decision must be an object, and no undo: POST /api/undo does that")
    who, why = data.get("who"), data.get("why", "")
    ready = [
        Decision.from_json({
            "kind": one.get("kind"), "target": one.get("target"), "value": one.get("value"),
            "who": who, "why": one.get("why", why),
        })
        for one in given
    ]  # fmt: skip
    seen = data.get("seen")
    if seen is not None and (not isinstance(seen, int) or isinstance(seen, bool) or seen < 0):
        raise HTTPException(400, "seen must be the number of the latest decision that was seen")
    if any(one.target.nth < 0 for one in ready):
        raise HTTPException(400, "nth counts from 0")
    with Casebook(path, patience=_PATIENCE) as casebook:
        kept = casebook.decide_all(ready, lambda: _check(casebook, ready, seen))
        return {"decisions": decision_data(kept, (), {})}


def _check(casebook: Casebook, wanted: list[Decision], seen: int | None) -> None:
    """Refuse what another person's word, not seen yet, stands against."""
    if seen is None:
        return
    reports = {name for one in wanted for name in one.target.reports}
    about = {one.number: one for report in reports for one in casebook.decisions(report)}
    refuse_unseen(list(about.values()), wanted, seen)


def undo(path: str, data: Json) -> Json:
    """Let a decision hold no longer; on disk when this returns. Raises as :func:`decide` does.

    With ``together`` it is undone with all that were taken in one go with it.
    """
    number, who, why = data.get("number"), data.get("who"), data.get("why", "")
    if not isinstance(number, int) or isinstance(number, bool):
        raise HTTPException(400, "number must be that of the decision to undo")
    if not isinstance(who, str) or not isinstance(why, str):
        raise HTTPException(400, "who and why must be text")
    together = data.get("together", False)
    if not isinstance(together, bool):
        raise HTTPException(400, "together must be true or false")
    with Casebook(path, patience=_PATIENCE) as casebook:
        kept = casebook.undo_step(number, who, why) if together else [casebook.undo(number, who, why)]
    return {"decisions": decision_data(kept, (), {})}
