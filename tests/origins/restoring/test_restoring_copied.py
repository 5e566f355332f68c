"""Words put back from a cleaner copy."""

from __future__ import annotations

from marsad.origins.restoring import Reading
from marsad.origins.restoring.copied import from_copy

CLEAN = """\
Soldiers of the northern command searched four villages east of the river on Sunday, the defence ministry said.

The prime minister of the province ordered the search after gunmen had shot at a convoy of the relief agency.

“We will not leave the valley to armed men,” the prime minister said, and his spokesman promised help for farmers.

Two people were arrested and a store of mortar shells was found in the cellar of a school, the ministry said.
"""
SPUN = (
    CLEAN.replace("prime minister", "key minister")
    .replace("searched", "looked through")
    .replace("relief agency", "aid bureau")
    .replace("arrested", "captured")
)


def test_swapped_words_are_put_back() -> None:
    found = from_copy(SPUN, CLEAN, "wire-1")
    assert {SPUN[c.start : c.end]: c.reading for c in found} == {
        "key": "prime", "looked through": "searched", "aid bureau": "relief agency", "captured": "arrested",
    }  # fmt: skip
    assert Reading(SPUN, tuple(found)).text == CLEAN
    assert all(c.by == "copy" and c.of == "wire-1" and "wire-1" in c.reason for c in found)


def test_quotations_stay() -> None:
    other = SPUN.replace("armed men", "weaponed folks")
    assert not any("weaponed" in other[c.start : c.end] for c in from_copy(other, CLEAN, "wire-1"))


def test_a_text_of_its_own_gives_nothing() -> None:
    other = "Heavy rain closed the mountain road for a second week.\n\nShops in the town ran short of flour and oil."
    assert from_copy(other, CLEAN, "wire-1") == []
    assert from_copy(CLEAN, CLEAN, "wire-1") == []
