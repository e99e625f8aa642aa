"""`[[search]]`: search feeds as Google News has them, one request for each coach or club."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from analysis.collect.errors import BadStatus, CollectError
from analysis.collect.feed_text import MOST_BYTES, Entry, read_feed
from analysis.collect.feeds import article, marks
from analysis.collect.fetch import FEED, Client
from analysis.collect.kinds import Batch, Key, Source, Window

BASE = "https://news.google.com/rss/search"
KEYS = {
    "query": Key(str, "{name}"),
    "names": Key(list),
    "country": Key(str, ""),
    "base": Key(str, BASE, is_url=True),
}
_SHORTEST = 4
"""Characters of a title below which nothing is split off."""


def collect(source: Source, client: Client, window: Window) -> Iterator[Batch]:
    """What the service finds for each of the source's names.

    A search that fails leaves the others their turn, unless the service says that it is asked too much.
    """
    told: dict[str, Any] = dict(window.memory)
    for name in source.options["names"]:
        url = search_url(source, name)
        before: Mapping[str, str] = told.get(name, {})
        before = before if before.get("url") == url else {}
        try:
            answer = client.get(url, FEED, etag=before.get("etag", ""), modified=before.get("modified", ""),
                                robots=source.robots, most_bytes=MOST_BYTES)  # fmt: skip
            if answer.is_same:
                continue
            feed = read_feed(answer.body, answer.content_type, answer.url)
        except CollectError as error:
            if isinstance(error, BadStatus) and error.status == 429:
                raise
            yield Batch([], problems=(f"{name}: {error}",))
            continue
        told = {**told, name: {"url": url, **marks(answer)}}
        entries = (_without_source(entry) for entry in feed.entries)
        articles = [article(entry, source, source.lang or feed.lang, window) for entry in entries]
        yield Batch(articles, told, tuple(f"{name}: {problem}" for problem in feed.problems))


def search_url(source: Source, name: str) -> str:
    """The address of the search for `name`."""
    lang, country = source.lang, source.options["country"].upper()
    asked = {"q": source.options["query"].replace("{name}", name)}
    if lang:
        asked["hl"] = lang
    if country:
        asked |= {"gl": country, "ceid": f"{country}:{lang}"}
    base = source.options["base"]
    return f"{base}{'&' if '?' in base else '?'}{urlencode(asked)}"


def _without_source(entry: Entry) -> Entry:
    """`entry` with the outlet, which the service hangs behind the title, taken for what it is.

    The text of such an entry is but a list of links, titles once more, and no text of the article.
    """
    title, dash, last = entry.title.rpartition(" - ")
    source = entry.source or (last.strip() if len(title) >= _SHORTEST and len(last) <= 60 else "")
    if dash and source and last.strip() == source and len(title) >= _SHORTEST:
        entry = entry._replace(title=title.strip())
    is_links = entry.title.casefold()[:60] in entry.text.casefold()
    return entry._replace(source=source, text="" if is_links else entry.text)
