"""Processes that write, compact and read a store and are killed at random moments; and what must hold all the same.

Used by the tests (a few kills) and by bench/store.py (many).
"""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from analysis.store import Store

ROOT = Path(__file__).resolve().parents[2]
PER_PART = 5
"""Articles that a writer adds at a time."""


def invented(writer: str, number: int) -> dict:
    """An article that no other writer has, with words enough to be no headline; every tenth one all writers have."""
    name = "shared" if number % 10 == 0 else writer
    return {"article_id": f"{name}-{number}", "title": f"Article {number} of {name}", "text": f"{name} {number} " * 30,
            "url": f"https://{name}.example/{number}", "source": name, "lang": "en",
            "published_at": "2024-12-01", "date_precision": "day"}  # fmt: skip


def write(folder: str, writer: str, start: int) -> None:
    """Add articles for ever; the titles of each call are printed once it has returned."""
    import pandas as pd

    store = Store(folder)
    number = start
    while True:
        rows = [invented(writer, number + step) for step in range(PER_PART)]
        store.add(pd.DataFrame(rows))
        print(json.dumps([row["title"] for row in rows]), flush=True)
        number += PER_PART


def compact_for_ever(folder: str, *_: object) -> None:
    """Merge the parts again and again."""
    from analysis.store.compact import BusyError, compact

    print("ready", flush=True)
    while True:
        try:
            compact(Path(folder))
        except BusyError:
            time.sleep(0.01)


class Victim:
    """A process of one role, started anew after each kill."""

    def __init__(self, role: str, folder: Path, log: Path):
        self.role, self.folder, self.log = role, folder, log
        self.start()

    def start(self) -> None:
        self.output = open(self.log, "ab")  # noqa: SIM115 - closed in `kill`
        command = [sys.executable, "-m", "tests.store.killing", self.role, str(self.folder), str(time.time_ns())]
        self._said = self.log.stat().st_size
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=self.output)

    def is_at_work(self) -> bool:
        """Whether it has said anything since it was started."""
        return self.log.stat().st_size > self._said

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.output.close()

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


if __name__ == "__main__":
    role, place, moment = sys.argv[1:]
    if role == "compactor":
        compact_for_ever(place)
    write(place, role, int(moment) // 1000 % 10**12)
