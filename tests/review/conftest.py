"""The fixtures of this folder; they are in a module of its own name, since types are checked by module."""

from review_fixtures import address, client, path, reader, stranger

__all__ = ["address", "client", "path", "reader", "stranger"]
