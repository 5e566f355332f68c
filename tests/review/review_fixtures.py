"""Fixtures of the review page's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import review_making as making

pytest.importorskip("httpx2", reason="httpx2 is not installed")

import review_browsing as browsing
from starlette.testclient import TestClient

from marsad.review import review_app


@pytest.fixture(scope="session")
def reader() -> Iterator[browsing.Reader]:
    """A browser, the same for all tests; skips where there is none."""
    yield from browsing.reader()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A casebook with one report."""
    made = tmp_path / "ark.casebook"
    making.add(made, [making.mill()])
    return made


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    """The first address of the page of ``path``, served in this process."""
    with browsing.here(path) as url:
        yield url


@pytest.fixture
def stranger(path: Path) -> Iterator[TestClient]:
    """A client without the cookie, which is told of redirects instead of following them."""
    app = review_app(path, token=making.TOKEN, hosts=[making.HOST])
    with TestClient(app, base_url=making.OWN, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """A client that has opened the first address."""
    stranger.get("/", params={"token": making.TOKEN})
    return stranger
