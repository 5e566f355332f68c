"""Running the review page on this computer: its secret, its port, and uvicorn."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import uvicorn

from marsad.errors import MarsadError
from marsad.review.app import review_app

__all__ = ["LOCALHOST", "Address", "serve"]

LOCALHOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page is; ``url`` holds the secret token, so whoever has it can read and decide."""

    host: str
    port: int
    token: str

    @property
    def url(self) -> str:
        """The first address to open."""
        return f"http://{self.host}:{self.port}/?token={self.token}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The values of ``Host`` that are this server's own."""
        return tuple(dict.fromkeys(f"{name}:{self.port}" for name in (self.host, LOCALHOST, "localhost")))


def serve(path: str | os.PathLike[str], *, port: int = 0, ready: Callable[[Address], None] = lambda _: None) -> None:
    """Serve the review page of the casebook at ``path`` on this computer alone, until interrupted.

    ``port`` 0 takes a free one. ``ready`` is told the address once requests are answered there.
    Raises CasebookError where the casebook cannot be used, MarsadError where the port is taken.
    """
    with _bound(port) as listener:
        address = Address(LOCALHOST, listener.getsockname()[1], secrets.token_urlsafe(32))
        # Cookies do not know ports: two servers at once must not take each other's.
        app = review_app(path, token=address.token, hosts=address.hosts, cookie=f"marsad-{address.port}")
        config = uvicorn.Config(
            app, access_log=False, log_level="warning", server_header=False, date_header=False, ws="none",
            proxy_headers=False, limit_concurrency=200, timeout_keep_alive=30, timeout_graceful_shutdown=5,
        )  # fmt: skip
        _Server(config, lambda: ready(address)).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Tells when it has started."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._told()


def _bound(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOCALHOST, port))
    except OSError as error:
        listener.close()
        raise MarsadError(f"cannot listen on port {port}: {error.strerror or error}; choose another --port") from None
    return listener
