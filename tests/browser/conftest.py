"""The real server on a free port, and a Chromium that looks at it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.install_chromium import find_chromium

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
READ_MS = 120_000
"""The first visitor waits until the season is read, on a small and busy machine too."""
AT_REST = """() => {
  const isStill = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    && !document.querySelector('[data-stale="true"]')
    && document.getAnimations().every(animation => animation.playState !== 'running'
       || animation.effect.getTiming().iterations === Infinity);
  window.stillFrames = isStill ? (window.stillFrames ?? 0) + 1 : 0;
  return window.stillFrames > 20;
}"""
"""True once, for 20 frames, the script stood, no element waited for its successor and no colour was on its way.

The script stands before its page is drawn, and a page may run again at once, so a single look may fall between.
Frames and not milliseconds, since drawing a chart holds the browser up for many of the latter.
"""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium; without one the tests are skipped, and fail where CI asks for them."""
    path = find_chromium()
    if path is None:
        message = "no Chromium found; install the package 'chromium' or set PANCHINA_CHROMIUM"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[str]:
    """Address of a dashboard that the tests started, as it is put online; nobody has opened it before."""
    with serving(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@contextmanager
def serving(log: Path, **variables: str) -> Iterator[str]:
    """A dashboard with these variables in its environment, and its address; public mode unless they say otherwise."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    environment = {**os.environ, "PANCHINA_LOCAL": "", **variables}
    with open(log, "wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health", log)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


class Visitor:
    """A page in the browser that remembers what went wrong and which hosts it asked."""

    def __init__(self, page: Page, address: str):
        self.page, self.address = page, address
        self.troubles: list[str] = []
        self.strangers: set[str] = set()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("dialog", lambda dialog: (self.troubles.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("console", self._heard)
        page.on("request", self._asked)

    def _heard(self, message) -> None:
        # Streamlit itself asks for two files under the path of the page and finds them one level up.
        is_own = message.type == "error" and not (
            "404" in message.text and "_stcore" in message.location.get("url", "")
        )
        if is_own:
            self.troubles.append(message.text)

    def _asked(self, request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.strangers.add(request.url)

    def open(self, path: str) -> Page:
        """Open a page by its address and wait until it is drawn."""
        self.page.goto(self.address + path)
        self.page.wait_for_selector("h1", timeout=READ_MS)
        return self.settled()

    def settled(self) -> Page:
        """The page once the server has nothing more to send."""
        self.page.evaluate("() => { window.stillFrames = 0; }")
        self.page.wait_for_function(AT_REST)
        return self.page


@pytest.fixture
def visit(browser, server, request) -> Iterator[Visitor]:
    """A new visitor; parametrise indirectly with options of a browser context, such as the size of the screen."""
    context = browser.new_context(**({"viewport": {"width": 1440, "height": 900}} | getattr(request, "param", {})))
    yield Visitor(context.new_page(), server)
    context.close()
