"""How the store holds up and how fast it is: kills without loss, and a run over a large store that finds nothing new.

usage: python -m bench.store [KILLS] [ARTICLES]   (default: 200 kills, 100,000 articles)
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.load.rows import FIELDS
from analysis.schema import ARTICLES
from analysis.store import Store, compact
from analysis.store.cache import Readings
from analysis.store.readings import ARROW
from tests.store.killing import torment

ROOT = Path(__file__).resolve().parent.parent
WORDS = ("squadra", "partita", "tecnico", "gara", "campo", "difesa", "attacco", "club", "stagione", "tifosi", "mercato")
PER_PART = 500
FEED = 2000
"""Articles of a run: what a morning's feeds bring, all of them known."""


def invented(first: int, count: int) -> pd.DataFrame:
    """Articles of 200 words about nobody."""
    chance = random.Random(first)
    start = pd.Timestamp("2024-01-01", tz="UTC")
    rows = [
        {"article_id": f"n{number}", "published_at": start + pd.Timedelta(minutes=5 * number), "date_precision": "day",
         "lang": "it", "source": f"Testata {number % 40}", "url": f"https://t{number % 40}.example/calcio/{number}",
         "title": f"Notizia {number}", "text": " ".join(chance.choices(WORDS, k=200))}
        for number in range(first, first + count)
    ]  # fmt: skip
    return ARTICLES.frame(rows)


def fill(folder: Path, count: int) -> None:
    """A store of `count` articles in parts of PER_PART, all marked as read, and a feed of known ones beside it."""
    for first in range(0, count, PER_PART):
        # A new store each time: articles are known to be new here.
        Store(folder / f"part{first}").add(invented(first, PER_PART))
    (folder / "store" / "articles").mkdir(parents=True)
    for part in folder.glob("part*/articles/*"):
        part.rename(folder / "store" / "articles" / part.name)
    store = Store(folder / "store")
    digests = store.keys()["digest"].tolist()
    empty = {name: [[]] * len(digests) for name in ARROW.names[2:]}
    table = pa.Table.from_pydict({"digest": digests, "fault": [""] * len(digests), **empty}, ARROW)
    Readings(store.folder).parts.append(table)
    feed = invented(0, FEED).rename(columns={"article_id": "id", "published_at": "date"})
    feed[[column for column in FIELDS if column in feed]].to_json(
        folder / "feed.jsonl", orient="records", lines=True, date_format="iso", force_ascii=False
    )


def run_again(folder: Path) -> str:
    """What a whole process took that adds the feed, finds nothing new and nothing to read; and what it answered."""
    command = [sys.executable, "-m", "analysis", "add", str(folder / "feed.jsonl"), "--store", str(folder / "store")]
    before, start = _processor_seconds(), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    took = time.perf_counter() - start
    return f"{took:8.2f} s, {_processor_seconds() - before:.2f} s of a processor ({done.stdout.strip()})"


def _processor_seconds() -> float:
    used = os.times()
    return used.children_user + used.children_system


def report_speed(folder: Path, count: int) -> None:
    """Print how long runs over a store of `count` articles take, before and after compacting."""
    fill(folder, count)
    parts = len(Store(folder / "store").listing())
    run_again(folder)
    print(f"articles in the store                  {count:8d} in {parts} files")
    print(f"a run that finds nothing new           {run_again(folder)}")
    start = time.perf_counter()
    done = compact(folder / "store")
    print(f"compacting                             {time.perf_counter() - start:8.2f} s ({done.merged} to {done.made})")
    print(f"a run that finds nothing new           {run_again(folder)}")
    start = time.perf_counter()
    held = len(Store(folder / "store").articles())
    print(f"reading all with their texts           {time.perf_counter() - start:8.2f} s ({held} articles)")


def main() -> None:
    """Print the figures; raises AssertionError where a kill cost anything."""
    given = [int(argument) for argument in sys.argv[1:]]
    kills, count = [*given, *(200, 100_000)[len(given) :]]
    folder = Path(tempfile.mkdtemp(prefix="panchina-store-"))
    try:
        report_speed(folder / "large", count)
        watcher = torment(folder / "kills", kills)
        print(f"kills without loss, double or tear     {kills:8d} of {kills}")
        print(f"articles kept while killing            {len(watcher.seen):8d}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
