"""`[[page]]`: pages by their address, and `read_page` for one page on somebody's wish."""

from collections.abc import Iterator

import pandas as pd

from analysis.collect.dates import read_address, settle
from analysis.collect.errors import CollectError, shown
from analysis.collect.fetch import Bounds, Client
from analysis.collect.guard import Guard
from analysis.collect.kinds import Batch, Key, Source, Window
from analysis.collect.page_text import PageText, fetch_page
from analysis.load.dates import ArticleDate

KEYS = {"urls": Key(list, is_url=True), "outlet": Key(str, "")}
_ONE_PAGE = Bounds(step_seconds=10, seconds=20, attempts=1)


def collect(source: Source, client: Client, window: Window) -> Iterator[Batch]:
    """The articles at the source's addresses that are not known yet."""
    for url in source.options["urls"]:
        if window.knows(url):
            yield Batch([], known=1)
            continue
        try:
            page = fetch_page(client, url, robots=source.robots)
        except CollectError as error:
            yield Batch([], problems=(f"{shown(url)}: {error}",))
            continue
        row = article(page, source.lang, window.end)
        row |= {"url": url, "origin": source.name, "source": source.options["outlet"] or row["source"]}
        yield Batch([row])


def article(page: PageText, lang: str, now: pd.Timestamp) -> dict:
    """The article of a page met at `now`."""
    settled = settle(ArticleDate(), page.date, read_address(page.url), None, now)
    host = page.url.split("/")[2].removeprefix("www.")
    return {"article_id": page.url, **settled.columns(), "lang": lang or page.lang, "source": page.source or host,
            "url": page.url, "title": page.title, "text": page.text, "origin": host, "fetched": now}  # fmt: skip


def read_page(url: str, allow_local: bool = False, *, now: pd.Timestamp | None = None) -> dict:
    """The article at `url`: a dict with the columns of schema ARTICLES and date_flag, origin and fetched.

    For one page that somebody asks for; nothing is kept, robots.txt is not asked, nothing is tried twice. It takes 20
    seconds at most for fetching. Fails with a CollectError whose message is the reason; its classes are in errors.py.
    No date after `now` (the present, unless given) is believed.
    """
    with Client(Guard(allow_local), bounds=_ONE_PAGE, pause=0) as client:
        page = fetch_page(client, url.strip(), robots=False)
    return article(page, "", pd.Timestamp.now("UTC") if now is None else now)
