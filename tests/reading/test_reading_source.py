"""Who published a report: what is said for all of them, and what each says itself."""

from __future__ import annotations

from pathlib import Path

from marsad.reading import ReadOptions, read


def test_the_source_that_is_given_fills_in_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mill of Ark burned down.", "utf-8")
    (tmp_path / "b.json").write_text('{"text": "The mill of Zeta too.", "source": "Zeta Daily"}', "utf-8")
    (tmp_path / "c.json").write_text('{"text": "And a third one.", "url": "https://example.org/c"}', "utf-8")
    found = {Path(one.name).name: one.report for one in read([tmp_path], ReadOptions(source="Ark Post"))}
    sources = {name: (report.source.name, report.source.url) for name, report in found.items() if report}
    assert sources == {
        "a.txt": ("Ark Post", None),
        "b.json": ("Zeta Daily", None),
        "c.json": ("Ark Post", "https://example.org/c"),
    }
    plain = next(read([tmp_path / "a.txt"])).report
    assert plain is not None
    assert plain.source.name is None
