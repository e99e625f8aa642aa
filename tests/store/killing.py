"""Processes that write, compact and read a store and are killed at random moments; and what must hold all the same.

Used by the tests (a few kills) and by bench/store.py (many).
"""

import json
import multiprocessing
import os
import random
import time
from contextlib import suppress
from multiprocessing.context import BaseContext
from pathlib import Path

import pandas as pd

from analysis.store import Store
from analysis.store.compact import BusyError, compact

PER_PART = 5
"""Articles that a writer adds at a time."""


def invented(writer: str, number: int) -> dict:
    """An article that no other writer has, with words enough to be no headline; every tenth one all writers have."""
    name = "shared" if number % 10 == 0 else writer
    return {"article_id": f"{name}-{number}", "title": f"Article {number} of {name}", "text": f"{name} {number} " * 30,
            "url": f"https://{name}.example/{number}", "source": name, "lang": "en",
            "published_at": "2024-12-01", "date_precision": "day"}  # fmt: skip


def write(folder: str, writer: str, log: str) -> None:
    """Add articles as long as the tormentor lives; the titles of each call are told once it has returned."""
    store, told, number, parent = Store(folder), _open(log), time.time_ns() // 1000 % 10**12, os.getppid()
    while os.getppid() == parent:
        rows = [invented(writer, number + step) for step in range(PER_PART)]
        store.add(pd.DataFrame(rows))
        os.write(told, json.dumps([row["title"] for row in rows]).encode() + b"\n")
        number += PER_PART


def merge(folder: str, _: str, log: str) -> None:
    """Merge the parts again and again, as long as the tormentor lives."""
    told, parent = _open(log), os.getppid()
    while os.getppid() == parent:
        with suppress(BusyError):
            compact(Path(folder))
        os.write(told, b"merged\n")
        time.sleep(0.02)


def _open(log: str) -> int:
    return os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def _processes() -> BaseContext:
    """Processes that start at once, where the system can: from one that has all libraries loaded."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


class Victim:
    """A process of one role, started anew after each kill."""

    def __init__(self, role: str, folder: Path, log: Path):
        self.role, self.folder, self.log = role, folder, log
        self.log.touch()
        self.start()

    def start(self) -> None:
        self._said = self.log.stat().st_size
        work = merge if self.role == "compactor" else write
        self.process = _processes().Process(target=work, args=(str(self.folder), self.role, str(self.log)))
        self.process.start()

    def is_at_work(self) -> bool:
        """Whether it has said anything since it was started. Raises AssertionError where it ended by itself."""
        assert self.process.is_alive(), f"the {self.role} ended by itself"
        return self.log.stat().st_size > self._said

    def kill(self) -> None:
        self.process.kill()
        self.process.join()

    def acknowledged(self) -> list[str]:
        """Titles that the process has been told are kept; a last line cut short was told to nobody."""
        lines = self.log.read_bytes().split(b"\n")[:-1]
        return [title for line in lines if line.startswith(b"[") for title in json.loads(line)]


class Watcher:
    """A reader that looks again and again at what must hold."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.seen: set[str] = set()
        self.readings = 0

    def look(self, acknowledged: list[str]) -> None:
        """Raises AssertionError where an article is lost, double or torn, or a file of the store cannot be read."""
        store = Store(self.folder)
        articles = store.articles()
        titles = articles["title"].tolist()
        assert not store.problems, [str(problem) for problem in store.problems]
        assert len(titles) == len(set(titles)), "an article stands twice"
        assert not self.seen - set(titles), "an article seen before is gone"
        assert not set(acknowledged) - set(titles), "an article that was acknowledged is gone"
        for row in articles.itertuples():
            assert row.text == invented(row.source, int(row.title.split()[1]))["text"], "an article is torn"
        self.seen |= set(titles)
        self.readings += 1


def torment(folder: Path, kills: int, seed: int = 1, longest: float = 0.3) -> Watcher:
    """Kill two writers and a compactor, one of them at a time, `kills` times, and look after each.

    One is killed only once it is at work: a program that is still starting has nothing to lose.
    """
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    victims = [Victim(role, folder / "store", folder / f"{role}.log") for role in ("north", "south", "compactor")]
    watcher = Watcher(folder / "store")
    try:
        for _ in range(kills):
            while not (at_work := [victim for victim in victims if victim.is_at_work()]):
                time.sleep(0.02)
            time.sleep(chance.uniform(0, longest))
            victim = chance.choice(at_work)
            victim.kill()
            told = [title for other in victims for title in other.acknowledged()]
            watcher.look(told)
            victim.start()
    finally:
        for victim in victims:
            victim.kill()
    watcher.look([title for victim in victims for title in victim.acknowledged()])
    return watcher
