"""A figure as plain data, for a page that may not take markup from anywhere: it makes the elements one by one."""

from __future__ import annotations

from typing import Any, Final
from xml.etree import ElementTree

from marsad.records import Json

__all__ = ["tree"]

_NAMESPACE: Final = "{http://www.w3.org/2000/svg}"


def tree(svg: str) -> Json:
    """An SVG that :mod:`marsad.analysis.svg` drew: its size, and its elements as ``[name, attributes, children]``."""
    root = ElementTree.fromstring(svg)
    _, _, width, height = (float(number) for number in root.attrib["viewBox"].split())
    return {"width": width, "height": height, "elements": [_element(one) for one in root]}


def _element(node: ElementTree.Element) -> list[Any]:
    children: list[Any] = [node.text] if node.text and node.text.strip() else []
    children += [_element(child) for child in node]
    return [node.tag.removeprefix(_NAMESPACE), dict(node.attrib), children]
