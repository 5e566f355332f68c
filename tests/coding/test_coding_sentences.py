"""Where sentences end: what comes behind a comma or a nickname in marks goes on."""

from __future__ import annotations

import pytest
from coding_making import record

from marsad.coding.parsing import parse


@pytest.mark.parametrize(
    "text",
    [
        "The secretary added, “Please keep this soldier's family in your thoughts.”",
        'The secretary added, "Please keep this soldier\'s family in your thoughts."',
        "“The whole coalition mourns with this soldier's friends,” Army Lt. Gen. Alpha Beta, commander of it, said.",
        "“We will strike again,” said Col. John “J.D.” Dorrian, the spokesperson of the force.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert len(parse(text).sentences) == 1


def test_two_sentences() -> None:
    assert len(parse("“We will strike again,” he said. “Nobody will stop us.”").sentences) >= 2
    assert len(parse("The army shelled the town. The rebels left it on Monday.").sentences) == 2


def test_a_nickname_is_part_of_the_name() -> None:
    found = record("“We will strike again,” said Col. John “J.D.” Dorrian, the spokesperson of the force.")
    assert "John “J.D.” Dorrian" in {found.text[m.start : m.end] for a in found.actors for m in a.mentions}
