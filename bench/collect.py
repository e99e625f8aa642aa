"""Collecting: 5,000 articles from a server on this machine in one run, and a day of runs with memory flat.

usage: python -m bench.collect [ARTICLES] [ROUNDS]   (default: 5,000 articles, 288 rounds, one every five minutes)
"""

import os
import random
import shutil
import sys
import tempfile
import time
from email.utils import format_datetime
from pathlib import Path

import pandas as pd

from analysis.collect.command import MOST_PARTS
from analysis.collect.fetch import Client
from analysis.collect.guard import Guard
from analysis.collect.kinds import Source
from analysis.collect.run import Collection, kept_robots
from analysis.memory import give_back, keep_little
from analysis.store import Store, compact
from bench.store import WORDS
from tests.loopback import Asked, Loopback, Reply

START = pd.Timestamp("2024-12-06", tz="UTC")
FEEDS, SHOWN = 20, 25
"""Feeds, and entries that each shows."""
EVERY = pd.Timedelta(minutes=5)


def item(number: int) -> str:
    """An entry about nobody, published `number` minutes after START."""
    words = " ".join(random.Random(number).choices(WORDS, k=60))
    date = format_datetime((START + pd.Timedelta(seconds=6 * number)).to_pydatetime())
    return (
        f"<item><title>Notizia {number}</title><link>https://t{number % 40}.example/calcio/{number}</link>"
        f"<pubDate>{date}</pubDate><description>{words} {number}</description></item>"
    )


def page(number: int) -> str:
    """A web page about nobody, with menus around it."""
    chance = random.Random(number)
    paragraphs = "".join(f"<p>{' '.join(chance.choices(WORDS, k=60))}.</p>" for _ in range(6))
    links = "".join(f'<li><a href="/{n}">Sezione {n}</a></li>' for n in range(40))
    body = f"<article><h1>Notizia {number}</h1>{paragraphs}<p>Numero {number}.</p></article>"
    return f"<!doctype html><html lang=it><title>Notizia {number}</title><nav><ul>{links}</ul></nav>{body}</html>"


def feed(numbers: range) -> bytes:
    """A feed of these entries."""
    items = "".join(map(item, numbers))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def feed_source(server: Loopback, number: int, full_text: bool = False) -> Source:
    """The source of feed `number`."""
    options = {"url": server.url(f"/feed{number}"), "full_text": full_text, "outlet": ""}
    return Source("feed", f"Testata {number}", "it", options=options)


def report_run(folder: Path, count: int) -> None:
    """Print how fast `count` articles come from feeds in one run, each in two of them; and that all are there once."""
    server, store = Loopback(), Store(folder / "run")
    feeds = -(-count // 100)
    for number in range(feeds):
        # Every article is in two feeds, as agencies' are.
        body = feed(range(number * 100, min(number * 100 + 200, count)))
        server.at(f"/feed{number}", Reply(body, "application/rss+xml", is_packed=number % 2 == 0))
    start = time.perf_counter()
    outcomes = _collected(
        store, server, [feed_source(server, number) for number in range(feeds)], START + pd.Timedelta(days=2)
    )
    took = time.perf_counter() - start
    _check(store, range(count))
    assert sum(outcome.new for outcome in outcomes) == count, "an article was counted as new twice"
    known = sum(outcome.known for outcome in outcomes)
    print(f"articles collected from feeds          {count:8d} ({known} met again; none lost or double)")
    print(f"articles a second                      {count / took:8.0f}")
    server.close()


def report_pages(folder: Path, count: int) -> None:
    """Print how fast articles come with the full text of their pages."""
    server, store = Loopback(), Store(folder / "pages")
    for number in range(count):
        server.at(f"/{number}", Reply(page(number)))
    urls = [server.url(f"/{number}") for number in range(count)]
    chunks = [urls[first::8] for first in range(8)]
    sources = [Source("page", f"Pagine {n}", options={"urls": chunk, "outlet": ""}) for n, chunk in enumerate(chunks)]
    start = time.perf_counter()
    _collected(store, server, sources, START)
    took = time.perf_counter() - start
    assert len(store) == count, f"{count - len(store)} pages lost"
    print(f"pages read in full                     {count:8d}, {count / took:.0f} a second")
    server.close()


def report_day(folder: Path, rounds: int) -> None:
    """Print what memory a process holds that collects `rounds` times, one every five minutes of a clock of its own."""
    server = Loopback()
    newest = {"number": SHOWN}
    for number in range(FEEDS):
        server.at(f"/feed{number}", lambda asked, number=number: _changing(asked, number, newest["number"]))
    sources = [feed_source(server, number) for number in range(FEEDS)]
    held, start = [], time.perf_counter()
    for run in range(rounds):
        newest["number"] = SHOWN + 2 * run
        server.requests.clear()
        # A store opened anew, as each run of the command does.
        store = Store(folder / "day")
        _collected(store, server, sources, START + pd.Timedelta(days=1) + run * EVERY)
        if len(store.listing()) > MOST_PARTS:
            compact(store.folder)
        give_back()
        held.append(_memory())
    took = time.perf_counter() - start
    _check(store, [n * 10_000 + entry for n in range(FEEDS) for entry in range(newest["number"])])
    kept = f"{len(store)} articles, each once"
    print(f"rounds of collecting, every 5 minutes  {rounds:8d} in {took:.0f} s ({kept})")
    quarters = [f"{held[int(rounds * share) - 1]:.0f}" for share in (0.1, 0.25, 0.5, 0.75, 1)]
    print(f"memory after a tenth and each quarter  {', '.join(quarters)} MB")
    server.close()


def _changing(asked: Asked, feed_number: int, newest: int) -> Reply:
    """A feed whose newest entry is `newest`; every fourth feed knows no conditional requests."""
    first = feed_number * 10_000
    body = feed(range(first + max(0, newest - SHOWN), first + newest))
    return Reply(body, "application/rss+xml", etag="" if feed_number % 4 == 0 else f'"{newest}"')


def _collected(store: Store, server: Loopback, sources: list[Source], now: pd.Timestamp) -> list:
    with kept_robots(store) as robots, Client(Guard(allow_local=True), pause=0, robots=robots) as client:
        outcomes = Collection(store, client, now).run(sources)
    failed = [reason for outcome in outcomes for reason in outcome.problems]
    assert not failed, failed[:3]
    return outcomes


def _memory() -> float:
    """Megabytes that this process holds at present (Linux only)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _check(store: Store, numbers: range | list[int]) -> None:
    titles = store.articles()["title"]
    wanted = {f"Notizia {number}" for number in numbers}
    assert titles.is_unique, "an article is kept twice"
    assert set(titles) == wanted, f"{len(wanted - set(titles))} articles lost, {len(set(titles) - wanted)} never sent"


def main() -> None:
    """Print the figures; raises AssertionError where an article is lost or double."""
    given = [int(argument) for argument in sys.argv[1:]]
    count, rounds = [*given, *(5000, 288)[len(given) :]]
    folder = Path(tempfile.mkdtemp(prefix="panchina-collect-"))
    keep_little()
    try:
        report_day(folder, rounds)
        report_run(folder, count)
        report_pages(folder, count // 10)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
