"""`collect`: what the sources have that the store has not."""

import argparse
import os
import sys
from pathlib import Path

import pandas as pd

from analysis.collect.arguments import seconds
from analysis.collect.fetch import AGENT, Bounds, Client
from analysis.collect.guard import Guard
from analysis.collect.run import Collection, Outcome, kept_robots
from analysis.collect.sources import DEFAULT, Source, SourcesError, read_sources
from analysis.load.decode import printable
from analysis.store import Store, canonical_url, compact
from analysis.store.compact import BusyError
from analysis.store.messages import Messages, show_progress

CONTACT = "PANCHINA_URL"
MOST_PARTS = 200
"""Files of articles from which the store is compacted after a run."""
_EPILOG = """\
Sources are read from data/sources.toml, or FILE; docs/COLLECT.md tells how to write them. What is new is kept in the
store and then read, once. Only public addresses are fetched, robots.txt is obeyed, and nothing is asked for again that
has not changed. The summary names each source: articles new and known, what failed, and why.
Exit status: 0 something could be had, 1 everything failed, 2 bad arguments, a broken file of sources, or a store that
cannot be written.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `collect`."""
    parser.epilog = _EPILOG
    parser.add_argument("--sources", metavar="FILE", type=Path, default=DEFAULT, help="the sources (data/sources.toml)")
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")
    parser.add_argument("--only", metavar="NAME", action="append", default=[], help="only this source; may come again")
    parser.add_argument("--at-once", metavar="N", type=_count, default=8, help="requests at a time (8)")
    parser.add_argument("--pause", metavar="S", type=seconds, default=1.0, help="seconds between two to a host (1)")
    parser.add_argument("--timeout", metavar="S", type=seconds, default=45.0, help="seconds for one request (45)")
    parser.add_argument("--allow-local", action="store_true", help="also fetch from this machine and private networks")
    parser.add_argument("--unread", action="store_true", help="leave the reading to whoever opens the store next")


def run(arguments: argparse.Namespace) -> int:
    """Collect; the exit status is as the help says."""
    try:
        sources = _chosen(read_sources(arguments.sources), arguments.only)
    except (SourcesError, OSError) as error:
        print(printable(str(error)) if isinstance(error, OSError) else _lines(error), file=sys.stderr)
        return 2
    store, messages = Store(arguments.store), Messages()
    try:
        outcomes = _collect(store, sources, arguments)
        print(summary(outcomes))
        if not arguments.unread:
            store.read_new(show_progress)
        _compact(store)
    except OSError as error:
        print(f"cannot write the store ({error.strerror or error}); what was kept before stays", file=sys.stderr)
        return 2
    messages.say_all("store", store.problems)
    return 1 if outcomes and all(outcome.is_dead for outcome in outcomes) else 0


def _collect(store: Store, sources: list[Source], arguments: argparse.Namespace) -> list[Outcome]:
    now = pd.Timestamp.now("UTC").floor("s")
    bounds = Bounds(step_seconds=min(15.0, arguments.timeout), seconds=arguments.timeout)
    with (
        kept_robots(store) as robots,
        Client(Guard(arguments.allow_local), agent=agent(os.environ.get(CONTACT, "")), bounds=bounds,
               at_once=arguments.at_once, pause=arguments.pause, robots=robots) as client,
    ):  # fmt: skip
        return Collection(store, client, now).run(sources, arguments.at_once, _progress)


def agent(contact: str) -> str:
    """The name under which sites are asked; with the web address `contact`, where it is one, to turn to."""
    is_usable = contact.isascii() and contact.isprintable() and len(contact) <= 200 and canonical_url(contact)
    return AGENT.replace(")", f"; +{contact})") if is_usable else AGENT


def summary(outcomes: list[Outcome]) -> str:
    """A line for each source, its reasons under it, and a line for all."""
    width = max([6, *(len(outcome.source.key) for outcome in outcomes)])
    lines = [f"{'source':{width}}  {'new':>6}  {'known':>6}  {'failed':>6}"]
    for outcome in outcomes:
        name = printable(outcome.source.key)
        lines.append(f"{name:{width}}  {outcome.new:6d}  {outcome.known:6d}  {outcome.failed:6d}")
        lines += [f"    {printable(reason)}" for reason in outcome.problems]
        if outcome.failed > len(outcome.problems):
            lines.append(f"    … and {outcome.failed - len(outcome.problems)} more")
    new, known, failed = (sum(getattr(outcome, name) for outcome in outcomes) for name in ("new", "known", "failed"))
    dead = sum(outcome.is_dead for outcome in outcomes)
    return "\n".join(
        [*lines, f"{len(outcomes)} sources ({dead} without anything): {new} new, {known} known, {failed} failed"]
    )


def _chosen(sources: list[Source], names: list[str]) -> list[Source]:
    unknown = [name for name in names if name not in {source.name for source in sources}]
    if unknown:
        raise SourcesError(f"no enabled source is named {unknown[0]!r}; there are "
                           f"{', '.join(repr(source.name) for source in sources)}")  # fmt: skip
    return [source for source in sources if not names or source.name in names]


def _compact(store: Store) -> None:
    if len(store.listing()) <= MOST_PARTS:
        return
    try:
        compact(store.folder)
    except BusyError:
        # Another process is at it already, which is all that is wanted.
        return


def _progress(done: int, count: int) -> None:
    if sys.stderr.isatty():
        print(
            f"\rcollected from {done} of {count} sources", end="" if done < count else "\n", file=sys.stderr, flush=True
        )


def _lines(error: Exception) -> str:
    return "\n".join(printable(line) for line in str(error).splitlines())


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 64")
    return int(text)
