"""Collecting from all sources: many at once, each batch kept as it comes, what they said last remembered."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.collect.errors import CollectError, Stopped
from analysis.collect.fetch import Client
from analysis.collect.kinds import Batch, Source, Window, collector_of
from analysis.collect.robots import Kept
from analysis.schema import ARTICLES
from analysis.store import Store, canonical_url

STATE, ROBOTS = "collect", "robots"
"""Documents of the store: what each source said last, and what sites said in robots.txt."""
FORGOTTEN = pd.Timedelta(days=90)
"""A source that nobody has collected for so long is no longer remembered."""
LONGEST_WAIT = pd.Timedelta(days=1)
"""A source that asks for a longer rest gets this one."""
SEEN_AGAIN = pd.Timedelta(days=1)
"""That a source said nothing new is written down once a day."""
MOST_PROBLEMS = 20
Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """What became of a source: articles that were new and known, how many things failed, and the reasons of the first.

    `is_dead` where nothing at all could be had from it.
    """

    source: Source
    new: int = 0
    known: int = 0
    failed: int = 0
    problems: list[str] = field(default_factory=list)
    is_dead: bool = False

    def fail(self, reasons: Iterable[str]) -> None:
        """Count `reasons`, and keep the first."""
        for reason in reasons:
            self.failed += 1
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(reason)


class Collection:
    """One run of collecting into `store` at the moment `now`, through `client`."""

    def __init__(self, store: Store, client: Client, now: pd.Timestamp):
        self._store, self._client, self._now = store, client, now
        self._lock = threading.Lock()
        self._known = set(store.known_urls())
        self._memory: dict[str, Any] = store.state(STATE).read()

    def run(self, sources: list[Source], at_once: int = 8, progress: Progress | None = None) -> list[Outcome]:
        """Collect from `sources`, `at_once` at a time, and tell what became of each, in their order.

        Raises OSError where the store cannot be written; what was kept before stays. One source's failure is its own.
        """
        with ThreadPoolExecutor(at_once, "collect") as pool:
            waiting = {pool.submit(self.collect, source): number for number, source in enumerate(sources)}
            try:
                found = self._gathered(waiting, progress)
            except BaseException:
                # Ctrl-C, or a full disk: those not begun are left, the others end after their present request.
                self._client.stop()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return [found[number] for number in range(len(sources))]

    def _gathered(self, waiting: dict, progress: Progress | None) -> dict[int, Outcome]:
        found = {}
        for done, future in enumerate(as_completed(waiting), start=1):
            found[waiting[future]] = future.result()
            if progress:
                progress(done, len(waiting))
        return found

    def collect(self, source: Source) -> Outcome:
        """Collect from one source. Raises OSError where the store cannot be written."""
        outcome, remembered = Outcome(source), self._memory.get(source.key, {})
        free_from = _moment(remembered.get("free_from"))
        if free_from is not None and self._now < free_from <= self._now + LONGEST_WAIT:
            outcome.fail([f"it asked not to be asked again before {free_from:%Y-%m-%d %H:%M} UTC"])
        else:
            start = self._now - pd.Timedelta(days=source.days)
            window = Window(start, self._now, remembered.get("memory", {}), self._knows)
            for batch in self._batches(source, window, outcome):
                self._keep(source, batch, outcome)
        outcome.is_dead = bool(outcome.failed and not outcome.new and not outcome.known)
        return outcome

    def _batches(self, source: Source, window: Window, outcome: Outcome) -> Iterator[Batch]:
        """The batches of `source`; what ends it early goes into `outcome`."""
        try:
            yield from collector_of(source.kind)(source, self._client, window)
        except Stopped:
            outcome.fail(["stopped before its end"])
        except CollectError as error:
            outcome.fail([str(error)])
            if error.wait:
                yield Batch([], wait=min(pd.Timedelta(seconds=error.wait), LONGEST_WAIT))
        except Exception as error:
            # A fault of ours in reading one source; the others must not pay for it, and it is told.
            outcome.fail([f"a fault in reading it, please report it: {type(error).__name__}: {str(error)[:200]}"])

    def _knows(self, url: str) -> bool:
        return (key := canonical_url(url)) != "" and key in self._known

    def _keep(self, source: Source, batch: Batch, outcome: Outcome) -> None:
        """Bring the articles to the disk, and only then what is to be remembered of them."""
        outcome.fail(batch.problems)
        outcome.known += batch.known
        with self._lock:
            fresh = [row for row in batch.articles if not self._knows(row["url"])]
            outcome.known += len(batch.articles) - len(fresh)
            if fresh:
                result = self._store.add(_frame(fresh))
                self._known |= {canonical_url(row["url"]) for row in fresh}
                outcome.new, outcome.known = outcome.new + result.new, outcome.known + result.known
                outcome.fail(["an article has neither title nor text, or too much of it"] * result.refused)
            self._remember(source, batch)

    def _remember(self, source: Source, batch: Batch) -> None:
        """Keep what `batch` asks to be remembered, unless that is what is remembered already."""
        before = self._memory.get(source.key, {})
        memory = before.get("memory", {}) if batch.memory is None else dict(batch.memory)
        told = {"seen": self._now.isoformat(), "memory": memory}
        if batch.wait is not None:
            told["free_from"] = (self._now + batch.wait).isoformat()
        elif batch.memory is None or (memory == before.get("memory") and not self._is_older(before, SEEN_AGAIN)):
            return
        with self._store.state(STATE).edit() as document:
            document[source.key] = told
            for key in [key for key, value in document.items() if self._is_older(value, FORGOTTEN)]:
                del document[key]
            self._memory = dict(document)

    def _is_older(self, remembered: dict[str, Any], age: pd.Timedelta) -> bool:
        seen = _moment(remembered.get("seen"))
        return seen is None or seen < self._now - age


def _moment(value: object) -> pd.Timestamp | None:
    """A moment as written by this module, None for anything else."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return pd.Timestamp(moment) if moment is not None and moment.tzinfo is not None else None


def _frame(articles: list[dict]) -> pd.DataFrame:
    """`articles` as the store takes them."""
    extra = {name: [row.get(name) for row in articles] for name in ("date_flag", "origin", "fetched")}
    return ARTICLES.frame(articles).assign(**extra)


@contextmanager
def kept_robots(store: Store) -> Any:
    """What sites said in robots.txt, for a Client; kept in `store` afterwards where anything is new."""
    before = store.state(ROBOTS).read()
    kept = {origin: Kept(str(value[0]), float(value[1])) for origin, value in before.items()}
    yield kept
    if (after := {origin: list(value) for origin, value in kept.items()}) != before:
        store.state(ROBOTS).write(after)
