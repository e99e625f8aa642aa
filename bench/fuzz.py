"""Mutated articles, files, feeds, pages and GDELT lists through load, score and store: no crash, hang or lost good row.

usage: python -m bench.fuzz [COUNT] [SEED]   (default: 100,000 mutations, seed 1)

The season's briefs are cut, joined, turned and crossed with the attack strings of tests/hostile, then written as rows
of every format among good ones, whose loss is looked for; some are damaged byte by byte after that.
"""

import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from analysis.archive import read_briefs
from analysis.collect.errors import CollectError
from analysis.collect.feed_text import Entry, read_feed
from analysis.collect.gdelt import article as gdelt_article
from analysis.collect.gdelt import readable
from analysis.collect.gdelt_answer import BrokenJson, Row, read_answer
from analysis.collect.gdelt_windows import Span
from analysis.collect.page_text import PageText, page_text
from analysis.commands.score import answer
from analysis.load import load_bytes, to_frame
from analysis.store import Store
from bench.mutations import FEEDS, FILES, damaged, gdelt_answer, good_row, mutated, page

ROUND = 40
"""Mutations written into one file or feed, with a good row before, amid and behind them."""
ROUNDS_A_STORE = 100
HANG_SECONDS = 20
"""Longer than any article of this length may take, on a busy machine too."""
ADDRESS, TYPES = "https://f.example/", ("", "text/html; charset=latin-1", "application/xml", "text/plain; charset=x")
NOW = pd.Timestamp("2024-12-07", tz="UTC")
WINDOW = Span(NOW - pd.Timedelta(days=7), NOW)


_COUNTS = ("mutations", "files", "feeds", "pages", "GDELT lists", "feeds, pages and lists refused", "rows refused",
           "articles scored", "articles kept", "good rows", "good rows lost")  # fmt: skip
_LOADED = ("lang", "source", "url", "title", "text")


class Hang(Exception):
    """Something took HANG_SECONDS."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises Hang where what is inside takes longer."""

    def ring(number: int, frame: object) -> None:
        raise Hang(f"more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _article(identifier: str, found: Entry | PageText) -> dict:
    """What a feed or page gives, as analysis.load gives articles."""
    return {"id": identifier, "date": None, "published_at": None, "date_precision": "none", "lang": None, "source": "f",
            "url": "", "title": found.title, "text": found.text}  # fmt: skip


class Fuzz:
    """A run: what was tried, what was kept, and what went wrong."""

    def __init__(self, seed: int, folder: Path):
        self.seed, self.folder = seed, folder
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self.slowest = 0.0
        self._briefs = [(brief["title"], brief["text"], brief["lang"]) for brief in read_briefs()]
        self._store = Store(folder / "0")
        for title, text, lang in self._briefs:
            # What each language needs is read once, on first use; that is nobody's hang.
            answer({"id": "", "date": None, "lang": lang, "title": title, "text": text})

    def round(self, number: int) -> None:
        """One file or feed of mutations: written, loaded, scored and kept."""
        chance = random.Random(f"{self.seed} {number}")
        if number % ROUNDS_A_STORE == 0:
            self._store = Store(self.folder / str(number))
        rows = [mutated(chance, self._briefs) for _ in range(ROUND)]
        good = [good_row(number, place) for place in range(3)]
        rows = [good[0], *rows[: ROUND // 2], good[1], *rows[ROUND // 2 :], good[2]]
        self.counts["mutations"] += ROUND
        try:
            take = chance.choices((self._file, self._feed, self._pages, self._list), (6, 3, 1, 2))[0]
            self._keep(take(chance, rows, good), good)
        except Exception:
            self._note(number, traceback.format_exc(limit=-4))

    def _file(self, chance: random.Random, rows: list[dict], good: list[dict]) -> list[dict]:
        """Articles of the rows in a file of some format, in half of the cases damaged where no good row is."""
        name, write = chance.choice(FILES)
        harm = damaged if chance.random() < 0.5 else None
        data = write(chance, rows, harm)
        self.counts["files"] += 1
        with at_most(HANG_SECONDS):
            results = list(load_bytes(name, data))
        found = [result for result in results if "error" not in result]
        self.counts["rows refused"] += len(results) - len(found)
        self._look_for(good, found, name)
        return self._scored(found)

    def _feed(self, chance: random.Random, rows: list[dict], good: list[dict]) -> list[dict]:
        """Entries of the rows as a feed; a damaged one need give nothing, but may not crash."""
        harm = chance.random() < 0.5
        data = chance.choice(FEEDS)(chance, rows)
        self.counts["feeds"] += 1
        try:
            with at_most(HANG_SECONDS):
                found = read_feed(damaged(chance, data) if harm else data, chance.choice(TYPES), ADDRESS).entries
        except CollectError:
            if not harm:
                raise
            self.counts["feeds, pages and lists refused"] += 1
            return []
        articles = [_article(str(number), entry) for number, entry in enumerate(found)]
        if not harm:
            self._look_for(good, articles, "a feed")
        return self._scored(articles)

    def _pages(self, chance: random.Random, rows: list[dict], good: list[dict]) -> list[dict]:
        """Articles of the rows as a web page each, in half of the cases damaged."""
        articles = []
        for number, row in enumerate(rows):
            data = page(chance, row)
            data = damaged(chance, data) if chance.random() < 0.5 and row not in good else data
            self.counts["pages"] += 1
            try:
                with at_most(HANG_SECONDS):
                    articles.append(_article(str(number), page_text(data, chance.choice(TYPES), ADDRESS)))
            except CollectError:
                self.counts["feeds, pages and lists refused"] += 1
        self._look_for(good, articles, "pages")
        return self._scored(articles)

    def _list(self, chance: random.Random, rows: list[dict], good: list[dict]) -> list[dict]:
        """Articles of the rows in a GDELT list; a third are broken where no good row is, a third anywhere:
        then it need give nothing."""
        where = chance.choice(("nowhere", "rows", "anywhere"))
        data = gdelt_answer(chance, rows, damaged if where == "rows" else None)
        self.counts["GDELT lists"] += 1
        with at_most(HANG_SECONDS):
            listed = self._listed(damaged(chance, data) if where == "anywhere" else data, where)
            articles = [self._as_loaded(gdelt_article(row, WINDOW, NOW)) for row in readable(listed)]
        if where != "anywhere":
            self._look_for(good, articles, "a GDELT list")
        return self._scored(articles)

    def _listed(self, data: bytes, where: str) -> list[Row]:
        """The rows of a list, or those of a broken one that are whole."""
        try:
            return read_answer(data)
        except BrokenJson as error:
            self.counts["feeds, pages and lists refused"] += 1
            return error.rows
        except CollectError:
            if where != "anywhere":
                raise
            self.counts["feeds, pages and lists refused"] += 1
            return []

    def _as_loaded(self, article: dict) -> dict:
        """An article of GDELT's as analysis.load gives articles."""
        (loaded,) = load_bytes("a.jsonl", json.dumps({name: article[name] for name in _LOADED}).encode())
        return loaded

    def _look_for(self, good: list[dict], found: list[dict], name: str) -> None:
        titles = {row["title"] for row in found}
        lost = [row["title"] for row in good if row["title"] not in titles]
        self.counts["good rows"] += len(good)
        self.counts["good rows lost"] += len(lost)
        if lost:
            raise AssertionError(f"{name} lost {lost}")

    def _scored(self, articles: list[dict]) -> list[dict]:
        for article in articles:
            start = time.perf_counter()
            with at_most(HANG_SECONDS):
                reading = answer(article)
            self.slowest = max(self.slowest, time.perf_counter() - start)
            if "error" in reading:
                raise AssertionError(f"{reading['error']} {article['title']!r} {article['text']!r}"[:2000])
            for row in reading["evidence"]:
                if article[row["field"]][row["start"] : row["end"]] != row["text"]:
                    raise AssertionError(f"evidence beside its words: {row} {article!r}"[:2000])
        self.counts["articles scored"] += len(articles)
        return articles

    def _keep(self, articles: list[dict], good: list[dict]) -> None:
        done = self._store.add(to_frame(articles))
        if done.new + done.known != len(articles):
            raise AssertionError(f"the store refused {done.refused}")
        self.counts["articles kept"] += done.new
        known = self._store.known_urls()
        lost = [row["url"] for row in good if row["url"] in {article["url"] for article in articles} - known]
        if lost:
            raise AssertionError(f"the store lost {lost}")

    def _note(self, number: int, fault: str) -> None:
        self.faults.append(fault)
        print(f"seed {self.seed}, round {number}:\n{fault}", file=sys.stderr, flush=True)


def main() -> int:
    """Print what was tried and what went wrong; 1 where anything did."""
    given = [int(argument) for argument in sys.argv[1:]]
    count, seed = [*given, *(100_000, 1)[len(given) :]]
    with tempfile.TemporaryDirectory(prefix="panchina-fuzz-") as folder:
        fuzz, start = Fuzz(seed, Path(folder)), time.perf_counter()
        for number in range(-(-count // ROUND)):
            fuzz.round(number)
        seconds = time.perf_counter() - start
    for name in _COUNTS:
        print(f"{name:32s} {fuzz.counts[name]:10d}")
    print(f"{'crashes and hangs':32s} {len(fuzz.faults):10d}")
    print(f"{'slowest article, seconds':32s} {fuzz.slowest:10.2f}")
    print(f"{'mutations a second':32s} {fuzz.counts['mutations'] / seconds:10.0f}")
    return 1 if fuzz.faults else 0


if __name__ == "__main__":
    sys.exit(main())
