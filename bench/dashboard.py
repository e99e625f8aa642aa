"""How the dashboard bears a million articles, measured in Chromium: memory, redrawing, messages, ten visitors at once.

usage: python -m bench.dashboard [ARTICLES] [COACHES]   (default: 1000000 articles, 4000 coaches, five years)

A change counts from the click or the Enter key to the moment at which the chart shows other data; and to that at which
the page is at rest: the script has ended, nothing is stale, the change is to be seen. Every change asks for a day or a
coach that no visitor has asked for before. Beside it stands how long the server's processor was busy, which does not
depend on what else the machine does. Memory is what is resident, with the pages of the shelf that are mapped and can be
dropped at any time (RSS); what is private to the process (USS); and its own without any file (anonymous).
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from bench.invented import names
from tests.install_chromium import find_chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("PANCHINA_BENCH", Path(tempfile.gettempdir()) / "panchina-bench"))
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
CHANGES, SESSIONS = 15, 10
LISTEN = """() => { for (const kind of ['pointerdown', 'keydown'])
  window.addEventListener(kind, event => { window.begun = performance.now() }, true) }"""
SHOWN = """wanted => document.body.innerText.includes(wanted) && document.querySelector('.js-plotly-plot .main-svg')
  && document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
  && !document.querySelector('[data-stale="true"]') && performance.now() - window.begun"""
DRAWN = """key => JSON.stringify((document.querySelector(`.st-key-${key} .js-plotly-plot`)?.data ?? [])
  .map(trace => [trace.name, Array.from(trace.y ?? []).slice(-40), Array.from(trace.x ?? []).slice(-1)]))"""
OTHER = f"""([key, before]) => {{ const now = ({DRAWN})(key)
  return now !== before && now !== '[]' && performance.now() - window.begun }}"""
FIRST_CHART = """() => document.querySelector('.js-plotly-plot .main-svg') && performance.now()"""


@contextmanager
def server(store: Path | None) -> Iterator[tuple[str, int]]:
    """Address and process id of a dashboard over `store` (None: the bundled season)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port), "--server.fileWatcherType", "none"]
    place = str(store or FOLDER / "no-store")
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, cwd=ROOT, stdout=nowhere, stderr=nowhere,
                                   env={**os.environ, "PANCHINA_STORE": place})  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health")
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the dashboard did not start")


def megabytes(process: int) -> str:
    """Memory of the process now, where the system tells (Linux)."""
    status, rollup = Path(f"/proc/{process}/status"), Path(f"/proc/{process}/smaps_rollup")
    if not status.exists():
        return "unknown"
    lines = [line.split(":", 1) for file in (status, rollup) for line in file.read_text().splitlines() if ":" in line]
    told = {key: int(value.split()[0]) / 1024 for key, value in lines if value.strip().endswith("kB")}
    private = told["Private_Clean"] + told["Private_Dirty"]
    return (f"{told['VmRSS']:6.0f} MB resident (at its highest {told['VmHWM']:.0f}), {private:.0f} MB private, "
            f"{told['RssAnon']:.0f} MB anonymous")  # fmt: skip


def busy(process: int) -> float:
    """Milliseconds that processors worked for the process, where the system tells (Linux)."""
    stat = Path(f"/proc/{process}/stat")
    used = stat.read_text().rpartition(")")[2].split()[11:13] if stat.exists() else ()
    return sum(map(int, used)) * 1000 / os.sysconf("SC_CLK_TCK")


class Took(NamedTuple):
    """Milliseconds of one change: until the chart shows it, until the page is at rest, of the server's processor."""

    chart: float
    rest: float
    server: float


class Visitor:
    """A page of its own that notes the largest message and what went wrong."""

    def __init__(self, browser: Browser, address: str):
        self.page: Page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        self.address, self.largest, self.troubles = address, 0, []
        self.page.set_default_timeout(180_000)
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._received))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.add_init_script(f"window.begun = 0; ({LISTEN})()")

    def _received(self, payload: bytes | str) -> None:
        self.largest = max(self.largest, len(payload))

    def open(self, path: str, wanted: str) -> float:
        """Milliseconds from navigation until `wanted` and a chart are to be seen."""
        self.page.goto(self.address + path)
        return self.shown(wanted)

    def shown(self, wanted: str) -> float:
        """Milliseconds since the last click or key until `wanted` is to be seen and the page is at rest."""
        handle = self.page.wait_for_function(SHOWN, arg=wanted, polling=10)
        self.troubles += self.page.locator('[data-testid="stException"]').all_inner_texts()
        return float(handle.json_value())

    def change(self, act: Callable[[], None], key: str, wanted: str, process: int) -> Took:
        """What it takes until `act` is to be seen in the chart `key`, and `wanted` on the page."""
        before, worked = self.page.evaluate(DRAWN, key), busy(process)
        act()
        chart = self.page.wait_for_function(OTHER, arg=[key, before], polling=10)
        rest = self.shown(wanted)
        return Took(float(chart.json_value()), rest, busy(process) - worked)


def days_back(visitor: Visitor, count: int, process: int) -> list[Took]:
    """What steps of a day back take on Hot seats."""
    step = visitor.page.get_by_role("button", name="‹ day")
    return [visitor.change(step.click, "race", "Ranking", process) for _ in range(count)]


def coaches(visitor: Visitor, people: list[str], process: int) -> list[Took]:
    """What choosing another coach takes on Coach."""
    took = []
    for name in people:
        box = visitor.page.locator('[data-testid="stMain"] [data-testid="stSelectbox"] input').first
        box.click()
        box.fill(name)
        visitor.page.get_by_role("option", name=name).first.wait_for()
        took.append(visitor.change(partial(box.press, "Enter"), "index", f"{name}, ", process))
    return took


def languages(visitor: Visitor, key: str, wanted: str, process: int) -> list[Took]:
    """What reading the articles of another language alone takes, then those of all; `key` is the page's chart."""
    took = []
    for name in ("Italian", "French", "German", "Spanish", "Portuguese", "English", "all six"):
        box = visitor.page.get_by_label("Language of the articles")
        box.click()
        box.fill(name)
        visitor.page.get_by_role("option", name=name).first.wait_for()
        took.append(visitor.change(partial(box.press, "Enter"), key, wanted, process))
    return took


def told(name: str, milliseconds: list[float]) -> None:
    """Print median and 95th percentile."""
    ordered = sorted(milliseconds)
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(f"{name:45s} median {statistics.median(ordered):6.0f} ms, 95th percentile {high:6.0f} ms", flush=True)


def told_each(name: str, took: list[Took]) -> None:
    """Print median and 95th percentile of each part."""
    for part, title in (("chart", "redrawn chart"), ("rest", "page at rest"), ("server", "server's processor")):
        told(f"{name}: {title}", [getattr(each, part) for each in took])


def large(browser: Browser, folder: Path, people: list[str]) -> None:
    """Print the figures of the large archive."""
    with server(folder) as (address, process):
        visitor = Visitor(browser, address)
        print(f"{'first page of a cold server':45s} {visitor.open('/?day=2024-06-06&ui=en', 'Ranking') / 1000:6.1f} s")
        told_each("Hot seats, another day", days_back(visitor, CHANGES, process))
        told_each("Hot seats, another language", languages(visitor, "race", "Ranking", process))
        visitor.open(f"/coach?day=2024-06-06&ui=en&coach={quote(people[0])}", f"{people[0]}, ")
        told_each("Coach, another coach", coaches(visitor, people[1 : CHANGES + 1], process))
        told_each("Coach, another language", languages(visitor, "index", f"{people[CHANGES]}, ", process))
        print(f"{'largest message':45s} {visitor.largest / 1000:6.0f} kB")
        others = [Visitor(browser, address) for _ in range(SESSIONS)]
        for number, other in enumerate(others):
            other.page.goto(f"{address}/?day=2023-0{number % 9 + 1}-15&ui=en", wait_until="commit")
        for other in others:
            other.shown("Ranking")
        troubles = [trouble for each in (visitor, *others) for trouble in each.troubles]
        print(f"{f'{SESSIONS} sessions at once':45s} {len(troubles):6d} errors {troubles[:2] or ''}")
        print(f"{'memory of the server':45s} {megabytes(process)}")


def season(browser: Browser) -> None:
    """Print how soon the first chart of the bundled season stands on a warm server."""
    with server(None) as (address, _):
        took = []
        for _ in range(6):
            visitor = Visitor(browser, address)
            visitor.page.goto(address)
            took.append(float(visitor.page.wait_for_function(FIRST_CHART, polling=10).json_value()))
            visitor.page.context.close()
        told("bundled season, first chart, warm", took[1:])


def main() -> None:
    """Print all figures."""
    numbers = [int(argument) for argument in sys.argv[1:]]
    count, people = [*numbers, *(1_000_000, 4000)[len(numbers) :]]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        season(browser)
        make = [sys.executable, "-m", "bench.invented", str(FOLDER), str(count), str(people)]
        subprocess.run(make, cwd=ROOT, check=True)
        large(browser, FOLDER, names(people))
        browser.close()


if __name__ == "__main__":
    main()
