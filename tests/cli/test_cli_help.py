from __future__ import annotations

import importlib.util
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
from cli_running import run

import marsad.cli
from marsad import __version__
from marsad.cli.main import VERBS, command

ROOT = Path(__file__).parents[2]


def commands() -> Iterator[tuple[str, click.Command]]:
    context = command.make_context("marsad", [], resilient_parsing=True)
    for verb in VERBS:
        found = command.get_command(context, verb)
        assert found is not None
        yield verb, found


def test_every_verb_and_option_says_what_it_is_for() -> None:
    for verb, found in commands():
        assert found.name == verb
        assert found.help, verb
        assert found.get_short_help_str(200).endswith("."), verb
        assert "Examples:" in (found.epilog or ""), verb
        assert f"marsad {verb} " in (found.epilog or ""), verb
        for parameter in found.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{verb} {parameter.name}"
                assert parameter.help.endswith("."), f"{verb} {parameter.name}"


def test_without_a_verb_the_help_is_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch) == 2
    said = capsys.readouterr().err
    assert said.startswith("Usage: marsad")
    assert len([line for line in said.splitlines() if line.startswith("  ")]) > len(VERBS)


def test_every_module_with_a_command_is_a_verb() -> None:
    with_command = {
        found.name
        for found in pkgutil.iter_modules(marsad.cli.__path__)
        if found.name != "main" and "\ndef command(" in (Path(marsad.cli.__path__[0]) / f"{found.name}.py").read_text()
    }
    assert with_command == set(VERBS)


def reference_tool() -> ModuleType:
    path = ROOT / "tools/cli_reference.py"
    if not path.exists():
        pytest.skip("tools are not part of this installation")
    spec = importlib.util.spec_from_file_location("cli_reference", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_up_to_date() -> None:
    tool = reference_tool()
    assert (ROOT / "docs/cli.md").read_text(encoding="utf-8") == tool.reference(), "run python tools/cli_reference.py"
    for verb, found in commands():
        assert f"## `marsad {verb}`" in tool.reference()
        for parameter in found.params:
            assert all(name in tool.reference() for name in parameter.opts if name.startswith("--"))


def test_help_and_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"marsad {__version__}\n"
    assert run(monkeypatch, "--help") == 0
    out = capsys.readouterr().out
    assert all(f"\n  {verb} " in out for verb in VERBS)
    assert run(monkeypatch, "code", "-h") == 0
    assert capsys.readouterr().out.startswith("Usage: marsad code [OPTIONS] PATH...")
    assert run(monkeypatch) in (0, 2)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("events", "--help")])
def test_an_answer_takes_less_than_three_tenths_of_a_second(arguments: tuple[str, ...]) -> None:
    def spent() -> float:
        before = os.times()
        subprocess.run([sys.executable, "-m", "marsad.cli.main", *arguments], check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    # The best of three: other programs on the machine make every figure only larger.
    assert min(spent() for _ in range(3)) < 0.3


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from marsad.cli.main import main; main(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    for heavy in ("spacy", "numpy", "rich", "lxml", "apsw", "trafilatura"):
        assert f"'{heavy}'" not in done.stderr


def test_the_package_runs_as_the_program_does() -> None:
    done = subprocess.run([sys.executable, "-m", "marsad", "no-such-verb"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "no-such-verb" in done.stderr
