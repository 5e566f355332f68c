"""Imports go one way, there are no cycles, and modules stay small."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import marsad

ROOT = Path(marsad.__file__).parent
MODULES = {
    ".".join(("marsad", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}
LAYERS = (
    {"atomic", "errors", "vocabulary"},
    {"wellformed"},
    {"records"},
    {"reading", "knowledge", "ontology"},
    {"coding"},
    {"origins"},
    {"incidents"},
    {"decisions"},
    {"casebook", "scale"},
    {"analysis"},
    {"exchange", "page", "evaluation"},
    {"review"},
    {"cli"},
    {"__main__"},
)
"""From left to right as the data flow: a package knows itself and what stands before it, never its neighbours."""

RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
MOST_LINES = 500


def imported(module: str) -> set[str]:
    """The modules of Marsad that a module imports, at its top or inside its functions."""
    path = MODULES[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            found |= {source, *(f"{source}.{alias.name}" for alias in node.names)}
    known = {name for name in found if name in MODULES}
    # "from marsad import x" and "from marsad.coding import y.z" name a package on the way to a module of it.
    return {name for name in known if not any(other.startswith(name + ".") for other in known)} - {"marsad", module}


GRAPH = {module: imported(module) for module in MODULES if module != "marsad"}


def package_of(module: str) -> str:
    return module.split(".")[1]


def test_every_package_has_its_layer() -> None:
    assert {package_of(module) for module in GRAPH} == set(RANK)


@pytest.mark.parametrize("module", GRAPH)
def test_imports_go_one_way(module: str) -> None:
    own = package_of(module)
    wrong = [
        name for name in GRAPH[module] if package_of(name) != own and RANK[package_of(name)] >= RANK[own]
    ]  # fmt: skip
    assert wrong == []


def test_no_cycles() -> None:
    # A package's own __init__ gathers names from its modules; it is no step on the way of the data.
    inits = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    inside = {module: {n for n in names if n not in inits} for module, names in GRAPH.items() if module not in inits}
    assert list(TopologicalSorter(inside).static_order())
    for module in GRAPH:
        if module not in inits:
            parent = module.rpartition(".")[0]
            assert parent not in GRAPH[module], f"{module} imports the package that gathers it"


def test_marsad_itself_imports_nothing_until_asked() -> None:
    top = ast.parse(MODULES["marsad"].read_text(encoding="utf-8")).body
    names = [node.module for node in top if isinstance(node, ast.ImportFrom)]
    assert not [name for name in names if name and name.startswith("marsad")]


@pytest.mark.parametrize("module", MODULES)
def test_modules_stay_small(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{module} has {lines} lines: a second noun in it wants a file of its own"
