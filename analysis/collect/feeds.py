"""`[[feed]]`: newspapers' feeds in RSS and Atom."""

from collections.abc import Iterator
from typing import Any

from analysis.collect.dates import read_address, settle
from analysis.collect.errors import CollectError, shown
from analysis.collect.feed_text import MOST_BYTES, Entry, read_feed
from analysis.collect.fetch import FEED, Answer, Client
from analysis.collect.kinds import Batch, Key, Source, Window
from analysis.collect.page_text import PageText, fetch_page
from analysis.load.dates import ArticleDate

KEYS = {"url": Key(str, is_url=True), "full_text": Key(bool, False), "outlet": Key(str, "")}
PAGE_ATTEMPTS = 3
"""Runs in which the page of an entry is asked for; then what the feed says of it is kept."""
MOST_PAGES = 100
"""Pages asked for in one run of one feed; further ones wait for the next."""


def collect(source: Source, client: Client, window: Window) -> Iterator[Batch]:
    """The articles of the feed, or none where it has not changed since the last run."""
    url, memory = source.options["url"], window.memory if window.memory.get("url") == source.options["url"] else {}
    answer = client.get(url, FEED, etag=memory.get("etag", ""), modified=memory.get("modified", ""),
                        robots=source.robots, most_bytes=MOST_BYTES)  # fmt: skip
    if answer.is_same:
        yield Batch([], memory)
        return
    feed = read_feed(answer.body, answer.content_type, answer.url)
    lang = source.lang or feed.lang
    told = {"url": url, **marks(answer)}
    if source.options["full_text"]:
        yield from _with_pages(source, client, window, feed.entries, lang, told)
        yield Batch([], problems=feed.problems)
    else:
        articles = [article(entry, source, lang, window) for entry in feed.entries]
        yield Batch(articles, told, feed.problems)


def marks(answer: Answer) -> dict[str, str]:
    """What a next request may name to be sent only what changed."""
    return {"etag": answer.etag, "modified": answer.modified}


def article(entry: Entry, source: Source, lang: str, window: Window, page: PageText | None = None) -> dict[str, Any]:
    """The article of an entry; with the text of its `page` where that is known and says more."""
    in_page = page.date if page else ArticleDate()
    settled = settle(entry.date, in_page, read_address(entry.address), window.start, window.end)
    text = page.text if page and len(page.text) > len(entry.text) else entry.text
    outlet = source.options.get("outlet") or entry.source or source.name
    return {"article_id": entry.guid or entry.address, **settled.columns(), "lang": lang, "source": outlet,
            "url": entry.address, "title": entry.title or (page.title if page else ""), "text": text,
            "origin": source.name, "fetched": window.end}  # fmt: skip


def _with_pages(source: Source, client: Client, window: Window, entries: list[Entry], lang: str,
                told: dict[str, Any]) -> Iterator[Batch]:  # fmt: skip
    """The articles with the full text of their pages, each kept as soon as it is there.

    A page that cannot be had now is asked for again in the next runs; the feed is not taken for read until then.
    """
    tried = dict(window.memory.get("tried", {}))
    waiting: dict[str, int] = {}
    asked = 0
    for entry in entries:
        if not entry.address:
            yield Batch([article(entry, source, lang, window)])
        elif window.knows(entry.address):
            yield Batch([], known=1)
        elif asked == MOST_PAGES:
            waiting[entry.address] = tried.get(entry.address, 0)
        else:
            asked += 1
            page, error = _page(client, source, entry)
            count = tried.get(entry.address, 0) + 1
            problems = (f"{shown(entry.address)}: {error}",) if error else ()
            if error and error.passing and count < PAGE_ATTEMPTS:
                waiting[entry.address] = count
                yield Batch([], problems=problems)
            else:
                yield Batch([article(entry, source, lang, window, page)], problems=problems)
    yield Batch([], {"url": told["url"], "tried": waiting} if waiting else told)


def _page(client: Client, source: Source, entry: Entry) -> tuple[PageText | None, CollectError | None]:
    """The page of an entry, or why it cannot be had."""
    try:
        return fetch_page(client, entry.address, robots=source.robots, attempts=1), None
    except CollectError as error:
        return None, error
