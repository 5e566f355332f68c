from __future__ import annotations

import pytest

from marsad.ontology import (
    acled_types,
    cameo_to_plover,
    plover_contexts,
    plover_modes,
    plover_types,
    ucdp_columns,
)
from marsad.vocabulary import EVENT_TYPES, MODES


def test_types_are_those_of_the_record_format() -> None:
    assert tuple(plover_types()) == EVENT_TYPES


def test_modes_are_those_of_the_record_format() -> None:
    found: dict[str, list[str]] = {name: [] for name in EVENT_TYPES}
    for event, mode in plover_modes():
        found[event].append(mode)
    assert {name: tuple(modes) for name, modes in found.items()} == MODES


def test_conflict_scores_are_not_positive_and_quads_agree_with_signs() -> None:
    for kind in plover_types().values():
        assert kind.quad in (1, 2, 3, 4)
        assert (kind.score > 0) == (kind.quad in (1, 2)), kind
        assert kind.meaning


def test_crosswalk_gives_types_modes_and_contexts_that_exist() -> None:
    for code, plover in cameo_to_plover().items():
        assert code.isdigit()
        assert plover.type in EVENT_TYPES, code
        assert plover.mode is None or plover.mode in MODES[plover.type], code
        assert set(plover.contexts) <= plover_contexts().keys() | {"peacekeeping", "humanitarian", "democracy"}, code


@pytest.mark.parametrize(
    ("cameo", "event", "mode"),
    [("042", "CONSULT", "visit"), ("0871", "RETREAT", "ceasefire"), ("173", "COERCE", "arrest"),
     ("186", "ASSAULT", "targeted"), ("195", "ASSAULT", "heavy-weapons"), ("175", "ASSAULT", None)],
)  # fmt: skip
def test_crosswalk_examples(cameo: str, event: str, mode: str | None) -> None:
    assert (cameo_to_plover()[cameo].type, cameo_to_plover()[cameo].mode) == (event, mode)


def test_statements_have_no_plover_type() -> None:
    assert not [code for code in cameo_to_plover() if code.startswith(("01", "02"))]


def test_acled_has_six_types_and_twenty_five_sub_types() -> None:
    assert len(acled_types()) == 25
    assert len({kind.event_type for kind in acled_types().values()}) == 6
    assert acled_types()["Armed clash"].political_violence
    assert acled_types()["Peaceful protest"].demonstrations


def test_ucdp_columns_in_order() -> None:
    assert len(ucdp_columns()) == 49
    assert next(iter(ucdp_columns())) == "id"
    assert list(ucdp_columns())[-1] == "gwnob"


def test_tables_are_read_once_and_frozen() -> None:
    assert plover_types() is plover_types()
    with pytest.raises(TypeError):
        plover_types()["ASSAULT"] = plover_types()["AID"]  # type: ignore[index]
