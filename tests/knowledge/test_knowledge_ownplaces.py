"""Marsad's own list of places."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.errors import KnowledgeError
from marsad.knowledge import Gazetteer, own_places, ownplaces


def test_every_place_has_names_and_is_in_the_gazetteer() -> None:
    places = own_places()
    assert len(places) > 500
    green = next(place for place in places if place.name == "Green Zone")
    assert (green.names, green.country) == (("Green Zone", "International Zone"), "IQ")
    with Gazetteer.open() as gazetteer:
        assert all(gazetteer.candidates(name) for place in places[:40] for name in place.names)


def test_a_missing_or_malformed_list_is_said_to_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for content in (None, "name\talternates\tcountry\nonly one cell\n"):
        file = tmp_path / "places.tsv"
        if content:
            file.write_text(content, encoding="utf-8")
        monkeypatch.setattr(ownplaces, "_FILE", file)
        own_places.cache_clear()
        with pytest.raises(KnowledgeError, match="reinstall marsad"):
            own_places()
    own_places.cache_clear()
