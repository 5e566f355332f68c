"""What Marsad offers to import is pinned, listed in order and really there."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

import marsad

ROOT = Path(marsad.__file__).parent
MODULES = {
    ".".join(("marsad", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}
PUBLIC = [name for name in MODULES if not any(part.startswith("_") for part in name.split("."))]


def order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions: the order that ruff's RUF022 keeps."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2
    return kind, name


def test_the_names_of_the_package() -> None:
    assert marsad.__all__ == [
        "Casebook",
        "Coder",
        "MarsadError",
        "Outcome",
        "Record",
        "Report",
        "__version__",
        "read",
    ]
    assert dir(marsad) == sorted(marsad.__all__)


def test_every_name_of_the_package_can_be_imported() -> None:
    for name in marsad.__all__:
        assert getattr(marsad, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = marsad.nothing


@pytest.mark.parametrize("name", PUBLIC)
def test_all_is_in_order_and_complete(name: str) -> None:
    module = import_module(name)
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    defined = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    }
    listed = getattr(module, "__all__", None)
    if listed is None:
        assert not defined, f"{name} defines {sorted(defined)} and has no __all__"
        return
    assert listed == sorted(set(listed), key=order)
    for public in listed:
        assert hasattr(module, public), f"{name}.{public} is listed and does not exist"


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_listed_is_documented(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    listed = set(getattr(import_module(name), "__all__", ()))
    assert ast.get_docstring(tree), f"{name} has no docstring"
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in listed and not ast.get_docstring(node)
    ]
    assert bare == []
