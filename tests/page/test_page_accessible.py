"""axe-core finds nothing serious, in any view, light or dark, wide or narrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page_making as making
import pytest
from origins_making import family_page
from page_making import Reader, page

pytestmark = pytest.mark.browser

AXE = making.ROOT / "frontend/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in frontend/")
    yield from making.reader()


def found(reader: Reader) -> list[str]:
    """What axe-core calls serious or critical, in words."""
    if not reader.run("return 'axe' in window"):
        reader.run(AXE.read_text("utf-8"))
    result: dict[str, Any] = reader.driver.execute_async_script(
        """
        const done = arguments[0];
        axe.run(document, {resultTypes: ['violations']}).then(done, (error) => done({failed: String(error)}));
        """
    )
    assert "failed" not in result, result
    return [
        f"{one['id']}: {one['help']}: {node['target']} {node['failureSummary'][:200]}"
        for one in result["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 1400), ("light", 360)])
def test_no_serious_violation(reader: Reader, tmp_path: Path, scheme: str, width: int) -> None:
    reader.open(page(tmp_path, [making.mixed_record(), *making.own_records()[:2]], "All"), width, 900, scheme)
    for view in reader.views():
        reader.view(view)
        reader.run("document.querySelector('.panel .fact-main')?.click()")
        assert found(reader) == [], view
    reader.view("happened")
    reader.run("document.querySelector('.text-body .has-event').click()")
    reader.run("[...document.querySelectorAll('.switch button')].at(-1).click()")
    assert found(reader) == []
    reader.run("document.querySelector('[aria-label=\"Help and keys\"]').click()")
    assert found(reader) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 1400), ("dark", 360)])
def test_no_serious_violation_with_copies(reader: Reader, tmp_path: Path, scheme: str, width: int) -> None:
    reader.open(family_page(tmp_path) + "#digest/e2", width, 900, scheme)
    reader.run("document.querySelector('.spun-line').open = true; document.querySelector('.restored-sign').click()")
    assert found(reader) == []
    reader.keys("r")
    assert found(reader) == []
    reader.run("for (const d of document.querySelectorAll('.panel details')) d.open = true")
    reader.view("reports")
    reader.run("for (const d of document.querySelectorAll('.panel details')) d.open = true")
    assert found(reader) == []
    reader.keys("c", "n")
    assert reader.run("return document.querySelector('.beside-dialog').open")
    assert found(reader) == []


def test_axe_would_find_one(reader: Reader, tmp_path: Path) -> None:
    reader.open(page(tmp_path, [making.mixed_record()]))
    reader.run(
        "const field = document.querySelector('input[type=search]'); "
        "field.removeAttribute('aria-label'); field.placeholder = ''"
    )
    assert any("label" in one for one in found(reader))


def test_every_control_has_a_name_and_a_place_in_the_order(reader: Reader, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    reader.open(page(tmp_path, [making.mixed_record()]))
    reader.keys(Keys.TAB)
    assert reader.run("return document.activeElement.textContent") == "Skip to the facts"
    reader.keys(Keys.ENTER)
    assert reader.run("return document.activeElement.id") == "panel"
    outline = (
        "const chip = document.querySelector('.chip'); chip.focus({focusVisible: true}); "
        "return getComputedStyle(chip).outlineWidth"
    )
    assert reader.run(outline) == "2px"
