"""What a person reads of one report: its record as the page takes it, what was decided, where it comes from."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from marsad.casebook import Casebook
from marsad.page.data import page_data
from marsad.records import Json
from marsad.review.conflicts import conflicts
from marsad.review.index import Snapshot
from marsad.review.states import EventState, decision_data, others_of, states_of

__all__ = ["report_data"]


def report_data(casebook: Casebook, snapshot: Snapshot, report_id: str) -> Json:
    """One report: ``record`` as in the page of ``marsad report``, with decisions applied, rejected events still there.

    ``events`` says what was decided about each, and where reviewers differ (``conflicts``); ``others`` the same of
    statements, actors and relations, in the order of the record's lists, rejected ones last. ``decisions`` are all
    about the report, undone ones too; ``unfitting`` are those that the coder's present reading does not bear out;
    ``kin`` names its origin and counts what goes back to it.
    Raises HTTPException (404) where there is no such report.
    """
    head = snapshot.heads.get(report_id)
    if head is None:
        raise HTTPException(404, f"there is no report {report_id[:80]!r} in this casebook")
    reviewed, decisions = casebook.reviewed(report_id), casebook.decisions(report_id)
    record, states = states_of(reviewed, decisions)
    record, others = others_of(record, reviewed, decisions)
    by_number = {one.number: one for one in decisions}

    def differing(state: EventState) -> list[Json]:
        return conflicts(by_number[one] for one in state.decisions) if state.disputed else []

    words = {
        (report_id, one.target.passage): " ".join(one.target.passage.of(record.text).split())[:120]
        for one in decisions if one.target.passage is not None
    }  # fmt: skip
    return {
        "record": page_data([record], None)["records"][0],
        "events": [
            {"event": key, "state": one.state, "decisions": one.decisions, "conflicts": differing(one)}
            for key, one in states.items()
        ],
        "others": {
            part: [
                {"state": one.state, "decisions": one.decisions, "conflicts": differing(one)} for one in of
            ]
            for part, of in others.items()
        },
        "decisions": decision_data(decisions, decisions, words),
        "unfitting": [{"number": one.number, "reason": reason} for one, reason in reviewed.unfitting],
        "kin": {
            "origin": head.origin, "kind": head.kind, "of": head.of,
            "reports": sum(other.origin == head.origin for other in snapshot.heads.values()) if head.origin else 1,
        },
    }  # fmt: skip
