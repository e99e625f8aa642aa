"""`backfill`: what GDELT lists for a query between two days, in a walk that can be stopped and resumed."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from json import JSONDecodeError

import pandas as pd

from analysis.collect.arguments import seconds
from analysis.collect.command import CONTACT, MOST_PARTS, agent
from analysis.collect.errors import CollectError
from analysis.collect.fetch import Client
from analysis.collect.gdelt import BASE, PAUSE, Gdelt, Part, parts
from analysis.collect.gdelt_windows import Span
from analysis.collect.guard import Guard
from analysis.collect.kinds import Window
from analysis.collect.run import kept_robots
from analysis.collect.titles import fill
from analysis.load.decode import printable
from analysis.schema import ARTICLES, LANGUAGES
from analysis.store import Store, canonical_url, compact
from analysis.store.compact import BusyError
from analysis.store.messages import Messages, show_progress

STATE = "backfill"
"""The document of the store that holds how far each walk has come."""
MOST_WALKS = 100
FIRST_DAY = pd.Timestamp("2017-01-01", tz="UTC")
"""GDELT's interface searches back to this day."""
_EPILOG = """\
GDELT lists articles by address and title; --pages also fetches their text, from sites whose robots.txt allows it, and
that of articles of these days that an earlier run kept by their title (1,000 pages a run, each in two runs). Days are
whole days in UTC, both included. Windows with more articles than GDELT lists are split in halves; one of a quarter of
an hour that is still too full is named, and what it lists is kept.

It may be stopped at any moment (Ctrl-C, kill) and goes on where it was when the same command is run again; windows that
failed are then asked for again. --anew forgets where it was. A later day in --to goes on too.
Exit status: 0 all went well, 1 something could not be had, 2 bad arguments, or a store that cannot be written.

  python -m analysis backfill --query '"Paulo Fonseca" Milan' --from 2024-11-01 --to 2024-12-31 --lang it --lang en
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `backfill`."""
    parser.epilog = _EPILOG
    parser.add_argument("--query", required=True, type=_query, help="what to search for, in GDELT's own syntax")
    parser.add_argument(
        "--from", required=True, type=_day, dest="first", metavar="DAY", help="first day, as 2024-12-06"
    )
    parser.add_argument("--to", required=True, type=_day, dest="last", metavar="DAY", help="last day")
    parser.add_argument("--lang", action="append", default=[], choices=LANGUAGES, help="only this; may come again")
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")
    parser.add_argument("--pages", action="store_true", help="fetch the text of each article from its page")
    parser.add_argument("--base", metavar="URL", default=BASE, help="address of the service (default: %(default)s)")
    parser.add_argument("--pause", metavar="S", type=seconds, default=PAUSE,
                        help="seconds between two requests to GDELT (default: %(default)g)")  # fmt: skip
    parser.add_argument("--allow-local", action="store_true", help="also fetch from this machine and private networks")
    parser.add_argument("--anew", action="store_true", help="begin at the first day again")
    parser.add_argument("--unread", action="store_true", help="leave the reading to whoever opens the store next")


def run(arguments: argparse.Namespace) -> int:
    """Walk; the exit status is as the help says."""
    now = pd.Timestamp.now("UTC").floor("s")
    whole = Span(arguments.first, min(arguments.last + pd.Timedelta(days=1), now))
    if whole.end <= whole.start:
        print("--to must not be before --from, nor --from in the future", file=sys.stderr)
        return 2
    store, messages = Store(arguments.store), Messages()
    try:
        walk = Walk(store, whole, arguments, now, messages)
        walk.run()
        print(walk.summary())
        if len(store.listing()) > MOST_PARTS:
            with suppress(BusyError):  # another process is at it already, which is all that is wanted
                compact(store.folder)
        if not arguments.unread:
            store.read_new(show_progress)
    except ValueError as error:
        print(f"error: {printable(str(error))}", file=sys.stderr)
        return 2
    except OSError as error:
        reason = printable(str(error.strerror or error))
        print(f"cannot write the store ({reason}); what was kept before stays", file=sys.stderr)
        return 2
    messages.say_all("store", store.problems)
    return 1 if messages.counts["error"] else 0


@dataclass
class Progress:
    """How far a walk has come: everything before `done` is had but the windows that `failed`."""

    done: pd.Timestamp
    failed: list[Span] = field(default_factory=list)

    @classmethod
    def read(cls, document: dict, start: pd.Timestamp) -> "Progress":
        """The progress that `document` holds. Raises ValueError where it holds none that can be read."""
        try:
            failed = [Span(*map(pd.Timestamp, pair)) for pair in document.get("failed", [])]
            return cls(pd.Timestamp(document.get("done", start)), failed)
        except (TypeError, ValueError, AttributeError) as error:
            raise ValueError(f"{STATE}.json in the store tells no progress ({error}); run again with --anew") from None

    def document(self, now: pd.Timestamp) -> dict:
        """The progress as JSON takes it."""
        failed = [[span.start.isoformat(), span.end.isoformat()] for span in self.failed]
        return {"done": self.done.isoformat(), "failed": failed, "at": now.isoformat()}


class Walk:
    """One run of a backfill: what it was asked for, how far it is, and what it has found."""

    def __init__(self, store: Store, whole: Span, arguments: argparse.Namespace, now: pd.Timestamp, messages: Messages):
        """Raises ValueError where what is remembered of it cannot be read."""
        self._store, self._whole, self._arguments, self._messages = store, whole, arguments, messages
        langs = " ".join(sorted(set(arguments.lang))) or "any"
        self._key = f"{arguments.query} [{langs}] from {whole.start:%Y-%m-%d} at {arguments.base}"
        kept = _remembered(store).get(self._key, {})
        self.progress = Progress(whole.start) if arguments.anew else Progress.read(kept, whole.start)
        self._known = set(store.known_urls())
        self._window = Window(whole.start, now, knows=lambda url: canonical_url(url) in self._known)
        self.new = self.known = self.filled = 0

    def run(self) -> None:
        """Walk till the end, or till GDELT takes no more requests, which is told."""
        arguments, contact = self._arguments, os.environ.get(CONTACT, "")
        with (
            kept_robots(self._store) as robots,
            Client(Guard(arguments.allow_local), agent=agent(contact), robots=robots,
                   pause=min(1.0, arguments.pause)) as client,
        ):  # fmt: skip
            gdelt = Gdelt(client, arguments.query, tuple(sorted(set(arguments.lang))), base=arguments.base,
                          pause=arguments.pause)  # fmt: skip
            try:
                if arguments.pages:
                    self._fill_titles(client)
                for span in self._waiting():
                    for part in parts(gdelt, span, self._window, client if arguments.pages else None):
                        self._keep(part)
            except CollectError as error:
                self._messages.say("error", f"{error}; run the same command again to go on at {self.progress.done}")

    def _fill_titles(self, client: Client) -> None:
        """Fetch the pages of articles that an earlier walk kept by their title."""
        for done in fill(self._store, self._whole, tuple(self._arguments.lang), client, self._window.end):
            self.filled += done.count
            self._messages.say_all("warning", done.problems)
            if done.waiting:
                self._messages.say("warning", f"{done.waiting} pages of titles kept before wait for the next run")

    def _waiting(self) -> Iterator[Span]:
        """What failed before, then what was not asked for yet."""
        yield from list(self.progress.failed)
        if self.progress.done < self._whole.end:
            yield Span(self.progress.done, self._whole.end)

    def _keep(self, part: Part) -> None:
        """Bring the articles to the disk, and only then how far the walk is."""
        if part.articles:
            more = {name: [row[name] for row in part.articles] for name in ("date_flag", "origin", "fetched")}
            result = self._store.add(ARTICLES.frame(part.articles).assign(**more))
            self._known |= {canonical_url(row["url"]) for row in part.articles}
            self.new, self.known = self.new + result.new, self.known + result.known
        self.known += part.known
        if part.found:
            self._note(part.found.span, part.found.is_failed)
        is_failure = part.found is not None and part.found.is_failed
        self._messages.say_all("error" if is_failure else "warning", part.problems)

    def _note(self, span: Span, is_failed: bool) -> None:
        """Remember that `span` is had, or has failed."""
        others = [other for failed in self.progress.failed for other in _without(failed, span)]
        self.progress.failed = [*others, *([span] if is_failed else [])]
        self.progress.done = max(self.progress.done, span.end)
        with self._store.state(STATE).edit() as document:
            document[self._key] = self.progress.document(self._window.end)
            for key in sorted(document, key=lambda key: str(dict(document[key]).get("at", "")))[:-MOST_WALKS]:
                del document[key]
        if sys.stderr.isatty():
            whole = self._whole.end - self._whole.start
            share = (self.progress.done - self._whole.start) / whole
            print(f"\r{share:4.0%}, at {self.progress.done:%Y-%m-%d %H:%M}, {self.new:,} new", end="", file=sys.stderr)

    def summary(self) -> str:
        """One line of what was found, and one of what is missing."""
        failed = [f"missing: {span}" for span in self.progress.failed]
        until = "" if self.progress.done >= self._whole.end else f", stopped at {self.progress.done:%Y-%m-%d %H:%M} UTC"
        filled = f"{self.filled} kept titles have their text, " if self.filled else ""
        return "\n".join(
            [f"{filled}{self.new} new, {self.known} known, {len(failed)} windows failed{until}", *failed[:20]]
        )


def _remembered(store: Store) -> dict:
    """How far all walks have come. Raises ValueError where that cannot be read."""
    try:
        return store.state(STATE).read()
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{STATE}.json in the store cannot be read ({error}); mend or remove it") from None


def _without(span: Span, part: Span) -> list[Span]:
    """What is left of `span` without `part`."""
    pieces = [Span(span.start, min(span.end, part.start)), Span(max(span.start, part.end), span.end)]
    return [piece for piece in pieces if piece.start < piece.end]


def _query(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("an empty query finds nothing; write what to search for")
    return " ".join(text.split())


def _day(text: str) -> pd.Timestamp:
    try:
        day = pd.Timestamp(pd.to_datetime(text, format="%Y-%m-%d"), tz="UTC")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2024-12-06") from None
    if day < FIRST_DAY:
        raise argparse.ArgumentTypeError(f"GDELT searches back to {FIRST_DAY:%Y-%m-%d} only")
    return day
