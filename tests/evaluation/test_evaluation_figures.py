"""Figures worked out by hand on small records."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.errors import EvaluationError
from marsad.evaluation import agreement, evaluate
from marsad.evaluation.coders import alpha, kappa
from marsad.evaluation.matching import share, share_of_pieces
from marsad.knowledge.place import distance

Json = dict[str, Any]

#       0         1         2         3         4         5         6
#       0123456789012345678901234567890123456789012345678901234567890123
TEXT = "The Reds bombed Qasr on Monday. They said: 'It is over.' Blues fled."


def event(start: int, end: int, kind: str = "ASSAULT", **more: Any) -> Json:
    return {
        "id": f"e{start}",
        "span": [start, end],
        "type": kind,
        "actors": ["r"],
        "recipients": [],
        "status": "happened",
        "certainty": "certain",
        "according_to": ["author"],
        **more,
    }


def record(**more: Any) -> Json:
    return {
        "format": "marsad-record/1",
        "id": "d",
        "text": TEXT,
        "actors": [
            {"id": "r", "name": "Reds", "kind": "armed-group", "mentions": [[4, 8], [32, 36]]},
            {"id": "b", "name": "Blues", "kind": "armed-group", "mentions": [[57, 62]]},
        ],
        "relations": [{"subject": "r", "relation": "fights", "object": "b", "evidence": [4, 15]}],
        "statements": [{"id": "s", "manner": "direct", "content": [[44, 55]], "speaker": "r"}],
        "events": [event(9, 15), event(63, 67, "RETREAT", actors=["b"])],
        "times": [{"span": [24, 30], "value": "2020-01-06"}],
        "places": [{"span": [16, 20], "name": "Qasr", "latitude": 33.0, "longitude": 44.0}],
        **more,
    }


def table(gold: Json, system: Json) -> dict[str, dict[str, float]]:
    return evaluate({"d": gold}, {"d": system}).table()


def test_a_record_against_itself_is_all_right() -> None:
    scores = evaluate({"d": record()}, {"d": record()})
    for name, row in scores.table().items():
        assert row.get("F1", row.get("right")) == 100.0, name
    assert scores.findings("events") == []
    assert scores.findings("statements") == []


def test_a_missing_document_counts_as_empty() -> None:
    scores = evaluate({"d": record()}, {})
    assert scores.missing == ("d",)
    assert scores.table()["type"] == {"P": 0.0, "R": 0.0, "F1": 0.0, "gold": 2, "system": 0}
    assert "1 missing" in scores.text()


def test_one_of_two_events_found_with_one_false_alarm_beside() -> None:
    rows = table(record(), record(events=[event(9, 15), event(37, 41, "ACCUSE"), event(42, 43, "AID")]))
    # One hit of three found and of two wanted: P 1/3, R 1/2, F1 2/5.
    assert rows["type"] == {"P": 33.3, "R": 50.0, "F1": 40.0, "gold": 2, "system": 3}


def test_the_wrong_type_still_finds_the_trigger() -> None:
    rows = table(record(), record(events=[event(9, 15, "COERCE"), event(63, 67, "RETREAT", actors=["b"])]))
    assert rows["trigger"]["F1"] == 100.0
    assert rows["type"]["F1"] == 50.0


def test_the_right_type_wins_over_the_tighter_overlap() -> None:
    rows = table(record(events=[event(9, 15)]), record(events=[event(9, 15, "AID"), event(9, 20)]))
    assert (rows["type"]["P"], rows["type"]["R"]) == (50.0, 100.0)


def test_a_wrong_source_spoils_claim_and_record_but_not_who() -> None:
    said = [event(9, 15, according_to=["b"]), event(63, 67, "RETREAT", actors=["b"])]
    rows = table(record(), record(events=said))
    assert [rows[r]["F1"] for r in ("who", "claim", "record")] == [100.0, 50.0, 50.0]
    assert rows["source"] == {"right": 50.0, "n": 2}


def test_status_macro_is_the_mean_f1_of_the_statuses_in_gold() -> None:
    gold = record(events=[event(9, 15), event(32, 36, "AID"), event(63, 67, status="planned")])
    system = record(events=[event(9, 15), event(32, 36, "AID", status="planned"), event(63, 67, status="planned")])
    # happened: 2*1/(2+1) = 2/3; planned: 2*1/(1+2) = 2/3.
    assert table(gold, system)["status-macro"] == {"right": 66.7, "n": 3}


def test_what_meets_an_unscored_event_is_neither_hit_nor_false_alarm() -> None:
    gold = record(events=[event(9, 15, scored=False)])
    rows = table(gold, record(events=[event(9, 15), event(9, 20, "AID")]))
    assert rows["type"] == {"P": 0.0, "R": 0.0, "F1": 0.0, "gold": 0, "system": 0}


def test_arguments_count_each_role_apart() -> None:
    gold = record(events=[event(9, 15, actors=["r"], recipients=["b"])])
    rows = table(gold, record(events=[event(9, 15, actors=["b"], recipients=["b"])]))
    assert rows["argument"] == {"P": 50.0, "R": 50.0, "F1": 50.0, "gold": 2, "system": 2}
    assert rows["who"]["F1"] == 0.0


def test_two_actors_merged() -> None:
    merged = [{"id": "x", "name": "x", "kind": "other", "mentions": [[4, 8], [32, 36], [57, 62]]}]
    rows = table(record(), record(actors=merged, events=[], statements=[], relations=[]))
    # Found whole: 3 mentions. Precision: (2*2/3 + 1*1/3) / 3 = 5/9; recall: all 1.
    assert rows["mention"]["F1"] == 100.0
    assert (rows["b3"]["P"], rows["b3"]["R"], rows["b3"]["F1"]) == (55.6, 100.0, 71.4)


def test_an_actor_with_no_paired_mention_is_known_by_where_its_mention_ends() -> None:
    longer = [{"id": "x", "name": "x", "kind": "other", "mentions": [[0, 8]]}, record()["actors"][1]]
    gold, system = record(events=[event(9, 15)]), record(actors=longer, events=[event(9, 15, actors=["x"])])
    system |= {"statements": [], "relations": []}
    assert table(gold, system)["who"]["F1"] == 100.0


def test_a_statement_cut_short_counts_for_quote30_only() -> None:
    said = [{"id": "s", "manner": "direct", "content": [[44, 50]], "speaker": "r"}]
    rows = table(record(), record(statements=said))  # 6 of 11 code points: .545
    assert (rows["quote80"]["F1"], rows["quote30"]["F1"], rows["speaker"]["F1"]) == (0.0, 100.0, 100.0)
    assert rows["direct"] == {"right": 0.0, "n": 1}


def test_a_relation_turned_round_is_wrong() -> None:
    tie = [{"subject": "b", "relation": "fights", "object": "r", "evidence": [4, 15]}]
    assert table(record(), record(relations=tie))["relation"]["F1"] == 0.0


@pytest.mark.parametrize(("latitude", "hits"), [(33.4, 100.0), (33.5, 0.0)])  # 44.5 and 55.6 km
def test_places_within_fifty_kilometres(latitude: float, hits: float) -> None:
    there = [{"span": [16, 20], "name": "Qasr", "latitude": latitude, "longitude": 44.0}]
    assert table(record(), record(places=there))["places"]["F1"] == hits


def test_a_more_precise_date_is_right_and_a_coarser_one_wrong() -> None:
    def at(start: str | None) -> Json:
        return record(events=[event(9, 15, time={"span": None, "start": start, "end": start})])

    assert table(at("2020-01"), at("2020-01-06"))["time"] == {"right": 100.0, "n": 1}
    assert table(at("2020-01-06"), at("2020-01"))["time"] == {"right": 0.0, "n": 1}
    assert "time" not in table(at(None), at("2020"))


def test_misses_and_false_alarms_in_words() -> None:
    scores = evaluate({"d": record()}, {"d": record(events=[event(9, 15, actors=["b"]), event(37, 41, "AID")])})
    assert scores.findings("events") == [
        "d: who wrong: ASSAULT 'bombed'",
        "d: missed RETREAT 'fled'",
        "d: false alarm AID 'said'",
    ]
    scores = evaluate({"d": record()}, {"d": record(statements=[])})
    assert scores.findings("statements") == ["d: missed or wrong direct: 'It is over.'"]
    with pytest.raises(ValueError, match="'events' or 'statements'"):
        scores.findings("places")


def test_overlap_measures() -> None:
    assert share((0, 4), (2, 6)) == pytest.approx(2 / 6)
    assert share((0, 4), (4, 6)) == 0.0
    assert share_of_pieces(((0, 4), (2, 6)), ((0, 6),)) == 1.0
    assert share_of_pieces(((0, 2), (4, 6)), ((1, 5),)) == pytest.approx(2 / 6)
    # One degree of latitude on a sphere of 6371 km.
    assert distance((0.0, 0.0), (1.0, 0.0)) == pytest.approx(111.19, abs=0.01)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"actors": [{"id": "r"}]}, "'mentions' is missing"),
        ({"events": "none"}, "events must be a list"),
        ({"events": [event(9, 15, type=[])]}, "must be a string"),
        ({"statements": [{"id": "s", "manner": "direct", "content": [[1]], "speaker": None}]}, "not enough values"),
        ({"times": [{"span": [9, 3], "value": None}]}, "bad span"),
        ({"places": [{"span": [0, 3], "latitude": 1e999, "longitude": 0}]}, "bad point"),
        ({"places": [{"span": [0, 3], "latitude": 10**400, "longitude": 0}]}, "too large"),
        ({"text": TEXT + " "}, "differs from the gold text"),
    ],
)
def test_what_cannot_be_compared_is_said(broken: Json, reason: str) -> None:
    with pytest.raises(EvaluationError, match=reason) as caught:
        evaluate({"d": record()}, {"d": record(**broken)})
    assert "\n" not in str(caught.value)


def test_no_gold_is_an_error() -> None:
    with pytest.raises(EvaluationError, match="no gold"):
        evaluate({}, {})


def test_alpha_and_kappa_by_hand() -> None:
    # Krippendorff's own example of two coders and ten binary items: 6 of 10 the same, 14 zeros and 6 ones.
    first, second = "0100000000", "1110010010"
    labels = list(zip(first, second, strict=True))
    # D_o = 4/10; D_e = 1 - (14*13 + 6*5) / (20*19) = 168/380; alpha = 1 - .4/.4421 = .0952
    assert alpha(labels) == pytest.approx(0.095, abs=0.0005)
    # p_e = .9 * .5 + .1 * .5 = .5; kappa = (.6 - .5) / .5
    assert kappa(labels) == pytest.approx(0.2)


def test_alpha_and_kappa_where_nothing_varies() -> None:
    assert alpha([]) is None
    assert kappa([]) is None
    assert alpha([("a", "a")] * 3) is None
    assert kappa([("a", "a")] * 3) is None
    assert alpha([("a", "a"), ("b", "b")]) == 1.0
    assert kappa([("a", "b"), ("b", "a")]) == -1.0


def test_agreement_does_not_depend_on_who_comes_first() -> None:
    a = {"d": record(), "only-a": record(id="only-a")}
    b = {"d": record(events=[event(9, 15, "COERCE", status="planned"), event(63, 67, "RETREAT", actors=["b"])])}
    one, other = agreement(a, b), agreement(b, a)
    assert one.f1 == other.f1
    assert one.documents == 1
    assert one.labels["type"].n == 2
    assert one.labels["type"].same == 50.0
    # Labels ASSAULT-COERCE and RETREAT-RETREAT: D_o 1/2, D_e 1 - 2/12 = 5/6, alpha 2/5; p_e 1/4, kappa 1/3.
    assert one.labels["type"].alpha == pytest.approx(0.4)
    assert one.labels["type"].kappa == pytest.approx(1 / 3)
    assert one.labels["mode"].n == 1
    assert "alpha 0.400" in one.text()


def test_agreement_needs_a_common_document() -> None:
    with pytest.raises(EvaluationError, match="no document in common"):
        agreement({"d": record()}, {"e": record()})
