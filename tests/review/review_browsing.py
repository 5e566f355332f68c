"""Using the review page in a browser: the page served, opened, and waited for."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import review_making as making

from marsad.casebook import Casebook

sys.path.insert(0, str(making.ROOT / "tests/page"))

import page_making
from page_making import Reader

__all__ = [
    "AXE",
    "CHOSEN",
    "HOSTILE",
    "ROWS",
    "TOLD",
    "Reader",
    "axe",
    "control",
    "decided",
    "here",
    "opened",
    "reader",
    "served",
    "text",
    "until",
    "wait",
]

AXE: Final = making.ROOT / "frontend/node_modules/axe-core/axe.min.js"
HOSTILE: Final = "</script><script>window.struck=1;alert(1)</script><img src=x onerror='window.struck=1'>"


def reader() -> Iterator[Reader]:
    """A browser; skips where there is none."""
    yield from page_making.reader()


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The first address of ``marsad serve`` for a casebook."""
    process = subprocess.Popen(
        [sys.executable, "-m", "marsad", "serve", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), process.stderr.read()
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        finally:
            process.kill()
            process.stdout.close()
            process.stderr.close()
    # 0 where the tests themselves were started with the signal ignored, as by nohup.
    assert process.returncode in (0, 130, -signal.SIGINT), process.returncode


@contextmanager
def here(path: Path) -> Iterator[str]:
    """The first address of the page served by this process: quicker to start, and all the same to the browser."""
    from threading import Thread

    import uvicorn

    from marsad.review.app import review_app
    from marsad.review.serving import Address, _bound

    with _bound(0) as listener:
        address = Address("127.0.0.1", listener.getsockname()[1], "the-token")
        app = review_app(path, token=address.token, hosts=address.hosts, cookie=f"marsad-{address.port}")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield address.url
        finally:
            server.should_exit = True
            thread.join(60)
        assert not thread.is_alive()


def wait(reader: Reader, script: str, wanted: Any = True, seconds: float = 30.0) -> None:
    """Wait until a script gives what is wanted."""
    end = time.monotonic() + seconds
    found = reader.run(script)
    while found != wanted:
        assert time.monotonic() < end, f"{script} is {found!r}, not {wanted!r}"
        time.sleep(0.05)
        found = reader.run(script)


def text(selector: str) -> str:
    return f"return document.querySelector({selector!r})?.innerText ?? null"


ROWS = "return [...document.querySelectorAll('.queue-row')].map((row) => row.dataset.event)"
CHOSEN = "return document.querySelector('.queue-row.chosen')?.dataset.event ?? null"
TOLD = "return document.querySelector('.toast').hidden ? null : document.querySelector('.toast').textContent"


def opened(reader: Reader, address: str, width: int = 1400, scheme: str = "light", who: str | None = "Ana") -> None:
    """Open the page and wait for its queue and first event; ``who`` is the reviewer that the browser remembers."""
    reader.open(address, width, 900, scheme)
    if who is None:
        reader.run("localStorage.removeItem('marsad-reviewer')")
    else:
        reader.run("localStorage.setItem('marsad-reviewer', arguments[0])", who)
    reader.open(address, width, 900, scheme)
    wait(reader, "return document.querySelectorAll('.queue-row').length > 0 && !!document.querySelector('.decide')")


def decided(path: Path) -> list[tuple[str, str, str | None]]:
    with Casebook(path, write=False) as casebook:
        return [(one.who, one.kind, one.target.field) for one in casebook.decisions()]


def until(path: Path, fits: Callable[[list[tuple[str, str, str | None]]], bool]) -> list[tuple[str, str, str | None]]:
    end = time.monotonic() + 30
    while not fits(found := decided(path)):
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


def control(reader: Reader, key: str) -> None:
    """Press a key with Control."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    ActionChains(reader.driver).key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL).perform()


def axe(reader: Reader) -> list[str]:
    """What axe finds to be seriously wrong."""
    if not reader.run("return 'axe' in window"):
        reader.run(AXE.read_text("utf-8"))
    result = reader.driver.execute_async_script(
        "const [done] = arguments;"
        "axe.run(document, {resultTypes: ['violations']}).then(done, (error) => done({failed: String(error)}));"
    )
    assert "failed" not in result, result
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:200]}"
        for one in result["violations"] if one["impact"] in ("serious", "critical") for node in one["nodes"][:3]
    ]  # fmt: skip
