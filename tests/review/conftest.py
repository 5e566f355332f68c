"""The fixtures of this folder; they are in a module of its own name, since types are checked by module."""

from review_fixtures import client, path, reader, stranger

__all__ = ["client", "path", "reader", "stranger"]
