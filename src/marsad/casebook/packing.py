"""Frozen dataclasses as plain data and back, by their own field types: data from a file can make nothing else."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from marsad.records import Passage

__all__ = ["packed", "unpacker"]


def packed(value: Any) -> Any:
    """A value as plain data: a dataclass as the list of its fields' values, a set as a sorted list."""
    if is_dataclass(value) and not isinstance(value, type):
        return [packed(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [packed(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


@cache
def unpacker(kind: Any) -> Callable[[Any], Any]:
    """What makes one of this type from plain data; it raises TypeError, ValueError or LookupError for other data."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Passage:
        return lambda data: Passage(int(data[0]), int(data[1]))
    if is_dataclass(kind):
        return _dataclass(kind)
    if origin in (Union, types.UnionType):
        (inner,) = [one for one in arguments if one is not type(None)]
        make = unpacker(inner)
        return lambda data: None if data is None else make(data)
    if origin is tuple:
        return _tuple(arguments)
    if origin is frozenset:
        return lambda data: frozenset(_all(data, str))
    if origin is Literal:
        return lambda data: arguments[arguments.index(data)]
    if origin is not None and issubclass(origin, Mapping):
        return lambda data: {str(key): float(number) for key, number in data.items()}
    if kind is float:
        return float
    return lambda data: _one(data, kind)


def _dataclass(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    makers = [unpacker(hints[field.name]) for field in fields(kind)]

    def make(data: Any) -> Any:
        return kind(*(maker(one) for maker, one in zip(makers, data, strict=True)))

    return make


def _tuple(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    if arguments[-1] is Ellipsis:
        every = unpacker(arguments[0])
        return lambda data: tuple(map(every, data))
    makers = [unpacker(one) for one in arguments]
    return lambda data: tuple(maker(one) for maker, one in zip(makers, data, strict=True))


def _one(data: Any, kind: type) -> Any:
    if type(data) is not kind:
        raise TypeError(f"{str(data)[:40]!r} is not of {kind.__name__}")
    return data


def _all(data: Any, kind: type) -> Any:
    return [_one(one, kind) for one in data]
