"""The example pack in the guide is a pack that loads."""

from __future__ import annotations

import re
from pathlib import Path

from marsad.knowledge import Knowledge

GUIDE = Path(__file__).parents[2] / "docs/knowledge.md"


def test_the_example_pack_loads(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    path = tmp_path / "example.toml"
    path.write_text(found[1], encoding="utf-8")
    knowledge = Knowledge.load([path])
    assert knowledge.by_alias["Liwa Example"] == ("iq.example-brigade",)
    governor = knowledge.office("iq", "governor", "2019-04")
    assert governor is not None
    assert governor.id == "iq.example-governor"


def test_the_guide_names_every_pack() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    packs = Path(__file__).parents[2] / "src/marsad/knowledge/packs"
    assert not [pack.name for pack in packs.iterdir() if f"`{pack.name}`" not in text]
