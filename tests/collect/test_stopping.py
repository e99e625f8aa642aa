"""Collecting that is killed or stopped loses nothing and keeps nothing twice."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from analysis.collect import Client, Guard
from analysis.collect.errors import Stopped
from analysis.store import Store
from tests.collect import feed_samples as samples
from tests.loopback import Reply

ROOT = Path(__file__).resolve().parents[2]
FEEDS, ITEMS = 8, 20


def sources(loopback, tmp_path, hook=lambda number: None):
    """A file of feeds, each with articles of its own; `hook` is called with the number of each that is asked for."""

    def answer(request):
        number = int(request.path.removeprefix("/"))
        hook(number)
        items = [samples.item(f"t{number}-{n}", f"https://p.example/{number}/{n}") for n in range(ITEMS)]
        return Reply(samples.rss(*items), "application/rss+xml", etag='"1"')

    path = tmp_path / "sources.toml"
    urls = [loopback.at(f"/{number}", answer) for number in range(FEEDS)]
    path.write_text("".join(f'[[feed]]\nname = "F{n}"\nurl = "{url}"\nrobots = false\n' for n, url in enumerate(urls)))
    return path


def started(path, tmp_path, *more):
    command = [sys.executable, "-m", "analysis", "collect", "--sources", str(path), "--store", str(tmp_path / "store"),
               "--allow-local", "--pause", "0.05", "--unread", *more]  # fmt: skip
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_killed_run_is_made_good_by_the_next(loopback, tmp_path):
    reached = threading.Event()
    path = sources(loopback, tmp_path, lambda number: number == FEEDS // 2 and reached.set())
    process = started(path, tmp_path, "--at-once", "1")
    assert reached.wait(60)
    process.kill()
    process.communicate()
    before = set(Store(tmp_path / "store").articles()["title"])
    assert len(before) >= ITEMS
    out, _ = started(path, tmp_path).communicate(timeout=60)
    titles = Store(tmp_path / "store").articles()["title"]
    assert sorted(titles) == sorted(f"t{number}-{n}" for number in range(FEEDS) for n in range(ITEMS))
    assert f"{len(titles) - len(before)} new" in out


def test_a_run_stopped_by_hand_ends_at_once_and_keeps_what_it_has(loopback, tmp_path):
    # A pause of half a minute must not keep anybody who stops it.
    process = started(sources(loopback, tmp_path), tmp_path, "--at-once", "1", "--pause", "30")
    store, deadline = Store(tmp_path / "store"), time.monotonic() + 60
    while not store.state("collect").read() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "stopped" in errors
    assert len(store) == ITEMS


def test_a_client_that_is_stopped_asks_nothing_more(loopback):
    url = loopback.at("/page", Reply(b"x"))
    with Client(Guard(allow_local=True), pause=0) as client:
        client.stop()
        with pytest.raises(Stopped):
            client.get(url)
    assert loopback.requests == []
