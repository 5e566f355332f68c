"""HTML put together from parts: what is text is never markup."""

from __future__ import annotations

import html
import re
from typing import Final

__all__ = ["Html", "bdi", "el", "join", "text"]

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EMPTY: Final = frozenset({"meta", "link", "br"})


class Html(str):
    """Text that is HTML already. Only what this module makes is."""

    __slots__ = ()


def text(words: object) -> Html:
    """Words as HTML text: nothing of them is markup; control characters and half characters become U+FFFD."""
    return words if isinstance(words, Html) else Html(html.escape(_UNSEEN.sub("\ufffd", str(words))))


def el(name: str, /, *children: object, **attributes: object) -> Html:
    """An element. Children that are no HTML yet become text, None is left out; ``class_`` is the attribute class, and
    other underscores are hyphens. An attribute of None or False is left out, of True has no value."""
    head = name
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        head += f" {key.rstrip('_').replace('_', '-')}"
        head += "" if value is True else f'="{text(value)}"'
    inner = "".join(text(child) for child in children if child is not None)
    return Html(f"<{head}>" if name in _EMPTY else f"<{head}>{inner}</{name}>")


def bdi(words: object) -> Html:
    """Words of reports or people, whose direction does not spread to what stands around them."""
    return el("bdi", words)


def join(between: object, parts: list[Html]) -> Html:
    """The parts with something between them."""
    return Html(text(between).join(parts))
