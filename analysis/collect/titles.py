"""Articles of GDELT's lists that are kept by their title, given the text of their pages later: `backfill --pages`."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pandas as pd

from analysis.collect.dates import read_address, settle
from analysis.collect.errors import CollectError, Stopped, shown
from analysis.collect.fetch import Client
from analysis.collect.gdelt import CHUNK, ORIGIN, PAGES_AT_ONCE
from analysis.collect.gdelt_windows import Span
from analysis.collect.page_text import PageText, fetch_page
from analysis.load.dates import ArticleDate
from analysis.schema import ARTICLES
from analysis.store import Store

STATE = "titles"
"""The document of the store that holds how often each page was asked for in vain."""
MOST_PAGES = 1000
"""Pages asked for in one run; the others wait for the next."""
MOST_TRIES = 2
"""A page that could not be had in so many runs is left alone; its title stays."""
MOST_REMEMBERED = 20_000


class Filled(NamedTuple):
    """Articles that have their text now, what could not be had, and how many wait for the next run."""

    count: int
    problems: tuple[str, ...] = ()
    waiting: int = 0


def fill(store: Store, span: Span, langs: tuple[str, ...], client: Client, now: pd.Timestamp) -> Iterator[Filled]:
    """Fetch the pages of articles of `span`, in `langs` (any, if there are none), that GDELT left with a title alone.

    Each Filled is on the disk before the next is asked for, so that a run which is stopped goes on there. Raises
    OSError where the store cannot be written.
    """
    tries = store.state(STATE).read()
    titles = _titles(store.articles(), span, langs)
    wanted = titles[titles["article_id"].map(lambda identifier: _count(tries, identifier) < MOST_TRIES).astype(bool)]
    for begin in range(0, min(len(wanted), MOST_PAGES), CHUNK):
        chunk = wanted.iloc[begin : min(begin + CHUNK, MOST_PAGES)].to_dict("records")
        yield _fill_chunk(store, chunk, span, client, now)
    yield Filled(0, waiting=max(0, len(wanted) - MOST_PAGES))


def _titles(articles: pd.DataFrame, span: Span, langs: tuple[str, ...]) -> pd.DataFrame:
    """Those of `articles` (as the store gives them) that are wanted."""
    is_title = (articles["text"] == "") & (articles["url"] != "") & (articles["origin"] == ORIGIN)
    is_title &= (articles["published_at"] >= span.start) & (articles["published_at"] < span.end)
    return articles[is_title & articles["lang"].isin(["", *langs])] if langs else articles[is_title]


def _fill_chunk(store: Store, rows: list[dict], span: Span, client: Client, now: pd.Timestamp) -> Filled:
    def fetched(row: dict) -> PageText | CollectError:
        try:
            page = fetch_page(client, row["url"])
        except CollectError as error:
            return error
        return page if page.text else CollectError("there is no text in the page")

    with ThreadPoolExecutor(PAGES_AT_ONCE) as pool:
        found = list(zip(rows, pool.map(fetched, rows), strict=True))
    if stopped := next((page for _, page in found if isinstance(page, Stopped)), None):
        raise stopped
    full = [_article(row, page, span, now) for row, page in found if isinstance(page, PageText)]
    failed = [(row, page) for row, page in found if isinstance(page, CollectError)]
    count = store.fill(pd.DataFrame(full)) if full else 0
    _remember(store, [row["article_id"] for row, _ in failed])
    return Filled(count, tuple(f"{shown(row['url'])}: {error}; its title stays" for row, error in failed))


def _article(row: dict, page: PageText, span: Span, now: pd.Timestamp) -> dict:
    """The kept article `row` with the text of its page, and the earlier day where that tells one."""
    kept = ArticleDate(None, row["published_at"], row["date_precision"])
    settled = settle(kept, page.date, read_address(row["url"]), span.start, now)
    told = settled.columns() if not row["date_flag"] else {}
    return {**{name: row[name] for name in [*ARTICLES.columns, "given_id", "date_flag", "origin", "fetched"]}, **told,
            "lang": row["lang"] or page.lang, "text": page.text}  # fmt: skip


def _count(tries: dict, identifier: str) -> int:
    count = tries.get(identifier)
    return count if isinstance(count, int) else 0


def _remember(store: Store, failed: list[str]) -> None:
    if not failed:
        return
    with store.state(STATE).edit() as document:
        for identifier in failed:
            document[identifier] = _count(document, identifier) + 1
        for identifier in list(document)[:-MOST_REMEMBERED]:
            del document[identifier]
